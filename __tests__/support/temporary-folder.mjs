import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";

/** Gives all tests of a run one folder for their temporary files, which is removed when the run ends. */
export default function setUp() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-"));
  // Some tests run programs as another user.
  fs.chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.on("exit", () => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
}

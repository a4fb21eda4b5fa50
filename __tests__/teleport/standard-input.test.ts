/** `compose --from -` with real pipes, as slow as they come. */
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PROGRAM } from "../support/terminal";

const FIXTURES = path.join(__dirname, "..", "fixtures", "teleport-inputs");
const resources = fs.readFileSync(path.join(FIXTURES, "resources.yaml"));

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-pipe-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const run = (input: Buffer, ...args: readonly string[]) =>
  spawnSync(process.execPath, [PROGRAM, "compose", ...args], {
    cwd: folder,
    input,
    encoding: "utf8",
  });

test("what comes in pieces, with waits between them, is read to its end", async () => {
  const child = spawn(process.execPath, [PROGRAM, "compose", "--from", "-", "--output", "module"], {
    cwd: folder,
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const middle = resources.length >> 1;
  for (const piece of [resources.subarray(0, middle), resources.subarray(middle)]) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.stdin.write(piece);
  }
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(said).toContain("Read standard input:\n  document 1, line 1    redshift: database");
  expect(fs.readdirSync(path.join(folder, "module"))).toContain("main.tf.json");
});

test("UTF-16, as PowerShell writes it, and a file beside it", () => {
  const input = Buffer.from(`\uFEFF${resources.toString("utf8")}`, "utf16le");
  const { status, stderr } = run(
    input,
    ...["--from", path.join(FIXTURES, "values.yaml"), "--from", "-", "--output", "module"],
  );
  expect(stderr).toContain("Read standard input:");
  expect(stderr).toContain("values.yaml:\n  line 9   rds");
  expect(status).toBe(0);
});

test.each([
  [["--from", "-"], "", "standard input: The file is empty."],
  [["--from", "-", "--from", "-"], "db_service: {}", "standard input was named twice."],
  [
    ["--from-format", "resources", "--types", "rds"],
    "",
    "--from-format needs --from. Add --from teleport.yaml.",
  ],
  [["--from", "-", "--from-format", "helm"], "", "from-format"],
  [["--from", "-", "--from", ""], "", "--from is empty."],
])("%j is refused, and nothing is written", (args, input, message) => {
  const { status, stdout, stderr } = run(Buffer.from(input), ...args, "--output", "module");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(fs.readdirSync(folder)).toEqual([]);
});

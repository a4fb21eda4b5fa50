import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type ArchivedFiles, readArchive } from "./archive";

/** Builds and packs the project with npm, and returns the packed files, below `package/`. */
export async function npmPackage(project: string): Promise<ArchivedFiles> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-package-"));
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", scratch], {
      cwd: project,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [name = ""] = fs.readdirSync(scratch);
    return await readArchive(fs.readFileSync(path.join(scratch, name)));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

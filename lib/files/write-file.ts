import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** True if a file is left from a run that was killed while it wrote. */
export function isLeftover(name: string): boolean {
  return /^\.teleport-db-iam\.[0-9a-f-]{36}\.tmp$/.test(path.basename(name));
}

/**
 * Makes a folder and the folders above it. Node's own way with `recursive` never returns if the system
 * says that the folder above does not exist, as below /proc.
 */
function makeFolder(folder: string): void {
  // A path that is too long is an error here, before the first folder is made.
  if (fs.statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder);
}

/**
 * Writes a file whole: a reader sees the old content or the new one, also if the run is killed. The next
 * run removes files that a killed one left. A symbolic link is replaced, not followed.
 *
 * @throws the errors of the file system
 */
export function writeFile(file: string, content: string): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.teleport-db-iam.${randomUUID()}.tmp`);
  makeFolder(folder);
  for (const name of fs.readdirSync(folder).filter(isLeftover)) {
    fs.rmSync(path.join(folder, name), { force: true });
  }
  try {
    // On the disk before it takes the other's place, so that a power failure loses neither.
    fs.writeFileSync(temporary, content, { flag: "wx", flush: true });
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

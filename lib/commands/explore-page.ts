import * as fs from "node:fs";
import * as path from "node:path";
import { hasContent, isOwnFile } from "../files/own-file";
import { writeFile } from "../files/write-file";
import { UserError } from "../text/user-error";

/** The page, which the build puts beside the command. */
export function readPage(): string {
  return fs.readFileSync(path.join(__dirname, "explore.html"), "utf8");
}

/**
 * Writes the page to `file`, whole. A symbolic link to a file is followed.
 *
 * @returns whether the file was changed
 * @throws UserError if `file` is not a file or is one that this program did not write, and errors of the
 *   file system
 */
export function writePage(file: string, page: string): boolean {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) {
    writeFile(path.resolve(file), page);
    return true;
  }
  if (!stats.isFile()) {
    throw new UserError(`${file} is not a file. Name a file, or one that does not exist yet.`);
  }
  const target = fs.realpathSync(file);
  if (hasContent(target, page)) return false;
  if (!isOwnFile(target)) {
    throw new UserError(
      `teleport-db-iam did not write ${file}. Nothing was changed. Name another file, or delete this one first.`,
    );
  }
  writeFile(target, page);
  return true;
}

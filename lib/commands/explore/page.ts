import * as fs from "node:fs";
import * as path from "node:path";
import { isMarked } from "../../files/marker";
import { notWritten, UserError } from "../../text/user-error";

/** The page, which the build puts beside the command. */
export function readPage(): string {
  return fs.readFileSync(path.join(__dirname, "explore.html"), "utf8");
}

/** How the page is written. */
export interface WritePageOptions {
  /** Write even where the file is one that this program did not write. */
  readonly force?: boolean;
}

/**
 * Writes the page to `file`: all of it or nothing.
 *
 * @returns whether the file was changed
 * @throws UserError where `file` is no regular file, is one that this program did not write, or
 *   cannot be written
 */
export function writePage(file: string, page: string, options: WritePageOptions = {}): boolean {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    throw new UserError(`${file} is not a file. Name a file, or one that does not exist yet.`);
  }
  try {
    const present = stats === undefined ? undefined : fs.readFileSync(file, "utf8");
    if (present === page) return false;
    if (present !== undefined && !isMarked(present) && options.force !== true) {
      throw new UserError(
        `teleport-db-iam did not write ${file}. Nothing was changed. Name another file, or use --force to replace it.`,
      );
    }
    const target = stats === undefined ? path.resolve(file) : fs.realpathSync(file);
    const written = `${target}.${String(process.pid)}.tmp`;
    try {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(written, page, { flag: "wx" });
      fs.renameSync(written, target);
    } finally {
      fs.rmSync(written, { force: true });
    }
    return true;
  } catch (error) {
    throw error instanceof UserError ? error : notWritten(file, error);
  }
}

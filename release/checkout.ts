import { execFileSync } from "node:child_process";
import { UserError } from "../lib/text/user-error";
import { type ArchivedFiles, readArchive } from "./archive";

/** What git says in `folder`. */
function git(folder: string, ...args: readonly string[]): Buffer {
  return execFileSync("git", args, { cwd: folder, maxBuffer: 1 << 28 });
}

/**
 * Files of the commit that is checked out, whatever git makes of the ends of their lines here.
 *
 * @throws UserError where the checkout has changes that are not committed
 */
export async function committedFiles(
  project: string,
  names: readonly string[],
): Promise<ArchivedFiles> {
  const changes = git(project, "status", "--porcelain").toString().trimEnd();
  if (changes !== "") {
    throw new UserError(
      `A release is made of a commit, and this checkout has changes:\n${changes}\nCommit them, or release from a fresh clone.`,
    );
  }
  const asCommitted = ["-c", "core.autocrlf=false", "-c", "core.eol=lf"];
  return readArchive(git(project, ...asCommitted, "archive", "--format=tar", "HEAD", ...names));
}

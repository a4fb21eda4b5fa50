import { execFileSync } from "node:child_process";
import { UserError } from "../lib/text/user-error";
import { type ArchivedFiles, readArchive } from "./archive";

/** The output of git in `folder`. */
function git(folder: string, ...args: readonly string[]): Buffer {
  return execFileSync("git", args, { cwd: folder, maxBuffer: 1 << 28 });
}

/**
 * Reads files of the checked-out commit, with the line ends of the commit.
 *
 * @throws UserError if the checkout has changes that are not committed
 */
export async function committedFiles(
  project: string,
  names: readonly string[],
): Promise<ArchivedFiles> {
  const changes = git(project, "status", "--porcelain").toString().trimEnd();
  if (changes !== "") {
    throw new UserError(
      `A release is made from a commit, but this checkout has changes:\n${changes}\nCommit them, or release from a fresh clone.`,
    );
  }
  const asCommitted = ["-c", "core.autocrlf=false", "-c", "core.eol=lf"];
  return readArchive(git(project, ...asCommitted, "archive", "--format=tar", "HEAD", ...names));
}

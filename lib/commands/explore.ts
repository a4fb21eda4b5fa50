import * as fs from "node:fs";
import * as path from "node:path";
import { hasContent, isOwnFile } from "../files/own-file";
import { writeFile } from "../files/write-file";
import { UserError } from "../text/user-error";
import { command } from "./command";

/**
 * Writes the page, which the build puts beside the command, to `file`. A symbolic link to a file is followed.
 *
 * @returns whether the file was changed
 * @throws UserError if `file` is not a file or is one that this program did not write, and errors of the
 *   file system
 */
function writePage(file: string): boolean {
  const page = fs.readFileSync(path.join(__dirname, "explore.html"), "utf8");
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    throw new UserError(`${file} is not a file. Name a file, or one that does not exist yet.`);
  }
  const target = stats === undefined ? path.resolve(file) : fs.realpathSync(file);
  if (stats !== undefined && hasContent(target, page)) return false;
  if (stats !== undefined && !isOwnFile(target)) {
    throw new UserError(
      `teleport-db-iam did not write ${file}. Nothing was changed. Name another file, or delete this one first.`,
    );
  }
  writeFile(target, page);
  return true;
}

/** `explore`: writes the page that shows the policies in a browser. */
export const exploreCommand = command({
  name: "explore",
  describe: "Write a page to choose types and switches and look at the policy, for a browser",
  options: {
    output: {
      type: "string",
      default: "teleport-db-iam.html",
      describe: "File to write the page to",
    },
  },
  examples: [["$0 explore --output database-access.html", "then open it in a browser"]],
  run: ({ output }, io) => {
    const changed = writePage(output);
    io.stderr(changed ? `Wrote ${output}. Open it in a browser.\n` : `${output} is up to date.\n`);
  },
});

import * as fs from "node:fs";
import * as path from "node:path";
import { writeFile } from "../../files/write-file";
import { UserError } from "../../text/user-error";

/**
 * Writes files that are not there into a folder. One that is there and has the same text is left as it
 * is; anything else is a person's, and is never replaced.
 *
 * @returns the names of the files that were written
 * @throws UserError if a file is there with other text; then nothing is written
 */
export function writeRoot(folder: string, files: ReadonlyMap<string, string>): string[] {
  const existing = [...files.keys()].filter(
    (name) => fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false }) !== undefined,
  );
  // A link that leads nowhere is there, and has no text.
  const different = existing.filter((name) => {
    const file = path.join(folder, name);
    return !fs.existsSync(file) || fs.readFileSync(file, "utf8") !== files.get(name);
  });
  if (different.length > 0) {
    throw new UserError(
      `${folder} already has ${different.join(", ")}, with other content. Nothing was changed. Name another folder for --root, and compare the two: diff ${folder} <other folder>`,
    );
  }
  const added = [...files].filter(([name]) => !existing.includes(name));
  for (const [name, content] of added) writeFile(path.join(folder, name), content);
  return added.map(([name]) => name);
}

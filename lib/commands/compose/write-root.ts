import * as fs from "node:fs";
import * as path from "node:path";
import { reason, UserError } from "../../text/user-error";

/**
 * Writes files that are not there into a folder. One that is there and has the same text is left as it
 * is; anything else is a person's, and is never replaced.
 *
 * @returns the names of the files that were written
 * @throws UserError if a file is there with other text; then nothing is written
 */
export function writeRoot(folder: string, files: ReadonlyMap<string, string>): string[] {
  const existing = [...files.keys()].filter((name) => fs.existsSync(path.join(folder, name)));
  const different = existing.filter(
    (name) => fs.readFileSync(path.join(folder, name), "utf8") !== files.get(name),
  );
  if (different.length > 0) {
    throw new UserError(
      `${folder} already has ${different.join(", ")}, with other text. Nothing was changed. Name another folder for --root, and compare the two: diff ${folder} <other folder>`,
    );
  }
  const added = [...files].filter(([name]) => !existing.includes(name));
  try {
    fs.mkdirSync(folder, { recursive: true });
    for (const [name, content] of added) {
      fs.writeFileSync(path.join(folder, name), content, { flag: "wx" });
    }
  } catch (error) {
    throw new UserError(
      `Could not write to ${folder}: ${reason(error)}. Free the folder, or name another.`,
      { cause: error },
    );
  }
  return added.map(([name]) => name);
}

import * as fs from "node:fs/promises";
import * as path from "node:path";
import { UserError } from "../text/user-error";
import { readBounded } from "./read-bounded";

/** AWS has about 1,600 managed policies. A larger folder is probably not one of policies. */
const MOST_ENTRIES = 5000;

const FOLDER_OF_POLICIES = "Name a folder with a file <path>/<name>.json for each policy.";

/** The paths of all files in a folder and the folders below it. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  let entries = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await fs.readdir(next, { withFileTypes: true })) {
      entries += 1;
      if (entries > MOST_ENTRIES) {
        throw new UserError(
          `${folder} has more than ${String(MOST_ENTRIES)} entries. ${FOLDER_OF_POLICIES}`,
        );
      }
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) folders.push(file);
      else if (entry.isFile()) files.push(file);
    }
  }
  return files;
}

/**
 * The documents in a folder, by their paths without `.json`: the path of `arn:aws:iam::aws:policy/x/y` is
 * `x/y.json`.
 *
 * @throws UserError if it has none, or if it or a file is too large, and errors of the file system
 */
export async function readPolicies(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const file of await filesBelow(folder)) {
    if (!file.endsWith(".json")) continue;
    const name = path.relative(folder, file).split(path.sep).join("/").slice(0, -".json".length);
    texts.set(name, (await readBounded(file, "policy")).text);
  }
  if (texts.size === 0) {
    throw new UserError(
      `The folder ${folder} has no file that ends in .json. ${FOLDER_OF_POLICIES}`,
    );
  }
  return texts;
}

import * as fs from "node:fs/promises";
import * as path from "node:path";
import { reason, UserError } from "../text/user-error";

/** IAM allows 6,144 characters; white space is not counted. */
const LARGEST = 100_000;

/** AWS has about 1,600 managed policies. A larger folder is probably not one of policies. */
const MOST_ENTRIES = 5000;

/** The paths of all files in a folder and the folders below it. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  let entries = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await fs.readdir(next, { withFileTypes: true })) {
      entries += 1;
      if (entries > MOST_ENTRIES)
        throw new Error(`it has more than ${String(MOST_ENTRIES)} entries`);
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
 * @throws UserError if the folder or a file cannot be read, or if it is too large
 */
export async function readPolicies(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  try {
    for (const file of await filesBelow(folder)) {
      if (!file.endsWith(".json")) continue;
      const { size } = await fs.stat(file);
      if (size > LARGEST) throw new Error(`${file} is larger than ${String(LARGEST)} bytes`);
      const name = path.relative(folder, file).split(path.sep).join("/").slice(0, -".json".length);
      texts.set(name, await fs.readFile(file, "utf8"));
    }
  } catch (error) {
    throw new UserError(
      `Could not read the policies in ${folder}: ${reason(error)}. Name a folder with a file <path>/<name>.json for each policy.`,
      { cause: error },
    );
  }
  if (texts.size === 0) {
    throw new UserError(
      `The folder ${folder} has no file that ends in .json. Name a folder with a file <path>/<name>.json for each policy.`,
    );
  }
  return texts;
}

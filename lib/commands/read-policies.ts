import * as fs from "node:fs/promises";
import * as path from "node:path";
import { reason, UserError } from "../text/user-error";

/** IAM allows 6,144 characters; white space is not counted. */
const LARGEST = 100_000;

/**
 * The documents in a folder, by their paths without `.json`: the path of `arn:aws:iam::aws:policy/x/y` is
 * `x/y.json`.
 *
 * @throws UserError if the folder or a file cannot be read
 */
export async function readPolicies(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  try {
    for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
      const file = path.join(entry.parentPath, entry.name);
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

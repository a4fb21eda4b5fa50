import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT, readFolder, type TerraformRoot } from "./terraform";

const EXAMPLES = path.join(PROJECT, "examples");

/** The examples that are Terraform roots. */
export const exampleNames: readonly string[] = fs
  .readdirSync(EXAMPLES)
  .filter((name) => fs.existsSync(path.join(EXAMPLES, name, "main.tf")));

/** The files of an example, without those in folders. */
export function exampleFiles(name: string): Record<string, string> {
  return readFolder(path.join(EXAMPLES, name));
}

/**
 * Copies an example as it is to `examples/<name>` of a root, beside the project's modules.
 *
 * @returns its `source`
 */
export function copyExample(root: TerraformRoot, name: string): string {
  fs.cpSync(path.join(EXAMPLES, name), path.join(root.folder, "examples", name), {
    recursive: true,
  });
  const modules = path.join(root.folder, "modules");
  if (!fs.existsSync(modules)) fs.symlinkSync(path.join(PROJECT, "modules"), modules);
  return `./examples/${name}`;
}

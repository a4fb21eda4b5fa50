import type { ModuleDefinition } from "../inputs/module-definition";
import type { ModuleJson } from "../module/module-json";
import { prettyJson } from "../text/json";
import { mocks } from "./mocks";
import { readme } from "./readme";

/** Files by their path in the module's folder, in the order in which they are listed. */
export type Files = ReadonlyMap<string, string>;

/** The top-level blocks of each file of a module. */
const FILES = {
  "versions.tf.json": ["terraform"],
  "variables.tf.json": ["variable"],
  "main.tf.json": ["locals", "check", "resource"],
  "outputs.tf.json": ["output"],
} as const;

/**
 * A module as the files of Terraform's standard module structure.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function moduleFiles(module: ModuleJson, definition: ModuleDefinition): Files {
  const files = new Map<string, string>();
  for (const [file, blocks] of Object.entries(FILES)) {
    const content = Object.fromEntries(blocks.map((block) => [block, module[block]]));
    files.set(file, prettyJson({ "//": module["//"], ...content }));
  }
  files.set("README.md", readme(module, definition));
  files.set("tests/mocks/aws.tfmock.hcl", mocks(module["//"]));
  return files;
}

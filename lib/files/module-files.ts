import type { ModuleDefinition } from "../inputs/module-definition";
import type { Element } from "../module/element";
import type { ModuleJson } from "../module/module-json";
import { prettyJson } from "../text/json";
import { readme } from "./readme";
import { terraformTests } from "./terraform-tests";

/** Files by their path in the module's folder, in the order in which they are listed. */
export type Files = ReadonlyMap<string, string>;

/** Which top-level blocks each file of a module holds. */
const FILES = {
  "versions.tf.json": ["terraform"],
  "variables.tf.json": ["variable"],
  "main.tf.json": ["locals", "check", "resource", "moved", "removed"],
  "outputs.tf.json": ["output"],
} as const;

/**
 * A module as the files of Terraform's standard module structure.
 *
 * @param elements what the module was rendered from
 * @param definition what they were made for
 * @param changed variables whose defaults are others than the definition's
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function moduleFiles(
  module: ModuleJson,
  elements: readonly Element[],
  definition: ModuleDefinition,
  changed: readonly string[] = [],
): Files {
  const files = new Map<string, string>();
  for (const [file, blocks] of Object.entries(FILES)) {
    const content: Record<string, unknown> = { "//": module["//"] };
    for (const block of blocks) {
      if (module[block] !== undefined) content[block] = module[block];
    }
    files.set(file, prettyJson(content));
  }
  files.set("README.md", readme(module, elements, definition.types));
  for (const [file, content] of terraformTests(module["//"], definition, changed)) {
    files.set(file, content);
  }
  return files;
}

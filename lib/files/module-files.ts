import type { Composition } from "../policies/composition";
import type { ModuleJson } from "../module/module-stack";
import { readme } from "./readme";
import { terraformTests } from "./terraform-tests";

/** Files by their path in the module's folder, in the order in which they are listed. */
export type Files = ReadonlyMap<string, string>;

/** Which top-level blocks each file of a module holds. */
const FILES = {
  "versions.tf.json": ["terraform"],
  "variables.tf.json": ["variable"],
  "main.tf.json": ["locals", "check", "resource"],
  "outputs.tf.json": ["output"],
} as const;

/** JSON as a person reads it; Terraform's messages cite its lines. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * A module as the files of Terraform's standard module structure.
 *
 * @param composition what the module was rendered from
 * @param changed variables whose defaults are others than the composition's
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function moduleFiles(
  module: ModuleJson,
  composition: Composition,
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
  files.set("README.md", readme(module, composition.types));
  for (const [file, content] of terraformTests(module["//"], composition, changed)) {
    files.set(file, content);
  }
  return files;
}

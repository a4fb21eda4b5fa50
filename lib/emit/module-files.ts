import type { ModuleJson } from "../module/module-stack";

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

/** A module as the files of Terraform's standard module structure. */
export function moduleFiles(module: ModuleJson): Files {
  return new Map(
    Object.entries(FILES).map(([file, blocks]) => {
      const content: Record<string, unknown> = { "//": module["//"] };
      for (const block of blocks) {
        if (module[block] !== undefined) content[block] = module[block];
      }
      return [file, prettyJson(content)];
    }),
  );
}

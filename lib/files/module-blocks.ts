import { isObject, type Json, type JsonObject } from "../text/json";
import type { Files } from "./module-files";

/** The parts of a module that its callers depend on, as in its files. */
export interface ModuleBlocks {
  readonly terraform: JsonObject;
  readonly variable: Readonly<Record<string, JsonObject>>;
  readonly output: Readonly<Record<string, JsonObject>>;
  readonly locals: Readonly<Record<string, Json>>;
  /** By type and name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** The entries of `value` that are blocks: what somebody edited can hold anything. */
export function objects(value: unknown): Record<string, JsonObject> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  );
}

/** The blocks of a module. A file that is not JSON, because somebody edited it, is skipped. */
export function moduleBlocks(files: Files): ModuleBlocks {
  const blocks: Record<string, unknown> = {};
  for (const [file, content] of files) {
    if (file.includes("/") || !file.endsWith(".tf.json")) continue;
    try {
      const parsed: unknown = JSON.parse(content);
      // Text nested too deep to be written again is not a module either.
      JSON.stringify(parsed);
      if (isObject(parsed)) Object.assign(blocks, parsed);
    } catch {
      // The comparison of files reports it.
    }
  }
  const { terraform, locals, moved = [] } = blocks as Partial<ModuleBlocks>;
  return {
    terraform: isObject(terraform) ? terraform : {},
    variable: objects(blocks.variable),
    output: objects(blocks.output),
    locals: isObject(locals) ? locals : {},
    resource: Object.fromEntries(
      Object.entries(objects(blocks.resource)).map(([type, named]) => [type, objects(named)]),
    ),
    moved,
  };
}

/** The top-level blocks of a module, in the order in which they are written. */
const BLOCKS = ["terraform", "variable", "locals", "check", "resource", "output"] as const;

type Block = (typeof BLOCKS)[number];

/** A module in Terraform's JSON syntax. */
export type ModuleJson = { readonly "//": string } & Readonly<
  Partial<Record<Block, Readonly<Record<string, unknown>>>>
>;

/**
 * A module of blocks in any order.
 *
 * @param marker the comment that says how the module was generated
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function moduleJson(marker: string, blocks: Readonly<Record<string, unknown>>): ModuleJson {
  return Object.fromEntries([
    ["//", marker],
    ...BLOCKS.flatMap((block) =>
      blocks[block] === undefined ? [] : [[block, blocks[block]] as const],
    ),
  ]) as ModuleJson;
}

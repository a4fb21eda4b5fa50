/** The top-level blocks of a module, in the order in which they are written. */
export const BLOCKS = ["terraform", "variable", "locals", "check", "resource", "output"] as const;

/**
 * A module in Terraform's JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export type ModuleJson = { readonly "//": string } & Readonly<
  Partial<Record<(typeof BLOCKS)[number], Readonly<Record<string, unknown>>>>
>;

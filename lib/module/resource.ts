import type { TerraformResource } from "cdktf";

/**
 * Gives a resource its name in the module, and the arguments that CDKTF's types do not let be an
 * expression: `for_each`, `count`, maps, `lifecycle`.
 */
export function override<Resource extends TerraformResource>(
  resource: Resource,
  name: string,
  overrides: Readonly<Record<string, unknown>>,
): Resource {
  resource.overrideLogicalId(name);
  for (const [path, value] of Object.entries(overrides)) resource.addOverride(path, value);
  return resource;
}

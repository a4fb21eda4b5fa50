import { isObject } from "../../text/json";
import type { ResourceDifference, Side } from "./difference";
import { blocks } from "./inline-policies";
import type { Value } from "./value";

/**
 * All policies that the state of a role lists on one side: the ARNs of the attached ones, and the inline ones
 * by name. Undefined if the state does not contain them.
 */
export function reportedPolicies(
  role: ResourceDifference,
  side: Side = "before",
): { readonly arns: readonly string[]; readonly inline: ReadonlyMap<string, Value> } | undefined {
  const managed = role.value(side, "managed_policy_arns");
  const inline = role.value(side, "inline_policy");
  if (managed.kind !== "known" || inline.kind !== "known") return undefined;
  if (!Array.isArray(managed.value) || !Array.isArray(inline.value)) return undefined;
  if (!managed.value.every((arn) => typeof arn === "string")) return undefined;
  if (!inline.value.every((block) => isObject(block))) return undefined;
  return {
    arns: managed.value,
    inline: new Map(blocks(role, side).map(({ name = "", policy }) => [name, policy] as const)),
  };
}

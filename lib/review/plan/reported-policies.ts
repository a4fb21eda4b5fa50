import { isObject } from "../../text/json";
import type { ResourceDifference, Side } from "./difference";
import { blocks } from "./documents";
import { type HeldDocument, heldDocument } from "./held-document";
import { ATTACHED, INLINE } from "./holder";
import type { Value } from "./value";

/** A document of an `inline_policy` block. Blocks with the same text are the same. */
export function blockDocument(
  resource: ResourceDifference,
  policy: Value,
  side: Side,
): HeldDocument | undefined {
  return heldDocument(resource, { before: policy, after: policy, isSame: false }, side);
}

/** All policies of a role before the plan; undefined if its state does not contain them. */
export function reportedPolicies(
  role: ResourceDifference,
): { readonly arns: readonly string[]; readonly inline: ReadonlyMap<string, Value> } | undefined {
  const managed = role.value("before", "managed_policy_arns");
  const inline = role.value("before", "inline_policy");
  if (managed.kind !== "known" || inline.kind !== "known") return undefined;
  if (!Array.isArray(managed.value) || !Array.isArray(inline.value)) return undefined;
  if (!managed.value.every((arn) => typeof arn === "string")) return undefined;
  if (!inline.value.every((block) => isObject(block))) return undefined;
  return {
    arns: managed.value.map((arn) => ATTACHED + arn),
    inline: new Map(
      blocks(role, "before").map(({ name = "", policy }) => [INLINE + name, policy] as const),
    ),
  };
}

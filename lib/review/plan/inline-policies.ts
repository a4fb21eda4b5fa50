import type { ResourceDifference, Side } from "./difference";
import type { IdentityKind } from "./identity-kinds";
import { textOf, type Value } from "./value";

/** Inline policies that are resources of their own, by type. */
export const INLINE_POLICIES: Readonly<Record<string, IdentityKind>> = {
  aws_iam_role_policy: "role",
  aws_iam_user_policy: "user",
  aws_iam_group_policy: "group",
};

interface Block {
  readonly name: string | undefined;
  readonly policy: Value;
}

/**
 * The `inline_policy` blocks of a role by name. A block without a known name is kept apart. A block without
 * a policy means that the role has none.
 */
export function blocks(resource: ResourceDifference, side: Side): Block[] {
  return resource
    .positions(side, "inline_policy")
    .map((position) => ({
      name: textOf(resource.value(side, "inline_policy", position, "name")),
      policy: resource.value(side, "inline_policy", position, "policy"),
    }))
    .filter(({ policy }) => policy.kind !== "absent");
}

/**
 * AWS reports every inline policy of a role with it. Only what the configuration sets is its own. The
 * plan's configuration does not have what `dynamic` blocks set: they are seen by what they change.
 */
export function setsInlinePolicies(resource: ResourceDifference): boolean {
  const { action, expressions } = resource;
  if (expressions === undefined || expressions.inline_policy !== undefined) return true;
  return action === "update"
    ? !resource.isSame("inline_policy")
    : action !== "none" && resource.value("after", "inline_policy").kind === "known";
}

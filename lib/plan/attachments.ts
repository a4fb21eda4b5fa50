import type { ResourceDifference, Side } from "./difference";
import type { IdentityKind } from "./identities";
import { replacedPolicy } from "./replaced-policies";
import { textOf, type Value } from "./value";

/** A managed policy on a role, user or group. */
export interface Attachment {
  readonly resource: ResourceDifference;
  readonly identityKind: IdentityKind;
  readonly identity: Value;
  readonly policy: Value;
}

/** Where the resources that attach policies keep the identity and the policies. */
interface Shape {
  readonly identities: readonly (readonly [kind: IdentityKind, attribute: string])[];
  readonly policies: string;
  /** Whether it detaches what it does not list, and leaves everything attached when destroyed. */
  readonly exclusive?: "detaches" | "detaches and leaves";
}

const single = (kind: IdentityKind): Shape => ({
  identities: [[kind, kind]],
  policies: "policy_arn",
});

const exclusive = (kind: IdentityKind): Shape => ({
  identities: [[kind, `${kind}_name`]],
  policies: "policy_arns",
  exclusive: "detaches and leaves",
});

const SHAPES: Readonly<Record<string, Shape>> = {
  aws_iam_role_policy_attachment: single("role"),
  aws_iam_user_policy_attachment: single("user"),
  aws_iam_group_policy_attachment: single("group"),
  aws_iam_policy_attachment: {
    identities: [
      ["role", "roles"],
      ["user", "users"],
      ["group", "groups"],
    ],
    policies: "policy_arn",
    exclusive: "detaches",
  },
  aws_iam_role_policy_attachments_exclusive: exclusive("role"),
  aws_iam_user_policy_attachments_exclusive: exclusive("user"),
  aws_iam_group_policy_attachments_exclusive: exclusive("group"),
  aws_iam_role: { identities: [["role", "name"]], policies: "managed_policy_arns" },
};

/** Resources that delete the inline policies that they do not name. */
const EXCLUSIVE_INLINE = /^aws_iam_(role|user|group)_policies_exclusive$/;

/** The values of an attribute that is text or a list. */
function valuesAt(resource: ResourceDifference, side: Side, attribute: string): Value[] {
  const whole = resource.value(side, attribute);
  if (whole.kind === "absent") return [];
  if (whole.kind !== "known" || !Array.isArray(whole.value)) return [whole];
  return resource.positions(side, attribute).map((position) => {
    const value = resource.value(side, attribute, position);
    // An unknown entry of a list is shown as null.
    return value.kind === "absent" ? { kind: "unknown" } : value;
  });
}

function attachmentsOf(
  resource: ResourceDifference,
  side: Side,
  resources: readonly ResourceDifference[],
): Attachment[] {
  const shape = SHAPES[resource.type];
  if (shape === undefined) return [];
  if (resource.type === "aws_iam_role") {
    // AWS reports every policy of a role here. Only what the configuration sets is its own.
    if (resource.expressions?.managed_policy_arns === undefined) return [];
  }
  const leaves = shape.exclusive === "detaches and leaves" && resource.action === "delete";
  const from = leaves ? "before" : side;
  const policies = valuesAt(resource, from, shape.policies).map((policy) =>
    policy.kind === "unknown" ? (replacedPolicy(resource, resources) ?? policy) : policy,
  );
  return shape.identities.flatMap(([identityKind, attribute]) =>
    valuesAt(resource, from, attribute).flatMap((identity) =>
      policies.map((policy) => ({ resource, identityKind, identity, policy })),
    ),
  );
}

/** What identifies an attachment whose identity and policy are known. */
function keyOf({ identityKind, identity, policy }: Attachment): string | undefined {
  const [name, arn] = [textOf(identity), textOf(policy)];
  return name === undefined || arn === undefined
    ? undefined
    : JSON.stringify([identityKind, name, arn]);
}

/** Whether a resource keeps its attachments, though a value is sensitive. */
function keepsAll({ resource }: Attachment): boolean {
  const shape = SHAPES[resource.type];
  return (
    shape !== undefined &&
    resource.isSame(shape.policies) &&
    shape.identities.every(([, attribute]) => resource.isSame(attribute))
  );
}

/**
 * The managed policies that a plan attaches and detaches.
 *
 * The attachments of all resources are taken together: one that goes from one resource to another is
 * no change.
 */
export function attachmentDifferences(
  resources: readonly ResourceDifference[],
): Readonly<Record<"attached" | "detached", readonly Attachment[]>> {
  const collect = (side: Side): Attachment[] =>
    resources.flatMap((resource) => attachmentsOf(resource, side, resources));
  const [before, after] = [collect("before"), collect("after")];
  const without = (others: readonly Attachment[]): ((attachment: Attachment) => boolean) => {
    const keys = new Set(others.map(keyOf));
    return (attachment) => {
      const key = keyOf(attachment);
      return key === undefined ? !keepsAll(attachment) : !keys.has(key);
    };
  };
  return { attached: after.filter(without(before)), detached: before.filter(without(after)) };
}

/** What a resource takes away from an identity without the plan showing it, if anything. */
export function takenUnseen(
  resource: ResourceDifference,
): "inline policies" | "attachments" | undefined {
  const { type, action } = resource;
  if (EXCLUSIVE_INLINE.test(type)) {
    const stays = action === "none" || action === "delete" || resource.isSame("policy_names");
    return stays ? undefined : "inline policies";
  }
  return SHAPES[type]?.exclusive !== undefined && (action === "create" || action === "replace")
    ? "attachments"
    : undefined;
}

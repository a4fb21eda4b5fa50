import type { Accounts } from "./accounts";
import type { ResourceDifference, Side } from "./difference";
import type { IdentityKind } from "./identity-kinds";
import type { References } from "./references";
import { reportedPolicies } from "./reported-policies";
import { textOf, type Value } from "./value";

/** A managed policy on a role, user or group. */
export interface Attachment {
  readonly resource: ResourceDifference;
  readonly identityKind: IdentityKind;
  readonly identity: Value;
  /** The attribute that names the identity. */
  readonly identityAttribute: string;
  readonly policy: Value;
  /** The attribute that names the policy. */
  readonly policyAttribute: string;
}

/** The arguments of the identity and the policies in resources that attach policies. */
interface Shape {
  readonly identities: readonly (readonly [kind: IdentityKind, attribute: string])[];
  readonly policies: string;
  /**
   * Set if the resource detaches policies that it does not list; "leaves" if destroying it keeps
   * all attached.
   */
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

/**
 * The policy of an attachment whose policy is replaced: a new ARN, but the same policy to a reader,
 * whose document is compared by itself.
 */
function replacedPolicy(resource: ResourceDifference, references: References): Value | undefined {
  const before = resource.value("before", "policy_arn");
  const policy = references.originOf(resource, "policy_arn", "aws_iam_policy");
  return policy?.action === "replace" &&
    textOf(before) !== undefined &&
    textOf(before) === textOf(policy.value("before", "arn"))
    ? before
    : undefined;
}

/** The managed policies that a resource attaches on one side of a plan. */
export function attachmentsOf(resource: ResourceDifference, side: Side): Attachment[] {
  const shape = SHAPES[resource.type];
  if (shape === undefined) return [];
  if (resource.type === "aws_iam_role" && !setsPolicies(resource)) return [];
  const leaves = shape.exclusive === "detaches and leaves" && resource.action === "delete";
  const from = leaves ? "before" : side;
  const policyAttribute = shape.policies;
  const policies = resource.values(from, policyAttribute);
  const attachments = shape.identities.flatMap(([identityKind, identityAttribute]) =>
    resource.values(from, identityAttribute).flatMap((identity) =>
      policies.map((policy) => ({
        resource,
        identityKind,
        identity,
        identityAttribute,
        policy,
        policyAttribute,
      })),
    ),
  );
  if (side === "before" || !resource.createsFirst || shape.exclusive === "detaches and leaves") {
    return attachments;
  }
  // The old one is deleted last, and detaches the attachment that the new one has made.
  const had = new Set(attachmentsOf(resource, "before").flatMap((one) => nameOf(one) ?? []));
  return attachments.filter((attachment) => !had.has(nameOf(attachment) ?? ""));
}

/** The key of an attachment; undefined if the plan does not show it. */
function nameOf({ identityKind, identity, policy }: Attachment): string | undefined {
  const [name, arn] = [textOf(identity), textOf(policy)];
  return name === undefined || arn === undefined
    ? undefined
    : JSON.stringify([identityKind, name, arn]);
}

/**
 * True if a role attaches policies itself. AWS reports every policy of a role in `managed_policy_arns`,
 * and only what the configuration sets is the role's own. A plan can lack the configuration; then a
 * change shows that it is set.
 */
function setsPolicies(role: ResourceDifference): boolean {
  if (role.expressions?.managed_policy_arns !== undefined) return true;
  return role.action === "update" && !role.isSame("managed_policy_arns");
}

/** The key of an attachment with a known identity and policy. */
function keyOf(attachment: Attachment, accounts: Accounts): string | undefined {
  const name = nameOf(attachment);
  return name && JSON.stringify([accounts.of(attachment.resource), name]);
}

/** True if a resource keeps its attachments, though a value is sensitive. */
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
  references: References,
  accounts: Accounts,
): Readonly<Record<"attached" | "detached", readonly Attachment[]>> {
  const collect = (side: Side): Attachment[] =>
    resources
      .flatMap((resource) => attachmentsOf(resource, side))
      .map((attachment) => {
        const { resource, policy } = attachment;
        return policy.kind === "unknown"
          ? { ...attachment, policy: replacedPolicy(resource, references) ?? policy }
          : attachment;
      });
  const [before, after] = [collect("before"), collect("after")];
  const without = (others: readonly Attachment[]): ((attachment: Attachment) => boolean) => {
    const keys = new Set(others.map((other) => keyOf(other, accounts)));
    return (attachment) => {
      const key = keyOf(attachment, accounts);
      return key === undefined ? !keepsAll(attachment) : !keys.has(key);
    };
  };
  return { attached: after.filter(without(before)), detached: before.filter(without(after)) };
}

/**
 * True if a resource attaches exclusively a policy that the same plan creates: nobody else has it.
 */
function attachesNewPolicy(resource: ResourceDifference, references: References): boolean {
  if (resource.type !== "aws_iam_policy_attachment") return false;
  const { resources, complete } = references.originsOf(resource, "policy_arn", "aws_iam_policy");
  return (
    resource.value("after", "policy_arn").kind === "unknown" &&
    complete &&
    resources.every(({ action }) => action === "create" || action === "replace")
  );
}

/**
 * True if an exclusive list names everything that its role has, as the state of the role lists it.
 */
function namesAll(
  resource: ResourceDifference,
  list: "policy_names" | "policy_arns",
  roles: readonly ResourceDifference[],
): boolean {
  const name = textOf(resource.value("after", "role_name"));
  const [role, ...others] = roles.filter((one) => textOf(one.value("before", "name")) === name);
  const reported = role && reportedPolicies(role);
  if (name === undefined || reported === undefined || others.length > 0) return false;
  const names = resource.values("after", list).map(textOf);
  const has = list === "policy_names" ? reported.inline.keys() : reported.arns;
  return [...has].every((one) => names.includes(one));
}

/**
 * Returns the policies that a resource removes from an identity without the plan showing them.
 *
 * @param roles the roles of the plan, whose state lists what they have
 */
export function takenUnseen(
  resource: ResourceDifference,
  references: References,
  roles: readonly ResourceDifference[],
): "inline policies" | "attachments" | undefined {
  const { type, action } = resource;
  if (EXCLUSIVE_INLINE.test(type)) {
    // One that is replaced is another role's, user's or group's, whatever it names.
    const stays = action === "update" && resource.isSame("policy_names");
    const takes = !stays && action !== "none" && action !== "delete";
    return takes && !namesAll(resource, "policy_names", roles) ? "inline policies" : undefined;
  }
  const isNew = action === "create" || action === "replace";
  return SHAPES[type]?.exclusive !== undefined &&
    isNew &&
    !attachesNewPolicy(resource, references) &&
    !namesAll(resource, "policy_arns", roles)
    ? "attachments"
    : undefined;
}

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
export function nameOf({ identityKind, identity, policy }: Attachment): string | undefined {
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

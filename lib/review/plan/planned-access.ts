import type { Accounts } from "./accounts";
import { CollectedAccess } from "./collected-access";
import type { ResourceDifference, Side } from "./difference";
import type { GroupMembers } from "./group-members";
import { type HeldDocument, unseenDocument } from "./held-document";
import type { IdentityKind } from "./identity-kinds";
import type { ManagedPolicies } from "./managed-policies";
import type { PlannedDocuments } from "./planned-documents";
import type { References } from "./references";
import { textOf } from "./value";

/** The documents that decide what somebody may do, on one side of a plan. */
export interface AccessSide {
  readonly policies: readonly HeldDocument[];
  /** Empty if there is no boundary. If there are several, the plan does not show which one it is. */
  readonly boundary: readonly HeldDocument[];
}

/** Everything that a plan shows about an identity's access. */
export interface PlannedAccess {
  /** A managed policy means its holders outside of the plan. */
  readonly kind: IdentityKind | "managed policy";
  /** The identity's name, or the policy's ARN; an address if it is known only after apply. */
  readonly name: string;
  /** The account, or the provider configuration, if the plan has several. */
  readonly account: string | undefined;
  readonly before: AccessSide;
  readonly after: AccessSide;
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
}

/** The access of an unknown holder outside of the plan, whose policy is in the plan. */
function outsideHolder(policy: ResourceDifference, policies: ManagedPolicies): PlannedAccess {
  const name = textOf(policy.value("before", "arn")) ?? policy.address;
  const rest = unseenDocument(`what else they have who have ${name}`);
  const side = (which: Side): AccessSide => ({
    policies: [...policies.documentsOf(policy, which), rest],
    boundary: [],
  });
  return {
    kind: "managed policy",
    name,
    account: undefined,
    before: side("before"),
    after: side("after"),
    resources: new Set([policy]),
  };
}

/**
 * True if a managed policy may be somebody's that the plan does not show. One that the plan gives to
 * nobody is made for somebody else. Of one that it creates or deletes and gives to somebody, there is
 * nobody else: AWS deletes no policy that somebody has.
 */
function mayBeElsewhere(policy: ResourceDifference, collected: CollectedAccess): boolean {
  if (!collected.used.has(policy)) return true;
  if (policy.action !== "update") return false;
  // AWS counts the roles, users and groups that a policy is attached to, but not as a boundary.
  if (collected.bounding.has(policy)) return true;
  const count = policy.value("before", "attachment_count");
  return count.kind === "known" && typeof count.value === "number"
    ? count.value !== (collected.hadBy.get(policy)?.size ?? 0)
    : !collected.exclusive.has(policy);
}

const keysOf = (documents: readonly HeldDocument[]): Set<string> =>
  new Set(documents.map(({ key }) => key));

/** True if two lists surely have the same documents. */
function haveSame(a: readonly HeldDocument[], b: readonly HeldDocument[]): boolean {
  const [keys, others] = [keysOf(a), keysOf(b)];
  return keys.size === others.size && [...keys].every((key) => others.has(key));
}

/** True if both sides are surely the same. */
export const isSameAccess = ({ before, after }: Readonly<Record<Side, AccessSide>>): boolean =>
  haveSame(before.policies, after.policies) && haveSame(before.boundary, after.boundary);

/**
 * Returns the access of each role, user and group before and after, all its documents put together:
 * inline and attached policies, those of its groups, and its permissions boundary. What it does not show
 * is the same document on both sides, whatever its content.
 *
 * Managed policies that somebody outside of the plan may have stand by themselves, too.
 */
export function plannedAccess(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
  texts: PlannedDocuments,
): { readonly access: readonly PlannedAccess[] } & GroupMembers["changes"] {
  const collected = new CollectedAccess(resources, references, accounts, texts);
  // Of a group that is created with members, all members are the plan's, and stand for it.
  const { ofNewGroups, changes } = collected.members;
  const access = [
    ...[...collected.holders.all].filter((identity) => !ofNewGroups.has(identity)),
    ...collected.policies.all
      .filter((policy) => mayBeElsewhere(policy, collected))
      .map((policy) => outsideHolder(policy, collected.policies)),
  ];
  return { access, ...changes };
}

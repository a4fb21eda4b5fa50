import { isObject } from "../../text/json";
import type { Accounts } from "./accounts";
import { type Attachment, attachmentsOf } from "./attachments";
import type { ResourceDifference, Side } from "./difference";
import { blocks, INLINE_POLICIES, setsInlinePolicies } from "./documents";
import { GroupMembers } from "./group-members";
import { type HeldDocument, heldDocument, perhaps, unseenDocument } from "./held-document";
import { IDENTITY_TYPES, type IdentityKind } from "./identities";
import { ATTACHED, Identity, INLINE, otherSide, SIDES } from "./identity";
import { documentsOf, ManagedPolicies } from "./managed-policies";
import { type Membership, MEMBERSHIP_TYPES, membershipsOf } from "./memberships";
import type { References } from "./references";
import { textOf, type Value } from "./value";

/** The documents that decide what somebody may do, on one side of a plan. */
interface AccessSide {
  readonly policies: readonly HeldDocument[];
  /** Undefined where there is no boundary; of several, the plan does not tell which it is. */
  readonly boundary: readonly HeldDocument[] | undefined;
}

/** All that a plan shows of what somebody may do. */
export interface PlannedAccess {
  /** A managed policy stands for whoever has it outside of the plan. */
  readonly kind: IdentityKind | "managed policy";
  /** The identity's name, or the policy's ARN; an address where it is known only after apply. */
  readonly name: string;
  readonly before: AccessSide;
  readonly after: AccessSide;
  /** Whether something of it goes that no change in the plan tells of. */
  readonly losesUnseen: boolean;
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
}

/** Why an identity has no name. */
const UNNAMED = {
  unknown: "known after apply",
  sensitive: "sensitive value",
  known: "not text",
} as const;

/** Whether an identity gets another name and stays who it is, as users and groups do. */
const isRenamed = (resource: ResourceDifference): boolean =>
  resource.action === "update" && !resource.isSame("name");

/** Collects what each role, user and group of a plan has. */
class Identities {
  readonly all = new Set<Identity>();
  private readonly byName: Readonly<Record<Side, Map<string, Identity>>> = {
    before: new Map(),
    after: new Map(),
  };
  /** The accounts in which there is an identity of a kind and a name. */
  private readonly accountsOf = new Map<string, Set<string>>();
  readonly policies: ManagedPolicies;
  /** Whom the plan's managed policies are attached to before it, and whose boundary they are. */
  readonly holders = new Map<ResourceDifference, Set<Identity>>();
  readonly bounding = new Set<ResourceDifference>();
  /** The managed policies that the plan gives to somebody, on either side. */
  readonly used = new Set<ResourceDifference>();
  /** The policies that one resource attaches to all who have them. */
  readonly exclusive = new Set<ResourceDifference>();
  readonly members = new GroupMembers();

  constructor(
    resources: readonly ResourceDifference[],
    private readonly references: References,
    private readonly accounts: Accounts,
  ) {
    this.policies = new ManagedPolicies(resources, references);
    // Those of which the plan tells the account first: what others name is among theirs.
    const isTold = (resource: ResourceDifference): boolean => accounts.of(resource) !== undefined;
    const inOrder = [...resources.filter(isTold), ...resources.filter((one) => !isTold(one))];
    // Before all others, so that nobody else is taken for one of the old or the new name.
    for (const resource of inOrder) if (isRenamed(resource)) this.addRenamed(resource);
    for (const resource of inOrder) this.addIdentity(resource);
    for (const resource of inOrder) {
      for (const side of SIDES) {
        this.addInlinePolicies(resource, side);
        for (const attachment of attachmentsOf(resource, side)) {
          this.addAttachment(attachment, side);
        }
        this.addExclusive(resource, side);
        for (const membership of membershipsOf(resource, side)) this.addMember(membership, side);
      }
    }
    for (const identity of this.all) {
      identity.settle();
      this.addUnseen(identity);
    }
    this.members.give();
  }

  /**
   * The identity that a resource names on one side; the same on both, unless the name is another one's.
   *
   * @param isOpen whether it may be another one on the other side
   */
  private identity(
    resource: ResourceDifference,
    kind: IdentityKind,
    name: string,
    side: Side,
    isOpen = false,
  ): Identity {
    const account = this.accountOf(resource, kind, name);
    if (account === undefined) {
      const unnamed = `${name} (of an account that the plan does not tell) in ${resource.address}`;
      return this.inAccount("", kind, `${unnamed}, ${side}`, side, true);
    }
    return this.inAccount(account, kind, name, side, isOpen);
  }

  /** The account of whom a resource names; undefined where it may be one of several. */
  private accountOf(
    resource: ResourceDifference,
    kind: IdentityKind,
    name: string,
  ): string | undefined {
    const told = this.accounts.of(resource);
    if (told !== undefined) return told;
    const [first = "", ...others] = this.accountsOf.get(`${kind} ${name}`) ?? [];
    return others.length === 0 ? first : undefined;
  }

  private inAccount(
    account: string,
    kind: IdentityKind,
    name: string,
    side: Side,
    isOpen: boolean,
  ): Identity {
    const key = `${kind} ${account} ${name}`;
    const known = this.byName[side].get(key);
    if (known !== undefined) return known;
    const other = this.byName[otherSide(side)].get(key);
    const identity =
      other === undefined || other.own[side] !== undefined
        ? new Identity(kind, name, isOpen)
        : other;
    this.remember(identity, account, name, side);
    return identity;
  }

  private remember(identity: Identity, account: string, name: string, side: Side): void {
    const { kind } = identity;
    this.byName[side].set(`${kind} ${account} ${name}`, identity);
    const accounts = this.accountsOf.get(`${kind} ${name}`) ?? new Set();
    this.accountsOf.set(`${kind} ${name}`, accounts.add(account));
    this.all.add(identity);
  }

  private addRenamed(resource: ResourceDifference): void {
    const kind = IDENTITY_TYPES[resource.type];
    const [before, after] = SIDES.map((side) => this.nameOf(resource, side));
    if (kind === undefined || before === undefined || after === undefined) return;
    const identity = new Identity(kind, after);
    identity.own.before = resource;
    identity.own.after = resource;
    const account = this.accounts.of(resource) ?? "";
    this.remember(identity, account, before, "before");
    this.remember(identity, account, after, "after");
  }

  /** The name of a role, user or group that is a resource of the plan. */
  private nameOf(resource: ResourceDifference, side: Side): string | undefined {
    const name = resource.value(side, "name");
    if (name.kind === "absent") return undefined;
    return textOf(name) ?? resource.address;
  }

  private addIdentity(resource: ResourceDifference): void {
    const kind = IDENTITY_TYPES[resource.type];
    if (kind === undefined) return;
    for (const side of SIDES) {
      if (resource.action === (side === "before" ? "create" : "delete")) continue;
      const name = this.nameOf(resource, side);
      if (name === undefined) continue;
      const identity = this.identity(resource, kind, name, side);
      identity.own[side] = resource;
      identity.resources.add(resource);
      const boundary = resource.value(side, "permissions_boundary");
      const at = [resource, "permissions_boundary", boundary, side] as const;
      identity.boundary[side].push(...this.policies.documentsAt(...at));
      for (const policy of this.policies.policiesAt(...at)) {
        identity.resources.add(policy);
        this.bounding.add(policy);
        this.used.add(policy);
      }
    }
  }

  /**
   * The identity that an attribute names. One that cannot be told is another one than all others, and
   * the same on both sides only where the attribute surely is.
   */
  private named(
    kind: IdentityKind,
    resource: ResourceDifference,
    attribute: string,
    value: Value,
    side: Side,
  ): Identity | undefined {
    if (value.kind === "absent") return undefined;
    const name = textOf(value);
    if (name !== undefined) return this.identity(resource, kind, name, side);
    if (value.kind === "unknown") {
      const origins = this.references.originsOf(resource, attribute, `aws_iam_${kind}`);
      const [own, ...others] = origins.resources;
      const known = own === undefined ? undefined : this.nameOf(own, "after");
      if (origins.complete && others.length === 0 && known !== undefined) {
        return this.identity(resource, kind, known, side);
      }
    }
    const isSame = resource.isSame(attribute);
    const which = isSame || value.kind === "unknown" ? "" : `, ${side}`;
    const unnamed = `(${UNNAMED[value.kind]}) in ${resource.address}${which}`;
    return this.identity(resource, kind, unnamed, side, !isSame);
  }

  private addInlinePolicies(resource: ResourceDifference, side: Side): void {
    const kind = INLINE_POLICIES[resource.type];
    if (kind !== undefined) {
      const identity = this.named(kind, resource, kind, resource.value(side, kind), side);
      const document = heldDocument(resource, resource.attribute("policy"), side);
      if (identity === undefined || document === undefined) return;
      const policyName = textOf(resource.value(side, "name"));
      identity.give(side, resource, INLINE, policyName, [document]);
      return;
    }
    const name = this.nameOf(resource, side);
    if (resource.type !== "aws_iam_role" || name === undefined) return;
    if (!setsInlinePolicies(resource)) return;
    const identity = this.identity(resource, "role", name, side);
    const whole = resource.attribute("inline_policy");
    if (["unknown", "sensitive"].includes(whole[side].kind)) {
      const document = heldDocument(resource, whole, side);
      if (document !== undefined) identity.policies[side].push(document);
    }
    for (const block of blocks(resource, side)) {
      const document = blockDocument(resource, block.policy, side);
      const documents = document === undefined ? [] : [document];
      identity.give(side, resource, INLINE, block.name, documents);
    }
  }

  private addAttachment(attachment: Attachment, side: Side): void {
    const { resource, identityKind, identityAttribute, policyAttribute, policy } = attachment;
    const named = [identityKind, resource, identityAttribute, attachment.identity, side] as const;
    const identity = this.named(...named);
    if (identity === undefined) return;
    const at = [resource, policyAttribute, policy, side] as const;
    const documents = this.policies.documentsAt(...at);
    identity.give(side, resource, ATTACHED, textOf(policy), documents);
    for (const own of this.policies.policiesAt(...at)) {
      identity.resources.add(own);
      this.used.add(own);
      if (side === "before") this.addHolder(own, identity);
      if (side === "before" && resource.type === "aws_iam_policy_attachment") {
        this.exclusive.add(own);
      }
    }
  }

  /**
   * What a group has and nothing else, where two resources that stay take away all else.
   *
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_group_policies_exclusive.html.markdown
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_group_policy_attachments_exclusive.html.markdown
   */
  private addExclusive(resource: ResourceDifference, side: Side): void {
    const { type, action } = resource;
    if (!/^aws_iam_group_.*_exclusive$/.test(type) || !["none", "update"].includes(action)) return;
    const name = resource.value(side, "group_name");
    const group = this.named("group", resource, "group_name", name, side);
    if (group === undefined) return;
    if (type === "aws_iam_group_policies_exclusive") {
      group.only[side].inline = resource.values(side, "policy_names").map(textOf);
    } else group.only[side].attached = true;
  }

  private addMember(membership: Membership, side: Side): void {
    const { resource } = membership;
    const attributes = MEMBERSHIP_TYPES[resource.type];
    if (attributes === undefined) return;
    const group = this.named("group", resource, attributes.group, membership.group, side);
    const user = this.named("user", resource, attributes.user, membership.user, side);
    if (group === undefined || user === undefined) return;
    this.members.add({ membership, group, user }, side);
  }

  private addHolder(policy: ResourceDifference, identity: Identity): void {
    const holders = this.holders.get(policy) ?? new Set();
    this.holders.set(policy, holders.add(identity));
  }

  /**
   * What an identity has besides, which stays as it is. The AWS provider reports all policies of a role
   * with it, so that of a role it is known.
   */
  private addUnseen(identity: Identity): void {
    const { own, given, kind, name, isKept } = identity;
    if (own.before === undefined && !isKept) return;
    const sides = isKept ? SIDES : (["before"] as const);
    const reported = own.before === undefined ? undefined : reportedPolicies(own.before);
    const known = new Set([...(reported?.arns ?? []), ...(reported?.inline.keys() ?? [])]);
    const isReported = reported !== undefined && [...given.before].every((one) => known.has(one));
    // A boundary limits what policies of resources allow, too, and those are not in sight:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    const [had, has] = SIDES.map((side) => identity.boundary[side].length > 0);
    if (!isReported || had !== has) {
      const rest = unseenDocument(`what else the ${kind} ${name} has`);
      // It still stands for what members have besides who are not in the plan.
      if (isWhole(identity)) identity.withheld.add(rest);
      for (const side of sides) identity.policies[side].push(rest);
    }
    if (identity.isRemade) identity.losesUnseen = true;
    for (const [block, policy] of reported?.inline ?? []) {
      if (given.before.has(block) || own.before === undefined) continue;
      const document = blockDocument(own.before, policy, "before");
      if (document === undefined) continue;
      for (const side of sides) {
        if (given[side].has(block)) continue;
        // One whose name the plan does not show may be the one that a resource has given.
        identity.policies[side].push(
          given.before.has(INLINE)
            ? perhaps(document, `${block} of the ${kind} ${name}, ${side}`)
            : document,
        );
      }
    }
    for (const policy of reported?.arns ?? []) {
      if (given.before.has(policy)) continue;
      const arn = policy.slice(ATTACHED.length);
      for (const side of sides) {
        const documents = this.policies.documentsOfArn(arn, side);
        identity.policies[side].push(...documents);
        for (const { from } of documents) {
          if (from === undefined) continue;
          identity.resources.add(from);
          if (side === "before") this.addHolder(from, identity);
        }
      }
    }
  }
}

/** Whether all that an identity has is the plan's, before and after. */
const isWhole = ({ only, given }: Identity): boolean =>
  SIDES.every(
    (side) =>
      only[side].attached === true &&
      only[side].inline?.every((name) => name !== undefined && given[side].has(INLINE + name)),
  );

/** A document of an `inline_policy` block; what a block is the same as is told by its text. */
function blockDocument(
  resource: ResourceDifference,
  policy: Value,
  side: Side,
): HeldDocument | undefined {
  return heldDocument(resource, { before: policy, after: policy, isSame: false }, side);
}

/** All policies of a role before the plan; undefined where its state does not say. */
function reportedPolicies(
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

/** What somebody has who is not in the plan, and whose policy is one of the plan's. */
function outsideHolder(policy: ResourceDifference): PlannedAccess {
  const name = textOf(policy.value("before", "arn")) ?? policy.address;
  const rest = unseenDocument(`what else they have who have ${name}`);
  const side = (which: Side): AccessSide => ({
    policies: [...documentsOf(policy, which), rest],
    boundary: undefined,
  });
  return {
    kind: "managed policy",
    name,
    before: side("before"),
    after: side("after"),
    losesUnseen: false,
    resources: new Set([policy]),
  };
}

/**
 * Whether a managed policy may be somebody's that the plan does not show. One that the plan gives to
 * nobody is made for somebody else. Of one that it creates or deletes and gives to somebody, there is
 * nobody else: AWS deletes no policy that somebody has.
 */
function mayBeElsewhere(policy: ResourceDifference, identities: Identities): boolean {
  if (!identities.used.has(policy)) return true;
  if (policy.action !== "update") return false;
  // AWS counts the roles, users and groups that a policy is attached to, but not as a boundary.
  if (identities.bounding.has(policy)) return true;
  const count = policy.value("before", "attachment_count");
  return count.kind === "known" && typeof count.value === "number"
    ? count.value !== (identities.holders.get(policy)?.size ?? 0)
    : !identities.exclusive.has(policy);
}

const keysOf = (documents: readonly HeldDocument[]): Set<string> =>
  new Set(documents.map(({ key }) => key));

/** Whether two lists surely have the same documents. */
function haveSame(a: readonly HeldDocument[] = [], b: readonly HeldDocument[] = []): boolean {
  const [keys, others] = [keysOf(a), keysOf(b)];
  return keys.size === others.size && [...keys].every((key) => others.has(key));
}

/** Whether both sides are surely the same. */
export const isSameAccess = ({ before, after }: PlannedAccess): boolean =>
  haveSame(before.policies, after.policies) && haveSame(before.boundary, after.boundary);

/**
 * What a plan shows of each role, user and group before and after, all its documents put together:
 * inline and attached policies, those of its groups, and its permissions boundary. What it does not show
 * is the same document on both sides, whatever it says.
 *
 * Managed policies that somebody outside of the plan may have stand by themselves, too.
 */
export function plannedAccess(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
): { readonly access: readonly PlannedAccess[] } & GroupMembers["changes"] {
  const identities = new Identities(resources, references, accounts);
  const boundaryOf = (documents: readonly HeldDocument[]): readonly HeldDocument[] | undefined =>
    documents.length === 0 ? undefined : documents;
  const side = (identity: Identity, which: Side): AccessSide => ({
    policies: identity.policies[which],
    boundary: boundaryOf(identity.boundary[which]),
  });
  // Of a group that is created with members, all members are the plan's, and stand for it.
  const { ofNewGroups, changes } = identities.members;
  const access = [
    ...[...identities.all]
      .filter((identity) => !ofNewGroups.has(identity))
      .map((identity) => ({
        kind: identity.kind,
        name: identity.name,
        before: side(identity, "before"),
        after: side(identity, "after"),
        losesUnseen: identity.losesUnseen,
        resources: identity.resources,
      })),
    ...identities.policies.all
      .filter((policy) => mayBeElsewhere(policy, identities))
      .map(outsideHolder),
  ];
  return { access, ...changes };
}

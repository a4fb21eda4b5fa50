import { isObject } from "../json";
import { type Attachment, attachmentsOf } from "./attachments";
import type { ResourceDifference, Side } from "./difference";
import { blocks, INLINE_POLICIES, setsInlinePolicies } from "./documents";
import { type HeldDocument, heldDocument, unseenDocument } from "./held-document";
import { IDENTITY_TYPES, type IdentityKind } from "./identities";
import { documentsOf, ManagedPolicies } from "./managed-policies";
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
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
}

const SIDES: readonly Side[] = ["before", "after"];

/** What is collected of one identity. */
class Identity {
  readonly policies: Record<Side, HeldDocument[]> = { before: [], after: [] };
  readonly boundary: Record<Side, HeldDocument[]> = { before: [], after: [] };
  /** The names of inline policies and the ARNs of attached ones that resources of the plan give it. */
  readonly given: Record<Side, Set<string>> = { before: new Set(), after: new Set() };
  readonly resources = new Set<ResourceDifference>();
  /** Its own resource; undefined where it is none of the plan's. */
  readonly own: Record<Side, ResourceDifference | undefined> = {
    before: undefined,
    after: undefined,
  };

  constructor(
    readonly kind: IdentityKind,
    readonly name: string,
  ) {}

  /** Whether what the plan does not show of it is the same before and after. */
  get isKept(): boolean {
    const { before, after } = this.own;
    if (before === undefined && after === undefined) return true;
    return before === after && before?.action !== "replace";
  }
}

const INLINE = "inline ";
const ATTACHED = "attached ";

/** Collects what each role, user and group of a plan has. */
class Identities {
  readonly all = new Map<string, Identity>();
  readonly policies: ManagedPolicies;
  /** Whom the plan's managed policies are attached to before it, and whose boundary they are. */
  readonly holders = new Map<ResourceDifference, Set<Identity>>();
  readonly bounding = new Set<ResourceDifference>();
  /** The managed policies that the plan gives to somebody, on either side. */
  readonly used = new Set<ResourceDifference>();
  /** The policies that one resource attaches to all who have them. */
  readonly exclusive = new Set<ResourceDifference>();
  /** Groups whose members stand for them. */
  readonly replaced = new Set<Identity>();

  constructor(
    private readonly resources: readonly ResourceDifference[],
    private readonly references: References,
  ) {
    this.policies = new ManagedPolicies(resources, references);
    for (const resource of resources) this.addIdentity(resource);
    for (const resource of resources) {
      for (const side of SIDES) {
        this.addInlinePolicies(resource, side);
        for (const attachment of attachmentsOf(resource, side)) {
          this.addAttachment(attachment, side);
        }
      }
    }
    for (const identity of [...this.all.values()]) this.addUnseen(identity);
    this.addGroups();
  }

  private identity(kind: IdentityKind, name: string): Identity {
    const key = `${kind} ${name}`;
    let identity = this.all.get(key);
    if (identity === undefined) this.all.set(key, (identity = new Identity(kind, name)));
    return identity;
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
      const identity = this.identity(kind, name);
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

  /** The identity that an attribute names. One that cannot be told is another one than all others. */
  private named(
    kind: IdentityKind,
    resource: ResourceDifference,
    attribute: string,
    value: Value,
  ): Identity | undefined {
    if (value.kind === "absent") return undefined;
    const name = textOf(value);
    if (name !== undefined) return this.identity(kind, name);
    if (value.kind === "unknown") {
      const origins = this.references.originsOf(resource, attribute, `aws_iam_${kind}`);
      const [own, ...others] = origins.resources;
      const known = own === undefined ? undefined : this.nameOf(own, "after");
      if (origins.complete && others.length === 0 && known !== undefined) {
        return this.identity(kind, known);
      }
    }
    return this.identity(kind, `(known after apply) in ${resource.address}`);
  }

  private addInlinePolicies(resource: ResourceDifference, side: Side): void {
    const kind = INLINE_POLICIES[resource.type];
    if (kind !== undefined) {
      const identity = this.named(kind, resource, kind, resource.value(side, kind));
      const document = heldDocument(resource, resource.attribute("policy"), side);
      if (identity === undefined || document === undefined) return;
      identity.policies[side].push(document);
      identity.resources.add(resource);
      identity.given[side].add(INLINE + (textOf(resource.value(side, "name")) ?? ""));
      return;
    }
    const name = this.nameOf(resource, side);
    if (resource.type !== "aws_iam_role" || name === undefined) return;
    if (!setsInlinePolicies(resource)) return;
    const identity = this.identity("role", name);
    const whole = resource.attribute("inline_policy");
    if (["unknown", "sensitive"].includes(whole[side].kind)) {
      const document = heldDocument(resource, whole, side);
      if (document !== undefined) identity.policies[side].push(document);
    }
    for (const block of blocks(resource, side)) {
      const document = blockDocument(resource, block.policy, side);
      if (document !== undefined) identity.policies[side].push(document);
      identity.given[side].add(INLINE + (block.name ?? ""));
    }
  }

  private addAttachment(attachment: Attachment, side: Side): void {
    const { resource, identityKind, identityAttribute, policyAttribute, policy } = attachment;
    const identity = this.named(identityKind, resource, identityAttribute, attachment.identity);
    if (identity === undefined) return;
    const at = [resource, policyAttribute, policy, side] as const;
    identity.policies[side].push(...this.policies.documentsAt(...at));
    identity.resources.add(resource);
    identity.given[side].add(ATTACHED + (textOf(policy) ?? ""));
    for (const own of this.policies.policiesAt(...at)) {
      identity.resources.add(own);
      this.used.add(own);
      if (side === "before") this.addHolder(own, identity);
      if (side === "before" && resource.type === "aws_iam_policy_attachment") {
        this.exclusive.add(own);
      }
    }
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
      for (const side of sides) identity.policies[side].push(rest);
    }
    for (const [block, policy] of reported?.inline ?? []) {
      if (given.before.has(block) || own.before === undefined) continue;
      const document = blockDocument(own.before, policy, "before");
      if (document === undefined) continue;
      for (const side of sides) {
        if (!given[side].has(block)) identity.policies[side].push(document);
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

  /** What groups have, their members have, too. */
  private addGroups(): void {
    for (const side of SIDES) {
      for (const [group, user] of this.resources.flatMap((one) => members(one, side))) {
        const from = this.all.get(`group ${group}`);
        if (from === undefined) continue;
        const isNew = !this.all.has(`user ${user}`);
        const member = this.identity("user", user);
        if (isNew) this.addUnseen(member);
        member.policies[side].push(...from.policies[side]);
        for (const resource of from.resources) member.resources.add(resource);
        // Of a group that is created with members, all members are the plan's.
        if (from.own.before === undefined && from.own.after !== undefined) this.replaced.add(from);
      }
    }
  }
}

/** A document of an `inline_policy` block; what a block is the same as is told by its text. */
function blockDocument(
  resource: ResourceDifference,
  policy: Value,
  side: Side,
): HeldDocument | undefined {
  return heldDocument(resource, { before: policy, after: policy, isSame: false }, side);
}

/** The members of groups that a resource says, as pairs of a group and a user. */
function members(resource: ResourceDifference, side: Side): [group: string, user: string][] {
  const texts = (attribute: string): string[] => {
    const value = resource.value(side, attribute);
    if (value.kind !== "known") return [];
    const list: unknown[] = Array.isArray(value.value) ? value.value : [value.value];
    return list.filter((item) => typeof item === "string");
  };
  switch (resource.type) {
    case "aws_iam_group_membership":
      return texts("group").flatMap((group) =>
        texts("users").map((user): [string, string] => [group, user]),
      );
    case "aws_iam_user_group_membership":
      return texts("user").flatMap((user) =>
        texts("groups").map((group): [string, string] => [group, user]),
      );
    default:
      return [];
  }
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
  haveSame(before.policies, after.policies) &&
  haveSame(before.boundary, after.boundary) &&
  (before.boundary === undefined) === (after.boundary === undefined);

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
): PlannedAccess[] {
  const identities = new Identities(resources, references);
  const boundaryOf = (documents: readonly HeldDocument[]): readonly HeldDocument[] | undefined =>
    documents.length === 0 ? undefined : documents;
  const side = (identity: Identity, which: Side): AccessSide => ({
    policies: identity.policies[which],
    boundary: boundaryOf(identity.boundary[which]),
  });
  return [
    ...[...identities.all.values()]
      .filter((identity) => !identities.replaced.has(identity))
      .map((identity) => ({
        kind: identity.kind,
        name: identity.name,
        before: side(identity, "before"),
        after: side(identity, "after"),
        resources: identity.resources,
      })),
    ...identities.policies.all
      .filter((policy) => mayBeElsewhere(policy, identities))
      .map(outsideHolder),
  ];
}

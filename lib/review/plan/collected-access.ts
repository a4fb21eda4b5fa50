import { addTo } from "../add-to";
import type { Accounts } from "./accounts";
import { type Attachment, attachmentsOf } from "./attachments";
import { type ResourceDifference, type Side, SIDES } from "./difference";
import { blocks, INLINE_POLICIES, setsInlinePolicies } from "./inline-policies";
import { GroupMembers } from "./group-members";
import { heldDocument, perhaps, unseenDocument } from "./held-document";
import { ATTACHED, type Holder, INLINE } from "./holder";
import { Holders } from "./holders";
import { IDENTITY_TYPES } from "./identity-kinds";
import { ManagedPolicies } from "./managed-policies";
import { type Membership, MEMBERSHIP_TYPES, membershipsOf } from "./memberships";
import type { PlannedDocuments } from "./planned-documents";
import type { References } from "./references";
import { reportedPolicies } from "./reported-policies";
import { textOf, type Value } from "./value";

/** Collects the documents of each role, user and group of a plan. */
export class CollectedAccess {
  readonly holders: Holders;
  readonly policies: ManagedPolicies;
  /** The identities that had each managed policy of the plan before it. */
  readonly hadBy = new Map<ResourceDifference, Set<Holder>>();
  /** The managed policies that are somebody's boundary. */
  readonly bounding = new Set<ResourceDifference>();
  /** The managed policies that the plan gives to somebody, on either side. */
  readonly used = new Set<ResourceDifference>();
  /** The policies that one resource attaches to all who have them. */
  readonly exclusive = new Set<ResourceDifference>();
  readonly members = new GroupMembers();

  constructor(
    resources: readonly ResourceDifference[],
    references: References,
    accounts: Accounts,
    private readonly texts: PlannedDocuments,
  ) {
    this.policies = new ManagedPolicies(resources, references, texts);
    // Resources with a known account first: the names in the others refer to them.
    const isTold = (resource: ResourceDifference): boolean => accounts.of(resource) !== undefined;
    const inOrder = [...resources.filter(isTold), ...resources.filter((one) => !isTold(one))];
    this.holders = new Holders(inOrder, references, accounts);
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
    for (const holder of this.holders.all) {
      holder.settle();
      this.addUnseen(holder);
    }
    this.members.give();
  }

  private addIdentity(resource: ResourceDifference): void {
    const kind = IDENTITY_TYPES[resource.type];
    if (kind === undefined) return;
    for (const side of SIDES) {
      if (resource.action === (side === "before" ? "create" : "delete")) continue;
      const name = this.holders.nameOf(resource, side);
      if (name === undefined) continue;
      const identity = this.holders.identity(resource, kind, name, side);
      identity.own[side] = resource;
      identity.resources.add(resource);
      const boundary = resource.value(side, "permissions_boundary");
      const at = [resource, "permissions_boundary", boundary, side] as const;
      for (const own of this.policies.documentsAt(...at)) identity[side].boundary.push(own);
      for (const policy of this.policies.policiesAt(...at)) {
        identity.resources.add(policy);
        this.bounding.add(policy);
        this.used.add(policy);
      }
    }
  }

  private addInlinePolicies(resource: ResourceDifference, side: Side): void {
    const kind = INLINE_POLICIES[resource.type];
    if (kind !== undefined) {
      if (side === "after" && resource.deletesItself(kind, "name")) return;
      const identity = this.holders.named(kind, resource, kind, resource.value(side, kind), side);
      const documents = this.texts.held(resource, "policy", side);
      if (identity === undefined || documents.length === 0) return;
      const policyName = textOf(resource.value(side, "name"));
      identity.give(side, resource, INLINE, policyName, documents);
      return;
    }
    const name = this.holders.nameOf(resource, side);
    if (resource.type !== "aws_iam_role" || name === undefined) return;
    if (!setsInlinePolicies(resource)) return;
    const identity = this.holders.identity(resource, "role", name, side);
    const { isSame, ...sides } = resource.attribute("inline_policy");
    if (["unknown", "sensitive"].includes(sides[side].kind)) {
      identity.add(side, heldDocument(resource, sides[side], side, { isSame }));
    }
    for (const { name: block, policy } of blocks(resource, side)) {
      identity.give(side, resource, INLINE, block, heldDocument(resource, policy, side));
    }
  }

  private addAttachment(attachment: Attachment, side: Side): void {
    const { resource, identityKind, identityAttribute, policyAttribute, policy } = attachment;
    const named = [identityKind, resource, identityAttribute, attachment.identity, side] as const;
    const identity = this.holders.named(...named);
    if (identity === undefined) return;
    const at = [resource, policyAttribute, policy, side] as const;
    const documents = this.policies.documentsAt(...at);
    identity.give(side, resource, ATTACHED, textOf(policy), documents);
    for (const own of this.policies.policiesAt(...at)) {
      identity.resources.add(own);
      this.used.add(own);
      if (side === "before") addTo(this.hadBy, own, identity);
      if (side === "before" && resource.type === "aws_iam_policy_attachment") {
        this.exclusive.add(own);
      }
    }
  }

  /**
   * The complete policies of a group if two exclusive resources stay and remove all others.
   *
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_group_policies_exclusive.html.markdown
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_group_policy_attachments_exclusive.html.markdown
   */
  private addExclusive(resource: ResourceDifference, side: Side): void {
    const { type, action } = resource;
    if (!/^aws_iam_group_.*_exclusive$/.test(type) || !["none", "update"].includes(action)) return;
    const name = resource.value(side, "group_name");
    const group = this.holders.named("group", resource, "group_name", name, side);
    if (group === undefined) return;
    if (type === "aws_iam_group_policies_exclusive") {
      group.only[side].inline = resource.values(side, "policy_names").map(textOf);
    } else group.only[side].attached = true;
  }

  private addMember(membership: Membership, side: Side): void {
    const { resource } = membership;
    const attributes = MEMBERSHIP_TYPES[resource.type];
    if (attributes === undefined) return;
    const group = this.holders.named("group", resource, attributes.group, membership.group, side);
    const user = this.holders.named("user", resource, attributes.user, membership.user, side);
    if (group === undefined || user === undefined) return;
    this.members.add({ membership, group, user }, side);
  }

  /**
   * The identity's other policies, which this plan does not change. The AWS provider reports all
   * policies of a role with it, so that of a role it is known.
   */
  private addUnseen(holder: Holder): void {
    const { own, given, kind, name, isKept } = holder;
    if (own.before === undefined && !isKept) return;
    const sides = isKept ? SIDES : (["before"] as const);
    const reported = own.before === undefined ? undefined : reportedPolicies(own.before);
    const { arns = [], inline = new Map<string, Value>() } = reported ?? {};
    const known = new Set([
      ...arns.map((arn) => ATTACHED + arn),
      ...[...inline.keys()].map((block) => INLINE + block),
    ]);
    const isReported = reported !== undefined && [...given.before].every((one) => known.has(one));
    // A boundary limits what policies of resources allow, too, and those are not in sight:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    const [had, has] = SIDES.map((side) => holder[side].boundary.length > 0);
    if ((!isReported && !isEmptiedFirst(own.before)) || had !== has) {
      const rest = unseenDocument(`what else the ${kind} ${name} has`);
      // It still covers the access of members who are not in the plan.
      if (isWhole(holder)) holder.withheld.add(rest);
      for (const side of sides) holder[side].policies.push(rest);
    }
    for (const [block, policy] of inline) {
      if (given.before.has(INLINE + block) || own.before === undefined) continue;
      const documents = heldDocument(own.before, policy, "before");
      for (const side of sides) {
        if (given[side].has(INLINE + block)) continue;
        // One whose name the plan does not show may be the one that a resource has given.
        const which = `inline ${block} of the ${kind} ${name}, ${side}`;
        const isOpen = given.before.has(INLINE);
        holder.add(side, isOpen ? documents.map((one) => perhaps(one, which)) : documents);
      }
    }
    for (const arn of arns) {
      if (given.before.has(ATTACHED + arn)) continue;
      for (const side of sides) {
        const documents = this.policies.documentsOfArn(arn, side);
        holder.add(side, documents);
        for (const { from } of documents) {
          if (from === undefined) continue;
          holder.resources.add(from);
          if (side === "before") addTo(this.hadBy, from, holder);
        }
      }
    }
  }
}

/** True if all that an identity has is the plan's, before and after. */
const isWhole = ({ only, given }: Holder): boolean =>
  SIDES.every(
    (side) =>
      only[side].attached === true &&
      only[side].inline?.every((name) => name !== undefined && given[side].has(INLINE + name)),
  );

/**
 * True if a role is deleted, and only after the plan has taken all its policies. AWS does not delete a
 * role that still has one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
 */
function isEmptiedFirst(role: ResourceDifference | undefined): boolean {
  if (role?.type !== "aws_iam_role" || !["delete", "replace"].includes(role.action)) return false;
  const detaches = role.value("before", "force_detach_policies");
  return detaches.kind === "known" && detaches.value === false;
}

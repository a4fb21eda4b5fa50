import { type Answer, type Budget, type Content, readDocument, ReadDocument } from "../compare";
import type { Witness } from "../compare";
import type { Statement, UnknownDocument } from "../compare/statement";
import { once } from "../once";
import { otherSide, type ResourceDifference, type Side, SIDES } from "../plan/difference";
import { newParts } from "../compare/new-part";
import type { PolicyArgument } from "./data/policies";
import { policyTargets, resourcePolicies, statementGrants } from "./data/policies";
import { type CarrierAccess, type CarrierFinding, comparedParts } from "./finding";
import { describeGrant } from "./granted";
import type { Owners } from "./owners";
import type { PolicyValue, ReadPolicy } from "./policy-values";
import {
  compareResourcePolicies,
  type ResourceComparison,
  type ResourceSide,
} from "../compare/resource-access";
import type { Filling } from "../plan/partial-document";
import { statementGrant } from "./statement-grants";
import { canonicalName, resourcesOf, type Targets } from "./targets";
import { isSameAt, textAt, valuesAt } from "./values";

/** A policy of one side, and the resource of the plan that has it. */
interface Held extends PolicyValue {
  readonly from: ResourceDifference;
  readonly isWhole: boolean;
}

/** All policies of one thing, such as a bucket. */
interface Carried {
  readonly row: Omit<PolicyArgument, "argument">;
  readonly name: string | undefined;
  readonly held: Readonly<Record<Side, Held[]>>;
  readonly resources: Set<ResourceDifference>;
  /** True if the thing itself is created or deleted with the plan. */
  isNew: boolean;
  isGone: boolean;
}

/**
 * True if an argument is a policy of the resource's own. AWS also reports in it what another resource
 * has set, which is the same on both sides.
 */
function isSet(resource: ResourceDifference, argument: string): boolean {
  const { action, configuration, expressions } = resource;
  if (action === "delete") return true;
  if (configuration === undefined) return !isSameAt(resource, argument);
  return expressions?.[argument.split(".")[0] ?? ""] !== undefined;
}

/**
 * True if a policy is gone after a replacement: the new one is put in place of the old one, which is then
 * deleted. A thing has one policy.
 */
const isDeletedLast = (resource: ResourceDifference, target: string | undefined): boolean =>
  target !== undefined && resource.createsFirst && isSameAt(resource, target);

/** Collects the policies of a plan by the thing that they apply to. */
class Collection {
  readonly all = new Map<string, Carried>();

  constructor(
    resources: readonly ResourceDifference[],
    private readonly read: ReadPolicy,
    private readonly owners: Owners,
    private readonly targets: Targets,
  ) {
    for (const resource of resources) {
      const policy = resourcePolicies[resource.type];
      const grant = statementGrants[resource.type];
      if (policy !== undefined) this.addPolicy(resource, policy);
      else if (grant !== undefined) this.addGrant(resource, grant);
    }
  }

  private addPolicy(resource: ResourceDifference, row: PolicyArgument): void {
    const { argument, target } = row;
    if (target === undefined && !isSet(resource, argument)) return;
    for (const side of SIDES) {
      if (side === "after" && isDeletedLast(resource, target)) continue;
      const policy = this.read(resource, argument, side);
      if (policy !== undefined) this.add(resource, row, side, policy, row.adds !== true);
    }
  }

  private addGrant(resource: ResourceDifference, row: Omit<PolicyArgument, "argument">): void {
    for (const side of SIDES) {
      if (side === "after" && isDeletedLast(resource, row.target)) continue;
      const policy = statementGrant(resource, side);
      if (policy !== undefined) this.add(resource, row, side, { policy }, false);
    }
  }

  /** The name of the thing that a policy applies to; undefined if it is not known yet. */
  private nameOf(
    resource: ResourceDifference,
    { of, target }: Omit<PolicyArgument, "argument">,
    side: Side,
  ): string | undefined {
    if (target !== undefined) {
      // A recreated policy of a new thing replaces the policy of the old one.
      const name = textAt(resource, side, target) ?? textAt(resource, otherSide(side), target);
      return name === undefined ? undefined : canonicalName(of, name);
    }
    for (const attribute of policyTargets[resource.type]?.names ?? []) {
      const name = textAt(resource, "before", attribute) ?? textAt(resource, "after", attribute);
      if (name !== undefined) return canonicalName(of, name);
    }
    return undefined;
  }

  private add(
    resource: ResourceDifference,
    row: Omit<PolicyArgument, "argument">,
    side: Side,
    { policy, partial }: PolicyValue,
    isWhole: boolean,
  ): void {
    const { of, target } = row;
    const name = this.nameOf(resource, row, side);
    const account = this.owners.of(resource) ?? resource.provider ?? "";
    const key = JSON.stringify([of, account, name ?? resource.address]);
    let carried = this.all.get(key);
    if (carried === undefined) {
      const held = { before: [], after: [] };
      carried = { row, name, held, resources: new Set(), isNew: false, isGone: false };
      this.all.set(key, carried);
    }
    carried.held[side].push({ policy, partial, from: resource, isWhole });
    carried.resources.add(resource);
    const isOwn = target === undefined && policyTargets[resource.type]?.of === of;
    if (isOwn && resource.action === "create") carried.isNew = true;
    if (isOwn && resource.action === "delete") carried.isGone = true;
    if (name === undefined) {
      // Only things that the plan creates have an unknown name.
      if (resource.action === "create" && target !== undefined) carried.isNew = true;
      return;
    }
    if (this.targets.has("create", of, name)) carried.isNew = true;
    if (this.targets.has("delete", of, name)) carried.isGone = true;
    if (carried.isNew && carried.isGone) carried.isGone = false;
  }
}

const isUnknown = (policy: Content): policy is UnknownDocument => "unknown" in policy;

/** A policy of one side that is not known, and may be any. */
function openIn(side: readonly Held[], other: readonly Held[]): Held | undefined {
  const known = new Set(other.flatMap(({ policy }) => (isUnknown(policy) ? policy.unknown : [])));
  return side.find(({ policy }) => isUnknown(policy) && !known.has(policy.unknown));
}

/**
 * A request that one side does not allow, as far as its policies are known, may be allowed by one that is
 * not; and a Deny that is gone may be in one that is not known.
 */
function certain(answer: Answer, without: readonly Held[], having: readonly Held[]): Answer {
  if (answer.answer !== "yes") return answer;
  const doubt = (open: Held): Answer => ({
    answer: "undecided",
    reason: `it depends on the policy of ${open.from.address}`,
  });
  const before = openIn(without, having);
  if (before !== undefined) return doubt(before);
  const after = openIn(having, without);
  if (after === undefined) return answer;
  const [first, ...others] = answer.witnesses.filter(
    ({ statement }) => statement.effect === "Allow",
  );
  return first === undefined ? doubt(after) : { answer: "yes", witnesses: [first, ...others] };
}

/** True if two sides surely have the same policies. */
function isSame(before: readonly Held[], after: readonly Held[]): boolean {
  const texts = (list: readonly Held[]): string =>
    JSON.stringify(list.map(({ policy, isWhole }) => JSON.stringify([policy, isWhole])).sort());
  return texts(before) === texts(after);
}

const NO: Answer = { answer: "no" };

/** The statements of a policy; undefined if the plan does not show them. */
function statementsOf(
  { policy, partial }: Held,
  filling: Filling,
): readonly Statement[] | undefined {
  const content = partial?.read(filling) ?? policy;
  if (isUnknown(content)) return undefined;
  return (content instanceof ReadDocument ? content : readDocument(content, "resource", ""))
    .statements;
}

/** Describes access by the statements of one thing's policies. */
function describer(
  { held }: Carried,
  filling: Filling,
): (witness: Witness, isPublic: boolean) => CarrierAccess {
  const of = (one: Held): readonly Statement[] | undefined => statementsOf(one, filling);
  const read = { before: held.before.map(of), after: held.after.map(of) };
  const isShown = [...read.before, ...read.after].every((one) => one !== undefined);
  const all = (side: Side): Statement[] => read[side].flatMap((list) => list ?? []);
  const newPart = once((side: Side) => newParts(all(side), all(otherSide(side))));
  return (witness, isPublic) => {
    const { side, document, statement } = witness.statement;
    const own = read[side][document]?.find(({ index }) => index === statement);
    const content = own && isShown ? newPart(side)(own) : own;
    return describeGrant(witness, content, held[side][document]?.from.address ?? "", isPublic);
  };
}

/** The name of the policies of one thing. */
function subjectOf({ row, name, resources }: Carried): string {
  const [first] = resources;
  return `${row.of} ${name ?? first?.address ?? ""}`.trim();
}

/**
 * Compares the policies of one thing. A policy that is known in part is read as what it surely gives, if
 * unknown resources are its own, and as all that it may give.
 */
function compareHeld(
  { row, name, held, resources, isNew }: Carried,
  owners: Owners,
  budget: Budget,
): ResourceComparison & { readonly filling: Filling } {
  const [first] = resources;
  const options = {
    effect: row.effect ?? "either",
    account: first && owners.of(first),
    absent: row.absent,
    resources: resourcesOf(row.of, name),
    services: row.services,
    budget,
  };
  const compare = (how: Filling): ResourceComparison => {
    const sideOf = (list: readonly Held[]): Held[] =>
      list.map((one) =>
        one.partial === undefined ? one : { ...one, policy: one.partial.read(how) },
      );
    const [before, after] = [sideOf(held.before), sideOf(held.after)];
    const side = (list: readonly Held[]): ResourceSide => ({
      documents: list.map(({ policy }) => policy),
      isWhole: list.some(({ isWhole }) => isWhole),
    });
    const { gained, lost, publicly } = compareResourcePolicies(side(before), side(after), options);
    return {
      gained: certain(gained, before, after),
      lost: certain(lost, after, before),
      publicly,
    };
  };
  if (held.after.every(({ partial }) => partial === undefined)) {
    return { ...compare("least"), filling: "least" };
  }
  const [least, most] = [compare("least on its own resource"), compare("most")];
  const isProved = least.gained.answer === "yes";
  const gained = isProved ? least.gained : most.gained;
  // A function can change the text on its way, so a loss alone is not proved.
  const isLoss = gained.answer === "no" && least.lost.answer !== "no" && !isNew;
  const open = { answer: "undecided", reason: "a policy is known only after apply" } as const;
  return {
    gained: isLoss ? open : gained,
    lost: isLoss ? open : least.lost,
    // What is not known yet is an ARN, which is not everybody's.
    publicly: least.publicly,
    filling: isProved ? "least on its own resource" : "most",
  };
}

function findingOf(
  carried: Carried,
  owners: Owners,
  budget: Budget,
  waitsFor: (resource: ResourceDifference) => string | undefined,
): CarrierFinding | undefined {
  const { held, isNew, isGone, resources } = carried;
  const resource = [...resources].find(({ action }) => action !== "none");
  if (resource === undefined || isSame(held.before, held.after)) return undefined;
  const compared = compareHeld(carried, owners, budget);
  // A deleted thing grants nothing after, and a new one granted nothing before.
  const gained = isGone ? NO : compared.gained;
  const lost = isNew ? NO : compared.lost;
  const publicly = isGone || gained.answer === "no" ? "no" : compared.publicly.answer;
  const isPublic = publicly === "yes" && gained.answer === "yes";
  const waits = [...resources].flatMap((one) => waitsFor(one) ?? []);
  const isMoved =
    held.before.some(({ from, isWhole }) => isWhole && from.action === "delete") &&
    held.after.some(({ from, isWhole }) => isWhole && from.action === "create");
  const order = isMoved
    ? [
        "One resource deletes the policy and another one creates it. Check that the deletion comes first.",
      ]
    : [];
  const describe = describer(carried, compared.filling);
  const parts = comparedParts({ gained, lost }, (witness, change) =>
    describe(witness, isPublic && change === "gained"),
  );
  const reasons = parts.reasons.length === 0 || waits.length === 0 ? parts.reasons : waits;
  return {
    resource,
    kind: "resource policy",
    subject: subjectOf(carried),
    isPublic: isPublic || (publicly !== "no" && "undecided"),
    ...parts,
    reasons: [...new Set([...order, ...reasons])],
  };
}

/** The context of a comparison of resource policies. */
export interface PolicyContext {
  readonly owners: Owners;
  readonly targets: Targets;
  readonly read: ReadPolicy;
  /** A sentence that names what an unknown policy depends on. */
  readonly waitsFor: (resource: ResourceDifference, argument: string) => string | undefined;
  readonly budget: Budget;
}

/**
 * Returns the changes of resource policies: of buckets, keys, queues, functions and so on. All
 * policies and grants of the same thing are merged, so moving one to another resource of the plan is not
 * a change.
 */
export function resourcePolicyFindings(
  resources: readonly ResourceDifference[],
  { owners, targets, read, waitsFor, budget }: PolicyContext,
): CarrierFinding[] {
  const waits = (resource: ResourceDifference): string | undefined => {
    const argument = resourcePolicies[resource.type]?.argument;
    if (argument === undefined) return undefined;
    const isOpen = valuesAt(resource, "after", argument).some(({ kind }) => kind === "unknown");
    return isOpen ? waitsFor(resource, argument) : undefined;
  };
  const { all } = new Collection(resources, read, owners, targets);
  return [...all.values()].flatMap((carried) => findingOf(carried, owners, budget, waits) ?? []);
}

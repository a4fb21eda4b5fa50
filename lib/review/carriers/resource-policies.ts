import { type Compared, compared } from "../access";
import { CALLER } from "../compare/callers";
import {
  compareResourcePolicies,
  principalOf,
  type ResourceComparison,
} from "../compare/resource-access";
import type { Access, Answer, Budget, Witness } from "../compare";
import { isUnknown } from "../compare/statement";
import { findingOf } from "../finding";
import { doubts } from "../judged";
import type { Accounts } from "../plan/accounts";
import { otherSide, type ResourceDifference, type Side, SIDES } from "../plan/difference";
import type { HeldDocument } from "../plan/held-document";
import type { AccessSide } from "../plan/planned-access";
import type { PlannedDocuments } from "../plan/planned-documents";
import { expressionAt, referencesOf } from "../plan/references";
import {
  additions,
  policyNames,
  resourcePolicies,
  statementGrants,
  targetNames,
  type ThingPolicy,
} from "./data/policies";
import { policyAt } from "./policy-values";
import { statementGrant } from "./statement-grants";
import { canonicalName, resourcesOf, type Targets } from "./targets";
import { isSameAt, textAt, valuesAt } from "./values";

/** A policy of one side. */
interface Held {
  readonly document: HeldDocument;
  /** True if it is the policy of the thing, and not only a grant beside it. */
  readonly isWhole: boolean;
}

/** All policies of one thing, such as a bucket. */
interface Carried {
  readonly row: ThingPolicy;
  readonly name: string | undefined;
  readonly held: Readonly<Record<Side, Held[]>>;
  readonly resources: Set<ResourceDifference>;
  /** True if the thing itself is created or deleted with the plan. */
  isNew: boolean;
  isGone: boolean;
}

/** The argument that is a policy. */
function policyArgument({ paths }: ResourceDifference, { target = "" }: ThingPolicy): string {
  const block = target.slice(0, target.lastIndexOf(".") + 1);
  return `${block}${policyNames.find((name) => paths.includes(name)) ?? "policy"}`;
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

/** Arguments that tell things of one name apart. */
const PLACES = ["domain", "namespace", "region", "table_bucket_arn"];

/** The place of a thing whose name is not unique in an account: its Region, or what it is in. */
const placeOf = (resource: ResourceDifference, of: string, name = ""): (string | undefined)[] =>
  of === "bucket" || name.startsWith("arn:")
    ? []
    : [
        resource.provider,
        ...PLACES.map((one) => textAt(resource, "after", one) ?? textAt(resource, "before", one)),
      ];

/** Collects the policies of a plan by the thing that they apply to. */
class Collection {
  readonly all = new Map<string, Carried>();

  constructor(
    resources: readonly ResourceDifference[],
    texts: PlannedDocuments,
    private readonly accounts: Accounts,
    private readonly targets: Targets,
  ) {
    for (const resource of resources) {
      const policy = resourcePolicies.get(resource.type);
      const row = policy ?? statementGrants.get(resource.type);
      if (row === undefined) continue;
      const argument = policyArgument(resource, row);
      if (row.target === undefined && !isSet(resource, argument)) continue;
      const isWhole = policy !== undefined && !additions.has(resource.type);
      for (const side of SIDES) {
        if (side === "after" && isDeletedLast(resource, row.target)) continue;
        const document =
          policy === undefined
            ? statementGrant(resource, side)
            : policyAt(resource, argument, side, "resource", texts);
        if (document !== undefined) this.add(resource, row, side, { document, isWhole });
      }
    }
  }

  /** The name of the thing that a policy applies to; undefined if it is not known yet. */
  private nameOf(
    resource: ResourceDifference,
    { of, target }: ThingPolicy,
    side: Side,
  ): string | undefined {
    if (target !== undefined) {
      // A recreated policy of a new thing replaces the policy of the old one.
      const name = textAt(resource, side, target) ?? textAt(resource, otherSide(side), target);
      return name === undefined ? undefined : canonicalName(of, name);
    }
    for (const attribute of targetNames.get(resource.type) ?? []) {
      const name = textAt(resource, "before", attribute) ?? textAt(resource, "after", attribute);
      if (name !== undefined) return canonicalName(of, name);
    }
    return undefined;
  }

  private add(resource: ResourceDifference, row: ThingPolicy, side: Side, held: Held): void {
    const { of, target } = row;
    const name = this.nameOf(resource, row, side);
    const account = this.accounts.idOf(resource) ?? resource.provider ?? "";
    const key = JSON.stringify([
      of,
      account,
      name ?? resource.address,
      ...placeOf(resource, of, name),
    ]);
    let carried = this.all.get(key);
    if (carried === undefined) {
      const none = { before: [], after: [] };
      carried = { row, name, held: none, resources: new Set(), isNew: false, isGone: false };
      this.all.set(key, carried);
    }
    carried.held[side].push(held);
    carried.resources.add(resource);
    const isOwn = target === undefined && targetNames.has(resource.type);
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

const NO: Answer = { answer: "no" };

/** A request with its caller as the principal. */
function withPrincipal(witness: Witness): Witness {
  const { [CALLER]: caller, ...context } = witness.context;
  return { ...witness, context, ...(caller && { principal: principalOf(witness) }) };
}

/**
 * Returns the answer without what a Deny gives that is gone: a policy that is not known may have it. What
 * it allows newly is gained all the same.
 */
function proved(answer: Answer, having: Access, without: Access): Answer {
  const known = new Set(without.policies.filter(isUnknown).map(({ unknown }) => unknown));
  const open = having.policies.filter(isUnknown).find(({ unknown }) => !known.has(unknown));
  if (answer.answer !== "yes") return answer;
  const [first, ...others] = answer.witnesses
    .filter(({ statement }) => open === undefined || statement.effect === "Allow")
    .map(withPrincipal);
  if (first !== undefined) return { answer: "yes", witnesses: [first, ...others] };
  return {
    answer: "undecided",
    reason: `it depends on ${open?.unknown ?? ""}, which cannot be read`,
  };
}

/** Compares the policies of one thing. Unknown resources in them are its own, or any. */
function comparedPolicies(carried: Carried, accounts: Accounts, budget: Budget): Compared {
  const { row, name, held, resources, isNew, isGone } = carried;
  const [first] = resources;
  const options = {
    effect: row.effect ?? "either",
    account: first && accounts.idOf(first),
    absent: row.absent,
    resources: resourcesOf(row.of, name),
    services: row.services,
    budget,
  };
  const hasWhole = (list: readonly Held[]): boolean => list.some((one) => one.isWhole);
  const isWhole = { before: hasWhole(held.before), after: hasWhole(held.after) };
  const compare = (before: Access, after: Access): ResourceComparison => {
    const found = compareResourcePolicies(
      { documents: before.policies, isWhole: isWhole.before },
      { documents: after.policies, isWhole: isWhole.after },
      options,
    );
    // A deleted thing grants nothing after, and a new one granted nothing before.
    return {
      gained: isGone ? NO : proved(found.gained, after, before),
      lost: isNew ? NO : proved(found.lost, before, after),
      publicly: isGone ? NO : found.publicly,
    };
  };
  const side = (which: Side): AccessSide => ({
    policies: held[which].map(({ document }) => document),
    boundary: [],
  });
  return compared(
    {
      kind: "resource policy",
      name: `${row.of} ${name ?? first?.address ?? ""}`.trim(),
      resources,
    },
    { before: side("before"), after: side("after") },
    {
      compare,
      least: "least on its own resource",
    },
  );
}

/** True if a policy goes from one resource to another. */
const isMoved = ({ before, after }: Carried["held"]): boolean =>
  before.some(({ document, isWhole }) => isWhole && document.from?.action === "delete") &&
  after.some(({ document, isWhole }) => isWhole && document.from?.action === "create");

const CHECK_ORDER =
  "One resource deletes the policy and another one creates it. Check that the deletion comes first.";

/** A sentence that names what an unknown policy depends on. */
function waitsFor(resource: ResourceDifference): string | undefined {
  const row = resourcePolicies.get(resource.type);
  if (row === undefined) return undefined;
  const argument = policyArgument(resource, row);
  const isOpen = valuesAt(resource, "after", argument).some(({ kind }) => kind === "unknown");
  if (!isOpen) return undefined;
  const references = referencesOf(expressionAt(resource, argument)).filter((name) => name !== "");
  const waits = references.length === 0 ? "" : `: it waits for ${references.join(", ")}`;
  return `${argument} is known only after apply${waits}.`;
}

/**
 * Returns the changes of resource policies: of buckets, keys, queues, functions and so on. All
 * policies and grants of the same thing are merged, so moving one to another resource of the plan is not
 * a change.
 */
export function resourcePolicyChanges(
  resources: readonly ResourceDifference[],
  accounts: Accounts,
  targets: Targets,
  texts: PlannedDocuments,
  budget: Budget,
): Compared[] {
  const { all } = new Collection(resources, texts, accounts, targets);
  return [...all.values()].flatMap((carried) => {
    const resource = [...carried.resources].find(({ action }) => action !== "none");
    if (resource === undefined) return [];
    const own = comparedPolicies(carried, accounts, budget);
    if (own.isSame) return [];
    const waits = [...carried.resources].flatMap((one) => waitsFor(one) ?? []);
    const why = doubts(own);
    const reasons = [
      ...(isMoved(carried.held) ? [CHECK_ORDER] : []),
      ...(why.length === 0 || waits.length === 0 ? why : waits),
    ];
    const item = { kind: "resource policy", reasons: [...new Set(reasons)] } as const;
    return [{ ...own, item: findingOf(resource, item).item }];
  });
}

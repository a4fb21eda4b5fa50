import { Budget } from "./budget";
import type { Test, Unit } from "./condition-test";
import { type Entry, entryMatches } from "./entry";
import { type Side, sideOf } from "./gains";
import { holdsFor, type Outcome } from "./key-state";
import type { NameSet } from "./name-set";
import type { Neighbours } from "./neighbours";
import { matches, withValues } from "./pattern";
import { readDocuments } from "./read-document";
import type { Content, Context, Statement, Unknown } from "./statement";
import { isUnknownKey, SetReader, type StatementSets, unknownKey } from "./statement-sets";

/** One request to AWS. */
export interface Request {
  readonly action: string;
  /** An ARN, or `*` for an action that is on no resource. */
  readonly resource: string;
  readonly context: Context;
  /** The unknown statements that are assumed to match. */
  readonly assumes: readonly Unknown[];
}

/** Everything that decides an identity's access. */
export interface Access {
  readonly policies: readonly Content[];
  /** Undefined if there is no boundary; several documents count together. */
  readonly boundary?: readonly Content[] | undefined;
}

/** The statements of `Access`, read. */
export interface Statements {
  readonly policies: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
}

/** The value of a key; IAM reads names of keys without regard to case. */
function valueOf(context: Context, key: string): string | readonly string[] | undefined {
  const name = Object.keys(context).find((other) => other.toLowerCase() === key);
  return name === undefined ? undefined : context[name];
}

/** True if an entry matches a text; undefined if a variable in it has no value. */
function hits(entry: Entry, text: string, context: Context, budget: Budget): boolean | undefined {
  if (!entry.variable) return entryMatches(entry, text, budget);
  const pattern = withValues(entry.pattern, (key) => valueOf(context, key));
  return pattern && matches(pattern, Array.from(text), budget);
}

/** A variable without a value keeps Resource and NotResource alike from matching. */
function hasName(set: NameSet, text: string, context: Context, budget: Budget): boolean {
  const entries = text === "*" ? set.entries.filter(({ anything }) => anything) : set.near(text);
  budget.spend(entries.length / 8);
  return set.except
    ? entries.every((entry) => hits(entry, text, context, budget) === false)
    : entries.some((entry) => hits(entry, text, context, budget) === true);
}

function outcomeOf(unit: Unit, value: string, context: Context, budget: Budget): Outcome {
  if (unit.kind === "interval") {
    const at = unit.line.read(value);
    if (at === undefined) return "incomparable";
    return at >= unit.first && at <= unit.last ? "match" : "mismatch";
  }
  if (unit.kind === "arn" && !/^arn:([^:]*:){4}/.test(value)) return "incomparable";
  const matched = hits(unit.entry, value, context, budget);
  if (matched === undefined) return "incomparable";
  return matched ? "match" : "mismatch";
}

/**
 * True if a test of a condition holds for a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
function testHolds(test: Test, { context, assumes }: Request, budget: Budget): boolean {
  if (isUnknownKey(test.key)) return assumes.some((unknown) => unknownKey(unknown) === test.key);
  const value = valueOf(context, test.key);
  if (value === undefined) return test.whenAbsent;
  if (test.units.length === 0) return test.whenPresent;
  const holds = (one: string): boolean =>
    holdsFor(test, (unit) => outcomeOf(unit, one, context, budget));
  if (test.set === "one") return typeof value === "string" && holds(value);
  const list = typeof value === "string" ? [value] : value;
  return test.set === "all" ? list.every(holds) : list.some(holds);
}

/** True if one of some statements matches a request. */
function someMatches(statements: Neighbours, request: Request, budget: Budget): boolean {
  const { resource, context } = request;
  const action = request.action.toLowerCase();
  const near = statements.about(resource);
  budget.spend(1 + near.length);
  return near.some(
    ({ actions, targets, tests }: StatementSets) =>
      hasName(targets, resource, context, budget) &&
      hasName(actions, action, context, budget) &&
      tests.every((test) => testHolds(test, request, budget)),
  );
}

/**
 * True if the statements of an identity allow a request: at least one Allow matches it, and no Deny, and
 * an Allow of its boundary, if it has one.
 *
 * @throws BudgetSpent
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const allows = (side: Side, request: Request, budget: Budget): boolean =>
  someMatches(side.allows, request, budget) &&
  !someMatches(side.denies, request, budget) &&
  (side.boundary === undefined || someMatches(side.boundary, request, budget));

/** Reads the documents of `Access`. `side` distinguishes unreadable documents of two sides. */
export function readAccess({ policies, boundary }: Access, side: string): Statements {
  return {
    policies: readDocuments(policies, "identity", `${side}, policy`),
    boundary: boundary && readDocuments(boundary, "identity", `${side}, boundary`),
  };
}

/**
 * True if an identity with these documents may do what `request` asks, by IAM's rules.
 *
 * @throws BudgetSpent
 */
export function evaluate(request: Request, access: Access, budget = new Budget(Infinity)): boolean {
  const { policies, boundary } = readAccess(access, "documents");
  return allows(sideOf(policies, boundary, new SetReader()), request, budget);
}

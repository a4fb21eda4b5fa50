import { Budget } from "./budget";
import type { ConditionEntry, Content, Entries, Statement, Unknown } from "./statement";
import { readDocuments } from "./read-document";
import { dates, numbers, readBlock, addresses } from "./line";
import { FEW, PrefixIndex } from "./prefix-index";
import { arnMatches, type Context, type Matching, textMatches, valueOf } from "./text-match";

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

/** The text before the first wildcard or variable. */
const headOf = (text: string): string => /^[^*?$]*/.exec(text)?.[0] ?? "";

/** Statements that are evaluated together. */
export class StatementList {
  private index: PrefixIndex<Statement> | undefined;

  constructor(readonly all: readonly Statement[]) {}

  /** Those that can match a resource, by the beginnings of theirs. */
  about(resource: string): readonly Statement[] {
    if (this.all.length <= FEW) return this.all;
    this.index ??= new PrefixIndex(
      this.all.flatMap((statement) => {
        const { except, texts } = statement.resources;
        const heads = new Set(except ? [""] : texts.map(headOf));
        return [...heads].map((head) => [head, statement] as const);
      }),
    );
    return [...new Set(this.index.beginningsOf(resource))];
  }
}

/** The statements of `Access`, read. */
export interface Statements {
  readonly policies: StatementList;
  readonly boundary: StatementList | undefined;
}

/** True if a pattern has another letter than a text before its first wildcard. Most have. */
function startsOtherwise(pattern: string, text: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    if ("*?$".includes(pattern.charAt(at))) return false;
    if (pattern[at] !== text[at]) return true;
  }
  return false;
}

function hasAction({ except, texts }: Entries, action: string, matching: Matching): boolean {
  const lower = action.toLowerCase();
  const options = { variables: false, wildcards: true };
  matching.budget.spend(texts.length / 8);
  const matches = (text: string): boolean => {
    const pattern = text.toLowerCase();
    return (
      !startsOtherwise(pattern, lower) && textMatches(pattern, lower, options, matching) === true
    );
  };
  return texts.some(matches) !== except;
}

/** A variable without a value keeps Resource and NotResource alike from matching. */
function hasResource(
  { resources, variables }: Statement,
  request: Request,
  matching: Matching,
): boolean {
  const matches = (text: string): boolean | undefined => {
    if (text.startsWith("*")) return true;
    if (request.resource === "*") return false;
    const isOpen = variables && text.includes("$");
    if (!isOpen && startsOtherwise(text, request.resource)) return false;
    return arnMatches(text, request.resource, variables, matching);
  };
  return resources.except
    ? resources.texts.every((text) => matches(text) === false)
    : resources.texts.some((text) => matches(text) === true);
}

const NUMERIC: Readonly<Record<string, (value: bigint, expected: bigint) => boolean>> = {
  equals: (value, expected) => value === expected,
  lessthan: (value, expected) => value < expected,
  lessthanequals: (value, expected) => value <= expected,
  greaterthan: (value, expected) => value > expected,
  greaterthanequals: (value, expected) => value >= expected,
};

/** True if a value fits an operator without "Not"; undefined if they cannot be compared. */
function compares(
  operator: string,
  expected: string,
  value: string,
  variables: boolean,
  matching: Matching,
): boolean | undefined {
  if (operator === "ipaddress") {
    const [block, address] = [readBlock(expected), addresses.read(value)];
    if (block === undefined || address === undefined) return undefined;
    return address >= block.first && address <= block.last;
  }
  const [, line, comparison = ""] = /^(numeric|date)(.*)$/.exec(operator) ?? [];
  if (line !== undefined) {
    const { read } = line === "date" ? dates : numbers;
    const [limit, given] = [read(expected), read(value)];
    if (limit === undefined || given === undefined) return undefined;
    return NUMERIC[comparison]?.(given, limit);
  }
  if (operator.startsWith("arn")) {
    if (!/^arn:([^:]*:){4}/.test(value)) return undefined;
    return arnMatches(expected, value, variables, matching);
  }
  const options = {
    variables: variables && operator !== "binaryequals",
    wildcards: operator === "stringlike",
    ignoreCase: operator === "stringequalsignorecase" || operator === "bool",
  };
  return textMatches(expected, value, options, matching);
}

/**
 * True if one operator and key of a Condition holds.
 *
 * - Without the key, an operator with "Not" or IfExists holds, and ForAllValues; others do not.
 * - ForAllValues and ForAnyValue ask all values; another operator holds for no list of values.
 * - An operator with "Not" holds if the value is different from each of the expected ones.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
function conditionHolds(entry: ConditionEntry, variables: boolean, matching: Matching): boolean {
  const [, set, spelled = "", ifExists] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(entry.operator.toLowerCase()) ?? [];
  const value = valueOf(matching.context, entry.key);
  if (spelled === "null") {
    const absent = value === undefined ? "true" : "false";
    return entry.values.some((text) => text.toLowerCase() === absent);
  }
  const negated = /^(string|numeric|date|arn)?not/.test(spelled);
  const operator = spelled.replace("not", "");
  const holds = (one: string): boolean => {
    const outcomes = entry.values.map((text) => compares(operator, text, one, variables, matching));
    return negated
      ? outcomes.every((outcome) => outcome === false)
      : outcomes.some((outcome) => outcome === true);
  };
  if (value === undefined) {
    return set === "forallvalues" || (set === undefined && (negated || ifExists !== undefined));
  }
  const list = typeof value === "string" ? [value] : value;
  if (set === "forallvalues") return list.every(holds);
  if (set === "foranyvalue") return list.some(holds);
  return typeof value === "string" && holds(value);
}

const isAssumed = ({ unknown }: Statement, { assumes }: Request): boolean =>
  unknown === undefined ||
  assumes.some(({ name, effect }) => name === unknown.name && effect === unknown.effect);

/** True if a statement matches a request. */
function statementMatches(statement: Statement, request: Request, budget: Budget): boolean {
  const matching: Matching = { context: request.context, budget };
  return (
    hasResource(statement, request, matching) &&
    hasAction(statement.actions, request.action, matching) &&
    isAssumed(statement, request) &&
    statement.conditions.every((entry) => conditionHolds(entry, statement.variables, matching))
  );
}

/**
 * True if statements allow a request: at least one Allow matches it, and no Deny.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function allow(statements: StatementList, request: Request, budget: Budget): boolean {
  const near = statements.about(request.resource);
  budget.spend(1 + near.length);
  const matching = near.filter((statement) => statementMatches(statement, request, budget));
  return matching.length > 0 && matching.every(({ effect }) => effect === "Allow");
}

/**
 * True if an identity's statements allow a request, and its boundary, if any, does too.
 *
 * @throws BudgetSpent
 */
export function allows(
  { policies, boundary }: Statements,
  request: Request,
  budget: Budget,
): boolean {
  return (
    allow(policies, request, budget) && (boundary === undefined || allow(boundary, request, budget))
  );
}

/** Reads the documents of `Access`. `side` distinguishes unreadable documents of two sides. */
export function readAccess(access: Access, side: string): Statements {
  return {
    policies: new StatementList(readDocuments(access.policies, "identity", `${side}, policy`)),
    boundary:
      access.boundary &&
      new StatementList(readDocuments(access.boundary, "identity", `${side}, boundary`)),
  };
}

/**
 * True if an identity with these documents may do what `request` asks, by IAM's rules.
 *
 * @throws BudgetSpent
 */
export const evaluate = (
  request: Request,
  access: Access,
  budget = new Budget(Infinity),
): boolean => allows(readAccess(access, "documents"), request, budget);

import { isObject, type JsonObject } from "../../text/json";

/** A value of a document that is known only after apply. */
export class Hole {
  /** @param waitsFor the expressions that it may take its value from, such as `aws_sqs_queue.orders.arn` */
  constructor(readonly waitsFor: readonly string[]) {}
}

/** A statement in which values can be holes. */
export type PartialStatement = JsonObject;

/** A document of which some values are known only after apply. */
export interface PartialDocument {
  readonly version: string;
  readonly statements: readonly PartialStatement[];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The expressions that any hole in a value may take its value from. */
export function waitsFor(value: unknown): string[] {
  if (value instanceof Hole) return [...value.waitsFor];
  if (Array.isArray(value)) return [...new Set(value.flatMap(waitsFor))];
  return isObject(value) ? [...new Set(Object.values(value).flatMap(waitsFor))] : [];
}

const hasHole = (value: unknown): boolean =>
  value instanceof Hole ||
  (Array.isArray(value)
    ? value.some(hasHole)
    : isObject(value) && Object.values(value).some(hasHole));

/** Operators that hold if no value matches: each further value is one more restriction. */
const NEGATED = /Not(Equals|Like)|NotIpAddress/i;

/** The placeholder for a statement that matches nothing. */
const NOTHING = undefined;

const known = (list: readonly unknown[]): unknown[] =>
  list.filter((item) => !(item instanceof Hole));

/**
 * A condition with its holes filled, or undefined if it then never holds. A test that has a hole can hold
 * always: it is left out to match more.
 */
function filledCondition(condition: unknown, matchMore: boolean): JsonObject | undefined {
  const result: Record<string, Record<string, unknown>> = {};
  for (const [operator, tests] of Object.entries(isObject(condition) ? condition : {})) {
    for (const [key, values] of Object.entries(isObject(tests) ? tests : {})) {
      const rest = known(listOf(values));
      const isWhole = rest.length === listOf(values).length;
      if (!isWhole && matchMore) continue;
      if (!isWhole && (NEGATED.test(operator) || rest.length === 0)) return NOTHING;
      (result[operator] ??= {})[key] = rest;
    }
  }
  return result;
}

type Filled = { readonly list: unknown } | "everything" | "nothing";

/** A list with its holes filled. A hole may be `*`, and it may match nothing of interest. */
function filledList(list: unknown, matchMore: boolean): Filled {
  const rest = known(listOf(list));
  if (rest.length === listOf(list).length) return { list };
  if (matchMore) return "everything";
  return rest.length > 0 ? { list: rest } : "nothing";
}

function filledPrincipals(principals: unknown, matchMore: boolean): Filled {
  if (!hasHole(principals)) return { list: principals };
  if (matchMore) return "everything";
  const rest = Object.entries(isObject(principals) ? principals : {})
    .map(([type, names]) => [type, known(listOf(names))] as const)
    .filter(([, names]) => names.length > 0);
  return rest.length > 0 ? { list: Object.fromEntries(rest) } : "nothing";
}

const FILLERS = {
  Action: filledList,
  Resource: filledList,
  Principal: filledPrincipals,
} as const;

/**
 * A statement with its holes filled so that it matches as much as it can, or as little; undefined if it
 * then matches nothing.
 */
function filledStatement(
  statement: PartialStatement,
  matchMore: boolean,
  matchResource: boolean,
): JsonObject | undefined {
  const result: Record<string, unknown> = { ...statement };
  for (const [name, fill] of Object.entries(FILLERS)) {
    for (const element of [name, `Not${name}`]) {
      if (statement[element] === undefined) continue;
      const isNegated = element !== name;
      const more = name === "Resource" ? matchResource : matchMore;
      const filled = fill(statement[element], more !== isNegated);
      if (typeof filled !== "string") result[element] = filled.list;
      else if ((filled === "nothing") !== isNegated) return NOTHING;
      else {
        Reflect.deleteProperty(result, element);
        result[name] = "*";
      }
    }
  }
  const condition = filledCondition(statement.Condition, matchMore);
  if (condition === undefined) return NOTHING;
  Reflect.deleteProperty(result, "Condition");
  return Object.keys(condition).length === 0 ? result : { ...result, Condition: condition };
}

/**
 * The way to fill unknown values: so that the document allows as much as it can, as little as it can, or as little
 * with each unknown resource as the one that has the policy.
 */
export type Filling = "most" | "least" | "least on its own resource";

/**
 * The document with its holes filled. Whatever the values turn out to be, it allows something between
 * `least` and `most`. `places` has the place of each statement among all statements of the document.
 */
export function filled(
  document: PartialDocument,
  how: Filling,
): { readonly json: object; readonly places: readonly number[] } {
  const filledStatements = document.statements.map((statement) => {
    const allows = statement.Effect !== "Deny";
    const more = (how === "most") === allows;
    return filledStatement(statement, more, more || how === "least on its own resource");
  });
  const places = [...filledStatements.keys()].filter((index) => filledStatements[index]);
  const Statement = filledStatements.filter((one) => one !== undefined);
  return { json: { Version: document.version, Statement }, places };
}

/** The resources of a statement for a reader; undefined if all of them are known. */
export function shownResources({ Resource: list }: PartialStatement): string[] | undefined {
  if (!hasHole(list)) return undefined;
  return listOf(list).map((one) => (typeof one === "string" ? one : "(known after apply)"));
}

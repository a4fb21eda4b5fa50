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

/** A value without its holes; undefined if nothing is left of it. */
function withoutHoles(value: unknown): unknown {
  if (value instanceof Hole) return undefined;
  if (typeof value !== "object" || value === null) return value;
  const rest = Object.entries(value)
    .map(([key, inner]) => [key, withoutHoles(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  if (rest.length === 0) return undefined;
  return Array.isArray(value) ? rest.map(([, inner]) => inner) : Object.fromEntries(rest);
}

/**
 * A condition with its holes filled, or undefined if it then never holds. A test that has a hole can hold
 * always: it is left out to match more.
 */
function filledCondition(condition: unknown, matchMore: boolean): JsonObject | undefined {
  const result: Record<string, Record<string, unknown>> = {};
  for (const [operator, tests] of Object.entries(isObject(condition) ? condition : {})) {
    for (const [key, values] of Object.entries(isObject(tests) ? tests : {})) {
      const isWhole = !hasHole(values);
      if (!isWhole && matchMore) continue;
      const rest = isWhole ? values : withoutHoles(values);
      if (!isWhole && (NEGATED.test(operator) || rest === undefined)) return NOTHING;
      (result[operator] ??= {})[key] = rest;
    }
  }
  return result;
}

const ELEMENT = /^(Not)?(Action|Resource|Principal)$/;

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
  for (const [element, value] of Object.entries(statement)) {
    const [, not, name] = ELEMENT.exec(element) ?? [];
    if (name === undefined || !hasHole(value)) continue;
    const isNegated = not !== undefined;
    const more = name === "Resource" ? matchResource : matchMore;
    // A hole may be `*`, and it may match nothing of interest.
    const rest = more === isNegated ? withoutHoles(value) : "*";
    if (isNegated ? rest === "*" : rest === undefined) return NOTHING;
    Reflect.deleteProperty(result, element);
    result[rest === undefined ? name : element] = rest ?? "*";
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

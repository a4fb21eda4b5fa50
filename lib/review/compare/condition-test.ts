import type { Budget } from "./budget";
import { type Line, addresses, dates, numbers, readBlock } from "./line";
import { type Entry, entryCovers, entryOf, entryOfText } from "./entry";
import { arnPattern, type Pattern, readPattern } from "./pattern";
import type { ConditionEntry } from "./statement";

/**
 * The meaning of one value of a condition: a pattern of text or of an ARN, or an interval of a
 * line.
 */
export type Unit =
  | { readonly kind: "text" | "arn"; readonly key: string; readonly entry: Entry }
  | {
      readonly kind: "interval";
      readonly key: string;
      readonly line: Line;
      readonly first: bigint;
      readonly last: bigint;
    };

/** One test of a condition in the form that its meaning decides: tests with the same id hold alike. */
export interface Test {
  readonly id: string;
  /**
   * The subject of the test: a condition key in lower case, or another thing that can be one way or
   * another.
   */
  readonly key: string;
  /** True if it holds for a request without such a key. */
  readonly whenAbsent: boolean;
  /** `ForAnyValue…IfExists`: AWS does not document the result without the key, so both are possible. */
  readonly absentIsOpen: boolean;
  /** The way to read a key with several values; a plain test then never holds. */
  readonly set: "one" | "all" | "any";
  /** True if it holds only if no unit holds. */
  readonly negated: boolean;
  /** Empty for the operator Null: the test then holds for each present key, if `whenPresent`. */
  readonly units: readonly Unit[];
  readonly whenPresent: boolean;
  /** The ids of all outcomes of a test that looks at no condition key. Exactly one of them holds. */
  readonly outcomes?: readonly string[];
}

/** A test that looks at no value of its key. */
export const valueless = (own: Pick<Test, "id" | "key" | "whenAbsent" | "whenPresent">): Test => ({
  ...own,
  absentIsOpen: false,
  set: "one",
  negated: false,
  units: [],
});

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;

function interval(line: Line, first: bigint, last: bigint, name: string): Unit {
  const key = `${name} ${String(first)} ${String(last)}`;
  return { kind: "interval", key, line, first, last };
}

function ordered(line: Line, name: string, comparison: string, text: string): Unit {
  const at = line.read(text) ?? line.first;
  const { first, last } = line;
  switch (comparison) {
    case "lessthan":
      return interval(line, first, at - 1n, name);
    case "lessthanequals":
      return interval(line, first, at, name);
    case "greaterthan":
      return interval(line, at + 1n, last, name);
    case "greaterthanequals":
      return interval(line, at, last, name);
    default:
      return interval(line, at, at, name);
  }
}

function textUnit(kind: "text" | "arn", entry: Entry): Unit {
  return { kind, key: `${kind} ${entry.key}`, entry };
}

function unitOf(operator: string, text: string, variables: boolean): Unit {
  if (operator.startsWith("numeric")) return ordered(numbers, "number", operator.slice(7), text);
  if (operator.startsWith("date")) return ordered(dates, "date", operator.slice(4), text);
  if (operator === "ipaddress") {
    const { first, last } = readBlock(text) ?? addresses;
    return interval(addresses, first, last, "address");
  }
  if (operator.startsWith("arn")) {
    return textUnit("arn", entryOf(arnPattern(readPattern(text, { wildcards: true, variables }))));
  }
  const reading = {
    wildcards: operator === "stringlike",
    variables: variables && operator !== "binaryequals",
    ignoreCase: operator === "stringequalsignorecase" || operator === "bool",
  };
  const read = (): Pattern => readPattern(text, reading);
  const isOther = reading.ignoreCase || (!reading.wildcards && text.endsWith("*"));
  return textUnit("text", isOther ? entryOf(read()) : entryOfText(text, read));
}

/**
 * Reads one operator and key of a Condition.
 *
 * @param variables whether `${…}` in a value is a policy variable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readTest(entry: ConditionEntry, variables: boolean): Test {
  const key = entry.key.toLowerCase();
  const [, prefix, spelled = "", suffix] = OPERATOR.exec(entry.operator.toLowerCase()) ?? [];
  if (spelled === "null") {
    const values = new Set(entry.values.map((text) => text.toLowerCase()));
    const [whenAbsent, whenPresent] = [values.has("true"), values.has("false")];
    const id = `null ${String(whenAbsent)} ${String(whenPresent)} ${key}`;
    return valueless({ id, key, whenAbsent, whenPresent });
  }
  const negated = /^(string|numeric|date|arn)?not/.test(spelled);
  const operator = negated ? spelled.replace("not", "") : spelled;
  const set = prefix === undefined ? "one" : prefix === "forallvalues" ? "all" : "any";
  const units = new Map(
    entry.values.map((text) => unitOf(operator, text, variables)).map((unit) => [unit.key, unit]),
  );
  const whenAbsent = set === "all" || (set === "one" && (negated || suffix !== undefined));
  const absentIsOpen = set === "any" && suffix !== undefined;
  return {
    id: JSON.stringify([set, negated, whenAbsent, absentIsOpen, key, [...units.keys()].sort()]),
    key,
    whenAbsent,
    absentIsOpen,
    set,
    negated,
    units: [...units.values()],
    whenPresent: false,
  };
}

/**
 * True if a unit surely matches all that another one does, and can be compared wherever that can.
 */
function unitCovers(wider: Unit, unit: Unit, budget: Budget): boolean {
  if (wider.key === unit.key) return true;
  if (wider.kind === "interval") {
    if (unit.kind !== "interval" || wider.line !== unit.line) return false;
    return wider.first <= unit.first && unit.last <= wider.last;
  }
  return (
    wider.kind === unit.kind && !unit.entry.variable && entryCovers(wider.entry, unit.entry, budget)
  );
}

/** True if `weaker` surely holds wherever `test` does. */
export function implies(test: Test, weaker: Test, budget: Budget): boolean {
  if (test.id === weaker.id) return true;
  if (test.key !== weaker.key || test.set !== weaker.set || test.negated !== weaker.negated) {
    return false;
  }
  if (test.units.length === 0 || weaker.units.length === 0) return false;
  if ((test.whenAbsent && !weaker.whenAbsent) || test.absentIsOpen) return false;
  const [inner, outer] = test.negated ? [weaker, test] : [test, weaker];
  return inner.units.every((unit) =>
    outer.units.some((wider) => {
      budget.spend(1);
      return unitCovers(wider, unit, budget);
    }),
  );
}

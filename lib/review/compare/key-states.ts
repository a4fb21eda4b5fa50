import type { Budget } from "./budget";
import { choices } from "./choices";
import { isSingleValued, type KeyType, typeOfKey } from "./condition-keys";
import type { Test, Unit } from "./condition-test";
import {
  distinct,
  holdsFor,
  keyOf,
  type KeyState,
  type Outcome,
  type Single,
  unitsOf,
} from "./key-state";
import type { Line } from "./line";
import { lineOfType, lineSingles } from "./line-states";
import { entryMatches } from "./entry";
import { textClasses, type TextUnit } from "./text-classes";

/** Each way in which policy variables can make the units of one class of texts come out. */
function* outcomes(
  units: readonly TextUnit[],
  matched: ReadonlySet<Unit>,
  isArn: boolean,
): Generator<ReadonlyMap<string, Outcome>> {
  const certain = units.filter((unit) => !unit.entry.variable && matched.has(unit));
  const open = units.filter(({ entry }) => entry.variable);
  const ways = open.map((unit): Outcome[] => [
    ...(matched.has(unit) ? (["match"] as const) : []),
    "mismatch",
    ...(unit.entry.needsValues ? (["incomparable"] as const) : []),
  ]);
  const arns = isArn ? [] : units.filter(({ kind }) => kind === "arn");
  for (const noArn of isArn ? (["match"] as const) : (["incomparable", "mismatch"] as const)) {
    for (const chosen of choices(ways)) {
      const result = new Map<string, Outcome>(certain.map(({ key }) => [key, "match"]));
      for (const [index, { key }] of open.entries()) result.set(key, chosen[index] ?? "mismatch");
      for (const { key } of arns) result.set(key, noArn);
      yield result;
    }
  }
}

/** Values that are compared as text or as ARNs. */
function textSingles(tests: readonly Test[], type: KeyType, budget: Budget): Single[] {
  const units = unitsOf(tests).filter((unit) => unit.kind !== "interval");
  const comparesArns = units.some(({ kind }) => kind === "arn");
  const singles: Single[] = [];
  const add = (value: string, matched: ReadonlySet<Unit>, isArn: boolean): void => {
    for (const outcome of outcomes(units, matched, isArn || !comparesArns)) {
      budget.spend(units.length + 1);
      const holds = tests.map((test) =>
        holdsFor(test, (unit) => outcome.get(unit.key) ?? "mismatch"),
      );
      singles.push({ value, holds });
    }
  };
  if (type === "boolean") {
    for (const value of ["true", "false"]) {
      const matched = units.filter(({ entry }) => entryMatches(entry, value, budget));
      add(value, new Set(matched), false);
    }
  } else {
    for (const { value, matched, isArn } of textClasses(units, type === "arn", budget)) {
      add(value, matched, isArn);
    }
  }
  return distinct(singles);
}

/** A value of each type. */
const typical: Readonly<Record<KeyType, string>> = {
  arn: "arn:aws:iam::111122223333:role/example",
  boolean: "true",
  number: "1",
  date: "2026-01-01T00:00:00Z",
  address: "203.0.113.7",
  text: "example",
};

/** Values of a key. Tests that compare it in several ways, as text and as numbers, are taken to be independent. */
function singlesOf(tests: readonly Test[], budget: Budget): Single[] {
  const type = typeOfKey(tests[0]?.key ?? "");
  const lineOf = ({ units: [unit] }: Test): Line | "text" | undefined =>
    unit?.kind === "interval" ? unit.line : unit && "text";
  const whenPresent = tests.map((test) => test.whenPresent);
  let singles: Single[] = [{ value: typical[type], holds: whenPresent }];
  const lines = new Set<ReturnType<typeof lineOf>>(["text", ...tests.map(lineOf)]);
  let isFirst = true;
  for (const line of lines) {
    if (line === undefined) continue;
    const own = tests.filter((test) => lineOf(test) === line);
    if (own.length === 0) continue;
    const places = own.map((test) => tests.indexOf(test));
    const parts =
      line === "text"
        ? textSingles(own, type, budget)
        : lineSingles(line, own, line !== lineOfType[type], budget);
    const withPart = ({ holds }: Single, part: Single): Single => {
      budget.spend(1);
      const all = [...holds];
      for (const [at, place] of places.entries()) all[place] = part.holds[at] === true;
      return { value: isFirst ? part.value : undefined, holds: all };
    };
    singles = singles.flatMap((single) => parts.map((part) => withPart(single, part)));
    isFirst = false;
  }
  return distinct(singles);
}

/** Lists of values: each test with a set operator holds by all or any of them, a plain one never. */
function listStates(
  tests: readonly Test[],
  singles: readonly Single[],
  budget: Budget,
): KeyState[] {
  const elements = distinct(
    singles.map(({ value, holds }) => ({
      value,
      holds: holds.map((hold, index) => tests[index]?.set !== "one" && hold),
    })),
  );
  const empty = {
    values: [] as readonly string[] | undefined,
    reached: tests.map(({ set }) => set === "all"),
  };
  const queue = [empty];
  const seen = new Set([keyOf(empty.reached)]);
  for (const { values, reached } of queue) {
    for (const element of elements) {
      budget.spend(tests.length);
      const next = reached.map((hold, index) => {
        const own = element.holds[index] === true;
        return tests[index]?.set === "all" ? hold && own : hold || own;
      });
      const list =
        values === undefined || element.value === undefined
          ? undefined
          : [...values, element.value];
      // One value is a list too, so the first step is always one.
      if (seen.has(keyOf(next)) && values?.length !== 0) continue;
      seen.add(keyOf(next));
      queue.push({ values: list, reached: next });
    }
  }
  const states = queue.map(({ values, reached }) => ({
    value: values,
    holds: tests.map((test, index) =>
      test.set === "one" ? test.units.length === 0 && test.whenPresent : reached[index] === true,
    ),
  }));
  // No value at all is the least likely of them.
  return [...states.slice(1), ...states.slice(0, 1)];
}

function absentStates(tests: readonly Test[]): KeyState[] {
  const states = [{ value: null, holds: tests.map(({ whenAbsent }) => whenAbsent) }];
  if (tests.some(({ absentIsOpen }) => absentIsOpen)) {
    const holds = tests.map(({ whenAbsent, absentIsOpen }) => whenAbsent || absentIsOpen);
    states.push({ value: null, holds });
  }
  return states;
}

/**
 * All that a condition key can be to some tests of it: absent, one value, or several.
 *
 * @param multivalued whether the key may have several values
 * @throws BudgetSpent
 */
export function keyStates(
  tests: readonly Test[],
  multivalued: boolean,
  budget: Budget,
): KeyState[] {
  const singles = singlesOf(tests, budget);
  const lists =
    multivalued && !isSingleValued(tests[0]?.key ?? "") ? listStates(tests, singles, budget) : [];
  return distinct<KeyState>([...absentStates(tests), ...singles, ...lists]);
}

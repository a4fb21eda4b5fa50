import type { Budget } from "./budget";
import type { Unit } from "./condition-test";
import { entryMatches } from "./entry";
import { keyOf } from "./key-state";
import { arnPattern, exampleOf, matches, type Pattern, readPattern } from "./pattern";
import { PrefixIndex } from "./prefix-index";
import { letterOutside, stringClasses } from "./string-classes";

/** A value of a condition that is compared as text or as an ARN. */
export type TextUnit = Extract<Unit, { kind: "text" | "arn" }>;

/** Texts that the same units match. */
interface TextClass {
  readonly value: string;
  readonly matched: ReadonlySet<TextUnit>;
  /** True if the texts are ARNs, so that they can be compared with one. */
  readonly isArn: boolean;
}

const ANYTHING = readPattern("*", { wildcards: true, variables: false });
const ARN = arnPattern(readPattern("arn:*:*:*:*:*", { wildcards: true, variables: false }));

/** The classes by units that are one text, or all that begins with one. */
function* classesOfBeginnings(units: readonly TextUnit[], budget: Budget): Generator<TextClass> {
  const index = new PrefixIndex(units.map((unit) => [unit.entry.head, unit] as const));
  const classOf = (value: string): TextClass => {
    const found = index.beginningsOf(value);
    budget.spend(1 + found.length);
    const matched = found.filter(({ entry }) => entry.open || entry.head === value);
    return { value, matched: new Set(matched), isArn: true };
  };
  for (const { entry } of units) if (entry.plain) yield classOf(entry.head);
  const beginnings = units.filter(({ entry }) => entry.open).map(({ entry }) => entry.head);
  for (const head of new Set([...beginnings, ""])) {
    const next = new Set<string>();
    for (const { entry } of index.startingWith(head)) next.add(entry.head.charAt(head.length));
    budget.spend(next.size);
    yield classOf(head + (next.has("e") ? letterOutside(next) : "example"));
  }
}

/** The classes by units of any kind. */
function* classesOfPatterns(
  units: readonly TextUnit[],
  universe: Pattern,
  budget: Budget,
): Generator<TextClass> {
  // A text that a person could write is a better example of its class than the shortest one.
  const samples = new Map<string, string>();
  const texts = ["example", ...units.map(({ entry }) => exampleOf(entry.pattern))];
  for (const text of texts.length > 100 ? [] : texts) {
    budget.spend(text.length * units.length);
    const matched = keyOf(units.map(({ entry }) => entryMatches(entry, text, budget)));
    if (!samples.has(matched)) samples.set(matched, text);
  }
  const watched = [...units.map(({ entry }) => entry.pattern), ARN].map((pattern) => ({
    pattern,
    wanted: true,
    unwanted: true,
  }));
  for (const { matched, example } of stringClasses(universe, watched, budget)) {
    const isArn = matched.has(units.length);
    const sample = samples.get(keyOf(units.map((_, index) => matched.has(index))));
    const fits = sample !== undefined && matches(ARN, Array.from(sample), budget) === isArn;
    yield {
      value: fits && (isArn || universe === ANYTHING) ? sample : example,
      matched: new Set(units.filter((_, index) => matched.has(index))),
      isArn,
    };
  }
}

/**
 * The classes of texts by the units that match them, each with a text.
 *
 * @param onlyArns true if the texts are ARNs
 * @throws BudgetSpent
 */
export function textClasses(
  units: readonly TextUnit[],
  onlyArns: boolean,
  budget: Budget,
): Generator<TextClass> {
  const areBeginnings = units.every(
    ({ kind, entry }) => kind === "text" && (entry.plain || entry.open),
  );
  return areBeginnings && !onlyArns
    ? classesOfBeginnings(units, budget)
    : classesOfPatterns(units, onlyArns ? ARN : ANYTHING, budget);
}

import type { Budget } from "./budget";
import type { KeyType } from "./condition-keys";
import type { Test, Unit } from "./condition-test";
import { distinct, holdsFor, type Outcome, type Single, unitsOf } from "./key-state";
import { addresses, dates, type Line, numbers } from "./line";

/** The line on which values of a type are compared. */
export const lineOfType: Partial<Record<KeyType, Line>> = {
  number: numbers,
  date: dates,
  address: addresses,
};

/** Points of a line, of which every set of its intervals has one that no other set has better. */
function pointsOf(line: Line, intervals: readonly { first: bigint; last: bigint }[]): bigint[] {
  const examples = line.examples.flatMap((text) => line.read(text) ?? []);
  const ends = intervals.flatMap(({ first, last }) => [first, last]);
  const beside = [...line.steps, 1n].flatMap((step) =>
    ends.flatMap((end) => [end - step, end + step]),
  );
  return [...examples, ...ends, ...beside].filter(
    (point) => point >= line.first && point <= line.last,
  );
}

/** Values that are compared on one line. */
export function lineSingles(
  line: Line,
  tests: readonly Test[],
  anyText: boolean,
  budget: Budget,
): Single[] {
  const intervals = unitsOf(tests).filter((unit) => unit.kind === "interval");
  const singles: Single[] = [];
  for (const point of new Set(pointsOf(line, intervals))) {
    budget.spend(intervals.length + tests.length);
    const outcome = (unit: Unit): Outcome =>
      unit.kind === "interval" && point >= unit.first && point <= unit.last ? "match" : "mismatch";
    singles.push({ value: line.write(point), holds: tests.map((test) => holdsFor(test, outcome)) });
  }
  if (anyText) {
    // A text that is not a number is unequal to one, or cannot be compared: AWS does not document it.
    for (const outcome of ["incomparable", "mismatch"] as const) {
      singles.push({ value: "example", holds: tests.map((test) => holdsFor(test, () => outcome)) });
    }
  }
  return distinct(singles);
}

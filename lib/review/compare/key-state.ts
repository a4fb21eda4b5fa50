import type { Test, Unit } from "./condition-test";

/** A possible state of a request's key, as far as tests can tell. */
export interface KeyState<Value = string | readonly string[] | null> {
  /** Null if the request has no such key; undefined if no certain value is known for it. */
  readonly value: Value | undefined;
  /** True if each test holds. */
  readonly holds: readonly boolean[];
}

/** The state of a key with one value. */
export type Single = KeyState<string>;

/**
 * The outcome of a value for a unit. Neither an operator nor its negation holds if it cannot be
 * compared.
 */
export type Outcome = "match" | "mismatch" | "incomparable";

export function holdsFor(test: Test, outcome: (unit: Unit) => Outcome): boolean {
  if (test.units.length === 0) return test.whenPresent;
  return test.negated
    ? test.units.every((unit) => outcome(unit) === "mismatch")
    : test.units.some((unit) => outcome(unit) === "match");
}

export const keyOf = (holds: readonly boolean[]): string =>
  holds.map((hold) => (hold ? "1" : "0")).join("");

/** The first of each with the same outcome, one with a known value before others. */
export function distinct<State extends KeyState>(states: Iterable<State>): State[] {
  const found = new Map<string, State>();
  for (const state of states) {
    const key = keyOf(state.holds);
    const other = found.get(key);
    if (other === undefined || (other.value === undefined && state.value !== undefined)) {
      found.set(key, state);
    }
  }
  return [...found.values()];
}

export const unitsOf = (tests: readonly Test[]): Unit[] => [
  ...new Map(tests.flatMap(({ units }) => units).map((unit) => [unit.key, unit])).values(),
];

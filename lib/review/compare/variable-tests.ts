import { type Test, valueless } from "./condition-test";
import type { Entry } from "./entry";
import type { KeyState } from "./key-state";

const VARIABLE = "variable ";

const OUTCOMES = ["match", "mismatch", "none"] as const;

const idOf = ({ key }: Entry, outcome: (typeof OUTCOMES)[number]): string => `${outcome} ${key}`;

/** The test that an entry with policy variables matches a text, or that it surely does not. */
export const variableTest = (entry: Entry, match: boolean): Test =>
  valueless({
    id: idOf(entry, match ? "match" : "mismatch"),
    key: VARIABLE + entry.key,
    whenAbsent: false,
    whenPresent: false,
  });

/**
 * All possible outcomes of an entry with policy variables: it matches, does not match, or a variable has no
 * value. Entries are taken to be independent of each other.
 *
 * @param hits whether it matches for some values of its variables
 */
export function variableStates(tests: readonly Test[], entry: Entry, hits: boolean): KeyState[] {
  const possible = { match: hits, mismatch: true, none: entry.needsValues };
  return OUTCOMES.filter((outcome) => possible[outcome]).map((outcome) => ({
    value: undefined,
    holds: tests.map(({ id }) => id === idOf(entry, outcome)),
  }));
}

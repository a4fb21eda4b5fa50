import { type Test, valueless } from "./condition-test";
import type { Entry } from "./entry";

/**
 * The test that an entry with policy variables matches a text, or that it surely does not. The third
 * outcome is that a variable has no value. Entries are taken to be independent of each other.
 *
 * @param hits whether it matches for some values of its variables
 */
export function variableTest(entry: Entry, match: boolean, hits: boolean): Test {
  const idOf = (outcome: string): string => `${outcome}${hits ? "" : " never"} ${entry.key}`;
  return {
    ...valueless({
      id: idOf(match ? "match" : "mismatch"),
      key: `variable ${entry.key}`,
      whenAbsent: false,
      whenPresent: false,
    }),
    outcomes: [
      ...(hits ? [idOf("match")] : []),
      idOf("mismatch"),
      ...(entry.needsValues ? [idOf("none")] : []),
    ],
  };
}

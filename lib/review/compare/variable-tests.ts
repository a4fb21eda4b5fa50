import type { Budget } from "./budget";
import type { Test } from "./condition-test";
import type { Entry } from "./entry";
import type { KeyState } from "./key-state";
import { covers, requiredVariables } from "./pattern";

/** A text of one dimension, and which entries match it. */
export interface Name {
  readonly text: string;
  readonly hits: (entry: Entry) => boolean;
}

/** The largest number of patterns with variables whose values are combined. */
export const TOGETHER = 6;

export const VARIABLES = "variables ";

/** The results of patterns with variables: match, not match, or have no value. */
export class VariableTests {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly together: boolean) {}

  /** The test that an entry matches, or that it surely does not. */
  of(entry: Entry, match: boolean): Test {
    const id = `${match ? "match" : "mismatch"} ${entry.key}`;
    this.entries.set(id, entry);
    return {
      id,
      key: this.together ? VARIABLES : VARIABLES + entry.key,
      whenAbsent: false,
      absentIsOpen: false,
      set: "one",
      negated: false,
      units: [],
      whenPresent: false,
    };
  }

  /** All possible results for one name, by the known implications between patterns. */
  states(tests: readonly Test[], { hits }: Name, budget: Budget): KeyState[] {
    const entries = [
      ...new Map(
        tests.flatMap(({ id }) => this.entries.get(id) ?? []).map((entry) => [entry.key, entry]),
      ).values(),
    ];
    let ways: ReadonlyMap<Entry, string>[] = [new Map()];
    for (const entry of entries) {
      const outcomes = [
        ...(hits(entry) ? ["match"] : []),
        "mismatch",
        ...(entry.needsValues ? ["none"] : []),
      ];
      ways = ways.flatMap((way) =>
        outcomes
          .map((outcome) => new Map([...way, [entry, outcome]]))
          .filter((next) => isConsistent(entry, next, budget)),
      );
      budget.spend(ways.length * entries.length);
    }
    return ways.map((way) => ({
      value: undefined,
      holds: tests.map(({ id }) => {
        const entry = this.entries.get(id);
        return entry !== undefined && id.startsWith(`${way.get(entry) ?? ""} `);
      }),
    }));
  }
}

/** A pattern without a value keeps those with the same variables without one; a match implies wider ones. */
function isConsistent(entry: Entry, way: ReadonlyMap<Entry, string>, budget: Budget): boolean {
  const implies = (a: Entry, b: Entry): boolean => {
    const [first, second] = [way.get(a), way.get(b)];
    const needs = new Set(requiredVariables(a.pattern));
    const within = requiredVariables(b.pattern).every((name) => needs.has(name));
    if (second === "none" && first !== "none" && within) return false;
    return !(first === "match" && second === "mismatch" && covers(b.pattern, a.pattern, budget));
  };
  return [...way.keys()].every(
    (other) => other === entry || (implies(entry, other) && implies(other, entry)),
  );
}

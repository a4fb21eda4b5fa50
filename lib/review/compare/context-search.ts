import type { Budget } from "./budget";
import { implies, type Test } from "./condition-test";
import { isSubset } from "./is-subset";
import type { KeyState } from "./key-state";

/** The state of each key of a request. */
export type KeyStates = ReadonlyMap<string, KeyState>;

/** One state of a key, and which tests it makes fail. */
interface Option {
  readonly state: KeyState;
  readonly fails: ReadonlySet<string>;
}

/** The options of which no other one makes more tests fail; of equals the first. */
function best(options: readonly Option[], budget: Budget): Option[] {
  const found: Option[] = [];
  for (const option of [...options].sort((a, b) => b.fails.size - a.fails.size)) {
    budget.spend(1 + found.length);
    if (!found.some((other) => isSubset(option.fails, other.fails))) found.push(option);
  }
  return found;
}

/** Assigns states to keys so that each clause has a test that fails, trying the tightest clause first. */
function* assign(
  options: ReadonlyMap<string, readonly Option[]>,
  clauses: readonly (readonly Test[])[],
  chosen: ReadonlyMap<string, Option>,
  budget: Budget,
): Generator<KeyStates> {
  budget.spend(1 + clauses.length);
  const open = clauses.filter(
    (tests) => !tests.some(({ id, key }) => chosen.get(key)?.fails.has(id) === true),
  );
  if (open.length === 0) {
    const states = new Map<string, KeyState>();
    for (const [key, list] of options) {
      const option = chosen.get(key) ?? list[0];
      if (option !== undefined) states.set(key, option.state);
    }
    yield states;
    return;
  }
  let tightest: [string, Option][] | undefined;
  for (const tests of open) {
    const ways = new Map<Option, string>();
    for (const { id, key } of tests) {
      if (chosen.has(key)) continue;
      for (const option of options.get(key) ?? []) if (option.fails.has(id)) ways.set(option, key);
      budget.spend(1);
    }
    if (tightest === undefined || ways.size < tightest.length) {
      tightest = [...ways].map(([option, key]) => [key, option]);
    }
    if (tightest.length === 0) return;
  }
  for (const [key, option] of tightest ?? []) {
    yield* assign(options, open, new Map([...chosen, [key, option]]), budget);
  }
}

/**
 * The contexts in which all tests of `must` hold, and of each of `clauses` one test does not: what all
 * statements of a search match, and none of the others. Not every such context comes, but one does
 * if there is any.
 *
 * @param statesOf all that a key can be to these tests of it
 * @throws BudgetSpent
 */
export function* contexts(
  must: readonly Test[],
  clauses: readonly (readonly Test[])[],
  statesOf: (key: string, tests: readonly Test[]) => readonly KeyState[],
  budget: Budget,
): Generator<KeyStates> {
  const needed = new Set(must.map(({ id }) => id));
  const open = clauses.map((tests) =>
    tests.filter((weaker) => !must.some((test) => implies(test, weaker, budget))),
  );
  if (open.some((tests) => tests.length === 0)) return;
  const byKey = new Map<string, Map<string, Test>>();
  for (const test of [...must, ...open.flat()]) {
    const tests = byKey.get(test.key) ?? new Map<string, Test>();
    byKey.set(test.key, tests.set(test.id, test));
  }
  const options = new Map<string, Option[]>();
  for (const [key, byId] of byKey) {
    const tests = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const fitting = statesOf(key, tests).filter(({ holds }) =>
      tests.every(({ id }, index) => !needed.has(id) || holds[index] === true),
    );
    if (fitting.length === 0) return;
    const list = fitting.map((state) => {
      const fails = new Set<string>();
      for (const [index, { id }] of tests.entries()) if (state.holds[index] !== true) fails.add(id);
      return { state, fails };
    });
    options.set(key, best(list, budget));
  }
  yield* assign(options, open, new Map(), budget);
}

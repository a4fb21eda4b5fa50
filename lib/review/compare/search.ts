import type { Budget } from "./budget";
import { isMultivalued } from "./condition-keys";
import { implies, type Test } from "./condition-test";
import { choices } from "./choices";
import { contexts, type KeyStates } from "./context-search";
import { type Entry, entryMatches } from "./entry";
import { isSubset } from "./is-subset";
import type { KeyState } from "./key-state";
import { keyStates } from "./key-states";
import { areApart, type NameSet, setCovers } from "./name-set";
import { arnPattern, type Pattern, readPattern } from "./pattern";
import type { StatementSets } from "./statement-sets";
import { stringClasses } from "./string-classes";
import { variableTest } from "./variable-tests";

/** A question: is there a request that all of `within` match, and none of `outside`? */
export interface Question {
  readonly within: readonly StatementSets[];
  readonly outside: readonly StatementSets[];
}

/** A request as a search finds it. Where policy variables play a part, it may turn out to be none. */
export interface Solution {
  readonly action: string;
  readonly target: string;
  readonly states: KeyStates;
}

/** The space of requests. */
export interface Space {
  /** Condition keys, in lower case, that are asked for all or any of their values. */
  readonly multivalued: ReadonlySet<string>;
  /** Actions that documents name without a wildcard, and well-known ones, in lower case. */
  readonly actions: readonly string[];
  /** Targets that read well and that these statements could match. */
  readonly samples: (within: readonly StatementSets[], action: string) => Iterable<string>;
}

type Dimension = "actions" | "targets";

/** The patterns of all names. */
const UNIVERSE: Readonly<Record<Dimension, Pattern>> = {
  actions: [
    { kind: "one", colon: false },
    { kind: "any", colon: false },
    { kind: "character", text: ":" },
    { kind: "one", colon: false },
    { kind: "any", colon: false },
  ],
  targets: arnPattern(readPattern("arn:?*:?*:*:*:?*", { wildcards: true, variables: false })),
};

/** A text of one dimension, and which entries match it. */
interface Name {
  readonly text: string;
  readonly hits: (entry: Entry) => boolean;
}

/** A name that the entries decide by matching it. */
function nameOf(text: string, budget: Budget): Name {
  const known = new Map<Entry, boolean>();
  return {
    text,
    hits: (entry) => {
      let hit = known.get(entry);
      if (hit === undefined) known.set(entry, (hit = entryMatches(entry, text, budget)));
      return hit;
    },
  };
}

/** The target of an action that is on no resource. */
const UNTARGETED: Name = { text: "*", hits: ({ anything }) => anything };

/** Of a plain list, its texts: there are no others. */
function plainTexts(sets: readonly NameSet[]): string[] | undefined {
  const plain = sets.find(
    ({ except, entries }) => !except && entries.every((entry) => entry.plain),
  );
  return plain?.entries.map(({ head }) => head);
}

/** The patterns that a search of names has to watch, and its preference for each. */
function watchedEntries(
  within: readonly NameSet[],
  outside: readonly NameSet[],
): { entry: Entry; wanted: boolean; unwanted: boolean }[] {
  const watched = new Map<string, { entry: Entry; wanted: boolean; unwanted: boolean }>();
  const watch = (set: NameSet, inside: boolean): void => {
    for (const entry of set.entries) {
      if (entry.anything) continue;
      const found = watched.get(entry.key) ?? { entry, wanted: false, unwanted: false };
      if (inside === set.except) found.unwanted = true;
      else found.wanted = true;
      watched.set(entry.key, found);
    }
  };
  for (const set of within) watch(set, true);
  for (const set of outside) watch(set, false);
  return [...watched.values()];
}

/**
 * The ways in which a name is in a set: each a list of tests of policy variables that all have to hold. One
 * without tests if it is in the set for certain, none if it surely is not.
 */
type Ways = readonly (readonly Test[])[];

function waysInto(set: NameSet, { text, hits }: Name): Ways {
  const open: Test[] = [];
  for (const entry of set.near(text)) {
    const isHit = hits(entry);
    if (isHit && !entry.variable) return set.except ? [] : [[]];
    if (isHit || (set.except && entry.needsValues)) {
      open.push(variableTest(entry, !set.except, isHit));
    }
  }
  return set.except ? [open] : open.map((test) => [test]);
}

/** True if a name is in a set whatever the values of policy variables. */
const isIn = (set: NameSet, name: Name): boolean =>
  waysInto(set, name).some((tests) => tests.length === 0);

/** A statement that has a target, and how. */
interface Member {
  readonly statement: StatementSets;
  readonly ways: Ways;
}

/** The same for statements that match the same, and that have the target in the same ways. */
const nameOfMember = ({ statement, ways }: Member): string =>
  statement.id + ways.map((tests) => tests.map(({ id }) => id).join()).join("\n");

/** Answers questions about requests, each as a list that ends after the last solution. */
export class Search {
  private readonly states = new Map<string, KeyState[]>();

  constructor(
    private readonly space: Space,
    private readonly budget: Budget,
  ) {}

  private readonly statesOf = (key: string, tests: readonly Test[]): KeyState[] => {
    const outcomes = tests[0]?.outcomes;
    if (outcomes !== undefined) {
      return outcomes.map((outcome) => ({
        value: undefined,
        holds: tests.map(({ id }) => id === outcome),
      }));
    }
    const name = tests.map(({ id }) => id).join("\n");
    let states = this.states.get(name);
    if (states === undefined) {
      const several = isMultivalued(key) || this.space.multivalued.has(key);
      states = keyStates(tests, several, this.budget);
      this.states.set(name, states);
    }
    this.budget.spend(states.length);
    return states;
  };

  /** Names of one dimension: first those that read well, then, if `thorough`, one of each class. */
  private *names(
    dimension: Dimension,
    question: Question,
    samples: () => Iterable<string>,
    thorough: boolean,
  ): Generator<Name> {
    const within = question.within.map((statement) => statement[dimension]);
    const outside = question.outside.map((statement) => statement[dimension]);
    const plain = plainTexts(within);
    if (plain !== undefined) {
      for (const text of plain) yield nameOf(text, this.budget);
      return;
    }
    for (const text of samples()) yield nameOf(text, this.budget);
    if (dimension === "targets") yield UNTARGETED;
    if (!thorough) return;
    const watched = watchedEntries(within, outside);
    const patterns = watched.map(({ entry, ...likes }) => ({ pattern: entry.pattern, ...likes }));
    const index = new Map(watched.map(({ entry }, position) => [entry.key, position]));
    for (const { matched, example } of stringClasses(UNIVERSE[dimension], patterns, this.budget)) {
      yield {
        text: example,
        hits: (entry) => entry.anything || matched.has(index.get(entry.key) ?? -1),
      };
    }
  }

  /** Solutions of one action and one target, which are in all of `inside` and none of `outside`. */
  private *inContext(
    action: Name,
    target: Name,
    inside: readonly Member[],
    outside: readonly Member[],
  ): Generator<Solution> {
    const testsOf = ({ statement, ways }: Member): Test[][] =>
      ways.map((way) => [...statement.tests, ...way]);
    const clauses = outside.flatMap(testsOf);
    for (const must of choices(inside.map(testsOf))) {
      for (const states of contexts(must.flat(), clauses, this.statesOf, this.budget)) {
        yield { action: action.text, target: target.text, states };
      }
    }
  }

  /**
   * Requests that answer a question. Without `thorough` only names that read well are tried; with it,
   * the answer is no if none comes.
   *
   * Actions, targets and contexts are independent of each other: a statement of `outside` is avoided
   * in one of them. Skips candidates that avoid no additional statement.
   *
   * @throws BudgetSpent
   */
  *solutions({ within, outside }: Question, thorough: boolean): Generator<Solution> {
    this.budget.spend(within.length + outside.length);
    const apart = (a: StatementSets, b: StatementSets): boolean =>
      areApart(a.actions, b.actions) || areApart(a.targets, b.targets);
    if (within.some((a, index) => within.slice(0, index).some((b) => apart(a, b)))) return;
    const near = outside.filter((other) => within.every((statement) => !apart(statement, other)));
    const needed = within.flatMap(({ tests }) => tests);
    const holds = ({ tests }: StatementSets): boolean =>
      tests.every((weaker) => needed.some((test) => implies(test, weaker, this.budget)));
    const coversAll = (other: StatementSets, dimension: Dimension): boolean =>
      within.some((statement) => setCovers(other[dimension], statement[dimension], this.budget));
    if (near.some((s) => holds(s) && coversAll(s, "actions") && coversAll(s, "targets"))) return;

    const triedActions: Set<StatementSets>[] = [];
    const question = { within, outside: near };
    const known = (): Iterable<string> => this.space.actions;
    for (const action of this.names("actions", question, known, thorough)) {
      this.budget.spend(1);
      if (!within.every(({ actions }) => isIn(actions, action))) continue;
      this.budget.spend(near.length);
      const left = near.filter(({ actions }) => isIn(actions, action));
      if (left.some((other) => holds(other) && coversAll(other, "targets"))) continue;
      const set = new Set(left);
      if (triedActions.some((tried) => isSubset(tried, set))) continue;
      triedActions.push(set);
      yield* this.withTargets({ within, outside: left }, action, holds, thorough);
    }
  }

  private *withTargets(
    question: Question,
    action: Name,
    holds: (statement: StatementSets) => boolean,
    thorough: boolean,
  ): Generator<Solution> {
    const { within, outside } = question;
    const tried: { own: string; set: Set<string> }[] = [];
    const samples = (): Iterable<string> => this.space.samples(within, action.text);
    for (const target of this.names("targets", question, samples, thorough)) {
      this.budget.spend(within.length + outside.length);
      const memberOf = (statement: StatementSets): Member => ({
        statement,
        ways: waysInto(statement.targets, target),
      });
      const inside = within.map(memberOf);
      if (inside.some(({ ways }) => ways.length === 0)) continue;
      const left = outside.map(memberOf).filter(({ ways }) => ways.length > 0);
      if (left.some(({ statement, ways }) => ways[0]?.length === 0 && holds(statement))) continue;
      const set = new Set(left.map(nameOfMember));
      const own = inside.map(nameOfMember).join("\n");
      if (tried.some((other) => other.own === own && isSubset(other.set, set))) continue;
      tried.push({ own, set });
      yield* this.inContext(action, target, inside, left);
    }
  }
}

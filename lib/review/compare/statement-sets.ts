import type { Budget } from "./budget";
import { implies, readTest, type Test, valueless } from "./condition-test";
import { type Entry, entryOf, entryOfText } from "./entry";
import { NameSet, setCovers } from "./name-set";
import { arnPattern, isAnything, type Pattern, readPattern } from "./pattern";
import type { Effect, Statement, Unknown } from "./statement";

/**
 * A statement as the sets whose product it matches: of actions, of targets (its resources), and of
 * contexts. Statements with the same id match the same requests.
 */
export interface StatementSets {
  readonly id: string;
  readonly effect: Effect;
  readonly actions: NameSet;
  readonly targets: NameSet;
  readonly tests: readonly Test[];
  readonly source: Statement;
}

/** Returns the cached value of a key, or makes it. */
function cached<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** The key of a test that holds or not as a statement that is not known does. */
const UNKNOWN = "unknown ";

/** The key of such a test. */
export const unknownKey = ({ effect, name }: Unknown): string => `${UNKNOWN}${effect} ${name}`;

/** True if a key is that of such a test. */
export const isUnknownKey = (key: string): boolean => key.startsWith(UNKNOWN);

function unknownTests({ unknown }: Statement): Test[] {
  if (unknown === undefined) return [];
  const key = unknownKey(unknown);
  return [valueless({ id: key, key, whenAbsent: false, whenPresent: true })];
}

/** An ARN without wildcards and variables in its first parts. */
const HAS_PARTS = /^(?:[^:*?$]*:){5}/;

function actionEntry(text: string): Entry {
  const lower = text.toLowerCase();
  return entryOfText(lower, () => readPattern(lower, { wildcards: true, variables: false }));
}

function resourceEntry(text: string, variables: boolean): Entry {
  const read = (): Pattern => {
    const pattern = readPattern(text, { wildcards: true, variables });
    return isAnything(pattern) ? pattern : arnPattern(pattern);
  };
  return HAS_PARTS.test(text) ? entryOfText(text, read) : entryOf(read());
}

/** Reads statements as sets, each text once. */
export class SetReader {
  private readonly actions = new Map<string, Entry>();
  /** By whether `${…}` in them is a variable. */
  private readonly resources = new Map<boolean, Map<string, Entry>>();
  private readonly numbers = new Map<string, number>();
  private readonly sets = new Map<string, NameSet>();
  private readonly tests = new Map<string, Test>();

  private set(except: boolean, list: readonly Entry[]): NameSet {
    const byNumber = new Map(list.map((entry) => [this.numberOf(entry), entry]));
    const id = `${except ? "not " : ""}${[...byNumber.keys()].sort((a, b) => a - b).join()}`;
    return cached(this.sets, id, () => new NameSet(id, except, [...byNumber.values()]));
  }

  /** A number for the key, which can be long. */
  private numberOf({ key }: Entry): number {
    return cached(this.numbers, key, () => this.numbers.size);
  }

  private targets(statement: Statement): NameSet {
    const { resources, variables } = statement;
    const known = cached(this.resources, variables, () => new Map<string, Entry>());
    return this.set(
      resources.except,
      resources.texts.map((text) => cached(known, text, () => resourceEntry(text, variables))),
    );
  }

  private test(entry: Statement["conditions"][number], variables: boolean): Test {
    const name = JSON.stringify([variables, entry.operator, entry.key, entry.values]);
    return cached(this.tests, name, () => readTest(entry, variables));
  }

  read(source: Statement): StatementSets {
    const { effect, variables } = source;
    const actions = this.set(
      source.actions.except,
      source.actions.texts.map((text) => cached(this.actions, text, () => actionEntry(text))),
    );
    const targets = this.targets(source);
    const all = [
      ...source.conditions.map((entry) => this.test(entry, variables)),
      ...unknownTests(source),
    ];
    const tests = new Map(all.map((test) => [test.id, test]));
    const id = JSON.stringify([effect, actions.id, targets.id, ...[...tests.keys()].sort()]);
    return { id, effect, actions, targets, tests: [...tests.values()], source };
  }
}

/** True if `wider` surely matches all requests that `statement` matches, the effect aside. */
export function statementCovers(
  wider: StatementSets,
  statement: StatementSets,
  budget: Budget,
): boolean {
  return (
    wider.tests.every((weaker) => statement.tests.some((test) => implies(test, weaker, budget))) &&
    setCovers(wider.actions, statement.actions, budget) &&
    setCovers(wider.targets, statement.targets, budget)
  );
}

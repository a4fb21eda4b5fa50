import { implies, readTest, type Test } from "./condition-test";
import {
  arnPattern,
  covers,
  isAnything,
  isPlain,
  literalHead,
  matches,
  requiredVariables,
  type Pattern,
  patternKey,
  readPattern,
} from "./pattern";
import type { Effect, Entries, Statement } from "./policy-document";
import { PrefixIndex } from "./prefix-index";
import { principalPatterns, type PrincipalReading } from "./principal";

/** One entry of a list of actions, resources or principals. Entries with the same key match the same. */
export interface Entry {
  readonly key: string;
  readonly pattern: Pattern;
  /** The text before the first wildcard; the whole text where `plain`. */
  readonly head: string;
  readonly plain: boolean;
  readonly anything: boolean;
  /** Whether what it matches depends on the request, by a policy variable. */
  readonly variable: boolean;
  /** Whether it can have no value at all, and then matches neither positively nor negatively. */
  readonly needsValues: boolean;
}

/** A list of entries: what any of them matches, or what none of them does. */
export interface NameSet {
  readonly id: string;
  readonly except: boolean;
  readonly entries: readonly Entry[];
}

/**
 * A statement as the sets whose product it matches: of actions, of targets (resources, or in a trust
 * policy callers), and of contexts. Statements with the same id match the same requests.
 */
export interface StatementSets {
  readonly id: string;
  readonly effect: Effect;
  readonly actions: NameSet;
  readonly targets: NameSet;
  readonly tests: readonly Test[];
  readonly source: Statement;
}

/** The key of a test that holds or not as a statement that is not known does. */
const UNKNOWN = "unknown ";

/** The name of what a test assumes, where it is such a test's key. */
export const isUnknownKey = (key: string): boolean => key.startsWith(UNKNOWN);

function unknownTests({ unknown }: Statement): Test[] {
  if (unknown === undefined) return [];
  const key = `${UNKNOWN}${unknown.effect} ${unknown.name}`;
  return [
    {
      id: key,
      key,
      whenAbsent: false,
      absentIsOpen: false,
      set: "one",
      negated: false,
      units: [],
      whenPresent: true,
    },
  ];
}

/** Reads statements as sets, each text once. */
export class SetReader {
  private readonly entries = new Map<string, Entry>();
  private readonly sets = new Map<string, NameSet>();
  private readonly tests = new Map<string, Test>();

  /** @param reading of principals, for trust policies */
  constructor(private readonly reading?: PrincipalReading) {}

  private entry(name: string, read: () => Pattern): Entry {
    const known = this.entries.get(name);
    if (known !== undefined) return known;
    const pattern = read();
    const variable = pattern.some(({ kind }) => kind === "variable");
    const entry = {
      key: patternKey(pattern),
      pattern,
      head: literalHead(pattern),
      plain: isPlain(pattern),
      anything: isAnything(pattern),
      variable,
      needsValues: variable && requiredVariables(pattern).length > 0,
    };
    this.entries.set(name, entry);
    return entry;
  }

  private set(except: boolean, list: readonly Entry[]): NameSet {
    const byKey = new Map(list.map((entry) => [entry.key, entry]));
    const id = JSON.stringify([except, ...[...byKey.keys()].sort()]);
    let set = this.sets.get(id);
    if (set === undefined) this.sets.set(id, (set = { id, except, entries: [...byKey.values()] }));
    return set;
  }

  private actions({ except, texts }: Entries): NameSet {
    const reading = { wildcards: true, variables: false };
    return this.set(
      except,
      texts.map((text) =>
        this.entry(`action ${text}`, () => readPattern(text.toLowerCase(), reading)),
      ),
    );
  }

  private resources({ resources, variables }: Statement): NameSet {
    const reading = { wildcards: true, variables };
    return this.set(
      resources.except,
      resources.texts.map((text) =>
        this.entry(`resource ${String(variables)} ${text}`, () => {
          const pattern = readPattern(text, reading);
          return isAnything(pattern) ? pattern : arnPattern(pattern);
        }),
      ),
    );
  }

  private principals({ principals, effect }: Statement, reading: PrincipalReading): NameSet {
    // What denies an account denies all its callers, whatever allows them, and `*` denies services too:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
    const denied: PrincipalReading = { authority: "permission", everyone: true };
    const own = effect === "Deny" ? denied : reading;
    const patterns = principals.flatMap((principal) => principalPatterns(principal, own));
    return this.set(
      false,
      patterns.map((pattern) => this.entry(`principal ${patternKey(pattern)}`, () => pattern)),
    );
  }

  private test(entry: Statement["conditions"][number], variables: boolean): Test {
    const name = JSON.stringify([variables, entry.operator, entry.key, entry.values]);
    let test = this.tests.get(name);
    if (test === undefined) this.tests.set(name, (test = readTest(entry, variables)));
    return test;
  }

  read(source: Statement): StatementSets {
    const { effect, variables } = source;
    const actions = this.actions(source.actions);
    const targets =
      this.reading === undefined ? this.resources(source) : this.principals(source, this.reading);
    const all = [
      ...source.conditions.map((entry) => this.test(entry, variables)),
      ...unknownTests(source),
    ];
    const tests = new Map(all.map((test) => [test.id, test]));
    const id = JSON.stringify([effect, actions.id, targets.id, ...[...tests.keys()].sort()]);
    return { id, effect, actions, targets, tests: [...tests.values()], source };
  }
}

/** Whether an entry matches a text, for some values of its variables. */
export function entryMatches(entry: Entry, text: string): boolean {
  if (entry.plain) return entry.head === text;
  return text.startsWith(entry.head) && matches(entry.pattern, Array.from(text));
}

function entryCovers(wider: Entry, entry: Entry): boolean {
  if (wider.anything || wider.key === entry.key) return true;
  if (wider.plain || entry.anything || !entry.head.startsWith(wider.head)) return false;
  return covers(wider.pattern, entry.pattern);
}

/** Whether `wider` surely matches all that `set` matches. */
export function setCovers(wider: NameSet, set: NameSet): boolean {
  if (wider.id === set.id) return true;
  const inside = (list: readonly Entry[], entry: Entry): boolean =>
    list.some((other) => entryCovers(other, entry));
  if (!wider.except) {
    if (wider.entries.some(({ anything }) => anything)) return true;
    return !set.except && set.entries.every((entry) => inside(wider.entries, entry));
  }
  return (
    set.except &&
    wider.entries.every(
      (entry) => !entry.variable && set.entries.some((other) => entryCovers(other, entry)),
    )
  );
}

/** Whether `wider` surely matches all requests that `statement` matches, the effect aside. */
export function statementCovers(wider: StatementSets, statement: StatementSets): boolean {
  return (
    wider.tests.every((weaker) => statement.tests.some((test) => implies(test, weaker))) &&
    setCovers(wider.actions, statement.actions) &&
    setCovers(wider.targets, statement.targets)
  );
}

function entriesApart(a: Entry, b: Entry): boolean {
  if (a.anything || b.anything) return false;
  if (a.plain && b.plain) return a.head !== b.head;
  if (a.plain) return !a.head.startsWith(b.head);
  if (b.plain) return !b.head.startsWith(a.head);
  return !a.head.startsWith(b.head) && !b.head.startsWith(a.head);
}

const byHead = new WeakMap<NameSet, PrefixIndex<Entry>>();

/** The entries of a list by their heads. */
function headIndex(set: NameSet): PrefixIndex<Entry> {
  let index = byHead.get(set);
  if (index === undefined) {
    index = new PrefixIndex(set.entries.map((entry) => [entry.head, entry] as const));
    byHead.set(set, index);
  }
  return index;
}

/** Whether surely nothing is in both, as far as the heads of their entries tell. */
export function areApart(a: NameSet, b: NameSet): boolean {
  if (a.except || b.except) return false;
  const [few, many] = a.entries.length < b.entries.length ? [a, b] : [b, a];
  if (few.entries.some(({ anything }) => anything)) return false;
  const index = headIndex(many);
  return few.entries.every((entry) => {
    for (const other of index.startingWith(entry.head))
      if (!entriesApart(entry, other)) return false;
    for (const other of index.beginningsOf(entry.head))
      if (!entriesApart(entry, other)) return false;
    return true;
  });
}

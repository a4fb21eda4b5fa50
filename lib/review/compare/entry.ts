import type { Budget } from "./budget";
import {
  covers,
  isAnything,
  isPlain,
  keyOfText,
  literalHead,
  matches,
  requiredVariables,
  type Pattern,
  patternKey,
} from "./pattern";

/** One entry of a list of actions, resources or principals. Entries with the same key match the same. */
export interface Entry {
  readonly key: string;
  readonly pattern: Pattern;
  /** The text before the first wildcard; the whole text if `plain`. */
  readonly head: string;
  readonly plain: boolean;
  /** True if it matches whatever begins with its head. */
  readonly open: boolean;
  readonly anything: boolean;
  /** True if its matches depend on the request, by a policy variable. */
  readonly variable: boolean;
  /** True if it can have no value at all, and then matches neither positively nor negatively. */
  readonly needsValues: boolean;
}

/** The entry that is a pattern. */
export function entryOf(pattern: Pattern): Entry {
  const head = literalHead(pattern);
  const variable = pattern.some(({ kind }) => kind === "variable");
  return {
    key: patternKey(pattern),
    pattern,
    head,
    plain: isPlain(pattern),
    open: isAnything(pattern.slice(Array.from(head).length)),
    anything: isAnything(pattern),
    variable,
    needsValues: variable && requiredVariables(pattern).length > 0,
  };
}

/** A text without wildcards and variables but for a `*` at its end. */
const SIMPLE = /^[^*?$]+\*?$/;

/**
 * The entry of a text. Most are one certain text, or all that begins with it. Hardly any of these is looked at
 * letter by letter, so its pattern is read when it is asked for.
 *
 * @param read the text as a pattern, in which a `*` is a wildcard
 */
export function entryOfText(text: string, read: () => Pattern): Entry {
  if (!SIMPLE.test(text)) return entryOf(read());
  const open = text.endsWith("*");
  const head = open ? text.slice(0, -1) : text;
  const no = { anything: false, variable: false, needsValues: false };
  let known: Pattern | undefined;
  return {
    ...no,
    ...{ key: keyOfText(head, open), head, open, plain: !open },
    get pattern(): Pattern {
      return (known ??= read());
    },
  };
}

/** True if an entry matches a text, for some values of its variables. */
export function entryMatches(entry: Entry, text: string, budget: Budget): boolean {
  if (entry.plain) return entry.head === text;
  if (!text.startsWith(entry.head)) return false;
  return entry.open || matches(entry.pattern, Array.from(text), budget);
}

/** True if `wider` surely matches all that `entry` matches. */
export function entryCovers(wider: Entry, entry: Entry, budget: Budget): boolean {
  if (wider.anything || wider.key === entry.key) return true;
  if (wider.plain || entry.anything || !entry.head.startsWith(wider.head)) return false;
  return wider.open || covers(wider.pattern, entry.pattern, budget);
}

/** True if surely nothing matches both, as far as their heads tell. */
export function entriesApart(a: Entry, b: Entry): boolean {
  if (a.anything || b.anything) return false;
  if (a.plain && b.plain) return a.head !== b.head;
  if (a.plain) return !a.head.startsWith(b.head);
  if (b.plain) return !b.head.startsWith(a.head);
  return !a.head.startsWith(b.head) && !b.head.startsWith(a.head);
}

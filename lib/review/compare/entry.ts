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

/**
 * An entry that is one certain text, or all that begins with it. Most are, and hardly any of them is
 * looked at letter by letter, so its pattern is read when it is asked for.
 */
class TextEntry implements Entry {
  readonly key: string;
  readonly head: string;
  readonly plain: boolean;
  readonly open: boolean;
  readonly anything = false;
  readonly variable = false;
  readonly needsValues = false;
  private known: Pattern | undefined;

  constructor(
    text: string,
    private readonly read: () => Pattern,
  ) {
    this.open = text.endsWith("*");
    this.plain = !this.open;
    this.head = this.open ? text.slice(0, -1) : text;
    this.key = keyOfText(this.head, this.open);
  }

  get pattern(): Pattern {
    return (this.known ??= this.read());
  }
}

/** A text without wildcards and variables but for a `*` at its end. */
const SIMPLE = /^[^*?$]+\*?$/;

/**
 * The entry of a text.
 *
 * @param read the text as a pattern, in which a `*` is a wildcard
 */
export const entryOfText = (text: string, read: () => Pattern): Entry =>
  SIMPLE.test(text) ? new TextEntry(text, read) : entryOf(read());

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

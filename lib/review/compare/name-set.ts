import type { Budget } from "./budget";
import { FEW, PrefixIndex } from "./prefix-index";
import { entriesApart, type Entry, entryCovers } from "./entry";

/** A list of entries: the texts that any entry matches, or that no entry matches. */
export class NameSet {
  private index: PrefixIndex<Entry> | undefined;

  /** @param id sets with the same one match the same */
  constructor(
    readonly id: string,
    readonly except: boolean,
    readonly entries: readonly Entry[],
  ) {}

  /** The entries by their heads. One that can keep the set from matching anything is near every text. */
  get byHead(): PrefixIndex<Entry> {
    return (this.index ??= new PrefixIndex(
      this.entries.map((entry) => [this.except && entry.needsValues ? "" : entry.head, entry]),
    ));
  }

  /** The entries that decide if a text is in the set. */
  near(text: string): readonly Entry[] {
    return this.entries.length <= FEW ? this.entries : this.byHead.beginningsOf(text);
  }
}

/** True if `wider` surely matches all that `set` matches. */
export function setCovers(wider: NameSet, set: NameSet, budget: Budget): boolean {
  if (wider.id === set.id) return true;
  const inside = (list: readonly Entry[], entry: Entry): boolean =>
    list.some((other) => {
      budget.spend(1);
      return entryCovers(other, entry, budget);
    });
  if (!wider.except) {
    if (wider.entries.some(({ anything }) => anything)) return true;
    return !set.except && set.entries.every((entry) => inside(wider.entries, entry));
  }
  return (
    set.except && wider.entries.every((entry) => !entry.variable && inside(set.entries, entry))
  );
}

/** True if surely nothing is in both, as far as the heads of their entries tell. */
export function areApart(a: NameSet, b: NameSet): boolean {
  if (a.except || b.except) return false;
  const [few, many] = a.entries.length < b.entries.length ? [a, b] : [b, a];
  if (few.entries.some(({ anything }) => anything)) return false;
  const index = many.byHead;
  return few.entries.every((entry) => {
    for (const other of index.around(entry.head)) if (!entriesApart(entry, other)) return false;
    return true;
  });
}

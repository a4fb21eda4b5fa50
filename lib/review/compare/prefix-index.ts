/** A list of at most so many items is looked through: an index of it costs more. */
export const FEW = 16;

/** Items by a text, found by a prefix of the text. Each index is built at its first use. */
export class PrefixIndex<Item> {
  private readonly byText = new Map<string, Item[]>();
  private sorted: readonly string[] | undefined;
  private lengths: readonly number[] | undefined;

  constructor(items: Iterable<readonly [text: string, item: Item]>) {
    for (const [text, item] of items) {
      const same = this.byText.get(text);
      if (same === undefined) this.byText.set(text, [item]);
      else same.push(item);
    }
  }

  /** Those whose text starts with `prefix`, by their texts. */
  *startingWith(prefix: string): Generator<Item> {
    this.sorted ??= [...this.byText.keys()].sort();
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] ?? "") < prefix) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.sorted.length; at += 1) {
      const text = this.sorted[at] ?? "";
      if (!text.startsWith(prefix)) return;
      yield* this.byText.get(text) ?? [];
    }
  }

  /** Those whose text `text` starts with. */
  beginningsOf(text: string): Item[] {
    this.lengths ??= [...new Set([...this.byText.keys()].map(({ length }) => length))];
    const found: Item[] = [];
    for (const length of this.lengths) {
      if (length > text.length) continue;
      const same = this.byText.get(length === text.length ? text : text.slice(0, length));
      for (const item of same ?? []) found.push(item);
    }
    return found;
  }

  /** Those whose text starts with `text`, and those whose text `text` starts with. */
  *around(text: string): Generator<Item> {
    yield* this.startingWith(text);
    yield* this.beginningsOf(text);
  }
}

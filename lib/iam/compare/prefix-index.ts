/** Items by a text, to be found by what the text starts with. */
export class PrefixIndex<Item> {
  private readonly sorted: readonly (readonly [text: string, item: Item])[];
  private readonly byText = new Map<string, Item[]>();
  private readonly lengths: readonly number[];

  constructor(items: readonly (readonly [text: string, item: Item])[]) {
    this.sorted = [...items].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    for (const [text, item] of items) {
      const same = this.byText.get(text);
      if (same === undefined) this.byText.set(text, [item]);
      else same.push(item);
    }
    this.lengths = [...new Set([...this.byText.keys()].map(({ length }) => length))];
  }

  /** Those whose text starts with `prefix`. */
  *startingWith(prefix: string): Generator<Item> {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.[0] ?? "") < prefix) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.sorted.length; at += 1) {
      const [text, item] = this.sorted[at] ?? ["", undefined];
      if (item === undefined || !text.startsWith(prefix)) return;
      yield item;
    }
  }

  /** Those whose text `text` starts with. */
  *beginningsOf(text: string): Generator<Item> {
    for (const length of this.lengths) {
      if (length > text.length) continue;
      yield* this.byText.get(text.slice(0, length)) ?? [];
    }
  }
}

/** Items by a text, to be found by what the text starts with. Each way of finding is made ready when it is used. */
export class PrefixIndex<Item> {
  private sorted: readonly (readonly [text: string, item: Item])[] | undefined;
  private byText: Map<string, Item[]> | undefined;
  private lengths: readonly number[] = [];

  constructor(private readonly items: readonly (readonly [text: string, item: Item])[]) {}

  /** Those whose text starts with `prefix`. */
  *startingWith(prefix: string): Generator<Item> {
    this.sorted ??= [...this.items].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
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
    const byText = (this.byText ??= this.group());
    for (const length of this.lengths) {
      if (length > text.length) continue;
      yield* byText.get(text.slice(0, length)) ?? [];
    }
  }

  private group(): Map<string, Item[]> {
    const byText = new Map<string, Item[]>();
    for (const [text, item] of this.items) {
      const same = byText.get(text);
      if (same === undefined) byText.set(text, [item]);
      else same.push(item);
    }
    this.lengths = [...new Set([...byText.keys()].map(({ length }) => length))];
    return byText;
  }
}

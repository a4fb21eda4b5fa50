import { seededRandom } from "./random";

/** Random choices that are the same for the same seed. */
export class Random {
  /** At least 0 and below 1. */
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined && items.length === 0) throw new Error("There is nothing to pick from");
    return item as Item;
  }

  /** At least one and at most `most` of them, each once. */
  some<Item>(items: readonly Item[], most: number): Item[] {
    const count = 1 + this.below(Math.min(most, items.length));
    const picked = new Set<Item>();
    while (picked.size < count) picked.add(this.pick(items));
    return [...picked];
  }
}

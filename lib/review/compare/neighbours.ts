import { FEW, PrefixIndex } from "./prefix-index";
import type { StatementSets } from "./statement-sets";

/** Statements by the texts that their targets start with: of many, most have nothing in common. */
export class Neighbours {
  private readonly ids: ReadonlySet<string>;
  private heads: PrefixIndex<number> | undefined;
  /** A cache by head: documents name the same targets in many statements. */
  private readonly found = new Map<string, readonly number[]>();

  constructor(readonly all: readonly StatementSets[]) {
    this.ids = new Set(all.map(({ id }) => id));
  }

  /** True if one of them matches the same requests as `statement`. */
  has({ id }: StatementSets): boolean {
    return this.ids.has(id);
  }

  private get index(): PrefixIndex<number> {
    return (this.heads ??= new PrefixIndex(
      this.all.flatMap(({ targets }, at) => headsOf(targets).map((head) => [head, at] as const)),
    ));
  }

  /** Those that may cover `statement`: each of its targets, and so the first one of them. */
  covering({ targets: { except, entries } }: StatementSets): readonly StatementSets[] {
    if (this.all.length <= FEW) return this.all;
    const [first] = except ? [] : entries;
    const near = new Set(this.index.beginningsOf(first?.head ?? ""));
    return [...near].flatMap((at) => this.all[at] ?? []);
  }

  /** Those whose targets may include a resource. */
  about(resource: string): readonly StatementSets[] {
    if (this.all.length <= FEW) return this.all;
    return [...new Set(this.index.beginningsOf(resource))].flatMap((at) => this.all[at] ?? []);
  }

  /** Those that may have a target in common with `statement`, in their order. */
  of({ targets }: StatementSets): readonly StatementSets[] {
    if (this.all.length <= FEW) return this.all;
    const near = new Set<number>();
    for (const head of headsOf(targets)) for (const index of this.around(head)) near.add(index);
    return [...near].sort((a, b) => a - b).flatMap((index) => this.all[index] ?? []);
  }

  private around(head: string): readonly number[] {
    let found = this.found.get(head);
    if (found === undefined) {
      found = [...new Set([...this.index.startingWith(head), ...this.index.beginningsOf(head)])];
      this.found.set(head, found);
    }
    return found;
  }
}

function headsOf({ except, entries }: StatementSets["targets"]): string[] {
  return except ? [""] : [...new Set(entries.map(({ head }) => head))];
}

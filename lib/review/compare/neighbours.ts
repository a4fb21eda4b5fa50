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
    const [first] = except ? [] : entries;
    return this.about(first?.head ?? "");
  }

  /** Those whose targets may include a resource. */
  about(resource: string): readonly StatementSets[] {
    if (this.all.length <= FEW) return this.all;
    return this.at(this.index.beginningsOf(resource));
  }

  /** Those that may have a target in common with `statement`, in their order. */
  of({ targets }: StatementSets): readonly StatementSets[] {
    if (this.all.length <= FEW) return this.all;
    return this.at(
      headsOf(targets)
        .flatMap((head) => this.around(head))
        .sort((a, b) => a - b),
    );
  }

  private at(places: readonly number[]): StatementSets[] {
    return [...new Set(places)].flatMap((place) => this.all[place] ?? []);
  }

  private around(head: string): readonly number[] {
    let found = this.found.get(head);
    if (found === undefined) this.found.set(head, (found = [...new Set(this.index.around(head))]));
    return found;
  }
}

function headsOf({ except, entries }: StatementSets["targets"]): string[] {
  return except ? [""] : [...new Set(entries.map(({ head }) => head))];
}

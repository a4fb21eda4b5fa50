import { PrefixIndex } from "./prefix-index";
import type { StatementSets } from "./statement-sets";

/** Statements by the texts that their targets start with: of many, most have nothing in common. */
export class Neighbours {
  private readonly heads: PrefixIndex<number>;

  constructor(private readonly statements: readonly StatementSets[]) {
    this.heads = new PrefixIndex(
      statements.flatMap(({ targets }, index) =>
        headsOf(targets).map((head) => [head, index] as const),
      ),
    );
  }

  /** Those that may have a target in common with `statement`, in their order. */
  of({ targets }: StatementSets): StatementSets[] {
    const found = new Set<number>();
    for (const head of headsOf(targets)) {
      for (const index of this.heads.startingWith(head)) found.add(index);
      for (const index of this.heads.beginningsOf(head)) found.add(index);
    }
    return [...found].sort((a, b) => a - b).flatMap((index) => this.statements[index] ?? []);
  }
}

function headsOf({ except, entries }: StatementSets["targets"]): string[] {
  return except ? [""] : [...new Set(entries.map(({ head }) => head))];
}

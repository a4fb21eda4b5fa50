import type { AccessComparison, Answer, Budget } from "./compare";
import type { Questions } from "./gate/escalation";
import type { Side } from "./plan/difference";
import type { AccessSide } from "./plan/planned-access";

/** The documents of both sides. */
export type Sides = Readonly<Record<Side, AccessSide>>;

/** The answers of a comparison, and the questions about it. */
export interface Comparison extends AccessComparison {
  /** The answer for anybody in the world; undefined for policies of identities. */
  readonly publicly?: Answer;
  readonly questions: Questions;
}

/** The comparisons of a plan, on one budget. What many roles have alike is compared once. */
export class Comparisons {
  /** A number for each document, because its key can be a long text. */
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<string, Comparison>();

  constructor(readonly budget: Budget) {}

  /**
   * The comparison of the documents of two sides, made if it is the first one of them.
   *
   * @param kind what decides it beside the documents
   */
  of(kind: string, { before, after }: Sides, make: () => Comparison): Comparison {
    const lists = [before.policies, before.boundary, after.policies, after.boundary];
    const signs = lists.map((list) => list.map(({ key }) => this.numberOf(key)).join());
    const signature = [kind, ...signs].join("; ");
    const found = this.known.get(signature) ?? make();
    this.known.set(signature, found);
    return found;
  }

  private numberOf(key: string): number {
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    return number;
  }
}

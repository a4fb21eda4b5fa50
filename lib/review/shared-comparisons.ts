import type { AccessComparison, Answer, Budget, Content, Witness } from "./compare";
import type { Questions } from "./gate/escalation";
import type { HeldDocument } from "./plan/held-document";

/** A comparison of access, and the questions about it. */
export interface Comparison extends AccessComparison {
  readonly questions: Questions;
  /** Of policies of a resource, the answer for anybody in the world. */
  readonly publicly?: Answer;
}

/** A document of one side, read. */
export interface Loaded {
  readonly document: HeldDocument;
  readonly content: Content;
}

/** The answer with the names of one identity's unknown documents in place of another's. */
function renamed(answer: Answer, names: ReadonlyMap<string, string>): Answer {
  const nameOf = (name: string): string => names.get(name) ?? name;
  if (answer.answer === "no") return answer;
  if (answer.answer === "undecided") {
    let { reason } = answer;
    for (const [from, to] of names) reason = reason.replaceAll(from, to);
    return { answer: "undecided", reason };
  }
  const rename = (witness: Witness): Witness => ({
    ...witness,
    assumes: witness.assumes.map(({ name, effect }) => ({ name: nameOf(name), effect })),
  });
  const [first, ...others] = answer.witnesses;
  return { answer: "yes", witnesses: [rename(first), ...others.map(rename)] };
}

/** The number of a text, the next one if it has none yet. */
function numberOf(numbers: Map<string, number>, text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}

/**
 * The comparisons of a plan, on one budget. What many roles have alike, with the same texts, is compared
 * once.
 */
export class SharedComparisons {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<string, Comparison & { readonly names: readonly string[] }>();

  constructor(readonly budget: Budget) {}

  /**
   * The comparison of documents, made if it is the first one of its kind.
   *
   * @param kind the rest of the key
   * @param lists the documents of each side, policies and boundaries apart
   */
  of(
    kind: string,
    lists: readonly (readonly Loaded[] | undefined)[],
    make: () => Comparison,
  ): Comparison {
    if (lists.some((list) => list?.some(({ document }) => document.partial !== undefined))) {
      return make();
    }
    const numbers = new Map<string, number>();
    const signs = lists.map((list) => list?.map((one) => this.sign(one, numbers)).join() ?? "none");
    const signature = [kind, ...signs].join("; ");
    const names = [...numbers.keys()];
    const found = this.known.get(signature) ?? { ...make(), names };
    this.known.set(signature, found);
    if (names.every((name, index) => name === found.names[index])) return found;
    const pairs = new Map(found.names.map((name, index) => [name, names[index] ?? name]));
    const own = (answer: Answer): Answer => renamed(answer, pairs);
    const { gained, lost, questions } = found;
    return {
      gained: own(gained),
      lost: own(lost),
      questions: {
        gains: (actions) => own(questions.gains(actions)),
        loses: (actions) => own(questions.loses(actions)),
        has: questions.has,
      },
    };
  }

  /** A short text for a document. Of one that is not known, the name does not matter, only which it is. */
  private sign({ document: { key }, content }: Loaded, names: Map<string, number>): string {
    return "unknown" in content && content.document === undefined
      ? `?${String(numberOf(names, content.unknown))}`
      : String(numberOf(this.numbers, key));
  }
}

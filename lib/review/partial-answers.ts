import type { AccessComparison, Answer, Witness } from "./compare";
import type { HeldDocument } from "./plan/held-document";

/** A request of a witness that is allowed only if a value turns out to be so. */
export interface WaitingWitness extends Witness {
  /** The references that the value waits for. */
  readonly waitsFor?: readonly string[];
}

const placeOf = ({ statement: { list, document, sid, effect } }: Witness): string =>
  JSON.stringify([list, document, sid, effect]);

/**
 * The gains if documents have unknown values. What is gained with the least that they
 * may allow is proved. What is gained only with the most is a gain too: it waits for a value.
 */
function gainedOf(least: Answer, most: Answer, waitsFor: readonly string[]): Answer {
  if (most.answer !== "yes") return least.answer === "yes" ? least : most;
  const proved: readonly Witness[] = least.answer === "yes" ? least.witnesses : [];
  const places = new Set(proved.map(placeOf));
  const waiting = most.witnesses
    .filter((witness) => !places.has(placeOf(witness)))
    .map((witness): WaitingWitness => ({ ...witness, waitsFor }));
  const [first, ...others] = [...proved, ...waiting];
  return first === undefined ? most : { answer: "yes", witnesses: [first, ...others] };
}

/**
 * The answer to a comparison in which documents after it are known in part.
 *
 * @param comparisons with the least and the most that the documents may allow
 * @param added the documents that are new or differ
 */
export function partialComparison<Comparison extends AccessComparison>(
  { least, most }: Readonly<Record<"least" | "most", Comparison>>,
  added: readonly HeldDocument[],
): Comparison {
  const partial = added.flatMap((document) => document.partial ?? []);
  const names = [...new Set(partial.flatMap(({ waitsFor }) => waitsFor))];
  const gained = gainedOf(least.gained, most.gained, names);
  const isSame = gained.answer === "no" && least.lost.answer === "no";
  const provesSameness = partial.every(({ proves }) => proves === "gains and sameness");
  if (gained.answer !== "no" || (isSame && provesSameness)) return { ...least, gained };
  const waits = names.length === 0 ? "" : ` and waits for ${names.join(", ")}`;
  const reason = `a document is known only after apply${waits}`;
  return { ...least, gained: { answer: "undecided", reason } };
}

import { type Covered, coverage, Coverings, overlap, type Part } from "./coverage";
import { combine, type Impact, noImpact } from "./impact";
import type { ParsedStatement } from "./parse-policy";

/**
 * One difference between two documents.
 *
 * - `granted`: in force after, and not before.
 * - `removed`: in force before, and not after.
 * - `changed`: in force in both, with another wildcard, list or condition.
 * - `moved`: in force in both, in a statement with another Sid; it changes no access.
 */
export interface Difference extends Impact {
  readonly kind: "granted" | "removed" | "changed" | "moved";
  /** The Sid, empty where the statement has none; of `moved` the new one. */
  readonly sid: string;
  /** The Sids that it was moved from. */
  readonly movedFrom?: readonly string[];
  /** What it was, for `removed` and `changed`. */
  readonly before?: Part;
  /** What it is, for `granted`, `changed` and `moved`. */
  readonly after?: Part;
}

/** More under Allow broadens; more under Deny narrows. */
function direction(effect: "Allow" | "Deny", more: boolean, less: boolean): Impact {
  const broadens = effect === "Allow" ? more : less;
  const narrows = effect === "Allow" ? less : more;
  return { broadens, narrows, unknown: false };
}

const isUncovered = ({ by }: Covered): boolean => by.length === 0;

const uncovered = (parts: readonly Covered[]): Part[] =>
  parts.filter(isUncovered).map(({ part }) => part);

/** The same for parts with the same text. */
const textOf = ({ sid, effect, condition, ...lists }: Part): string =>
  JSON.stringify([
    sid,
    effect,
    condition.map(({ values, ...test }) => [test, [...values]]),
    [lists.actions, lists.resources, lists.principals].map((list) =>
      list?.map(({ except, texts }) => [except, texts]),
    ),
  ]);

/** The first of `statements` under the same Sid that has something within `part`. */
function counterpart(
  part: Part,
  statements: readonly ParsedStatement[],
  coverings: Coverings,
): Part | undefined {
  for (const statement of statements) {
    const inside = statement.sid === part.sid ? overlap(part, statement, coverings) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** What lies in both documents, but under another Sid than before. */
function moves(
  kept: readonly Covered[],
  after: readonly ParsedStatement[],
  coverings: Coverings,
): Difference[] {
  return kept.flatMap(({ part, by }): Difference[] => {
    if (by.length === 0 || by.some(({ sid }) => sid === part.sid)) return [];
    // Where the old statement still has it, it was copied; nothing was moved.
    const movedFrom = [...new Set(by.map(({ sid }) => sid))].filter((sid) => {
      const stillThere = after.filter((other) => other.sid === sid);
      return coverage(part, stillThere, coverings).some(isUncovered);
    });
    if (movedFrom.length === 0) return [];
    return [{ ...noImpact, kind: "moved", sid: part.sid, movedFrom, after: part }];
  });
}

/** The differences between two documents, and what they do to access. */
export interface Comparison extends Impact {
  readonly differences: readonly Difference[];
}

/**
 * Compares two documents by what they match, not as text.
 *
 * What is allowed after is called covered only where one statement before allowed all of it, and a
 * Deny of before counts as kept only where one Deny of after denies all of it. So whatever is
 * allowed after and was not before makes the result broaden.
 */
export function compare(
  before: readonly ParsedStatement[],
  after: readonly ParsedStatement[],
): Comparison {
  const coverings = new Coverings();
  const partsAfter = after.flatMap((statement) => coverage(statement, before, coverings));
  const granted = uncovered(partsAfter);
  const removed = uncovered(before.flatMap((statement) => coverage(statement, after, coverings)));
  const paired = new Set<Part>();
  const losses = removed.map((part): Difference => {
    const now = counterpart(part, after, coverings);
    if (now === undefined) {
      return {
        kind: "removed",
        sid: part.sid,
        before: part,
        ...direction(part.effect, false, true),
      };
    }
    const twin = granted.find((other) => textOf(other) === textOf(now));
    if (twin !== undefined) paired.add(twin);
    const impact = direction(part.effect, twin !== undefined, true);
    return { kind: "changed", sid: part.sid, before: part, after: now, ...impact };
  });
  const gains = granted
    .filter((part) => !paired.has(part))
    .map((part): Difference => {
      const was = counterpart(part, before, coverings);
      const impact = direction(part.effect, true, false);
      return was === undefined
        ? { kind: "granted", sid: part.sid, after: part, ...impact }
        : { kind: "changed", sid: part.sid, before: was, after: part, ...impact };
    });
  const differences = [...gains, ...losses, ...moves(partsAfter, after, coverings)];
  return { ...combine(differences), differences };
}

/** Effect of a change on access. All directions can hold at once. */
export interface Impact {
  /** Something may be allowed after that was not before. */
  readonly broadens: boolean;
  /** Something may be allowed no longer. */
  readonly narrows: boolean;
  /** Something cannot be compared. */
  readonly unknown: boolean;
}

/** No change of access. */
export const noImpact: Impact = { broadens: false, narrows: false, unknown: false };

/** The impact of several changes together. */
export function combine(impacts: readonly Impact[]): Impact {
  return {
    broadens: impacts.some(({ broadens }) => broadens),
    narrows: impacts.some(({ narrows }) => narrows),
    unknown: impacts.some(({ unknown }) => unknown),
  };
}

/**
 * Effect of a change on access in one word.
 *
 * - `broadened`: something may be allowed after that was not before.
 * - `narrowed`: nothing more is allowed, and something may be allowed no longer.
 * - `both`: broadened in one place, narrowed in another.
 * - `unchanged`: the same access, however it is written.
 * - `unknown`: something cannot be compared; of what could be compared, nothing is broadened.
 */
export type Verdict = "broadened" | "both" | "unknown" | "narrowed" | "unchanged";

/** Every verdict, the one that needs most attention first. */
export const verdicts: readonly Verdict[] = [
  "broadened",
  "both",
  "unknown",
  "narrowed",
  "unchanged",
];

/**
 * The verdict of an impact. A broadening that is certain comes before what is unknown, and what is
 * unknown before everything that would sound safe.
 */
export function verdictOf({ broadens, narrows, unknown }: Impact): Verdict {
  if (broadens) return narrows ? "both" : "broadened";
  if (unknown) return "unknown";
  return narrows ? "narrowed" : "unchanged";
}

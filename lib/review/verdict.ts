/**
 * What a change does to access.
 *
 * - `broadened`: something may be allowed after that was not before.
 * - `narrowed`: nothing more is allowed, and something may be allowed no longer.
 * - `both`: broadened in one place, narrowed in another.
 * - `unchanged`: the same access, however it is written.
 * - `unknown`: a document cannot be read before apply; nothing that can be read is broadened.
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

/** The directions of a change. All of them can hold at once. */
export interface Effects {
  readonly broadens: boolean;
  readonly narrows: boolean;
  readonly unknown: boolean;
}

/** No change at all. */
export const noEffects: Effects = { broadens: false, narrows: false, unknown: false };

/** The directions of several changes together. */
export function combine(effects: readonly Effects[]): Effects {
  return {
    broadens: effects.some(({ broadens }) => broadens),
    narrows: effects.some(({ narrows }) => narrows),
    unknown: effects.some(({ unknown }) => unknown),
  };
}

/**
 * The one verdict. A broadening that is certain comes before a document that is unknown; an unknown
 * document comes before everything that would sound safe.
 */
export function verdictOf({ broadens, narrows, unknown }: Effects): Verdict {
  if (broadens) return narrows ? "both" : "broadened";
  if (unknown) return "unknown";
  return narrows ? "narrowed" : "unchanged";
}

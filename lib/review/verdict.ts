import type { Impact } from "./comparison/impact";

/**
 * What a change does to access.
 *
 * - `broadened`: something may be allowed after that was not before.
 * - `narrowed`: nothing more is allowed, and something may be allowed no longer.
 * - `both`: broadened in one place, narrowed in another.
 * - `unchanged`: the same access, however it is written.
 * - `unknown`: something cannot be compared; nothing that can be is broadened.
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
 * The one verdict. A broadening that is certain comes before what is unknown, and what is unknown
 * before everything that would sound safe.
 */
export function verdictOf({ broadens, narrows, unknown }: Impact): Verdict {
  if (broadens) return narrows ? "both" : "broadened";
  if (unknown) return "unknown";
  return narrows ? "narrowed" : "unchanged";
}

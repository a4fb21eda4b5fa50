import type { Inspection } from "./folder";

/** A difference as lines for a person, one for each file. */
export function differenceLines(
  { added, changed, removed, foreign }: Inspection,
  prefix = "",
): string[] {
  return [
    ...added.map((name) => `missing:  ${prefix}${name}`),
    ...changed.map((name) => `differs:  ${prefix}${name}`),
    ...removed.map((name) => `leftover: ${prefix}${name}`),
    ...foreign.map((name) => `foreign:  ${prefix}${name}`),
  ];
}

import type { Drift } from "./folder";

/** A drift as lines for a person, one for each file. */
export function driftLines({ added, changed, removed }: Drift, prefix = ""): string[] {
  return [
    ...added.map((name) => `missing:  ${prefix}${name}`),
    ...changed.map((name) => `differs:  ${prefix}${name}`),
    ...removed.map((name) => `leftover: ${prefix}${name}`),
  ];
}

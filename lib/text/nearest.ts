import { closest, distance } from "fastest-levenshtein";

/** The candidate that `given` was probably meant to be; undefined if no candidate is near. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const lowerCase = candidates.map((candidate) => candidate.toLowerCase());
  if (lowerCase.length === 0) return undefined;
  const match = closest(given.toLowerCase(), lowerCase);
  return distance(given.toLowerCase(), match) <= Math.max(2, given.length / 3)
    ? candidates[lowerCase.indexOf(match)]
    : undefined;
}

/** A question that names what `given` was probably meant to be, or nothing if no candidate is near. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const match = nearest(given, candidates);
  return match === undefined ? "" : ` Did you mean ${JSON.stringify(match)}?`;
}

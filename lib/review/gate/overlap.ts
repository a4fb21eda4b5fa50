const isWildcard = (letter: string | undefined): boolean => letter === "*" || letter === "?";

/** True if there is an action that both patterns match. */
export function overlap(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  // Most actions differ before any wildcard.
  let start = 0;
  for (; !isWildcard(left[start]) && !isWildcard(right[start]); start += 1) {
    if (left[start] !== right[start]) return false;
    if (left[start] === undefined) return true;
  }
  const rest = (text: string): string => text.slice(start).replace(/\*+/g, "*");
  const [one, other] = [rest(left), rest(right)];
  const isTooLong = (pattern: string, text: string): boolean =>
    !/[*?]/.test(text) && pattern.replaceAll("*", "").length > text.length;
  if (isTooLong(one, other) || isTooLong(other, one)) return false;
  // Whether the rest of `one` from i and the rest of `other` from j have a text in common.
  let next: boolean[] = [];
  for (let i = one.length; i >= 0; i -= 1) {
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j -= 1) {
      const [x, y] = [one[i], other[j]];
      const after = next[j + 1] === true;
      if (x === undefined && y === undefined) row[j] = true;
      else if (x === "*") row[j] = next[j] === true || row[j + 1] === true;
      else if (y === "*") row[j] = row[j + 1] === true || next[j] === true;
      else
        row[j] = x !== undefined && (x === y || x === "?" || y === "?") && y !== undefined && after;
    }
    next = row;
  }
  return next[0] === true;
}

/** Whether two texts are the same up to the first wildcard of either. */
function startAlike(one: string, other: string): boolean {
  for (let index = 0; index < one.length && index < other.length; index += 1) {
    const [x, y] = [one[index], other[index]];
    if (x === "*" || y === "*") return true;
    if (x !== y && x !== "?" && y !== "?") return false;
  }
  return true;
}

/** Whether there is an action that both patterns match. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  if (!startAlike(one, other)) return false;
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

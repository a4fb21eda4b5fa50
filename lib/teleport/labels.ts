/** Longer values and patterns are left to Teleport: comparing two such takes minutes. */
const LONGEST = 1000;

/**
 * True if `*` in a pattern can be filled so that it is `value`. Each part between two `*` is taken
 * where it first occurs, which is right if any place is; nothing is tried twice. Regular expressions and
 * long values are left to Teleport, and taken to match.
 */
function valueMatches(value: string, pattern: string): boolean {
  const isLeft = /^\^.*\$$/s.test(pattern) || Math.max(value.length, pattern.length) > LONGEST;
  if (isLeft) return true;
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return value === pattern;
  if (!value.startsWith(first)) return false;
  let position = first.length;
  for (const part of others) {
    const found = value.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return value.length - last.length >= position && value.endsWith(last);
}

/**
 * True if labels are among those that a matcher selects. What is left to Teleport is taken to match:
 * then more is granted than needed, and never less.
 *
 * @param selector values by key; no key selects nothing
 * @see https://github.com/gravitational/teleport/blob/master/lib/services/role.go (MatchLabels)
 */
export function labelsMatch(
  labels: ReadonlyMap<string, string>,
  selector: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (selector.get("*")?.includes("*") === true) return true;
  const matches = ([key, patterns]: readonly [string, readonly string[]]) => {
    const value = labels.get(key);
    return value !== undefined && patterns.some((pattern) => valueMatches(value, pattern));
  };
  return selector.size > 0 && [...selector].every(matches);
}

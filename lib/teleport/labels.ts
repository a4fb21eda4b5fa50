/**
 * True if a pattern can select a value. Regular expressions, and what is between two `*`, are left to
 * Teleport and taken to match: then more is granted than needed, and never less.
 */
function canSelect(pattern: string, value: string): boolean {
  if (/^\^.*\$$/s.test(pattern)) return true;
  const [first = "", ...others] = pattern.split("*");
  const last = others.at(-1);
  return last === undefined ? value === pattern : value.startsWith(first) && value.endsWith(last);
}

/**
 * True if labels are among those that a matcher can select.
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
    return value !== undefined && patterns.some((each) => canSelect(each, value));
  };
  return selector.size > 0 && [...selector].every(matches);
}

/** Longer values are left to Teleport, as regular expressions are. */
const LONGEST = 1000;

/**
 * Whether `*` in a pattern can be filled so that it is `value`. Each part between two `*` is taken
 * where it first occurs, which is right if any place is; nothing is tried twice.
 */
function valueMatches(value: string, pattern: string): boolean {
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

/** Whether a value is a regular expression, which is left to Teleport. */
function isRegularExpression(pattern: string): boolean {
  return pattern.startsWith("^") && pattern.endsWith("$");
}

/**
 * Whether labels are among those that a matcher selects. What is left to Teleport is taken to match:
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
  return (
    selector.size > 0 &&
    [...selector].every(([key, patterns]) => {
      const value = labels.get(key);
      return (
        value !== undefined &&
        patterns.some(
          (pattern) =>
            isRegularExpression(pattern) ||
            value.length > LONGEST ||
            pattern.length > LONGEST ||
            valueMatches(value, pattern),
        )
      );
    })
  );
}

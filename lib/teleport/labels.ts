/** Whether a label's value is one that a pattern stands for: itself, or with `*` for any text. */
function valueMatches(value: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value);
}

/** Whether a value is a regular expression, which is left to Teleport. */
function isRegularExpression(pattern: string): boolean {
  return pattern.startsWith("^") && pattern.endsWith("$");
}

/**
 * Whether labels are among those that a matcher selects. A regular expression is taken to match:
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
        patterns.some((pattern) => isRegularExpression(pattern) || valueMatches(value, pattern))
      );
    })
  );
}

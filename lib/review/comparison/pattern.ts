/**
 * A pattern of IAM in its parts, each as the document writes it: `*` (any text), `?` (any one
 * character), a policy variable such as `${aws:username}`, whose value is the same for every pattern
 * of a request, or else one literal character. `${*}` and `${?}` are the literal characters.
 */
export type Pattern = readonly string[];

const ANY = "*";
const ONE = "?";

/** Whether a part is a policy variable. */
export function isVariable(part: string): boolean {
  return part.length > 2 && part !== "${*}" && part !== "${?}";
}

/** Whether a part is one certain character. */
export function isCharacter(part: string): boolean {
  return part !== ANY && part !== ONE && !isVariable(part);
}

/** `*?` and `?*` match the same text: every run of wildcards is written with its `*` last. */
function canonical(parts: readonly string[]): string[] {
  const result: string[] = [];
  let anyPending = false;
  for (const part of parts) {
    if (part === ANY) anyPending = true;
    else {
      if (anyPending && part !== ONE) {
        result.push(ANY);
        anyPending = false;
      }
      result.push(part);
    }
  }
  if (anyPending) result.push(ANY);
  return result;
}

/**
 * Reads a pattern.
 *
 * @param variables whether `${…}` is a policy variable; in documents of version 2008-10-17 it is text
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readPattern(text: string, variables: boolean): Pattern {
  const parts = text.match(variables ? /\$\{[^}]*\}|[^]/gu : /[^]/gu) ?? [];
  return canonical(parts.map((part) => (part === "${$}" ? "$" : part)));
}

/** Whether one part of the wider pattern, not `*`, matches all that `part` stands for. */
function coversPart(wider: string, part: string): boolean {
  return wider === ONE ? part !== ANY && !isVariable(part) : wider === part;
}

/**
 * Whether `wider` surely matches every text that `pattern` matches, whatever the values of policy
 * variables. The parts of `pattern` are read as if they were text, so a few pairs of patterns with
 * wildcards side by side are missed; none is claimed wrongly.
 */
export function covers(wider: Pattern, pattern: Pattern): boolean {
  const [glob, text] = [wider, pattern];
  let g = 0;
  let lastAny = -1;
  let resume = 0;
  for (let t = 0; t < text.length;) {
    const expected = glob[g];
    const part = text[t];
    if (expected === ANY) {
      lastAny = g;
      g += 1;
      resume = t;
    } else if (expected !== undefined && part !== undefined && coversPart(expected, part)) {
      g += 1;
      t += 1;
    } else if (lastAny !== -1) {
      // Let the last `*` take one part more and try again.
      g = lastAny + 1;
      resume += 1;
      t = resume;
    } else return false;
  }
  return glob.slice(g).every((part) => part === ANY);
}

/** Whether two parts, neither of them `*`, can match the same character. */
function meet(a: string, b: string): boolean {
  return a === ONE || b === ONE || a === b;
}

/** Whether surely no text matches both patterns. A policy variable may have any value. */
export function disjoint(a: Pattern, b: Pattern): boolean {
  const wild = (pattern: Pattern): string[] =>
    pattern.map((part) => (isVariable(part) ? ANY : part));
  const [left, right] = [wild(a), wild(b)];
  // reachable[j]: the first parts of `left` and the first j of `right` match a common text.
  let reachable = [true];
  for (const part of right) reachable.push(reachable.at(-1) === true && part === ANY);
  for (const part of left) {
    const next = [part === ANY && reachable[0] === true];
    for (const [index, other] of right.entries()) {
      next.push(
        part === ANY || other === ANY
          ? reachable[index + 1] === true || next[index] === true
          : reachable[index] === true && meet(part, other),
      );
    }
    reachable = next;
  }
  return reachable[right.length] !== true;
}

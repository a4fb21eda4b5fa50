/**
 * A part of a pattern: one literal character, `?` (any one character), `*` (any text), or a policy
 * variable such as `${aws:username}`, whose value is the same for every pattern of a request.
 */
export type Token =
  | { readonly kind: "character"; readonly value: string }
  | { readonly kind: "one" }
  | { readonly kind: "any" }
  | { readonly kind: "variable"; readonly value: string };

/** A pattern of IAM, read into its parts. */
export type Pattern = readonly Token[];

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const LITERAL_VARIABLE = /^\$\{([*?$])\}$/;

/**
 * Reads a pattern.
 *
 * @param variables whether `${…}` is a policy variable; in documents of version 2008-10-17 it is text
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readPattern(text: string, variables: boolean): Pattern {
  const parts = text.match(variables ? /\$\{[^}]*\}|[^]/gu : /[^]/gu) ?? [];
  return parts.map((part): Token => {
    if (part === "*") return { kind: "any" };
    if (part === "?") return { kind: "one" };
    if (part.length < 3) return { kind: "character", value: part };
    const literal = LITERAL_VARIABLE.exec(part)?.[1];
    return literal === undefined
      ? { kind: "variable", value: part }
      : { kind: "character", value: literal };
  });
}

/** `*?` and `?*` match the same text: every run of wildcards is written with its `*` last. */
function canonical(pattern: Pattern): Token[] {
  const result: Token[] = [];
  let anyPending = false;
  for (const token of pattern) {
    if (token.kind === "any") anyPending = true;
    else {
      if (anyPending && token.kind !== "one") {
        result.push({ kind: "any" });
        anyPending = false;
      }
      result.push(token);
    }
  }
  if (anyPending) result.push({ kind: "any" });
  return result;
}

/** Whether one token of the wider pattern, not `*`, matches all that `token` stands for. */
function coversToken(wider: Token, token: Token): boolean {
  if (wider.kind === "one") return token.kind === "one" || token.kind === "character";
  return "value" in wider && wider.kind === token.kind && wider.value === token.value;
}

/**
 * Whether `wider` surely matches every text that `pattern` matches, whatever the values of policy
 * variables. The parts of `pattern` are read as if they were text, so a few pairs of patterns with
 * wildcards side by side are missed; none is claimed wrongly.
 */
export function covers(wider: Pattern, pattern: Pattern): boolean {
  const glob = canonical(wider);
  const text = canonical(pattern);
  let g = 0;
  let lastAny = -1;
  let resume = 0;
  for (let t = 0; t < text.length;) {
    const expected = glob[g];
    const token = text[t];
    if (expected?.kind === "any") {
      lastAny = g;
      g += 1;
      resume = t;
    } else if (expected !== undefined && token !== undefined && coversToken(expected, token)) {
      g += 1;
      t += 1;
    } else if (lastAny !== -1) {
      // Let the last `*` take one part more and try again.
      g = lastAny + 1;
      resume += 1;
      t = resume;
    } else return false;
  }
  return glob.slice(g).every(({ kind }) => kind === "any");
}

/** Whether two tokens, neither of them `*`, can match the same character. */
function meet(a: Token, b: Token): boolean {
  return (
    a.kind === "one" || b.kind === "one" || ("value" in a && "value" in b && a.value === b.value)
  );
}

/** Whether surely no text matches both patterns. A policy variable may have any value. */
export function disjoint(a: Pattern, b: Pattern): boolean {
  const wild = (pattern: Pattern): Token[] =>
    pattern.map((token) => (token.kind === "variable" ? { kind: "any" } : token));
  const [left, right] = [wild(a), wild(b)];
  // reachable[j]: the first parts of `left` and the first j of `right` match a common text.
  let reachable = Array.from({ length: right.length + 1 }, (_, j) =>
    right.slice(0, j).every(({ kind }) => kind === "any"),
  );
  for (const token of left) {
    const next = [token.kind === "any" && reachable[0] === true];
    for (const [index, other] of right.entries()) {
      next.push(
        token.kind === "any" || other.kind === "any"
          ? reachable[index + 1] === true || next[index] === true
          : reachable[index] === true && meet(token, other),
      );
    }
    reachable = next;
  }
  return reachable[right.length] !== true;
}

import type { Budget } from "./budget";

/**
 * One token of a pattern: a character (of either case, if `other` is given), any one character, any
 * text, or a policy variable, whose value is the same for all patterns of a request.
 */
export type Token =
  | { readonly kind: "character"; readonly text: string; readonly other?: string }
  /** `colon`: whether it takes a colon, which separates the parts of an ARN. */
  | { readonly kind: "one" | "any"; readonly colon: boolean }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly fallback: string | undefined;
      readonly ignoreCase: boolean;
    };

export type Pattern = readonly Token[];

/** Options for reading a text as a pattern. */
export interface Reading {
  /** True if `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** True if `${…}` is a policy variable; in documents of version 2008-10-17 it is text. */
  readonly variables: boolean;
  /** True if letters match in either case. */
  readonly ignoreCase?: boolean;
}

const ANY: Token = { kind: "any", colon: true };
const ONE: Token = { kind: "one", colon: true };
/** Within one part of an ARN. */
const ANY_WITHIN: Token = { kind: "any", colon: false };
const ONE_WITHIN: Token = { kind: "one", colon: false };
const characters = new Map<string, Token>();

function character(text: string, ignoreCase = false): Token {
  if (ignoreCase) {
    const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
    if (lower !== upper) return { kind: "character", text: lower, other: upper };
  }
  let token = characters.get(text);
  if (token === undefined) {
    token = { kind: "character", text };
    characters.set(text, token);
  }
  return token;
}

const ESCAPED = new Set(["*", "?", "$"]);

/** `${aws:username, 'nobody'}`: a key, and its value if the request has none. */
function variable(inner: string, ignoreCase = false): Token {
  const [name = "", fallback] = inner.split(/,\s*(?=')/);
  return {
    kind: "variable",
    name: name.trim().toLowerCase(),
    fallback: fallback === undefined || fallback === "''" ? undefined : fallback.slice(1, -1),
    ignoreCase,
  };
}

/**
 * Reads a text as a pattern. `${*}`, `${?}` and `${$}` are the characters themselves. Of wildcards
 * side by side, which match the same in any order, the `*` comes last.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readPattern(text: string, reading: Reading): Pattern {
  const parts = text.match(reading.variables ? /\$\{[^}]*\}|[^]/gu : /[^]/gu) ?? [];
  const tokens: Token[] = [];
  for (const part of parts) {
    if (part.length > 2) {
      const inner = part.slice(2, -1);
      tokens.push(ESCAPED.has(inner) ? character(inner) : variable(inner, reading.ignoreCase));
    } else if (reading.wildcards && part === "*") {
      if (tokens.at(-1)?.kind !== "any") tokens.push(ANY);
    } else if (reading.wildcards && part === "?") {
      if (tokens.at(-1)?.kind === "any") tokens.splice(-1, 0, ONE);
      else tokens.push(ONE);
    } else tokens.push(character(part, reading.ignoreCase));
  }
  return tokens;
}

const ARN_COLONS = 5;
const COLON = character(":");
const isColon = (token: Token): boolean => token.kind === "character" && token.text === ":";

/** The parts of a pattern between its first five colons, and the rest. */
export function arnParts(pattern: Pattern): Pattern[] {
  const parts: Token[][] = [[]];
  for (const token of pattern) {
    if (parts.length <= ARN_COLONS && isColon(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/**
 * The pattern of an ARN: a wildcard matches within one of the first five parts, and anything in the
 * last. A missing part is `*`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnPattern(pattern: Pattern): Pattern {
  const result: Token[] = [];
  let colons = 0;
  for (const token of pattern) {
    if (isColon(token)) colons += 1;
    if (colons >= ARN_COLONS) result.push(token);
    else if (token.kind === "any") result.push(ANY_WITHIN);
    else result.push(token.kind === "one" ? ONE_WITHIN : token);
  }
  for (; colons < ARN_COLONS; colons += 1) {
    result.push(COLON, colons === ARN_COLONS - 1 ? ANY : ANY_WITHIN);
  }
  return result;
}

/**
 * A text that a pattern matches and that reads well.
 *
 * @param values of its variables
 * @param any the text for `*`
 */
export const exampleOf = (
  pattern: Pattern,
  values?: ReadonlyMap<string, string>,
  any = "example",
): string =>
  pattern
    .map((token) => {
      if (token.kind === "character") return token.text;
      if (token.kind === "variable") return values?.get(token.name) ?? token.fallback ?? "example";
      return token.kind === "one" ? "x" : any;
    })
    .join("");

/** True if it matches everything. */
export const isAnything = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === ANY;

/** True if it is one certain text. */
export const isPlain = (pattern: Pattern): boolean =>
  pattern.every((token) => token.kind === "character" && token.other === undefined);

/** The names of its policy variables. */
export function variablesOf(pattern: Pattern): string[] {
  return pattern.flatMap((token) => (token.kind === "variable" ? [token.name] : []));
}

/** The names of those that a request must have for the pattern to match at all. */
export function requiredVariables(pattern: Pattern): string[] {
  return pattern.flatMap((token) =>
    token.kind === "variable" && token.fallback === undefined ? [token.name] : [],
  );
}

/** The pattern with values in place of its variables; undefined if one has none. */
export function withValues(
  pattern: Pattern,
  valueOf: (key: string) => string | readonly string[] | undefined,
): Pattern | undefined {
  const tokens: Token[] = [];
  for (const token of pattern) {
    if (token.kind === "variable") {
      const given = valueOf(token.name);
      const value = typeof given === "string" && given !== "" ? given : token.fallback;
      if (value === undefined) return undefined;
      for (const letter of value) tokens.push(character(letter, token.ignoreCase));
    } else tokens.push(token);
  }
  return tokens;
}

function tokenKey(token: Token): string {
  switch (token.kind) {
    case "character":
      return token.other === undefined ? token.text : `\0i${token.text}`;
    case "variable":
      return `\0v${token.ignoreCase ? "i" : ""} ${token.name}\0${token.fallback ?? ""}\0`;
    default:
      return `\0${token.kind === "any" ? "a" : "o"}${token.colon ? "" : "-"}`;
  }
}

/** Patterns with the same key match the same. */
export const patternKey = (pattern: Pattern): string => pattern.map(tokenKey).join("");

/** The key of the pattern that is a text, with a `*` at the end if `open`. */
export const keyOfText = (text: string, open: boolean): string =>
  open ? text + tokenKey(ANY) : text;

/** The text before the first wildcard, variable or letter of either case. */
export function literalHead(pattern: Pattern): string {
  let head = "";
  for (const token of pattern) {
    if (token.kind !== "character" || token.other !== undefined) break;
    head += token.text;
  }
  return head;
}

function tokenMatches(token: Token, text: string): boolean {
  if (token.kind === "character") return token.text === text || token.other === text;
  return token.kind === "variable" || token.colon || text !== ":";
}

/**
 * True if a pattern matches a text, for some values of its variables.
 *
 * @throws BudgetSpent
 */
export function matches(pattern: Pattern, text: readonly string[], budget: Budget): boolean {
  let lastAny = -1;
  let resume = 0;
  let p = 0;
  let t = 0;
  while (t < text.length) {
    const token = pattern[p];
    const letter = text[t] ?? "";
    if (token !== undefined && (token.kind === "any" || token.kind === "variable")) {
      lastAny = p;
      resume = t;
      p += 1;
    } else if (token !== undefined && tokenMatches(token, letter)) {
      p += 1;
      t += 1;
    } else {
      // Let the last `*` take one character more, and try again.
      const any = pattern[lastAny];
      if (any === undefined || !tokenMatches(any, text[resume] ?? "")) return false;
      budget.spend(t - resume + 1);
      resume += 1;
      t = resume;
      p = lastAny + 1;
    }
  }
  return pattern.slice(p).every(({ kind }) => kind === "any" || kind === "variable");
}

/** True if a token of the wider pattern, not `*`, matches everything that `token` matches. */
function coversToken(wider: Token, token: Token): boolean {
  if (wider === token) return true;
  if (wider.kind === "one") {
    if (token.kind === "character") return wider.colon || token.text !== ":";
    return token.kind === "one" && (wider.colon || !token.colon);
  }
  return tokenKey(wider) === tokenKey(token);
}

/** True if `*` matches everything that `token` matches. */
function absorbs(any: Token, token: Token): boolean {
  if (any.kind !== "any") return false;
  if (any.colon) return true;
  if (token.kind === "character") return token.text !== ":";
  return token.kind !== "variable" && !token.colon;
}

/**
 * True if `wider` surely matches all that `pattern` matches, whatever the values of variables. The
 * tokens of `pattern` are read as if they were text, so some pairs are missed; none is claimed wrongly.
 *
 * @throws BudgetSpent
 */
export function covers(wider: Pattern, pattern: Pattern, budget: Budget): boolean {
  let lastAny = -1;
  let resume = 0;
  let w = 0;
  let p = 0;
  while (p < pattern.length) {
    const expected = wider[w];
    const token = pattern[p];
    if (token === undefined) return false;
    if (expected?.kind === "any") {
      lastAny = w;
      resume = p;
      w += 1;
    } else if (expected !== undefined && coversToken(expected, token)) {
      w += 1;
      p += 1;
    } else {
      const any = wider[lastAny];
      const next = pattern[resume];
      if (any === undefined || next === undefined || !absorbs(any, next)) return false;
      budget.spend(p - resume + 1);
      resume += 1;
      p = resume;
      w = lastAny + 1;
    }
  }
  return wider.slice(w).every(({ kind }) => kind === "any");
}

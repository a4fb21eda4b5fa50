import type { Budget } from "./budget";

/** The context of a request: the keys of its context, each with one value or a list. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** The values that a text is matched with. */
export interface Matching {
  readonly context: Context;
  readonly budget: Budget;
}

/** The value of a key; IAM reads names of keys without regard to case. */
export function valueOf(context: Context, key: string): string | readonly string[] | undefined {
  const name = Object.keys(context).find((other) => other.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : context[name];
}

/** Stand for wildcards among letters. */
const ANY = "any text";
const ONE = "any letter";

/** A text as letters and wildcards, or undefined if a variable in it has no value. */
function resolve(
  text: string,
  variables: boolean,
  wildcards: boolean,
  { context, budget }: Matching,
): string[] | undefined {
  const result: string[] = [];
  const values = new Map<string, readonly string[]>();
  const add = (letters: readonly string[]): void => {
    budget.spend(letters.length);
    for (const letter of letters) result.push(letter);
  };
  for (const part of text.match(variables ? /\$\{[^}]*\}|[^]/gu : /[^]/gu) ?? []) {
    if (part.length > 2) {
      const inner = part.slice(2, -1);
      if (["*", "?", "$"].includes(inner)) add([inner]);
      else {
        const letters = values.get(inner) ?? Array.from(variableValue(inner, context));
        values.set(inner, letters);
        if (letters.length === 0) return undefined;
        add(letters);
      }
    } else if (wildcards && part === "*") add([ANY]);
    else add([wildcards && part === "?" ? ONE : part]);
  }
  return result;
}

/** The value of `aws:username` or `aws:username, 'nobody'`; empty if there is none. */
function variableValue(inner: string, context: Context): string {
  const [name = "", fallback = "''"] = inner.split(/,\s*(?=')/);
  const value = valueOf(context, name.trim());
  return typeof value === "string" && value !== "" ? value : fallback.slice(1, -1);
}

/** True if letters and wildcards match letters: each `ANY` takes as few as it can. */
function lettersMatch(
  pattern: readonly string[],
  letters: readonly string[],
  budget: Budget,
): boolean {
  let [at, taken] = [0, 0];
  let retry: { readonly at: number; taken: number } | undefined;
  while (taken < letters.length) {
    if (pattern[at] === ANY) {
      at += 1;
      retry = { at, taken };
    } else if (pattern[at] === ONE || pattern[at] === letters[taken]) {
      at += 1;
      taken += 1;
    } else if (retry === undefined) return false;
    else {
      budget.spend(taken - retry.taken + 1);
      retry.taken += 1;
      [at, taken] = [retry.at, retry.taken];
    }
  }
  return pattern.slice(at).every((part) => part === ANY);
}

/** True if a text matches; undefined if a variable in the pattern has no value. */
export function textMatches(
  pattern: string,
  text: string,
  options: { variables: boolean; wildcards: boolean; ignoreCase?: boolean },
  matching: Matching,
): boolean | undefined {
  matching.budget.spend(1);
  const [expected, given] =
    options.ignoreCase === true ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  if (!/[*?$]/.test(expected)) return expected === given;
  if (expected === "*" && options.wildcards) return true;
  const resolved = resolve(expected, options.variables, options.wildcards, matching);
  if (resolved === undefined) return undefined;
  const letters = options.ignoreCase === true ? resolved.map(lowerCase) : resolved;
  return lettersMatch(letters, Array.from(given), matching.budget);
}

const lowerCase = (text: string): string => text.toLowerCase();

/** The six parts of an ARN; a colon in a policy variable parts nothing. */
function parts(arn: string, variables: boolean): string[] {
  if (!variables || !arn.includes("$")) {
    const pieces = arn.split(":");
    return pieces.length <= 6 ? pieces : [...pieces.slice(0, 5), pieces.slice(5).join(":")];
  }
  const result = [""];
  for (const piece of arn.match(/\$\{[^}]*\}|[^:$]+|:|\$/g) ?? []) {
    if (piece === ":" && result.length < 6) result.push("");
    else result[result.length - 1] = (result.at(-1) ?? "") + piece;
  }
  return result;
}

/** True if an ARN matches part by part; undefined if a variable has no value. */
export function arnMatches(
  pattern: string,
  arn: string,
  variables: boolean,
  matching: Matching,
): boolean | undefined {
  const expected = parts(pattern, variables);
  while (expected.length < 6) expected.push("*");
  const given = parts(arn, false);
  let result: boolean | undefined = true;
  for (const [index, part] of expected.entries()) {
    const options = { variables, wildcards: true };
    const matched = textMatches(part, given[index] ?? "", options, matching);
    if (matched === false && !variables) return false;
    if (matched === undefined) return undefined;
    result &&= matched;
  }
  return result;
}

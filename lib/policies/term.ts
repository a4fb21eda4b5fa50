import { quote } from "../text/hcl";
import { isObject, type Json } from "../text/json";

/*
 * A small language for the rules of policies and trust policies. A rule is written once, as a term,
 * and read in two ways: terraform.ts prints it as an expression of a module, evaluate.ts computes
 * its value for given inputs.
 */

/** A rule, or a part of one. */
export type Term =
  | { readonly kind: "literal"; readonly value: string | boolean }
  /** An input variable of the module. */
  | { readonly kind: "variable"; readonly name: string }
  /** A local value of the module: its term is printed once, under its name. */
  | { readonly kind: "local"; readonly name: string; readonly value: Term }
  /** An element of the list that an {@link each} around it goes through, or an attribute of that. */
  | { readonly kind: "item"; readonly name: string; readonly path: readonly string[] }
  /** Text put together from parts. */
  | { readonly kind: "text"; readonly parts: readonly Term[] }
  | { readonly kind: "list"; readonly items: readonly Term[] }
  | {
      readonly kind: "each";
      readonly name: string;
      readonly list: Term;
      readonly result: Term;
      readonly condition?: Term;
    }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: Term])[] }
  /** A function of Terraform, or another expression of operands that are terms themselves. */
  | {
      readonly kind: "operation";
      /** Different for operations that differ. */
      readonly name: string;
      readonly operands: readonly Term[];
      readonly compute: (...values: never[]) => Json;
      readonly print: (...expressions: string[]) => string;
    }
  | {
      readonly kind: "choose";
      readonly condition: Term;
      readonly then: Term;
      readonly otherwise: Term;
    }
  | { readonly kind: "all" | "any"; readonly terms: readonly Term[] };

type List = readonly Json[];
type Object = Readonly<Record<string, Json>>;

/** An operation; without `print`, a call of the function `name`. */
function operation(
  name: string,
  operands: readonly Term[],
  compute: (...values: never[]) => Json,
  print = (...expressions: string[]): string => `${name}(${expressions.join(", ")})`,
): Term {
  return { kind: "operation", name, operands, compute, print };
}

export const literal = (value: string | boolean): Term => ({ kind: "literal", value });

export const variable = (name: string): Term => ({ kind: "variable", name });

/** A named value: every use of it is the same term. */
export const local = (name: string, value: Term): Term => ({ kind: "local", name, value });

export const item = (name: string, ...path: readonly string[]): Term => ({
  kind: "item",
  name,
  path,
});

export const text = (...parts: readonly (Term | string)[]): Term => ({
  kind: "text",
  parts: parts.map((part) => (typeof part === "string" ? literal(part) : part)),
});

export const list = (...items: readonly Term[]): Term => ({ kind: "list", items });

const isLiteral = (term: Term, value: boolean): boolean =>
  term.kind === "literal" && term.value === value;

const isEmptyList = (term: Term): boolean => term.kind === "list" && term.items.length === 0;

/** Lists as one list. What is known to be empty is left out. */
export const concat = (...lists: readonly Term[]): Term => {
  const [first = list(), ...more] = lists.filter((one) => !isEmptyList(one));
  return more.length === 0
    ? first
    : operation("concat", [first, ...more], (...values: List[]) => values.flat());
};

/** The results of `result` for all items of `list`, or for those for which `condition` holds. */
export const each = (name: string, items: Term, result: Term, condition?: Term): Term => ({
  kind: "each",
  name,
  list: items,
  result,
  ...(condition === undefined ? {} : { condition }),
});

/** An object with fixed keys. */
export const object = (entries: Readonly<Record<string, Term>>): Term => ({
  kind: "object",
  entries: Object.entries(entries),
});

/** Objects with the attributes of both; the later one wins. */
export const merge = (...objects: readonly Term[]): Term =>
  operation("merge", objects, (...values: Object[]) => Object.assign({}, ...values) as Object);

/** Conditions of IAM with the operators and keys of both; the later one wins. */
export const mergeConditions = (...conditions: readonly [Term, Term]): Term =>
  operation(
    "mergeConditions",
    conditions,
    (one: Object, other: Object) =>
      Object.fromEntries(
        [...new Set([...Object.keys(one), ...Object.keys(other)])].sort().map((operator) => [
          operator,
          {
            ...(one[operator] as Object | undefined),
            ...(other[operator] as Object | undefined),
          },
        ]),
      ),
    (one, other) =>
      `{ for operator in setunion(keys(${one}), keys(${other})) : operator => merge(try(${one}[operator], {}), try(${other}[operator], {})) }`,
  );

/** A statement of IAM without its Condition if that is empty. */
export const finished = (statement: Term): Term =>
  operation(
    "finished",
    [statement],
    ({ Condition = {}, ...others }: Object) =>
      Object.keys(Condition as object).length === 0 ? others : { ...others, Condition },
    (given) =>
      `{ for key, value in ${given} : key => value if key != "Condition" || length(value) > 0 }`,
  );

/** The value of an object's attribute; null if there is none. */
export function attributeOf(value: Json, name: string): Json {
  return isObject(value) ? (value[name] ?? null) : null;
}

/** The value under a key of a map, or an empty object. */
export const lookup = (map: Term, key: Term): Term =>
  operation(
    "lookup",
    [map, key],
    (values: Json, name: string) => attributeOf(values, name) ?? {},
    (values, name) => `lookup(${values}, ${name}, {})`,
  );

/** One of two values of one type. A condition that is known decides at once. */
export const choose = (condition: Term, then: Term, otherwise: Term): Term => {
  if (isLiteral(condition, true)) return then;
  if (isLiteral(condition, false)) return otherwise;
  if (JSON.stringify(then) === JSON.stringify(otherwise)) return then;
  return { kind: "choose", condition, then, otherwise };
};

/** `&&` or `||` of `terms`, without those that are `neutral`. */
function joined(kind: "all" | "any", neutral: boolean, terms: readonly Term[]): Term {
  if (terms.some((term) => isLiteral(term, !neutral))) return literal(!neutral);
  const parts = terms
    .flatMap((term) => (term.kind === kind ? term.terms : [term]))
    .filter((term) => !isLiteral(term, neutral));
  // Rules that are put together can ask for the same thing twice.
  const different = new Map(parts.map((term) => [JSON.stringify(term), term]));
  const [first = literal(neutral), ...more] = different.values();
  return more.length === 0 ? first : { kind, terms: [first, ...more] };
}

export const all = (...terms: readonly Term[]): Term => joined("all", true, terms);

export const any = (...terms: readonly Term[]): Term => joined("any", false, terms);

export const not = (term: Term): Term =>
  operation(
    "not",
    [term],
    (value: Json) => value !== true,
    (value) => `!${value}`,
  );

export const isNull = (term: Term): Term =>
  operation(
    "isNull",
    [term],
    (value: Json) => value === null,
    (value) => `${value} == null`,
  );

export const isSet = (term: Term): Term =>
  operation(
    "isSet",
    [term],
    (value: Json) => value !== null,
    (value) => `${value} != null`,
  );

/** True if a list or a map has an element. */
export const isNotEmpty = (term: Term): Term =>
  operation(
    "isNotEmpty",
    [term],
    (value: Json) => Object.keys((value ?? {}) as object).length > 0,
    (value) => `length(${value}) > 0`,
  );

/** A list of lists as one list. */
export const flatten = (term: Term): Term =>
  operation("flatten", [term], (lists: List) => lists.flat());

/** A list without its duplicates, in the same order. */
export const distinct = (term: Term): Term =>
  operation("distinct", [term], (items: List) => [...new Set(items)]);

export const contains = (of: Term, what: Term): Term =>
  operation("contains", [of, what], (items: List, one: Json) => items.includes(one));

export const equals = (one: Term, other: Term): Term =>
  operation(
    "equals",
    [one, other],
    (a: Json, b: Json) => a === b,
    (a, b) => `${a} == ${b}`,
  );

/** True if `text` matches a regular expression that RE2 and JavaScript read alike. */
export const matches = (of: Term, pattern: string): Term =>
  operation(
    `matches ${pattern}`,
    [of],
    (value: string) => new RegExp(pattern, "u").test(value),
    (value) => `can(regex(${quote(pattern)}, ${value}))`,
  );

/** `text` with all matches of the regular expression replaced. */
export const replace = (of: Term, pattern: string, by: string): Term =>
  operation(
    `replace ${pattern} ${by}`,
    [of],
    (value: string) => value.replace(new RegExp(pattern, "gu"), by),
    (value) => `replace(${value}, ${quote(`/${pattern}/`)}, ${quote(by)})`,
  );

/** `items` if `condition` holds, else an empty list. */
export const listIf = (condition: Term, ...items: readonly Term[]): Term =>
  choose(condition, list(...items), list());

/** The terms that a term is made of, whatever its kind. */
export function partsOf(term: Term): readonly Term[] {
  return (Object.values(term) as unknown[])
    .flat(2)
    .filter((part): part is Term => typeof part === "object");
}

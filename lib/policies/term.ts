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
  | {
      readonly kind: "operation";
      /** A function of Terraform, or an expression with the operands at {0} and {1}. */
      readonly form: string;
      readonly operands: readonly Term[];
      readonly compute: (...values: never) => Json;
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
type Conditions = Readonly<Record<string, Object>>;

/** A term for each parameter of a function. */
type Operands<Values extends readonly Json[]> = { readonly [Index in keyof Values]: Term };

/** A kind of operation, and its value for values of its operands. */
const operation =
  <const Values extends readonly Json[]>(form: string, compute: (...values: Values) => Json) =>
  (...operands: Operands<Values>): Term => ({ kind: "operation", form, operands, compute });

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

const concatenated = operation("concat", (...lists: List[]) => lists.flat());

/** Lists as one list. What is known to be empty is left out. */
export const concat = (...lists: readonly Term[]): Term => {
  const [first = list(), ...more] = lists.filter((one) => !isEmptyList(one));
  return more.length === 0 ? first : concatenated(first, ...more);
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
export const merge = operation("merge", (...objects: Object[]) =>
  objects.reduce((merged, one) => ({ ...merged, ...one }), {}),
);

/** Conditions of IAM with the operators and keys of both; the later one wins. */
export const mergeConditions = operation(
  "{ for operator in setunion(keys({0}), keys({1})) : operator => merge(try({0}[operator], {}), try({1}[operator], {})) }",
  (one: Conditions, other: Conditions) =>
    Object.fromEntries(
      [...new Set([...Object.keys(one), ...Object.keys(other)])]
        .sort()
        .map((operator) => [operator, { ...one[operator], ...other[operator] }]),
    ),
);

/** A statement of IAM without its Condition if that is empty. */
export const finished = operation(
  '{ for key, value in {0} : key => value if key != "Condition" || length(value) > 0 }',
  ({ Condition = {}, ...others }: Object) =>
    Object.keys(Condition as object).length === 0 ? others : { ...others, Condition },
);

/** The value of an object's attribute; null if there is none. */
export function attributeOf(value: Json, name: string): Json {
  return isObject(value) ? (value[name] ?? null) : null;
}

/** The value under a key of a map, or an empty object. */
export const lookup = operation(
  "lookup({0}, {1}, {})",
  (map: Json, key: string) => attributeOf(map, key) ?? {},
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

export const not = operation("!{0}", (value: Json) => value !== true);

export const isNull = operation("{0} == null", (value: Json) => value === null);

export const isSet = operation("{0} != null", (value: Json) => value !== null);

/** True if a list or a map has an element. */
export const isNotEmpty = operation(
  "length({0}) > 0",
  (value: Json) => Object.keys((value ?? {}) as object).length > 0,
);

/** A list of lists as one list. */
export const flatten = operation("flatten", (lists: List) => lists.flat());

/** A list without its duplicates, in the same order. */
export const distinct = operation("distinct", (items: List) => [...new Set(items)]);

export const contains = operation("contains", (items: List, one: Json) => items.includes(one));

export const equals = operation("{0} == {1}", (one: Json, other: Json) => one === other);

/** True for the ARN of a KMS key, false for its ID. */
export const isArn = operation('can(regex("^arn:", {0}))', (value: string) =>
  value.startsWith("arn:"),
);

/** Text without the slash at its beginning, if it has one. */
export const withoutFirstSlash = operation('replace({0}, "/^//", "")', (value: string) =>
  value.replace(/^\//, ""),
);

/** Text without the slash at its end, if it has one. */
export const withoutLastSlash = operation('replace({0}, "//$/", "")', (value: string) =>
  value.replace(/\/$/, ""),
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

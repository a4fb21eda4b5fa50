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
  | { readonly kind: "concat"; readonly lists: readonly Term[] }
  | {
      readonly kind: "each";
      readonly name: string;
      readonly list: Term;
      readonly result: Term;
      readonly condition?: Term;
    }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: Term, value: Term])[] }
  /** Objects with the attributes of both; the later one wins. */
  | { readonly kind: "merge"; readonly objects: readonly Term[] }
  /** Conditions of IAM with the operators and keys of both; the later one wins. */
  | { readonly kind: "mergeConditions"; readonly conditions: readonly [Term, Term] }
  /** A statement of IAM without its Condition if that is empty. */
  | { readonly kind: "finished"; readonly statement: Term }
  /** The value under a key of a map, or an empty object. */
  | { readonly kind: "lookup"; readonly map: Term; readonly key: Term }
  | { readonly kind: "attribute"; readonly object: Term; readonly name: string }
  | {
      readonly kind: "choose";
      readonly condition: Term;
      readonly then: Term;
      readonly otherwise: Term;
    }
  | { readonly kind: "all" | "any"; readonly terms: readonly Term[] }
  | {
      readonly kind:
        "not" | "isNull" | "isNotEmpty" | "flatten" | "distinct" | "values" | "nonEmptyEntries";
      readonly term: Term;
    }
  | { readonly kind: "contains"; readonly list: Term; readonly item: Term }
  | { readonly kind: "equals"; readonly one: Term; readonly other: Term }
  | { readonly kind: "matches"; readonly text: Term; readonly pattern: string }
  | {
      readonly kind: "replace";
      readonly text: Term;
      readonly pattern: string;
      readonly by: string;
    };

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
  return more.length === 0 ? first : { kind: "concat", lists: [first, ...more] };
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
  entries: Object.entries(entries).map(([key, value]) => [literal(key), value]),
});

/** An object whose keys are computed. */
export const objectOf = (...entries: readonly (readonly [key: Term, value: Term])[]): Term => ({
  kind: "object",
  entries,
});

export const merge = (...objects: readonly Term[]): Term => ({ kind: "merge", objects });

export const mergeConditions = (one: Term, other: Term): Term => ({
  kind: "mergeConditions",
  conditions: [one, other],
});

export const finished = (statement: Term): Term => ({ kind: "finished", statement });

export const lookup = (map: Term, key: Term): Term => ({ kind: "lookup", map, key });

/** The attribute `name` of an object. */
export const attribute = (of: Term, name: string): Term => ({
  kind: "attribute",
  object: of,
  name,
});

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

export const not = (term: Term): Term => ({ kind: "not", term });

export const isNull = (term: Term): Term => ({ kind: "isNull", term });

/** True if a list or a map has an element. */
export const isNotEmpty = (term: Term): Term => ({ kind: "isNotEmpty", term });

/** A list of lists as one list. */
export const flatten = (term: Term): Term => ({ kind: "flatten", term });

/** A list without its duplicates, in the same order. */
export const distinct = (term: Term): Term => ({ kind: "distinct", term });

/** The values of a map, in the order of its keys. */
export const valuesOf = (term: Term): Term => ({ kind: "values", term });

/** A map without the entries whose list is empty. */
export const nonEmptyEntries = (term: Term): Term => ({ kind: "nonEmptyEntries", term });

export const contains = (of: Term, what: Term): Term => ({
  kind: "contains",
  list: of,
  item: what,
});

export const equals = (one: Term, other: Term): Term => ({ kind: "equals", one, other });

/** True if `text` matches a regular expression that RE2 and JavaScript read alike. */
export const matches = (of: Term, pattern: string): Term => ({
  kind: "matches",
  text: of,
  pattern,
});

/** `text` with all matches of the regular expression replaced. */
export const replace = (of: Term, pattern: string, by: string): Term => ({
  kind: "replace",
  text: of,
  pattern,
  by,
});

/** `items` if `condition` holds, else an empty list. */
export const listIf = (condition: Term, ...items: readonly Term[]): Term =>
  choose(condition, list(...items), list());

/** The parts that a term is made of. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case "literal":
    case "variable":
    case "item":
      return [];
    case "local":
      return [term.value];
    case "text":
      return term.parts;
    case "list":
      return term.items;
    case "concat":
      return term.lists;
    case "each":
      return [term.list, term.result, ...(term.condition === undefined ? [] : [term.condition])];
    case "object":
      return term.entries.flat();
    case "merge":
      return term.objects;
    case "mergeConditions":
      return term.conditions;
    case "finished":
      return [term.statement];
    case "lookup":
      return [term.map, term.key];
    case "choose":
      return [term.condition, term.then, term.otherwise];
    case "all":
    case "any":
      return term.terms;
    case "not":
    case "isNull":
    case "isNotEmpty":
    case "flatten":
    case "distinct":
    case "values":
    case "nonEmptyEntries":
      return [term.term];
    case "attribute":
      return [term.object];
    case "contains":
      return [term.list, term.item];
    case "equals":
      return [term.one, term.other];
    case "matches":
    case "replace":
      return [term.text];
  }
}

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
  /** What an {@link each} around it goes through, or an attribute of that. */
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
  | { readonly kind: "merge"; readonly objects: readonly Term[] }
  | { readonly kind: "attribute"; readonly object: Term; readonly key: Term }
  | {
      readonly kind: "choose";
      readonly condition: Term;
      readonly then: Term;
      readonly otherwise: Term;
      /** Whether both have the same type of Terraform, so that a conditional can hold them. */
      readonly alike: boolean;
    }
  | { readonly kind: "all" | "any"; readonly terms: readonly Term[] }
  | { readonly kind: "not" | "isNull" | "isSomething" | "distinct"; readonly term: Term }
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

export const concat = (...lists: readonly Term[]): Term => ({ kind: "concat", lists });

/** The results of `result` for all items of `list`, or for those for which `condition` holds. */
export const each = (name: string, items: Term, result: Term, condition?: Term): Term => ({
  kind: "each",
  name,
  list: items,
  result,
  ...(condition === undefined ? {} : { condition }),
});

/** An object. A key that is a term is computed. */
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

/** The attribute `key` of an object. */
export const attribute = (of: Term, key: Term): Term => ({ kind: "attribute", object: of, key });

/** One of two values of one type. */
export const choose = (condition: Term, then: Term, otherwise: Term): Term => ({
  kind: "choose",
  condition,
  then,
  otherwise,
  alike: true,
});

/** One of two values of whatever types. */
export const chooseEither = (condition: Term, then: Term, otherwise: Term): Term => ({
  kind: "choose",
  condition,
  then,
  otherwise,
  alike: false,
});

export const all = (...terms: readonly Term[]): Term => ({ kind: "all", terms });

export const any = (...terms: readonly Term[]): Term => ({ kind: "any", terms });

export const not = (term: Term): Term => ({ kind: "not", term });

export const isNull = (term: Term): Term => ({ kind: "isNull", term });

/** That `term` is text, or a list that is not empty. */
export const isSomething = (term: Term): Term => ({ kind: "isSomething", term });

/** A list without its duplicates, in the same order; text stays as it is. */
export const distinct = (term: Term): Term => ({ kind: "distinct", term });

export const contains = (of: Term, what: Term): Term => ({
  kind: "contains",
  list: of,
  item: what,
});

export const equals = (one: Term, other: Term): Term => ({ kind: "equals", one, other });

/** That `text` matches a regular expression that RE2 and JavaScript read alike. */
export const matches = (of: Term, pattern: string): Term => ({
  kind: "matches",
  text: of,
  pattern,
});

/** `text` with what matches the regular expression replaced. */
export const replace = (of: Term, pattern: string, by: string): Term => ({
  kind: "replace",
  text: of,
  pattern,
  by,
});

/** `term` while `condition` holds, else an empty list. */
export const listIf = (condition: Term, ...items: readonly Term[]): Term =>
  each("each", list(...items), item("each"), condition);

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
    case "attribute":
      return [term.object, term.key];
    case "choose":
      return [term.condition, term.then, term.otherwise];
    case "all":
    case "any":
      return term.terms;
    case "not":
    case "isNull":
    case "isSomething":
    case "distinct":
      return [term.term];
    case "contains":
      return [term.list, term.item];
    case "equals":
      return [term.one, term.other];
    case "matches":
    case "replace":
      return [term.text];
  }
}

import { interpolate, list, literal, quote } from "../text/hcl";
import { memo } from "../text/memo";
import { partsOf, type Term } from "./term";

/** A regular expression between slashes, as `replace` of Terraform takes it. */
function slashed(pattern: string): string {
  return quote(`/${pattern}/`);
}

/** An operand of `&&`, `||` or `==`. */
function operand(term: Term): string {
  const text = expression(term);
  const several = (term.kind === "all" || term.kind === "any") && term.terms.length > 1;
  return several || term.kind === "choose" ? `(${text})` : text;
}

/** That `term` does not hold. */
function negation(term: Term): string {
  switch (term.kind) {
    case "not":
      return expression(term.term);
    case "isNull":
      return `${expression(term.term)} != null`;
    case "equals":
      return `${operand(term.one)} != ${operand(term.other)}`;
    default:
      return `!${operand(term)}`;
  }
}

/** The key of an object: a bare name where it is one. */
function objectKey(key: Term): string {
  if (key.kind !== "literal") return `(${expression(key)})`;
  return /^[a-z_]\w*$/i.test(String(key.value)) ? String(key.value) : expression(key);
}

/** `parts` as a quoted string, with what is computed in interpolations. */
function template(parts: readonly Term[]): string {
  const inner = parts.map((part) =>
    part.kind === "literal"
      ? quote(String(part.value)).slice(1, -1)
      : interpolate(expression(part)),
  );
  return `"${inner.join("")}"`;
}

/** A term as an expression of Terraform's language. */
export function expression(term: Term): string {
  switch (term.kind) {
    case "literal":
      return typeof term.value === "string" ? quote(term.value) : String(term.value);
    case "variable":
      return `var.${term.name}`;
    case "local":
      return `local.${term.name}`;
    case "item":
      return [term.name, ...term.path].join(".");
    case "text":
      return template(term.parts);
    case "list":
      return list(term.items.map(expression));
    case "concat": {
      const [first, ...more] = term.lists.map(expression);
      return more.length === 0 && first !== undefined
        ? first
        : `concat(${[first, ...more].join(", ")})`;
    }
    case "each": {
      const condition = term.condition === undefined ? "" : ` if ${expression(term.condition)}`;
      return `[for ${term.name} in ${expression(term.list)} : ${expression(term.result)}${condition}]`;
    }
    case "object": {
      const entries = term.entries.map(
        ([key, value]) => `${objectKey(key)} = ${expression(value)}`,
      );
      return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
    }
    case "merge":
      return `merge(${term.objects.map(expression).join(", ")})`;
    case "attribute":
      return `${expression(term.object)}[${expression(term.key)}]`;
    case "choose": {
      const condition = expression(term.condition);
      const then = expression(term.then);
      const otherwise = expression(term.otherwise);
      return term.alike
        ? `${condition} ? ${then} : ${otherwise}`
        : // Text and a list cannot be the two results of a conditional. The choice by index also
          // keeps the length of a list known while one of its elements is not.
          `[${then}, ${otherwise}][${condition} ? 0 : 1]`;
    }
    case "all":
    case "any":
      return term.terms.map(operand).join(term.kind === "all" ? " && " : " || ");
    case "not":
      return negation(term.term);
    case "isNull":
      return `${expression(term.term)} == null`;
    case "isSomething":
      return `try(length(tolist(${expression(term.term)})) > 0, true)`;
    case "distinct": {
      const of = expression(term.term);
      return `try(distinct(${of}), ${of})`;
    }
    case "contains":
      return `contains(${expression(term.list)}, ${expression(term.item)})`;
    case "equals":
      return `${operand(term.one)} == ${operand(term.other)}`;
    case "matches":
      return `can(regex(${quote(term.pattern)}, ${expression(term.text)}))`;
    case "replace":
      return `replace(${expression(term.text)}, ${slashed(term.pattern)}, ${quote(term.by)})`;
  }
}

type ObjectTerm = Extract<Term, { readonly kind: "object" }>;
type Local = Extract<Term, { readonly kind: "local" }>;

/** What {@link jsonValue} says of an object: those of the catalogue are in many modules. */
const jsonObject = memo((term: ObjectTerm): unknown => {
  const known = term.entries.flatMap(([key, value]) =>
    key.kind === "literal" ? [[String(key.value), jsonValue(value)] as const] : [],
  );
  return known.length === term.entries.length
    ? Object.fromEntries(known)
    : interpolate(expression(term));
});

/**
 * A term as a value of Terraform's JSON syntax. Objects and lists whose keys are known are written
 * out; everything else is an expression. No key is ever a template: Terraform crashes where the
 * value in one is sensitive.
 */
function jsonValue(term: Term): unknown {
  switch (term.kind) {
    case "literal":
      return typeof term.value === "string" ? literal(term.value) : term.value;
    case "text":
      return term.parts
        .map((part) =>
          part.kind === "literal" ? literal(String(part.value)) : interpolate(expression(part)),
        )
        .join("");
    case "list":
      return term.items.map(jsonValue);
    case "object":
      return jsonObject(term);
    default:
      return interpolate(expression(term));
  }
}

/** Adds the local values that a term uses, each behind those that it uses itself. */
function addLocals(term: Term, found: Map<string, Local>): void {
  if (term.kind === "local" && found.has(term.name)) return;
  if (term.kind === "object") {
    for (const local of localsInObject(term)) {
      found.set(local.name, found.get(local.name) ?? local);
    }
    return;
  }
  for (const part of partsOf(term)) addLocals(part, found);
  if (term.kind === "local") found.set(term.name, term);
}

const localsInObject = memo((term: ObjectTerm): readonly Local[] => {
  const found = new Map<string, Local>();
  for (const part of partsOf(term)) addLocals(part, found);
  return [...found.values()];
});

const jsonOfLocal = memo(({ value }: Local) => jsonValue(value));

/** The local values that `terms` use, each behind those that it uses itself. */
export function localsOf(terms: readonly Term[]): Record<string, unknown> {
  const found = new Map<string, Local>();
  for (const term of terms) addLocals(term, found);
  const values: Record<string, unknown> = {};
  for (const [name, local] of found) values[name] = jsonOfLocal(local);
  return values;
}

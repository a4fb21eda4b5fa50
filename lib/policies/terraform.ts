import { interpolate, list, literal, object, quote } from "../text/hcl";
import { partsOf, type Term } from "./term";

/** An operand of `&&` or `||`. */
function operand(term: Term): string {
  const text = expression(term);
  const several = (term.kind === "all" || term.kind === "any") && term.terms.length > 1;
  return several || term.kind === "choose" ? `(${text})` : text;
}

/** `parts` as a quoted string, with interpolations for what is computed. */
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
    case "operation": {
      const operands = term.operands.map(expression);
      return term.form.includes("{")
        ? term.form.replace(/\{(\d)\}/g, (_, index: string) => operands[Number(index)] ?? "")
        : `${term.form}(${operands.join(", ")})`;
    }
    case "each": {
      const condition = term.condition === undefined ? "" : ` if ${expression(term.condition)}`;
      return `[for ${term.name} in ${expression(term.list)} : ${expression(term.result)}${condition}]`;
    }
    case "object":
      return object(term.entries.map(([key, value]) => [key, expression(value)] as const));
    case "choose":
      return `${expression(term.condition)} ? ${expression(term.then)} : ${expression(term.otherwise)}`;
    case "all":
    case "any":
      return term.terms.map(operand).join(term.kind === "all" ? " && " : " || ");
  }
}

/**
 * A term as a value of Terraform's JSON syntax. Objects and lists whose keys are known are written
 * out; everything else is an expression. No key is ever a template: Terraform crashes if the value in
 * one is sensitive.
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
      return Object.fromEntries(term.entries.map(([key, value]) => [key, jsonValue(value)]));
    default:
      return interpolate(expression(term));
  }
}

/** Adds the local values that a term uses, each after those that it uses itself. */
function addLocals(term: Term, found: Map<string, Term>): void {
  if (term.kind === "local" && found.has(term.name)) return;
  for (const part of partsOf(term)) addLocals(part, found);
  if (term.kind === "local") found.set(term.name, term.value);
}

/** The local values that `terms` use, each after those that it uses itself. */
export function localsOf(terms: readonly Term[]): Record<string, unknown> {
  const found = new Map<string, Term>();
  for (const term of terms) addLocals(term, found);
  return Object.fromEntries([...found].map(([name, value]) => [name, jsonValue(value)]));
}

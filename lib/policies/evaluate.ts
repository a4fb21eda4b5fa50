import type { Json } from "../text/json";
import { attributeOf, type Term } from "./term";

/** The values of variables by name. A variable that a module does not have is null. */
export type Values = ReadonlyMap<string, Json>;

/** The items of the {@link Term}s of kind `each` around a term, by name. */
type Items = Readonly<Record<string, Json>>;

/** The value of a term for given inputs. */
export function evaluate(term: Term, values: Values, items: Items = {}): Json {
  const of = (part: Term): Json => evaluate(part, values, items);
  const textOf = (part: Term): string => {
    const value = of(part);
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const listOf = (part: Term): readonly Json[] => of(part) as readonly Json[];
  switch (term.kind) {
    case "literal":
      return term.value;
    case "variable":
      return values.get(term.name) ?? null;
    case "local":
      return evaluate(term.value, values);
    case "item":
      return term.path.reduce(attributeOf, items[term.name] ?? null);
    case "text":
      return term.parts.map(textOf).join("");
    case "list":
      return term.items.map(of);
    case "operation":
      return term.compute(...(term.operands.map(of) as never));
    case "each":
      return listOf(term.list).flatMap((value) => {
        const inner = { ...items, [term.name]: value };
        const holds = term.condition === undefined || evaluate(term.condition, values, inner);
        return holds === true ? [evaluate(term.result, values, inner)] : [];
      });
    case "object":
      return Object.fromEntries(term.entries.map(([key, value]) => [key, of(value)]));
    case "choose":
      return of(of(term.condition) === true ? term.then : term.otherwise);
    case "all":
      return term.terms.every((part) => of(part) === true);
    case "any":
      return term.terms.some((part) => of(part) === true);
  }
}

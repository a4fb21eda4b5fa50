import { isList, type Json } from "../text/json";
import type { Values } from "../inputs/values";
import type { Term } from "./term";

/** The items of the {@link Term}s of kind `each` around a term, by name. */
type Items = Readonly<Record<string, Json>>;

function attributeOf(value: Json, key: string): Json {
  return (value as Readonly<Record<string, Json>>)[key] ?? null;
}

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
      return values.of(term.name);
    case "local":
      return evaluate(term.value, values);
    case "item":
      return term.path.reduce(attributeOf, items[term.name] ?? null);
    case "text":
      return term.parts.map(textOf).join("");
    case "list":
      return term.items.map(of);
    case "concat":
      return term.lists.flatMap(listOf);
    case "each":
      return listOf(term.list).flatMap((value) => {
        const inner = { ...items, [term.name]: value };
        const holds = term.condition === undefined || evaluate(term.condition, values, inner);
        return holds === true ? [evaluate(term.result, values, inner)] : [];
      });
    case "object":
      return Object.fromEntries(term.entries.map(([key, value]) => [textOf(key), of(value)]));
    case "merge":
      return Object.assign({}, ...term.objects.map(of)) as Json;
    case "attribute":
      return attributeOf(of(term.object), textOf(term.key));
    case "choose":
      return of(of(term.condition) === true ? term.then : term.otherwise);
    case "all":
      return term.terms.every((part) => of(part) === true);
    case "any":
      return term.terms.some((part) => of(part) === true);
    case "not":
      return of(term.term) !== true;
    case "isNull":
      return of(term.term) === null;
    case "isSomething": {
      const value = of(term.term);
      return !isList(value) || value.length > 0;
    }
    case "distinct": {
      const value = of(term.term);
      return isList(value) ? [...new Set(value)] : value;
    }
    case "contains":
      return listOf(term.list).includes(of(term.item));
    case "equals":
      return of(term.one) === of(term.other);
    case "matches":
      return new RegExp(term.pattern, "u").test(textOf(term.text));
    case "replace":
      return textOf(term.text).replace(new RegExp(term.pattern, "gu"), term.by);
  }
}

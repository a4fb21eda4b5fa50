import type { Values } from "../inputs/values";
import { isObject, type Json } from "../text/json";
import type { Term } from "./term";

/** The items of the {@link Term}s of kind `each` around a term, by name. */
type Items = Readonly<Record<string, Json>>;

type Object = Readonly<Record<string, Json>>;

function attributeOf(value: Json, key: string): Json {
  return isObject(value) ? (value[key] ?? null) : null;
}

function mergedConditions(one: Object, other: Object): Object {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      { ...(one[operator] as Object | undefined), ...(other[operator] as Object | undefined) },
    ]),
  );
}

function finishedStatement(statement: Object): Object {
  const { Condition = {}, ...others } = statement;
  return isObject(Condition) && Object.keys(Condition).length > 0
    ? { ...others, Condition }
    : others;
}

/** The value of a term for given inputs. */
export function evaluate(term: Term, values: Values, items: Items = {}): Json {
  const of = (part: Term): Json => evaluate(part, values, items);
  const textOf = (part: Term): string => {
    const value = of(part);
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const listOf = (part: Term): readonly Json[] => of(part) as readonly Json[];
  const objectOf = (part: Term): Object => of(part) as Object;
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
    case "mergeConditions":
      return mergedConditions(objectOf(term.conditions[0]), objectOf(term.conditions[1]));
    case "finished":
      return finishedStatement(objectOf(term.statement));
    case "lookup":
      return attributeOf(of(term.map), textOf(term.key)) ?? {};
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
    case "isNotEmpty":
      return Object.keys((of(term.term) ?? {}) as object).length > 0;
    case "flatten":
      return listOf(term.term).flat();
    case "values": {
      const map = objectOf(term.term);
      return Object.keys(map)
        .sort()
        .map((key) => map[key] ?? null);
    }
    case "nonEmptyEntries":
      return Object.fromEntries(
        Object.entries(objectOf(term.term)).filter(
          ([, value]) => Array.isArray(value) && value.length > 0,
        ),
      );
    case "attribute":
      return attributeOf(of(term.object), term.name);
    case "distinct":
      return [...new Set(listOf(term.term))];
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

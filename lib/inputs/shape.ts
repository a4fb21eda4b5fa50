import { isList, isObject, type Json } from "../text/json";
import { didYouMean } from "../text/nearest";
import type { VariableType } from "./variable";

/** The structure of a value. The rules of a variable check `string`; other texts must only be `text`. */
type Shape =
  | "bool"
  | "string"
  | "text"
  | { readonly list: Shape }
  /** `key` is an example of a key. */
  | { readonly map: Shape; readonly key: string }
  | { readonly object: Readonly<Record<string, Shape>> };

const texts: Shape = { list: "text" };
const conditions: Shape = { map: { map: texts, key: "aws:SourceIp" }, key: "IpAddress" };
const statement: Shape = {
  object: {
    Sid: "string",
    Effect: "string",
    Action: texts,
    Resource: texts,
    Condition: conditions,
  },
};

function objectOf(fields: object, shape: (field: unknown) => Shape): Shape {
  const shapes = Object.entries(fields).map(([name, field]) => [name, shape(field)] as const);
  return { object: Object.fromEntries(shapes) };
}

/** The structure of the values of a type. */
export function shapeOf(type: VariableType): Shape {
  switch (type.kind) {
    case "bool":
    case "string":
      return type.kind;
    case "list":
      return { list: "string" };
    case "map":
    case "tags":
    case "policies":
      return { map: "string", key: "key" };
    case "maps":
      return { map: { map: "string", key: "key" }, key: "name" };
    case "objects":
      return { list: objectOf(type.fields, () => "string") };
    case "object":
      return objectOf(type.fields, (rule) => (rule === "bool" ? rule : { list: "string" }));
    case "conditions":
      return type.bySid === true ? { map: conditions, key: "Sid" } : conditions;
    case "statements":
      return { list: statement };
  }
}

/** A shape as a type constraint in Terraform's syntax. */
export function constraintOf(shape: Shape): string {
  if (typeof shape === "string") return shape === "text" ? "string" : shape;
  if ("list" in shape) return `list(${constraintOf(shape.list)})`;
  if ("map" in shape) return `map(${constraintOf(shape.map)})`;
  const fields = Object.entries(shape.object).map(
    ([name, field]) => `${name} = ${constraintOf(field)}`,
  );
  return `object({ ${fields.join(", ")} })`;
}

/** A value of a shape, as an example. */
function sample(shape: Shape): string {
  if (typeof shape === "string") return '"…"';
  if ("list" in shape) return `[${sample(shape.list)}]`;
  return "map" in shape ? `{"${shape.key}": ${sample(shape.map)}}` : "{…}";
}

/** The first error of a value that does not have a shape, as a sentence; undefined if it has. */
export function misfit(name: string, value: Json | undefined, shape: Shape): string | undefined {
  const first = (items: readonly Json[], inner: Shape): string | undefined =>
    items.map((item) => misfit(name, item, inner)).find((found) => found !== undefined);
  if (shape === "string" || (shape === "text" && typeof value === "string")) return undefined;
  if (shape === "text") return `${name} must have texts: "…".`;
  if (shape === "bool") {
    const wrong = `${name} is ${JSON.stringify(value)}: it must be true or false.`;
    return typeof value === "boolean" ? undefined : wrong;
  }
  if ("list" in shape) {
    return value !== undefined && isList(value)
      ? first(value, shape.list)
      : `${name} must be a list: ${sample(shape)}.`;
  }
  if ("map" in shape) {
    return isObject(value)
      ? first(Object.values<Json>(value), shape.map)
      : `${name} must be a map: ${sample(shape)}.`;
  }
  const fields = Object.keys(shape.object);
  if (!isObject(value)) return `${name} must be an object with the fields ${fields.join(", ")}.`;
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    return `${name} has no field ${JSON.stringify(unknown)}.${didYouMean(unknown, fields)} Its fields: ${fields.join(", ")}.`;
  }
  const missing = fields.filter((field) => !Object.hasOwn(value, field));
  if (missing.length > 0) return `${name} must have the fields ${missing.join(", ")}, too.`;
  return Object.entries(shape.object)
    .map(([field, inner]) => misfit(`${name}.${field}`, value[field], inner))
    .find((found) => found !== undefined);
}

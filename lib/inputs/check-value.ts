import { conditionKey, conditionOperator, effect, sid } from "../catalog/formats";
import type { TextRule } from "../catalog/text-rule";
import { didYouMean, nearest } from "../text/nearest";
import { isList, isObject, type Json, type JsonObject } from "../text/json";
import {
  emptyList,
  notPolicies,
  sameKey,
  sameName,
  sameSid,
  sameValue,
  withoutAction,
} from "./validation";
import type { Variable } from "./variable";

/*
 * The rules of validation.ts, applied here instead of in a plan: the same values pass, and a wrong
 * one gets the same sentence.
 */

/** Length as Terraform's length() counts it: what a reader takes for one character counts once. */
function length(text: string): number {
  // Of printable ASCII every character is one, and the segmenter takes a while to load.
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...new Intl.Segmenter("en").segment(text)].length;
}

function obeys(value: Json, { pattern, except, maxLength }: TextRule): boolean {
  return (
    typeof value === "string" &&
    new RegExp(pattern, "u").test(value) &&
    (except === undefined || !new RegExp(except, "u").test(value)) &&
    // What is short in UTF-16 is shorter still for a reader.
    (maxLength === undefined || value.length <= maxLength || length(value) <= maxLength)
  );
}

/** Findings about the items of a collection that disobey `rule`, in one sentence. */
function each(
  subject: string,
  items: readonly Json[],
  rule: TextRule,
  confidential = false,
): string[] {
  const wrong = items.filter((item) => !obeys(item, rule));
  const got = confidential ? "" : ` ${JSON.stringify(wrong)}`;
  return wrong.length === 0 ? [] : [`${subject}${got}: each must be ${rule.allowed}.`];
}

/** The finding that two of `items` are the same. */
function areDistinct(name: string, what: string, items: readonly Json[], why: string): string[] {
  return new Set(items).size === items.length ? [] : [`${name} has the same ${what} twice: ${why}`];
}

/** True if `text` is a JSON object with a Statement. */
function isPolicy(text: Json): boolean {
  if (typeof text !== "string") return false;
  try {
    const { Statement } = JSON.parse(text) as Readonly<Record<string, Json>>;
    return typeof Statement === "string" || (typeof Statement === "object" && Statement !== null);
  } catch {
    return false;
  }
}

function checkObjects(
  name: string,
  items: readonly Json[],
  fields: Readonly<Record<string, TextRule>>,
): string[] {
  const names = Object.keys(fields);
  // As in a plan, null among the objects is one whose fields are all null.
  const nothing: Json = Object.fromEntries(names.map((field) => [field, null]));
  const objects = items.map((item) => item ?? nothing).filter((item) => isObject(item));
  if (objects.length < items.length) {
    return [`${name} must be a list of objects with the fields ${names.join(", ")}.`];
  }
  const unknown = objects.flatMap(Object.keys).filter((field) => !names.includes(field));
  if (unknown.length > 0) {
    const near = nearest(unknown[0] ?? "", names);
    const hint = near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`;
    return [
      `${name} has no field ${JSON.stringify(unknown[0])}.${hint} Its fields: ${names.join(", ")}.`,
    ];
  }
  const missing = names.filter((field) => objects.some((item) => !Object.hasOwn(item, field)));
  if (missing.length > 0) {
    return [`${name}: each object must have ${missing.join(", ")}. "*" allows any value.`];
  }
  return Object.entries(fields).flatMap(([field, rule]) =>
    each(
      `${name} has ${field}`,
      objects.map((item) => item[field] ?? null),
      rule,
    ),
  );
}

/** A role's name in lower case and without its path. */
function baseName(name: Json): Json {
  return typeof name === "string" ? name.slice(name.lastIndexOf("/") + 1).toLowerCase() : name;
}

const isTexts = (value: Json | undefined): value is readonly string[] =>
  value !== undefined && isList(value) && value.every((item) => typeof item === "string");

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** True if a value is operator → key → values. */
function isConditions(value: Json | undefined): value is Conditions {
  return (
    isObject(value) &&
    Object.values(value).every((keys) => isObject(keys) && Object.values(keys).every(isTexts))
  );
}

/** Findings about the operators and keys of conditions. */
function conditionFindings(name: string, conditions: readonly Conditions[]): string[] {
  const operators = conditions.flatMap((one) => Object.keys(one));
  const keys = conditions.flatMap((one) =>
    Object.values(one).flatMap((inner) => Object.keys(inner)),
  );
  return [
    ...each(`${name} has the operator`, operators, conditionOperator),
    ...each(`${name} has the key`, keys, conditionKey),
  ];
}

/** The finding that an object does not have exactly these fields; undefined if it has. */
function wrongFields(
  name: string,
  object: JsonObject,
  fields: readonly string[],
): string | undefined {
  const unknown = Object.keys(object).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    return `${name} has no field ${JSON.stringify(unknown)}.${didYouMean(unknown, fields)} Its fields: ${fields.join(", ")}.`;
  }
  const missing = fields.filter((field) => !Object.hasOwn(object, field));
  return missing.length === 0 ? undefined : `${name} must have the fields ${missing.join(", ")}.`;
}

function checkObject(
  name: string,
  value: Json,
  fields: Readonly<Record<string, TextRule | "bool">>,
): string[] {
  const names = Object.keys(fields);
  if (!isObject(value)) return [`${name} must be an object with the fields ${names.join(", ")}.`];
  const wrong = wrongFields(name, value, names);
  if (wrong !== undefined) return [wrong];
  return Object.entries(fields).flatMap(([field, rule]) => {
    const given = value[field] ?? null;
    if (rule === "bool") {
      return typeof given === "boolean" ? [] : [`${name}.${field} must be true or false.`];
    }
    return isTexts(given)
      ? each(`${name} has ${field}`, given, rule)
      : [`${name}.${field} must be a list: ["…"].`];
  });
}

const STATEMENT_FIELDS = ["Sid", "Effect", "Action", "Resource", "Condition"];

function checkStatements(name: string, statements: readonly Json[]): string[] {
  const objects: JsonObject[] = [];
  for (const statement of statements) {
    if (!isObject(statement)) return [`${name} must be a list of objects: [{…}].`];
    const wrong = wrongFields(name, statement, STATEMENT_FIELDS);
    if (wrong !== undefined) return [wrong];
    if (!isTexts(statement.Action) || !isTexts(statement.Resource)) {
      return [`${name}: Action and Resource must be lists: ["…"].`];
    }
    if (!isConditions(statement.Condition)) {
      return [`${name}: Condition must be {"StringEquals": {"key": ["value"]}}, or {}.`];
    }
    objects.push(statement);
  }
  const all = (field: string): Json[] => objects.flatMap((object) => object[field] as Json);
  return [
    ...each(`${name} has the Sid`, all("Sid"), sid),
    ...areDistinct(name, "Sid", all("Sid"), sameSid),
    ...each(`${name} has the Effect`, all("Effect"), effect),
    ...(objects.every(({ Action }) => (Action as Json[]).length > 0) ? [] : [withoutAction(name)]),
    ...conditionFindings(
      name,
      objects.map(({ Condition }) => Condition as Conditions),
    ),
  ];
}

/**
 * Returns the errors of `value` as a value of a variable, in sentences; empty if it is valid.
 * A confidential value and a policy document are never repeated.
 */
export function checkValue({ name, type, default: preset }: Variable, value: Json): string[] {
  if (value === null) {
    return preset === null ? [] : [`${name} is null: it must have a value.`];
  }
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean"
        ? []
        : [`${name} is ${JSON.stringify(value)}: it must be true or false.`];
    case "string": {
      if (obeys(value, type.rule)) return [];
      const got = type.confidential === true ? "" : ` is ${JSON.stringify(value)}: it`;
      return [`${name}${got} must be ${type.rule.allowed}.`];
    }
    case "list":
      if (!isList(value)) return [`${name} must be a list: ["…"].`];
      return value.length < (type.minItems ?? 0)
        ? [emptyList(name, type.minItems ?? 0, preset === null)]
        : [
            ...each(`${name} has`, value, type.rule, type.confidential),
            ...(type.distinctNames === true
              ? areDistinct(name, "name", value.map(baseName), sameName)
              : []),
          ];
    case "map": {
      if (!isObject(value)) return [`${name} must be a map: {"key": "value"}.`];
      const { keyRule, rule, maxItems = Infinity, distinct } = type;
      const keys = Object.keys(value);
      return [
        ...(keyRule === undefined ? [] : each(`${name} has keys`, keys, keyRule)),
        ...each(`${name} has`, Object.values(value), rule),
        ...(keys.length <= maxItems
          ? []
          : [`${name} has ${String(keys.length)} entries: AWS allows ${String(maxItems)}.`]),
        ...(distinct === "keys"
          ? areDistinct(
              name,
              "key",
              keys.map((key) => key.toLowerCase()),
              sameKey,
            )
          : []),
        ...(distinct === "values"
          ? areDistinct(name, "value", Object.values(value), sameValue)
          : []),
      ];
    }
    case "maps": {
      if (!isObject(value)) return [`${name} must be a map of maps: {"name": {"key": "value"}}.`];
      const inner = Object.values(value);
      if (!inner.every((map) => isObject(map))) {
        return [`${name} must be a map of maps: {"name": {"key": "value"}}.`];
      }
      return [
        ...each(`${name} has keys`, Object.keys(value), type.keyRule),
        ...each(
          `${name} has`,
          inner.flatMap((map) => Object.values(map)),
          type.rule,
        ),
      ];
    }
    case "policies":
      if (!isObject(value)) return [`${name} must be a map: {"name": "policy as JSON text"}.`];
      return [
        ...each(`${name} has keys`, Object.keys(value), type.keyRule),
        ...(Object.values(value).every(isPolicy) ? [] : [notPolicies(name)]),
      ];
    case "objects":
      return isList(value)
        ? checkObjects(name, value, type.fields)
        : [`${name} must be a list of objects: [{…}].`];
    case "object":
      return checkObject(name, value, type.fields);
    case "conditions": {
      const inner = type.bySid === true && isObject(value) ? Object.values(value) : [value];
      return inner.every(isConditions)
        ? conditionFindings(name, inner)
        : [
            `${name} must be ${type.bySid === true ? '{"Sid": {"StringEquals": {"key": ["value"]}}}' : '{"StringEquals": {"key": ["value"]}}'}.`,
          ];
    }
    case "statements":
      return isList(value)
        ? checkStatements(name, value)
        : [`${name} must be a list of objects: [{…}].`];
  }
}

import type { TextRule } from "../catalog/text-rule";
import { interpolate, literal, quote } from "../text/hcl";
import type { Variable } from "./variable";

/** One `validation` block: a condition, and the message that a wrong value gets. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** The type constraint of a variable in Terraform's syntax. */
export function typeConstraint({ type }: Variable): string {
  switch (type.kind) {
    case "list":
      return "list(string)";
    case "map":
    case "policies":
      return "map(string)";
    case "maps":
      return "map(map(string))";
    case "objects": {
      const fields = Object.keys(type.fields).map((field) => `${field} = string`);
      return `list(object({ ${fields.join(", ")} }))`;
    }
    default:
      return type.kind;
  }
}

/** The condition that `value` (an expression) obeys `rule`; false for null. */
function obeys(value: string, { pattern, except, maxLength }: TextRule): string {
  return [
    `can(regex(${quote(pattern)}, ${value}))`,
    ...(except === undefined ? [] : [`!can(regex(${quote(except)}, ${value}))`]),
    ...(maxLength === undefined ? [] : [`try(length(${value}) <= ${String(maxLength)}, false)`]),
  ].join(" && ");
}

/**
 * The check of every item of a collection. The message shows the items that are wrong and no others.
 *
 * @param subject what the message begins with: the variable, and which part of it the items are
 * @param items the expression of the items
 * @param confidential whether the message may not show them
 */
function each(subject: string, items: string, rule: TextRule, confidential = false): Validation {
  const wrong = `jsonencode([for item in ${items} : item if !(${obeys("item", rule)})])`;
  const got = confidential ? "" : ` ${interpolate(wrong)}`;
  return {
    condition: interpolate(`alltrue([for item in ${items} : ${obeys("item", rule)}])`),
    error_message: `${subject}${got}: each must be ${literal(rule.allowed)}.`,
  };
}

/** That no two of `items` are the same. */
function areDistinct(name: string, what: string, items: string, why: string): Validation {
  return {
    condition: interpolate(`length(distinct(${items})) == length(${items})`),
    error_message: `${name} has the same ${what} twice: ${why}`,
  };
}

/** The `validation` blocks of a variable, from the rules of its type. */
export function validations({ name, type, default: preset }: Variable): Validation[] {
  const value = `var.${name}`;
  const orNull = (condition: string): string =>
    interpolate(preset === null ? `${value} == null ? true : ${condition}` : condition);
  const items = preset === null ? `coalesce(${value}, [])` : value;
  switch (type.kind) {
    case "bool":
      return [];
    case "number": {
      const { min, max } = type;
      return [
        {
          condition: orNull(
            `${value} >= ${String(min)} && ${value} <= ${String(max)} && floor(${value}) == ${value}`,
          ),
          error_message: `${name} is ${interpolate(value)}: it must be a whole number from ${String(min)} to ${String(max)}.`,
        },
      ];
    }
    case "string": {
      if (type.rule === undefined) return [];
      const got =
        type.confidential === true ? "" : ` is ${interpolate(`jsonencode(${value})`)}: it`;
      return [
        {
          condition: orNull(obeys(value, type.rule)),
          error_message: `${name}${got} must be ${literal(type.rule.allowed)}.`,
        },
      ];
    }
    case "list": {
      const checks = [each(`${name} has`, items, type.rule, type.confidential)];
      if (type.minItems !== undefined) {
        checks.push({
          condition: orNull(`length(${value}) >= ${String(type.minItems)}`),
          error_message: emptyList(name, type.minItems, preset === null),
        });
      }
      return checks;
    }
    case "map":
      return [
        ...(type.keyRule === undefined
          ? []
          : [each(`${name} has keys`, `keys(${value})`, type.keyRule)]),
        each(`${name} has`, `values(${value})`, type.rule),
        ...(type.maxItems === undefined
          ? []
          : [
              {
                condition: interpolate(`length(${value}) <= ${String(type.maxItems)}`),
                error_message: `${name} has ${interpolate(`length(${value})`)} entries: AWS allows ${String(type.maxItems)}.`,
              },
            ]),
        ...(type.distinct === "keys"
          ? [areDistinct(name, "key", `[for key in keys(${value}) : lower(key)]`, sameKey)]
          : []),
        ...(type.distinct === "values"
          ? [areDistinct(name, "value", `values(${value})`, sameValue)]
          : []),
      ];
    case "maps":
      return [
        each(`${name} has keys`, `keys(${value})`, type.keyRule),
        each(
          `${name} has`,
          `flatten([for inner in ${value} : try(values(inner), [null])])`,
          type.rule,
        ),
      ];
    case "policies":
      return [
        each(`${name} has keys`, `keys(${value})`, type.keyRule),
        {
          condition: interpolate(
            `alltrue([for item in values(${value}) : can(length(jsondecode(item).Statement))])`,
          ),
          error_message: notPolicies(name),
        },
      ];
    case "objects":
      return Object.entries(type.fields).map(([field, rule]) =>
        // A null among the objects has no fields, and gets the sentence of a null field.
        each(`${name} has ${field}`, `[for object in ${items} : try(object.${field}, null)]`, rule),
      );
  }
}

/** Why two keys of one map may not be the same. */
export const sameKey = "AWS takes keys that differ only in case for one.";

/** Why two values of one map may not be the same. */
export const sameValue =
  "give each role one key, or removing one of the two would take its policies away.";

/** What is said of policy documents that are none. */
export function notPolicies(name: string): string {
  return `${name}: each must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).`;
}

/** What a list that may not be empty says of an empty one. */
export function emptyList(name: string, minItems: number, nullable: boolean): string {
  return `${name} is empty: it must hold at least ${String(minItems)}${nullable ? ", or be null" : ""}.`;
}

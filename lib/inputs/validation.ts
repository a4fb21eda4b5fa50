import { conditionKey, conditionOperator, effect, sid } from "../catalog/formats";
import type { TextRule } from "../catalog/text-rule";
import { interpolate, literal, quote } from "../text/hcl";
import type { Variable } from "./variable";

/** One `validation` block: a condition, and the message that a wrong value gets. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** Conditions of a statement in Terraform: operator → key → values. */
const CONDITIONS = "map(map(list(string)))";

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
    case "object": {
      const fields = Object.entries(type.fields).map(
        ([field, rule]) => `${field} = ${rule === "bool" ? "bool" : "list(string)"}`,
      );
      return `object({ ${fields.join(", ")} })`;
    }
    case "conditions":
      return type.bySid === true ? `map(${CONDITIONS})` : CONDITIONS;
    case "statements":
      return `list(object({ Sid = string, Effect = string, Action = list(string), Resource = list(string), Condition = ${CONDITIONS} }))`;
    default:
      return type.kind;
  }
}

/** The conditions that `value` (an expression) obeys `rule`; false for null. */
function conditions(value: string, { pattern, except, maxLength }: TextRule): string[] {
  return [
    `can(regex(${quote(pattern)}, ${value}))`,
    ...(except === undefined ? [] : [`!can(regex(${quote(except)}, ${value}))`]),
    ...(maxLength === undefined ? [] : [`try(length(${value}) <= ${String(maxLength)}, false)`]),
  ];
}

function obeys(value: string, rule: TextRule): string {
  return conditions(value, rule).join(" && ");
}

function disobeys(value: string, rule: TextRule): string {
  const all = conditions(value, rule);
  return all.length === 1 ? `!${all.join("")}` : `!(${all.join(" && ")})`;
}

/**
 * The check of every item of a collection. The message shows the items that are wrong and no others.
 *
 * @param subject what the message begins with: the variable, and which part of it the items are
 * @param items the expression of the items
 * @param confidential whether the message may not show them
 */
function each(subject: string, items: string, rule: TextRule, confidential = false): Validation {
  const wrong = `jsonencode([for item in ${items} : item if ${disobeys("item", rule)}])`;
  const got = confidential ? "" : ` ${interpolate(wrong)}`;
  return {
    condition: interpolate(`alltrue([for item in ${items} : ${obeys("item", rule)}])`),
    error_message: `${subject}${got}: each must be ${literal(rule.allowed)}.`,
  };
}

/** The check that no two of `items` are the same, after `form` has changed each of ITEMS. */
function areDistinct(
  name: string,
  what: string,
  items: string,
  why: string,
  form = "ITEMS",
): Validation {
  const compared = form.replace("ITEMS", items);
  return {
    condition: interpolate(`length(distinct(${compared})) == length(${items})`),
    error_message: `${name} has the same ${what} twice: ${why}`,
  };
}

/** The checks of conditions, of which `levels` (an expression) is the list: operators and keys. */
function conditionChecks(name: string, levels: string): Validation[] {
  return [
    each(
      `${name} has the operator`,
      `flatten([for item in ${levels} : keys(item)])`,
      conditionOperator,
    ),
    each(
      `${name} has the key`,
      `flatten([for item in ${levels} : [for inner in values(item) : keys(inner)]])`,
      conditionKey,
    ),
  ];
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
    case "string": {
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
      if (type.distinctNames === true) {
        checks.push(
          areDistinct(name, "name", items, sameName, "[for item in ITEMS : lower(basename(item))]"),
        );
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
          ? [areDistinct(name, "key", `keys(${value})`, sameKey, "[for key in ITEMS : lower(key)]")]
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
        each(`${name} has ${field}`, `try(${items}[*].${field}, [null])`, rule),
      );
    case "object":
      return Object.entries(type.fields).flatMap(([field, rule]) =>
        rule === "bool" ? [] : [each(`${name} has ${field}`, `try(${value}.${field}, [])`, rule)],
      );
    case "conditions":
      return conditionChecks(name, type.bySid === true ? `values(${value})` : `[${value}]`);
    case "statements": {
      const field = (attribute: string): string => `${value}[*].${attribute}`;
      return [
        each(`${name} has the Sid`, field("Sid"), sid),
        areDistinct(name, "Sid", field("Sid"), sameSid),
        each(`${name} has the Effect`, field("Effect"), effect),
        {
          condition: interpolate(`alltrue([for item in ${value} : length(item.Action) > 0])`),
          error_message: withoutAction(name),
        },
        ...conditionChecks(name, field("Condition")),
      ];
    }
  }
}

/** The reason against duplicate keys in a map. */
export const sameKey = "AWS treats keys that differ only in case as the same key.";

/** The reason against duplicate values in a map. */
export const sameValue =
  "give it one key; if one of two keys were removed, access through the other would be lost, too.";

/** The reason against duplicate names in a list. */
export const sameName = "IAM names are unique in an account, whatever their path and case.";

/** The reason against duplicate Sids. */
export const sameSid = "a Sid is unique in a policy.";

/** The message about statements without an action. */
export function withoutAction(name: string): string {
  return `${name} has a statement without an Action. Name at least one.`;
}

/** The message about texts that are not policy documents. */
export function notPolicies(name: string): string {
  return `${name}: each must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).`;
}

/** The message about a list that is empty and must not be. */
export function emptyList(name: string, minItems: number, nullable: boolean): string {
  return `${name} is empty: it must hold at least ${String(minItems)}${nullable ? ", or be null" : ""}.`;
}

import type { TextRule } from "../iam/text-rule";
import { interpolate, literal, quote } from "../hcl";
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
      return "map(string)";
    case "policy":
      return "string";
    case "objects": {
      const fields = Object.keys(type.fields).map((field) => `${field} = optional(string, "*")`);
      return `list(object({ ${fields.join(", ")} }))`;
    }
    default:
      return type.kind;
  }
}

/** The condition that `value` (an expression) obeys `rule`; false for null. */
function obeys(value: string, { pattern, maxLength }: TextRule): string {
  const matches = `can(regex(${quote(pattern)}, ${value}))`;
  return maxLength === undefined
    ? matches
    : `${matches} && try(length(${value}) <= ${String(maxLength)}, false)`;
}

/**
 * The check of every item of a collection. The message shows the items that are wrong and no others.
 *
 * @param subject what the message begins with: the variable, and which part of it the items are
 * @param items the expression of the items
 */
function each(subject: string, items: string, rule: TextRule): Validation {
  const wrong = `jsonencode([for item in ${items} : item if !(${obeys("item", rule)})])`;
  return {
    condition: interpolate(`alltrue([for item in ${items} : ${obeys("item", rule)}])`),
    error_message: `${subject} ${interpolate(wrong)}: each must be ${literal(rule.allowed)}.`,
  };
}

/** The `validation` blocks of a variable, from the rules of its type. */
export function validations({ name, type, default: preset }: Variable): Validation[] {
  const value = `var.${name}`;
  switch (type.kind) {
    case "bool":
      return [];
    case "number": {
      const { min, max } = type;
      const holds = `${value} >= ${String(min)} && ${value} <= ${String(max)} && floor(${value}) == ${value}`;
      return [
        {
          condition: interpolate(preset === null ? `${value} == null ? true : ${holds}` : holds),
          error_message: `${name} is ${interpolate(value)}: it must be a whole number from ${String(min)} to ${String(max)}.`,
        },
      ];
    }
    case "string": {
      if (type.rule === undefined) return [];
      const holds = obeys(value, type.rule);
      const got =
        type.confidential === true ? "" : ` is ${interpolate(`jsonencode(${value})`)}: it`;
      return [
        {
          condition: interpolate(preset === null ? `${value} == null ? true : ${holds}` : holds),
          error_message: `${name}${got} must be ${literal(type.rule.allowed)}.`,
        },
      ];
    }
    case "list": {
      const checks = [each(`${name} has`, value, type.rule)];
      if (type.minItems !== undefined) {
        checks.push({
          condition: interpolate(`length(${value}) >= ${String(type.minItems)}`),
          error_message: `${name} is empty: it must hold at least ${String(type.minItems)}.`,
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
      ];
    case "policy": {
      const holds = `can(length(jsondecode(${value}).Statement))`;
      return [
        {
          condition: interpolate(`${value} == null ? true : ${holds}`),
          error_message: `${name} must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).`,
        },
      ];
    }
    case "objects":
      return Object.entries(type.fields).map(([field, rule]) =>
        each(`${name} has ${field}`, `${value}[*].${field}`, rule),
      );
  }
}

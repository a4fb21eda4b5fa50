import { conditionKey, conditionOperator, effect, sid } from "../catalog/formats";
import type { TextRule } from "../catalog/text-rule";
import { interpolate, literal, quote } from "../text/hcl";
import type { Json } from "../text/json";
import { constraintOf, misfit, shapeOf } from "./shape";
import type { Variable } from "./variable";

/** One `validation` block: a condition, and the message that a wrong value gets. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** A rule of a variable: as a `validation` block, and without Terraform. */
interface Check extends Validation {
  /** The same message for a value of the variable's shape; undefined if the value obeys the rule. */
  readonly finding: (value: Json) => string | undefined;
}

/** Parts of a value: an expression of them, and the same without Terraform. */
type Items = readonly [expression: string, of: (value: Json) => readonly Json[]];

const listOf = (value: Json): readonly Json[] => value as readonly Json[];
const keysOf = (value: Json): readonly string[] => Object.keys(value as object);
const valuesOf = (value: Json): readonly Json[] => Object.values(value as object) as Json[];
const fieldOf = (value: Json | undefined, field: string): Json =>
  (value as Readonly<Record<string, Json>> | null)?.[field] ?? null;

/** The type constraint of a variable in Terraform's syntax. */
export function typeConstraint({ type }: Variable): string {
  return constraintOf(shapeOf(type));
}

/** The conditions that `value` (an expression) obeys `rule`; false for null. */
function conditions(value: string, { pattern, except, maxLength }: TextRule): string[] {
  return [
    `can(regex(${quote(pattern)}, ${value}))`,
    ...(except === undefined ? [] : [`!can(regex(${quote(except)}, ${value}))`]),
    ...(maxLength === undefined ? [] : [`try(length(${value}) <= ${String(maxLength)}, false)`]),
  ];
}

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

/** A check whose message does not show the value. */
function fixed(condition: string, message: string, holds: (value: Json) => boolean): Check {
  return {
    condition: interpolate(condition),
    error_message: message,
    finding: (value) => (holds(value) ? undefined : message),
  };
}

/**
 * The check of every item of a collection. The message shows the items that are wrong and no others.
 *
 * @param subject what the message begins with: the variable, and which part of it the items are
 * @param confidential whether the message may not show them
 */
function each(subject: string, [items, of]: Items, rule: TextRule, confidential = false): Check {
  const all = conditions("item", rule);
  const disobeyed = all.length === 1 ? `!${all.join("")}` : `!(${all.join(" && ")})`;
  const message = (wrong: string, allowed: string): string =>
    `${subject}${confidential ? "" : ` ${wrong}`}: each must be ${allowed}.`;
  return {
    condition: interpolate(`alltrue([for item in ${items} : ${all.join(" && ")}])`),
    error_message: message(
      interpolate(`jsonencode([for item in ${items} : item if ${disobeyed}])`),
      literal(rule.allowed),
    ),
    finding: (value) => {
      const wrong = of(value).filter((item) => !obeys(item, rule));
      return wrong.length === 0 ? undefined : message(JSON.stringify(wrong), rule.allowed);
    },
  };
}

/** The check that no two items are the same; `form` (an expression of ITEMS) changes them before. */
function areDistinct(what: string, [items, of]: Items, why: string, form = "ITEMS"): Check {
  return fixed(
    `length(distinct(${form.replace("ITEMS", items)})) == length(${items})`,
    `${what} twice: ${why}`,
    (value) => new Set(of(value)).size === of(value).length,
  );
}

/** The checks of conditions, of which `levels` is the list: operators and keys. */
function conditionChecks(name: string, [levels, of]: Items): Check[] {
  return [
    each(
      `${name} has the operator`,
      [`flatten([for item in ${levels} : keys(item)])`, (value) => of(value).flatMap(keysOf)],
      conditionOperator,
    ),
    each(
      `${name} has the key`,
      [
        `flatten([for item in ${levels} : [for inner in values(item) : keys(inner)]])`,
        (value) => of(value).flatMap(valuesOf).flatMap(keysOf),
      ],
      conditionKey,
    ),
  ];
}

/** True if `text` is a JSON object with a Statement. */
function isPolicy(text: Json): boolean {
  try {
    const { Statement } = JSON.parse(text as string) as Readonly<Record<string, Json>>;
    return typeof Statement === "string" || (typeof Statement === "object" && Statement !== null);
  } catch {
    return false;
  }
}

const lowerCase = (item: string): string => item.toLowerCase();

/** A role's name in lower case and without its path. */
const lowerBaseName = (name: Json): Json =>
  typeof name === "string" ? name.replace(/^.*\//s, "").toLowerCase() : name;

/** The rules of a variable, from its type. */
function checksOf({ name, type, default: preset }: Variable): readonly Check[] {
  const value = `var.${name}`;
  const orNull = (condition: string): string =>
    preset === null ? `${value} == null ? true : ${condition}` : condition;
  const items = preset === null ? `coalesce(${value}, [])` : value;
  switch (type.kind) {
    case "bool":
      return [];
    case "string": {
      const message = (given: string, allowed: string): string =>
        `${name}${type.confidential === true ? "" : ` is ${given}: it`} must be ${allowed}.`;
      return [
        {
          condition: interpolate(orNull(conditions(value, type.rule).join(" && "))),
          error_message: message(interpolate(`jsonencode(${value})`), literal(type.rule.allowed)),
          finding: (given) =>
            obeys(given, type.rule) ? undefined : message(JSON.stringify(given), type.rule.allowed),
        },
      ];
    }
    case "list": {
      const checks = [each(`${name} has`, [items, listOf], type.rule, type.confidential)];
      const { minItems } = type;
      if (minItems !== undefined) {
        const empty = `${name} is empty: it must hold at least ${String(minItems)}${preset === null ? ", or be null" : ""}.`;
        const holds = (given: Json): boolean => listOf(given).length >= minItems;
        checks.push(fixed(orNull(`length(${value}) >= ${String(minItems)}`), empty, holds));
      }
      if (type.distinctNames === true) {
        const names = (given: Json): Json[] => listOf(given).map(lowerBaseName);
        const why = "IAM names are unique in an account, whatever their path and case.";
        const form = "[for item in ITEMS : lower(basename(item))]";
        checks.push(areDistinct(`${name} has the same name`, [items, names], why, form));
      }
      return checks;
    }
    case "map": {
      const { keyRule, rule, maxItems, distinct } = type;
      const keys = `keys(${value})`;
      const values: Items = [`values(${value})`, valuesOf];
      const checks =
        keyRule === undefined ? [] : [each(`${name} has keys`, [keys, keysOf], keyRule)];
      checks.push(each(`${name} has`, values, rule));
      if (maxItems !== undefined) {
        const message = (count: string): string =>
          `${name} has ${count} entries: AWS allows ${String(maxItems)}.`;
        checks.push({
          condition: interpolate(`length(${value}) <= ${String(maxItems)}`),
          error_message: message(interpolate(`length(${value})`)),
          finding: (given) =>
            keysOf(given).length <= maxItems ? undefined : message(String(keysOf(given).length)),
        });
      }
      if (distinct === "keys") {
        const lowerKeys = (given: Json): Json[] => keysOf(given).map(lowerCase);
        const why = "AWS treats keys that differ only in case as the same key.";
        const form = "[for key in ITEMS : lower(key)]";
        checks.push(areDistinct(`${name} has the same key`, [keys, lowerKeys], why, form));
      }
      if (distinct === "values") {
        const why =
          "give it one key; if one of two keys were removed, access through the other would be lost, too.";
        checks.push(areDistinct(`${name} has the same value`, values, why));
      }
      return checks;
    }
    case "maps":
      return [
        each(`${name} has keys`, [`keys(${value})`, keysOf], type.keyRule),
        each(
          `${name} has`,
          [
            `flatten([for inner in ${value} : try(values(inner), [null])])`,
            (given) => valuesOf(given).flatMap(valuesOf),
          ],
          type.rule,
        ),
      ];
    case "policies":
      return [
        each(`${name} has keys`, [`keys(${value})`, keysOf], type.keyRule),
        fixed(
          `alltrue([for item in values(${value}) : can(length(jsondecode(item).Statement))])`,
          `${name}: each must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).`,
          (given) => valuesOf(given).every(isPolicy),
        ),
      ];
    case "objects":
      return Object.entries(type.fields).map(([field, rule]) =>
        each(
          `${name} has ${field}`,
          // A null among the objects has no fields, and gets the sentence of a null field.
          [
            `try(${items}[*].${field}, [null])`,
            (given) => listOf(given).map((item) => fieldOf(item, field)),
          ],
          rule,
        ),
      );
    case "object":
      return Object.entries(type.fields).flatMap(([field, rule]) => {
        const parts: Items = [
          `try(${value}.${field}, [])`,
          (given) => listOf(fieldOf(given, field)),
        ];
        return rule === "bool" ? [] : [each(`${name} has ${field}`, parts, rule)];
      });
    case "conditions":
      return conditionChecks(
        name,
        type.bySid === true ? [`values(${value})`, valuesOf] : [`[${value}]`, (given) => [given]],
      );
    case "statements": {
      const field = (attribute: string): Items => [
        `${value}[*].${attribute}`,
        (given) => listOf(given).map((item) => fieldOf(item, attribute)),
      ];
      return [
        each(`${name} has the Sid`, field("Sid"), sid),
        areDistinct(`${name} has the same Sid`, field("Sid"), "a Sid is unique in a policy."),
        each(`${name} has the Effect`, field("Effect"), effect),
        fixed(
          `alltrue([for item in ${value} : length(item.Action) > 0])`,
          `${name} has a statement without an Action. Name at least one.`,
          (given) => listOf(given).every((item) => listOf(fieldOf(item, "Action")).length > 0),
        ),
        ...conditionChecks(name, field("Condition")),
      ];
    }
  }
}

/** The `validation` blocks of a variable. */
export function validations(variable: Variable): Validation[] {
  return checksOf(variable).map(({ condition, error_message }) => ({ condition, error_message }));
}

/**
 * Returns the errors of `value` as a value of a variable, in sentences; empty if it is valid. Its rules
 * are those of the plan, and so are the messages. A confidential value and a policy document are never
 * repeated.
 */
export function checkValue(variable: Variable, value: Json): string[] {
  const { name, type, default: preset } = variable;
  if (value === null) return preset === null ? [] : [`${name} is null: it must have a value.`];
  const wrong = misfit(name, value, shapeOf(type));
  if (wrong !== undefined) return [wrong];
  return checksOf(variable).flatMap(({ finding }) => finding(value) ?? []);
}

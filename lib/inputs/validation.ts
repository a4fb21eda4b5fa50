import { conditionKey, conditionOperator, effect, sid, tagKey, tagValue } from "../catalog/formats";
import { quotas } from "../catalog/quotas";
import type { TextRule } from "../catalog/text-rule";
import { interpolate, literal, quote } from "../text/hcl";
import { type Json, parseJson } from "../text/json";
import { constraintOf, misfit, shapeOf } from "./shape";
import type { Variable } from "./variable";

/** The condition of a `validation`, `precondition` or `check` block, and the message if it does not hold. */
export interface Rule {
  readonly condition: string;
  readonly error_message: string;
}

/** A rule of a variable: as a `validation` block, and without Terraform. */
interface Check extends Rule {
  /** The same message for a value of the variable's shape; undefined if the value obeys the rule. */
  readonly finding: (value: Json) => string | undefined;
}

/** Parts of a value: an expression of them, and the same without Terraform. */
type Items = readonly [expression: string, of: (value: Json) => readonly Json[]];

/** The part of a message that depends on the value: an expression of it, and the same without Terraform. */
type Shown = readonly [expression: string, of: (value: Json) => string];

/** The place of {@link Shown} in a message. */
const SHOWN = "\0";

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

/**
 * A rule, and the message that a wrong value gets.
 *
 * @param shown the value's part that takes the place of {@link SHOWN} in the message
 */
function check(
  message: string,
  condition: string,
  holds: (value: Json) => boolean,
  [expression, of]: Shown = ["", () => ""],
): Check {
  return {
    condition: interpolate(condition),
    error_message: literal(message).replace(SHOWN, () => interpolate(expression)),
    finding: (value) => (holds(value) ? undefined : message.replace(SHOWN, () => of(value))),
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
  const wrong = (value: Json): Json[] => of(value).filter((item) => !obeys(item, rule));
  return check(
    `${subject}${confidential ? "" : ` ${SHOWN}`}: each must be ${rule.allowed}.`,
    `alltrue([for item in ${items} : ${all.join(" && ")}])`,
    (value) => wrong(value).length === 0,
    [
      `jsonencode([for item in ${items} : item if ${disobeyed}])`,
      (value) => JSON.stringify(wrong(value)),
    ],
  );
}

/** The check that no two items are the same. */
function areDistinct(message: string, [items, of]: Items, compared = items): Check {
  return check(
    message,
    `length(distinct(${compared})) == length(${items})`,
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

/** True if a value is the text of a JSON object with a Statement. */
function isPolicy(value: Json): boolean {
  const policy = typeof value === "string" ? parseJson(value) : undefined;
  const statement = fieldOf(policy, "Statement");
  return typeof statement === "string" || (typeof statement === "object" && statement !== null);
}

/** A role's name in lower case and without its path. */
const lowerBaseName = (name: Json): Json =>
  typeof name === "string" ? name.replace(/^.*\//s, "").toLowerCase() : name;

/** The rules of a variable, from its type. */
function checksOf({ name, type, default: preset }: Variable): readonly Check[] {
  const value = `var.${name}`;
  const list = preset === null ? `coalesce(${value}, [])` : value;
  const keys: Items = [`keys(${value})`, keysOf];
  const values: Items = [`values(${value})`, valuesOf];
  const fieldOfEach = (field: string, expression: string): Items => [
    expression,
    (given) => listOf(given).map((item) => fieldOf(item, field)),
  ];
  switch (type.kind) {
    case "bool":
      return [];
    case "string": {
      const condition = conditions(value, type.rule).join(" && ");
      return [
        check(
          `${name}${type.confidential === true ? "" : ` is ${SHOWN}: it`} must be ${type.rule.allowed}.`,
          preset === null ? `${value} == null ? true : ${condition}` : condition,
          (given) => obeys(given, type.rule),
          [`jsonencode(${value})`, (given) => JSON.stringify(given)],
        ),
      ];
    }
    case "list": {
      const { rule, minItems = 0, distinctNames, confidential } = type;
      const checks = [each(`${name} has`, [list, listOf], rule, confidential)];
      if (minItems > 0) {
        const message = `${name} is empty: it must hold at least ${String(minItems)}.`;
        const holds = (given: Json): boolean => listOf(given).length >= minItems;
        checks.push(check(message, `length(${value}) >= ${String(minItems)}`, holds));
      }
      if (distinctNames === true) {
        const message = `${name} has the same name twice: IAM names are unique in an account, whatever their path and case.`;
        const names: Items = [list, (given) => listOf(given).map(lowerBaseName)];
        checks.push(areDistinct(message, names, `[for item in ${list} : lower(basename(item))]`));
      }
      return checks;
    }
    case "map": {
      const message = `${name} has the same value twice: give it one key; if one of two keys were removed, access through the other would be lost, too.`;
      return [each(`${name} has`, values, type.rule), areDistinct(message, values)];
    }
    case "tags": {
      const count: Shown = [`length(${value})`, (given) => String(keysOf(given).length)];
      const lower: Items = [keys[0], (given) => keysOf(given).map((key) => key.toLowerCase())];
      return [
        each(`${name} has keys`, keys, tagKey),
        each(`${name} has`, values, tagValue),
        check(
          `${name} has ${SHOWN} entries: AWS allows ${String(quotas.tags)}.`,
          `${count[0]} <= ${String(quotas.tags)}`,
          (given) => keysOf(given).length <= quotas.tags,
          count,
        ),
        areDistinct(
          `${name} has the same key twice: AWS treats keys that differ only in case as the same key.`,
          lower,
          `[for key in ${keys[0]} : lower(key)]`,
        ),
      ];
    }
    case "maps": {
      const inner: Items = [
        `flatten([for inner in ${value} : try(values(inner), [null])])`,
        (given) => valuesOf(given).flatMap(valuesOf),
      ];
      return [each(`${name} has keys`, keys, type.keyRule), each(`${name} has`, inner, type.rule)];
    }
    case "policies":
      return [
        each(`${name} has keys`, keys, type.keyRule),
        check(
          `${name}: each must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).`,
          `alltrue([for item in ${values[0]} : can(length(jsondecode(item).Statement))])`,
          (given) => valuesOf(given).every(isPolicy),
        ),
      ];
    case "objects":
      // A null among the objects has no fields, and gets the sentence of a null field.
      return Object.entries(type.fields).map(([field, rule]) =>
        each(`${name} has ${field}`, fieldOfEach(field, `try(${list}[*].${field}, [null])`), rule),
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
        type.bySid === true ? values : [`[${value}]`, (given) => [given]],
      );
    case "statements": {
      const part = (field: string): Items => fieldOfEach(field, `${value}[*].${field}`);
      return [
        each(`${name} has the Sid`, part("Sid"), sid),
        areDistinct(`${name} has the same Sid twice: a Sid is unique in a policy.`, part("Sid")),
        each(`${name} has the Effect`, part("Effect"), effect),
        check(
          `${name} has a statement without an Action. Name at least one.`,
          `alltrue([for item in ${value} : length(item.Action) > 0])`,
          (given) => listOf(given).every((item) => listOf(fieldOf(item, "Action")).length > 0),
        ),
        ...conditionChecks(name, part("Condition")),
      ];
    }
  }
}

/** The `validation` blocks of a variable. */
export function validations(variable: Variable): Rule[] {
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

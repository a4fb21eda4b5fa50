import type { RoleModuleName } from "../inputs/module-definition";
import { list, object, quote } from "../text/hcl";
import { isList, isObject, type Json } from "../text/json";

/** Longer values are written on several lines. */
const WIDEST = 80;

/**
 * A value as an expression of Terraform's native syntax, laid out as `terraform fmt` has it.
 *
 * @param indent the blanks in front of the line that it begins on
 */
export function expression(value: Json, indent = ""): string {
  if (typeof value === "string") return quote(value);
  if (isList(value)) {
    const items = value.map((item) => expression(item));
    const inline = list(items);
    if (inline.length <= WIDEST) return inline;
    return `[\n${items.map((item) => `${indent}  ${item},\n`).join("")}${indent}]`;
  }
  if (isObject(value)) {
    return object(Object.entries(value).map(([key, item]) => [key, expression(item)] as const));
  }
  return String(value);
}

/**
 * Arguments of a block, one a line, the signs of equality below each other. A value on several lines
 * has its own.
 */
function argumentLines(expressions: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(expressions);
  const isSingle = (index: number) => entries[index]?.[1].includes("\n") === false;
  return entries.map(([name, text], index) => {
    let [first, last] = [index, index];
    while (isSingle(index) && isSingle(first - 1)) first -= 1;
    while (isSingle(index) && isSingle(last + 1)) last += 1;
    const aligned = entries.slice(first, last + 1);
    const width = aligned.reduce((most, [each]) => Math.max(most, each.length), 0);
    return `  ${name.padEnd(width)} = ${text}`;
  });
}

/** A block of Terraform's native syntax; `head` is its type with its labels. */
export function block(head: string, expressions: Readonly<Record<string, string>>): string {
  return [`${head} {`, ...argumentLines(expressions), "}"].join("\n");
}

/**
 * A call of a module in a root configuration, in Terraform's native syntax.
 *
 * @param name the call's name
 * @param source the module's folder, as the root configuration sees it
 * @param inputs expressions by variable, in the order in which they are written
 * @param provider the configuration of the provider aws that it gets; the default one without
 */
export function moduleCall(
  name: string,
  source: string,
  inputs: Readonly<Record<string, string>>,
  provider?: string,
): string {
  const meta = provider === undefined ? [] : ["", `  providers = { aws = ${provider} }`];
  const lines = argumentLines(inputs);
  return [
    `module ${quote(name)} {`,
    `  source = ${quote(source)}`,
    ...meta,
    ...(lines.length === 0 ? [] : ["", ...lines]),
    "}",
  ].join("\n");
}

/** The kinds of modules: those for database types, and those that make a role. */
type ModuleKind = "database-access" | RoleModuleName;

/** The inputs of an example call of each kind of module. */
export const exampleInputs: Readonly<Record<ModuleKind, Readonly<Record<string, string>>>> = {
  "database-access": {
    aws_account_id: '"123456789012"',
    attach_to_roles: '{ service = "teleport-db-service-role" }',
  },
  "service-role": { aws_account_id: '"123456789012"', trust_ec2: "true" },
  "access-role": {
    aws_account_id: '"123456789012"',
    trusted_principals: '["arn:aws:iam::111122223333:role/teleport-db-service-role"]',
    external_ids: '["example-external-id"]',
  },
};

/** An example call of a module, without the inputs for which its caller gave a default. */
export function exampleCall(
  kind: ModuleKind,
  source: string,
  hasDefault: (input: string) => boolean,
  name: string = kind.replace("-", "_"),
): string {
  const needed = Object.entries(exampleInputs[kind]).filter(([input]) => !hasDefault(input));
  return moduleCall(name, source, Object.fromEntries(needed));
}

/** Wrong values of a module's variables: real terraform refuses each, with our message. */
import * as fs from "node:fs";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { moduleVariables } from "../../lib/inputs/module-definition";
import { type Argument, messagesByPlace, ModuleCalls } from "../support/module-calls";
import { readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { filledWith } from "../support/unknown-values";
import { rightFields, rightItems, rightMapKeys, rightMapValues, rightStrings } from "./right-values";
import { wrongFields, wrongItems, wrongMapKeys, wrongMapValues, wrongStrings } from "./wrong-values";

/** A wrong value of one variable of the module of all types. */
interface WrongValue extends Argument {
  readonly message: string;
}

const everything = compose({ types: ["all"] });

/** The fields of every narrowing, by its variable. */
const narrowingFields: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  moduleVariables(databaseTypes, "DatabaseAccess").flatMap(({ name, type }) =>
    type.kind === "objects" ? [[name, Object.keys(type.fields)]] : [],
  ),
);

const table: readonly WrongValue[] = [
  ...wrongStrings.flatMap(([variable, allowed, values]) =>
    values.map((value) => ({
      variable,
      expression: hcl(value),
      message: `${variable} is ${json(value)}: it must be ${allowed}.`,
    })),
  ),
  ...wrongItems.flatMap(([variable, allowed, values]) =>
    values.map((value) => ({
      variable,
      expression: `[${hcl(value)}]`,
      message: `${variable} has [${json(value)}]: each must be ${allowed}.`,
    })),
  ),
  ...wrongMapValues.flatMap(([variable, allowed, values]) =>
    values.map((value) => ({
      variable,
      expression: `{ key = ${hcl(value)} }`,
      message: `${variable} has [${json(value)}]: each must be ${allowed}.`,
    })),
  ),
  ...wrongMapKeys.flatMap(([variable, allowed, keys]) =>
    keys.map((key) => ({
      variable,
      expression: `{ ${hcl(key)} = "value" }`,
      message: `${variable} has keys [${json(key)}]: each must be ${allowed}.`,
    })),
  ),
  ...wrongFields.flatMap(([variable, field, allowed, values]) =>
    values.map((value) => ({
      variable,
      expression: objectWith(variable, field, hcl(value)),
      message: `${variable} has ${field} [${json(value)}]: each must be ${allowed}.`,
    })),
  ),
  {
    variable: "secret_key_prefixes",
    expression: "[]",
    message: "secret_key_prefixes is empty: it must hold at least 1.",
  },
  {
    variable: "services",
    expression: "[]",
    message: "services is empty: it must hold at least 1.",
  },
  {
    // No access role is no way to the databases, and not all of the databases at once.
    variable: "assume_role_arns",
    expression: "[]",
    message: "assume_role_arns is empty: it must hold at least 1, or be null.",
  },
  {
    variable: "teleport_oidc_thumbprints",
    expression: "[]",
    message: "teleport_oidc_thumbprints is empty: it must hold at least 1, or be null.",
  },
  {
    variable: "additional_external_ids",
    expression: '["hush hush"]',
    message: "additional_external_ids has: each must be 2 to 1,224 letters, digits and _+=,.@:/-.",
  },
  ...["0", "11", "1.5"].map((count) => ({
    variable: "policy_count",
    expression: count,
    message: `policy_count is ${count}: it must be a whole number from 1 to 10.`,
  })),
  {
    variable: "tags",
    expression: '{ Team = "a", team = "b" }',
    message: "tags has the same key twice: AWS takes keys that differ only in case for one.",
  },
  {
    variable: "tags",
    expression: '{ for number in range(51) : "key-${number}" => "" }',
    message: "tags has 51 entries: AWS allows 50.",
  },
  {
    variable: "attach_to_roles",
    expression: '{ a = "teleport", b = "teleport" }',
    message:
      "attach_to_roles has the same value twice: give each role one key, or removing one of the two would take its policies away.",
  },
  {
    variable: "aws_account_id",
    // A number loses its leading zero before the module sees it.
    expression: "012345678901",
    message:
      'aws_account_id is "12345678901": it must be the 12 digits of an AWS account ID, in quotes.',
  },
  {
    variable: "kms_key_ids",
    expression: "[null]",
    message:
      "kms_key_ids has [null]: each must be a KMS key's ID (a UUID or mrk-…) or its ARN, not an alias: IAM does not resolve aliases in a policy's Resource.",
  },
  {
    // Only the wrong ones of several are shown.
    variable: "docdb_user_role_arns",
    expression: '["arn:aws:iam::123456789012:role/right", "wrong", "wrong too"]',
    message:
      'docdb_user_role_arns has ["wrong","wrong too"]: each must be the ARN of an IAM role (arn:aws:iam::123456789012:role/name).',
  },
];

/** An object that is right in every one of `fields`, but for those that have an expression. */
function objectOf(
  fields: readonly string[],
  expressions: Readonly<Record<string, string>> = {},
): string {
  return `{ ${fields.map((name) => `${name} = ${expressions[name] ?? '"*"'}`).join(", ")} }`;
}

/** A list of one object, with an expression for one field of it and any for the others. */
function objectWith(variable: string, field: string, expression: string): string {
  return `[${objectOf(narrowingFields[variable] ?? [], { [field]: expression })}]`;
}

const right: readonly Argument[] = [
  ...rightStrings.flatMap(([variable, values]) =>
    values.map((value) => ({ variable, expression: hcl(value) })),
  ),
  ...rightItems.flatMap(([variable, values]) =>
    values.map((value) => ({ variable, expression: `[${hcl(value)}]` })),
  ),
  ...rightMapValues.flatMap(([variable, values]) =>
    values.map((value) => ({ variable, expression: `{ key = ${hcl(value)} }` })),
  ),
  ...rightMapKeys.flatMap(([variable, keys]) =>
    keys.map((key) => ({ variable, expression: `{ ${hcl(key)} = "value" }` })),
  ),
  ...rightFields.flatMap(([variable, field, values]) =>
    values.map((value) => ({ variable, expression: objectWith(variable, field, hcl(value)) })),
  ),
];

/** What the type of a narrowing refuses: an object without one of its fields, however that came about. */
const incomplete = Object.entries(narrowingFields).flatMap(([variable, fields]) =>
  fields.flatMap((field) =>
    [
      objectOf(fields.filter((other) => other !== field)),
      objectOf([...fields.filter((other) => other !== field), `${field}s`]),
    ].map((object) => ({ variable, field, expression: `[${objectOf(fields)}, ${object}]` })),
  ),
);

/** What its validation refuses: a field that names nothing, and null in an object's place. */
const namingNothing = Object.entries(narrowingFields).flatMap(([variable, fields]) => [
  ...fields.flatMap((field) => [
    { variable, field, value: "null", expression: objectWith(variable, field, "null") },
    { variable, field, value: '""', expression: objectWith(variable, field, '""') },
  ]),
  { variable, field: fields[0] ?? "", value: "null", expression: "[null]" },
]);

/** Every variable that can hold text, with text that no rule allows. */
const nonsense = interfaceOf(everything).flatMap(({ name, type }) => {
  const expression = filledWith(type, '"\\n→"');
  return expression === undefined || type === "number" ? [] : [{ variable: name, expression }];
});

describeWithTerraform()("values of variables", () => {
  const calls = new ModuleCalls();
  const tablePlaces = table.map((row) => calls.add(row));
  const rightPlaces = right.map((row) => calls.add(row));
  const incompletePlaces = incomplete.map((row) => calls.add(row));
  const namingNothingPlaces = namingNothing.map((row) => calls.add(row));
  const nonsensePlaces = nonsense.map((row) => calls.add(row));
  let root: TerraformRoot;
  let messages: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    root = new TerraformRoot({});
    root.write(calls.files(root.addModule("all", everything)));
    root.init();
    messages = messagesByPlace(root.run("validate", "-json").stdout);
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(table.map((row, index) => [row.variable, shortened(row.expression), index] as const))(
    "%s = %s is wrong",
    (_, _expression, index) => {
      expect(messages.get(tablePlaces[index] ?? "")).toEqual([table[index]?.message]);
    },
  );

  test.each(incomplete.map(({ variable, expression }, index) => [variable, expression, index] as const))(
    "%s = %s: a field that is missing or misspelt is no wildcard",
    (_, _expression, index) => {
      const [message, ...more] = messages.get(incompletePlaces[index] ?? "") ?? [];
      expect(message).toMatch(
        new RegExp(`element 1: attribute "${incomplete[index]?.field ?? ""}" is required\\.$`),
      );
      expect(more).toEqual([]);
    },
  );

  test.each(
    namingNothing.map(({ variable, field, expression }, index) => [variable, field, expression, index] as const),
  )("%s: %s in %s is no wildcard", (variable, field, _, index) => {
    expect(messages.get(namingNothingPlaces[index] ?? "")).toContainEqual(
      expect.stringContaining(
        `${variable} has ${field} [${namingNothing[index]?.value ?? ""}]: each must be `,
      ),
    );
  });

  test.each(nonsense.map(({ variable }, index) => [variable, index] as const))(
    "%s refuses what no rule allows, in words of its own",
    (variable, index) => {
      const found = messages.get(nonsensePlaces[index] ?? "") ?? [];
      expect(found).not.toEqual([]);
      for (const message of found) expect(message).toMatch(new RegExp(`^${variable}[: ]`));
    },
  );

  test.each(right.map((row, index) => [row.variable, shortened(row.expression), index] as const))(
    "%s = %s is right",
    (_, _expression, index) => {
      expect(messages.get(rightPlaces[index] ?? "")).toBeUndefined();
    },
  );

  test("terraform reports nothing else", () => {
    const expected = new Set([
      ...tablePlaces,
      ...incompletePlaces,
      ...namingNothingPlaces,
      ...nonsensePlaces,
    ]);
    expect([...messages.keys()].filter((place) => !expected.has(place))).toEqual([]);
  });
});

describe.each(databaseTypes.map(({ name }) => name))("variables of modules/%s", (name) => {
  const folder = readyModule(name);
  const ready = interfaceOf(
    new Map([["variables.tf.json", fs.readFileSync(`${folder}/variables.tf.json`, "utf8")]]),
  );

  test("are those of the module of all types, so that the same values are refused", () => {
    const composed = new Map(interfaceOf(everything).map((variable) => [variable.name, variable]));
    for (const { name: variable, type, validation } of ready) {
      expect(composed.get(variable)).toMatchObject({ type, validation });
    }
  });

  test("state their type, nullability and description", () => {
    for (const variable of ready) {
      expect(variable).toMatchObject({
        type: expect.any(String) as string,
        nullable: expect.any(Boolean) as boolean,
        description: expect.stringMatching(/^[A-Z].+\.$/) as string,
      });
    }
  });

  test("have a validation wherever they take text or a number", () => {
    for (const { name: variable, type, validation } of ready) {
      if (type !== "bool") expect([variable, validation?.length ?? 0]).not.toEqual([variable, 0]);
    }
  });
});

interface VariableBlock {
  readonly name: string;
  readonly type: string;
  readonly validation: readonly unknown[] | undefined;
}

/** The variables of a module. */
function interfaceOf(files: ReadonlyMap<string, string>): VariableBlock[] {
  const { variable } = JSON.parse(files.get("variables.tf.json") ?? "") as {
    variable: Record<string, Omit<VariableBlock, "name">>;
  };
  return Object.entries(variable).map(([name, block]) => ({
    name,
    ...block,
    validation: block.validation,
  }));
}

/** `text` as Terraform's jsonencode writes it. */
function json(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** `text` as a quoted string of Terraform's expression language, without templates. */
function hcl(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

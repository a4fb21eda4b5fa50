/**
 * Values of variables, from fixtures/values: real terraform refuses the wrong ones with our message, and so
 * does `checkValue`.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { compose } from "../../lib/answers/compose";
import { databaseTypes } from "../../lib/catalog";
import { checkValue } from "../../lib/inputs/validation";
import { defineModule, roleModules } from "../../lib/inputs/module-definition";
import type { Variable } from "../../lib/inputs/variable";
import { readyModules } from "../../lib/module/ready-modules";
import type { Json } from "../../lib/text/json";
import { messagesByPlace, ModuleCalls } from "../support/module-calls";
import { contentOf } from "../support/content-of";
import { readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** The modules by name, with the variables of each. */
const MODULES: readonly (readonly [name: string, variables: readonly Variable[]])[] = [
  ["all", defineModule(databaseTypes).variables],
  ["service-role", roleModules["service-role"].variables],
  ["access-role", roleModules["access-role"].variables],
];

/** A value of a variable, and the message that a wrong one gets. */
interface Row {
  readonly variable: string;
  readonly value: Json;
  readonly message?: string;
}

interface Texts {
  readonly allowed?: string;
  readonly wrong?: readonly string[];
  readonly right?: readonly string[];
  readonly longest?: number;
}

const fixture = (name: string): unknown =>
  parse(fs.readFileSync(path.join(__dirname, "..", "fixtures", "values", name), "utf8"));
const texts = Object.entries(fixture("texts.yaml") as Readonly<Record<string, Texts>>);
const rows = fixture("rows.yaml") as Readonly<
  Record<"wrong" | "misshapen" | "right", readonly Readonly<Record<string, Json>>[]>
>;
const fieldsInTexts = texts.filter(([key]) => key.includes(".") && !key.endsWith(".keys"));

/** An object that has `value` in one field, and "*" in all others. */
function objectWith(variable: string, field: string, value: Json): Readonly<Record<string, Json>> {
  const { type } = definitionOf(variable);
  if (type.kind !== "objects") throw new Error(`${variable} is not a list of objects`);
  const all = Object.keys(type.fields).map((name) => [name, "*"]);
  return { ...Object.fromEntries<Json>(all as [string, Json][]), [field]: value };
}

/** The row of a text in the place of a variable that a key of the fixture names. */
function rowOf(key: string, text: string | null): Row {
  const [variable = "", part] = key.split(".");
  const { allowed } = Object.fromEntries(texts)[key] ?? {};
  const row = (value: Json, says: string): Row => {
    return { variable, value, message: `${variable} ${says} must be ${String(allowed)}.` };
  };
  // What could be a secret is never repeated.
  const list = variable === "external_ids" ? "" : ` [${json(text)}]`;
  if (part === "keys") return row({ [text ?? ""]: "value" }, `has keys${list}: each`);
  if (part !== undefined)
    return row([objectWith(variable, part, text)], `has ${part}${list}: each`);
  const { kind } = definitionOf(variable).type;
  if (kind === "string") return row(text, `is ${json(text)}: it`);
  return row(kind === "map" || kind === "tags" ? { key: text } : [text], `has${list}: each`);
}

const rowsIn = (list: readonly Readonly<Record<string, Json>>[]): Row[] =>
  list.map(({ message, ...values }) => {
    const [[variable, value] = ["", null]] = Object.entries(values);
    return { variable, value, ...(typeof message === "string" ? { message } : {}) };
  });

const long = (length: number): string => "x".repeat(length);
const tooLong = texts.flatMap(([key, { longest }]) =>
  longest === undefined ? [] : [rowOf(key, long(longest + 1))],
);

const wrong: readonly Row[] = [
  ...texts.flatMap(([key, { wrong: all = [] }]) => all.map((text) => rowOf(key, text))),
  ...tooLong,
  rowOf("policy_path", `/${long(511)}/`),
  rowOf("redshift_serverless_user_role_names", `${`${long(63)}/`.repeat(8)}name`),
  rowOf("aws_account_id", long(100_000)),
  ...rowsIn(rows.wrong),
  {
    variable: "tags",
    value: Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [`key-${String(index)}`, ""]),
    ),
    message: "tags has 51 entries: AWS allows 50.",
  },
];

/** Fields that are missing or misspelt are no wildcards: Terraform refuses them by the type. */
const misshapen: readonly Row[] = [
  ...fieldsInTexts.flatMap(([key]) => {
    const [variable = "", field = ""] = key.split(".");
    const { [field]: value = null, ...others } = objectWith(variable, field, "*");
    return [
      { variable, value: [others] },
      { variable, value: [{ ...others, [`${field}s`]: value }] },
    ];
  }),
  ...rowsIn(rows.misshapen),
];

/** Items that name nothing. */
const nothing = texts.flatMap(([key]) =>
  definitionOf(key.replace(/\..*/, "")).type.kind === "string" || key.endsWith(".keys")
    ? []
    : [rowOf(key, null)],
);

const right: readonly Row[] = [
  ...texts.flatMap(([key, { right: all = [] }]) => all.map((text) => rowOf(key, text))),
  ...texts.flatMap(([key, { longest }]) =>
    longest === undefined ? [] : [rowOf(key, long(longest))],
  ),
  rowOf("policy_path", `/${long(510)}/`),
  ...rowsIn(rows.right),
  ...MODULES.flatMap(([, variables]) => variables).flatMap(({ name, default: preset }) =>
    preset === undefined ? [] : [{ variable: name, value: preset }],
  ),
];

function moduleOf(variable: string): (typeof MODULES)[number] {
  const found = MODULES.find(([, variables]) => variables.some(({ name }) => name === variable));
  if (found === undefined) throw new Error(`no module has ${variable}`);
  return found;
}

function definitionOf(variable: string): Variable {
  const found = moduleOf(variable)[1].find(({ name }) => name === variable);
  if (found === undefined) throw new Error(`no module has ${variable}`);
  return found;
}

const findings = ({ variable, value }: Row): string[] => checkValue(definitionOf(variable), value);

const titled = (rows: readonly Row[]): (readonly [string, string, Row])[] =>
  rows.map((row) => [row.variable, JSON.stringify(row.value).slice(0, 60), row]);

describe("by checkValue", () => {
  test.each(titled(wrong))("%s = %s is wrong", (_, _value, row) => {
    expect(findings(row)).toEqual([unescaped(row.message ?? "")]);
  });

  test.each(titled(misshapen))("%s = %s is refused", (_, _value, row) => {
    expect(findings(row).join("\n")).toContain(row.variable);
  });

  test.each(titled(nothing))("%s = %s names nothing", (_, _value, row) => {
    expect(findings(row).join("\n")).toContain(row.message?.replace(/ must be .*/, ""));
  });

  test.each(titled(right))("%s = %s is right", (_, _value, row) => {
    expect(findings(row)).toEqual([]);
  });
});

describeWithTerraform()("by terraform", () => {
  const calls = new Map(MODULES.map(([name]) => [name, new ModuleCalls(name)]));
  const places = new Map(
    [...wrong, ...misshapen, ...nothing, ...right].map((row) => {
      const place = calls.get(moduleOf(row.variable)[0])?.add({
        variable: row.variable,
        expression: hcl(row.value),
      });
      return [row, place ?? ""];
    }),
  );
  let messages: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    const root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    for (const [name, of] of calls) root.write(of.files(name === "all" ? all : readyModule(name)));
    root.init();
    messages = messagesByPlace(root.run("validate", "-json").stdout);
  });

  const messagesAt = (row: Row): readonly string[] => messages.get(places.get(row) ?? "") ?? [];

  test.each(titled(wrong.filter(({ value }) => value !== null)))(
    "%s = %s is wrong",
    (_, _value, row) => {
      expect(messagesAt(row)).toEqual([row.message]);
    },
  );

  test.each(titled(misshapen))("%s = %s does not have the variable's type", (_, _value, row) => {
    expect(messagesAt(row).join("\n")).toMatch(/is required\.$|not suitable/m);
  });

  test.each(titled(nothing))("%s = %s names nothing", (_, _value, row) => {
    expect(messagesAt(row)).toContainEqual(row.message);
  });

  test.each(titled(right))("%s = %s is right", (_, _value, row) => {
    expect(messagesAt(row)).toEqual([]);
  });
});

test("every variable with a rule has a wrong value here", () => {
  const tried = new Set([...wrong, ...misshapen, ...nothing].map(({ variable }) => variable));
  const untried = MODULES.flatMap(([, variables]) =>
    variables.filter(({ name, type }) => type.kind !== "bool" && !tried.has(name)),
  ).map(({ name }) => name);
  // Their rules are those of another type's variables, which are tried.
  expect(
    untried.filter(
      (name) =>
        !/_user_role_(names|arns|policies|policy_arns)$/.test(name) &&
        !/^(docdb|rds|rdsproxy|redshift|elasticache|memorydb)_/.test(name),
    ),
  ).toEqual([]);
});

describe.each([...readyModules.keys()])("variables of modules/%s", (name) => {
  const content = contentOf(readyModule(name))["variables.tf.json"] ?? "";
  const { variable } = JSON.parse(content) as { variable: Record<string, Record<string, unknown>> };

  test("state their type, nullability and description, and have a rule if they take text", () => {
    for (const [key, block] of Object.entries(variable)) {
      expect([key, block]).toEqual([
        key,
        expect.objectContaining({
          type: expect.any(String) as string,
          nullable: expect.any(Boolean) as boolean,
          description: expect.stringMatching(/^[A-Z].+[.}]$/s) as string,
          ...(block.type === "bool" ? {} : { validation: expect.any(Array) as unknown[] }),
        }),
      ]);
    }
  });
});

/** `text` as Terraform's jsonencode writes it. */
function json(text: string | null): string {
  return JSON.stringify(text).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** A message without the escapes that only Terraform's jsonencode writes. */
function unescaped(message: string): string {
  return message.replace(/\\u00(3c|3e|26)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A value in HCL; JSON, but for the beginnings of templates. */
function hcl(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}

/** Values of variables: real terraform refuses the wrong ones with our message, and so does `checkValue`. */
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
import { rightFields, rightItems, rightMapKeys, rightMapValues, rightStrings } from "./right-values";
import { wrongFields, wrongItems, wrongMapKeys, wrongMapValues, wrongStrings } from "./wrong-values";

/** The modules by name, with the variables of each. */
const MODULES: readonly (readonly [name: string, variables: readonly Variable[]])[] = [
  ["all", defineModule(databaseTypes).variables],
  ["service-role", roleModules["service-role"].variables],
  ["access-role", roleModules["access-role"].variables],
];

/** A value of a variable; a wrong one has the message that it gets, or is refused by its type. */
interface Row {
  readonly variable: string;
  readonly value: Json;
  readonly message?: string;
}

const map = (value: Json): Json => ({ key: value });
const statement = (fields: Readonly<Record<string, Json>> = {}): Json => ({
  Sid: "Own",
  Effect: "Allow",
  Action: ["rds:*"],
  Resource: ["*"],
  Condition: {},
  ...fields,
});
const pods = (fields: Readonly<Record<string, Json>>): Json => ({
  cluster_arns: [],
  namespaces: [],
  service_accounts: [],
  session_tags: true,
  ...fields,
});
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A";
const account = (fields: Readonly<Record<string, Json>>): Json => [
  { oidc_provider_arn: PROVIDER, namespace: "teleport", service_account: "agent", ...fields },
];
const POLICIES =
  'each must be an IAM policy document as JSON text, with a Statement: jsonencode({ Version = "2012-10-17", Statement = [...] }).';

/** An object that has `value` in one field, and "*" in all others. */
function objectWith(variable: string, field: string, value: Json): Json {
  const type = MODULES[0]?.[1].find(({ name }) => name === variable)?.type;
  if (type?.kind !== "objects") throw new Error(`${variable} is no list of objects`);
  return { ...Object.fromEntries(Object.keys(type.fields).map((name) => [name, "*"])), [field]: value };
}

const rowsOf = (
  table: readonly (readonly [string, string, readonly string[]])[],
  inner: (value: string) => Json,
  says: (value: string) => string,
): Row[] =>
  table.flatMap(([variable, allowed, values]) =>
    values.map((value) => ({
      variable,
      value: inner(value),
      message: `${variable} ${says(json(value))} must be ${allowed}.`,
    })),
  );

const conditionRows = (variable: string, inner: (conditions: Json) => Json): Row[] => [
  { variable, value: inner({ StringEqual_s: { "aws:SourceIp": ["x"] } }), message: `${variable} has the operator ["StringEqual_s"]: each must be a condition operator of IAM such as StringEquals.` },
  { variable, value: inner({ Equals: { "aws:SourceIp": ["x"] } }), message: `${variable} has the operator ["Equals"]: each must be a condition operator of IAM such as StringEquals.` },
  { variable, value: inner({ StringEquals: { SourceIp: ["x"] } }), message: `${variable} has the key ["SourceIp"]: each must be a condition key of IAM such as aws:SourceIp.` },
  { variable, value: inner({ StringEquals: { "": ["x"] } }), message: `${variable} has the key [""]: each must be a condition key of IAM such as aws:SourceIp.` },
];

const wrong: readonly Row[] = [
  ...rowsOf(wrongStrings, (value) => value, (value) => `is ${value}: it`),
  ...rowsOf(wrongItems, (value) => [value], (value) => `has [${value}]: each`),
  ...rowsOf(wrongMapValues, map, (value) => `has [${value}]: each`),
  ...rowsOf(wrongMapKeys, (key) => ({ [key]: "value" }), (value) => `has keys [${value}]: each`),
  ...wrongFields.flatMap(([variable, field, allowed, values]) =>
    values.map((value) => ({
      variable,
      value: [objectWith(variable, field, value)],
      message: `${variable} has ${field} [${json(value)}]: each must be ${allowed}.`,
    })),
  ),
  ...["secret_key_prefixes", "services"].map((variable) => ({
    variable,
    value: [],
    message: `${variable} is empty: it must hold at least 1.`,
  })),
  ...["hush hush", "a", "x".repeat(1225), "*", "ä1"].map((id) => ({
    variable: "external_ids",
    value: ["right-id", id],
    // What could be a secret is never repeated.
    message: "external_ids has: each must be 2 to 1,224 letters, digits and _+=,.@:/-.",
  })),
  { variable: "tags", value: { Team: "a", team: "b" }, message: "tags has the same key twice: AWS treats keys that differ only in case as the same key." },
  { variable: "tags", value: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key-${String(index)}`, ""])), message: "tags has 51 entries: AWS allows 50." },
  ...[["attach_to_roles", "teleport"], ["assume_role_arns", "arn:aws:iam::111122223333:role/access"]].map(
    ([variable = "", value = ""]) => ({
      variable,
      value: { a: value, b: value },
      message: `${variable} has the same value twice: give it one key; if one of two keys were removed, access through the other would be lost, too.`,
    }),
  ),
  { variable: "aws_account_id", value: null, message: "aws_account_id is null: it must have a value." },
  { variable: "docdb_user_role_arns", value: ["arn:aws:iam::111122223333:role/right", "wrong", "wrong too"], message: 'docdb_user_role_arns has ["wrong","wrong too"]: each must be the ARN of an IAM role (arn:aws:iam::123456789012:role/name).' },
  { variable: "redshift_user_role_names", value: ["a/Reader", "b/reader"], message: "redshift_user_role_names has the same name twice: IAM names are unique in an account, whatever their path and case." },
  ...["", "{}", "[]", '{"Statement":1}', "null", "{", "hush hush"].map((policy) => ({
    variable: "dynamodb_user_role_policies",
    value: { reader: policy },
    message: `dynamodb_user_role_policies: ${POLICIES}`,
  })),
  { variable: "dynamodb_user_role_policies", value: { "team/reader": '{"Statement":[]}' }, message: 'dynamodb_user_role_policies has keys ["team/reader"]: each must be the name of an IAM role (1 to 64 letters, digits and _+=,.@-), without its path, not an ARN.' },
  { variable: "dynamodb_user_role_policy_arns", value: { reader: { a: "ReadOnlyAccess" } }, message: 'dynamodb_user_role_policy_arns has ["ReadOnlyAccess"]: each must be the ARN of an IAM managed policy (arn:aws:iam::123456789012:policy/name).' },
  { variable: "dynamodb_user_role_policy_arns", value: { "team/reader": { a: "arn:aws:iam::aws:policy/x" } }, message: 'dynamodb_user_role_policy_arns has keys ["team/reader"]: each must be the name of an IAM role (1 to 64 letters, digits and _+=,.@-), without its path, not an ARN.' },
  ...["", "a-b", "a b", "é"].map((Sid) => ({ variable: "additional_statements", value: [statement({ Sid })], message: `additional_statements has the Sid [${json(Sid)}]: each must be letters and digits.` })),
  { variable: "additional_statements", value: [statement(), statement()], message: "additional_statements has the same Sid twice: a Sid is unique in a policy." },
  { variable: "additional_statements", value: [statement({ Effect: "allow" })], message: 'additional_statements has the Effect ["allow"]: each must be Allow or Deny.' },
  { variable: "additional_statements", value: [statement({ Action: [] })], message: "additional_statements has a statement without an Action. Name at least one." },
  ...conditionRows("additional_statements", (Condition) => [statement({ Condition })]),
  ...conditionRows("statement_conditions", (conditions) => ({ RDSConnect: conditions })),
  ...conditionRows("trust_conditions", (conditions) => conditions),
  { variable: "trust_eks_pod_identity", value: pods({ cluster_arns: ["main"] }), message: 'trust_eks_pod_identity has cluster_arns ["main"]: each must be the ARN of an EKS cluster (arn:aws:eks:us-east-1:123456789012:cluster/name).' },
  { variable: "trust_eks_pod_identity", value: pods({ namespaces: ["*"] }), message: 'trust_eks_pod_identity has namespaces ["*"]: each must be the name of a Kubernetes namespace.' },
  { variable: "trust_eks_pod_identity", value: pods({ service_accounts: ["teleport/agent"] }), message: 'trust_eks_pod_identity has service_accounts ["teleport/agent"]: each must be the name of a Kubernetes service account, without its namespace.' },
  { variable: "trust_eks_service_accounts", value: account({ namespace: "*" }), message: 'trust_eks_service_accounts has namespace ["*"]: each must be the name of a Kubernetes namespace.' },
  { variable: "trust_eks_service_accounts", value: account({ service_account: "" }), message: 'trust_eks_service_accounts has service_account [""]: each must be the name of a Kubernetes service account, without its namespace.' },
  { variable: "trust_eks_service_accounts", value: account({ oidc_provider_arn: "oidc.eks" }), message: 'trust_eks_service_accounts has oidc_provider_arn ["oidc.eks"]: each must be the ARN of an IAM OIDC provider (arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/…).' },
];

/** Fields that are missing or misspelt are no wildcards: Terraform refuses them by the type. */
const misshapen: readonly Row[] = [
  ...wrongFields.flatMap(([variable, field]) => {
    const whole = objectWith(variable, field, "*") as Readonly<Record<string, Json>>;
    const { [field]: left, ...others } = whole;
    return [
      { variable, value: [others] },
      { variable, value: [{ ...others, [`${field}s`]: left ?? null }] },
    ];
  }),
  { variable: "additional_statements", value: [{ Sid: "A", Effect: "Allow", Action: ["a:b"], Resource: ["*"] }] },
  { variable: "additional_statements", value: [{ ...(statement() as object), Condition: { StringEquals: { a: { b: "c" } } } }] },
  { variable: "trust_eks_pod_identity", value: { cluster_arns: [], namespaces: [], session_tags: true } },
  { variable: "trust_eks_service_accounts", value: [{ oidc_provider_arn: PROVIDER, namespace: "a" }] },
  { variable: "statement_conditions", value: { RDSConnect: ["x"] } },
  { variable: "trust_conditions", value: { StringEquals: "x" } },
];

/** Items that name nothing. */
const nothing: readonly Row[] = [
  ...wrongFields.map(([variable, field]) => ({ variable, value: [objectWith(variable, field, null)], message: `${variable} has ${field} [null]: each must be ` })),
  ...["kms_key_ids", "trusted_principals", "redshift_user_role_names", "services"].map((variable) => ({ variable, value: [null], message: `${variable} has [null]: each must be ` })),
  ...["attach_to_roles", "tags", "assume_role_arns"].map((variable) => ({ variable, value: map(null), message: `${variable} has [null]: each must be ` })),
];

const right: readonly Row[] = [
  ...rightStrings.flatMap(([variable, values]) => values.map((value) => ({ variable, value }))),
  ...rightItems.flatMap(([variable, values]) => values.map((value) => ({ variable, value: [value] }))),
  ...rightMapValues.flatMap(([variable, values]) => values.map((value) => ({ variable, value: map(value) }))),
  ...rightMapKeys.flatMap(([variable, keys]) => keys.map((key) => ({ variable, value: { [key]: "value" } }))),
  ...rightFields.flatMap(([variable, field, values]) => values.map((value) => ({ variable, value: [objectWith(variable, field, value)] }))),
  ...MODULES.flatMap(([, variables]) => variables).flatMap(({ name, default: preset }) => (preset === undefined ? [] : [{ variable: name, value: preset }])),
  { variable: "additional_statements", value: [statement(), statement({ Sid: "Never1", Effect: "Deny", Resource: [], Condition: { "ForAnyValue:StringLikeIfExists": { "aws:PrincipalTag/a b": ["x", "*"] } } })] },
  { variable: "statement_conditions", value: { RDSConnect: { Bool: { "aws:MultiFactorAuthPresent": ["true"] }, NotIpAddress: { "aws:SourceIp": [] } } } },
  { variable: "trust_conditions", value: { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/x"] }, Null: { "sts:ExternalId": ["true"] } } },
  { variable: "trust_eks_pod_identity", value: pods({ cluster_arns: ["arn:aws:eks:us-east-1:111122223333:cluster/main"], namespaces: ["a-1"], service_accounts: ["a.b-1"] }) },
  { variable: "dynamodb_user_role_policies", value: { reader: '{"Statement":[]}', writer: '{"Statement":{}}' } },
  { variable: "dynamodb_user_role_policy_arns", value: { reader: {}, writer: { "a b": "arn:aws:iam::aws:policy/ReadOnlyAccess" } } },
];

function moduleOf(variable: string): (typeof MODULES)[number] {
  const found = MODULES.find(([, variables]) => variables.some(({ name }) => name === variable));
  if (found === undefined) throw new Error(`no module has ${variable}`);
  return found;
}

/** The findings of `checkValue`. */
function findings({ variable, value }: Row): string[] {
  const definition = moduleOf(variable)[1].find(({ name }) => name === variable);
  return definition === undefined ? [] : checkValue(definition, value);
}

const titled = (rows: readonly Row[]): (readonly [string, string, Row])[] =>
  rows.map((row) => [row.variable, JSON.stringify(row.value).slice(0, 60), row]);

describe("by checkValue", () => {
  test.each(titled(wrong))("%s = %s is wrong", (_, _value, row) => {
    expect(findings(row).map((text) => text.replaceAll("\\n", "\\n"))).toEqual([unescaped(row.message ?? "")]);
  });

  test.each(titled([...misshapen, ...nothing]))("%s = %s is refused", (_, _value, row) => {
    expect(findings(row).join("\n")).toContain(row.message ?? row.variable);
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

  test.each(titled(wrong.filter(({ value }) => value !== null)))("%s = %s is wrong", (_, _value, row) => {
    expect(messagesAt(row)).toEqual([row.message]);
  });

  test.each(titled(misshapen))("%s = %s does not have the variable's type", (_, _value, row) => {
    expect(messagesAt(row).join("\n")).toMatch(/is required\.$|not suitable/m);
  });

  test.each(titled(nothing))("%s = %s names nothing", (_, _value, row) => {
    expect(messagesAt(row)).toContainEqual(expect.stringContaining(row.message ?? ""));
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
  expect(untried.filter((name) => !/_user_role_(names|arns|policies|policy_arns)$/.test(name) && !/^(docdb|rds|rdsproxy|redshift|elasticache|memorydb)_/.test(name))).toEqual([]);
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
function json(text: string): string {
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

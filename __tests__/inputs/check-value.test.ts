/** A value passes here if and only if a plan of the module accepts it, with the same sentence. */
import { compose } from "../../lib/answers/compose";
import { databaseTypes } from "../../lib/catalog";
import { checkValue } from "../../lib/inputs/check-value";
import { moduleVariables } from "../../lib/inputs/module-definition";
import type { Json } from "../../lib/text/json";
import { messagesByPlace, ModuleCalls } from "../support/module-calls";
import { TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const variables = moduleVariables(databaseTypes, "DatabaseAccess");
const KEY = "12345678-1234-1234-1234-123456789012";
const FAMILY = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}";

/** An object of `rds_database_users` that is right apart from `fields`. */
function rdsUser(fields: Readonly<Record<string, Json>>): Json {
  return { region: "us-east-1", resource_id: "db-ABC", user_name: "alice", ...fields };
}

/** Values by variable: those that are right, and those that are wrong. */
const values: Readonly<Record<string, { right: readonly Json[]; wrong: readonly Json[] }>> = {
  aws_account_id: {
    right: ["123456789012"],
    wrong: ["12345678901", "12345678901a", "", "123456789012\n"],
  },
  aws_partition: { right: ["aws-cn"], wrong: ["aws-iso", "AWS"] },
  policy_name: { right: ["a".repeat(96)], wrong: ["", "a".repeat(97), "a b", "${x}", "é"] },
  policy_path: { right: ["/", "/a/b/"], wrong: ["a", "/a", "/*/", "//"] },
  policy_description: {
    right: ["", "${aws:username} %{ if }", "é".repeat(1000)],
    wrong: ["a\nb", "e".repeat(1001), "→"],
  },
  tags: {
    right: [{}, { aw: "x", "a b": "" }, { k: "é".repeat(256), "_.:/=+@-": "_.:/=+@-" }],
    wrong: [
      { "aws:x": "y" },
      { AWS: "", "Aws:k": "" },
      { Team: "a", team: "b" },
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${String(index)}`, ""])),
      { k: "x".repeat(257) },
      { k: "a\tb" },
      { k: "a,b" },
      { k: FAMILY },
      { "": "x" },
    ],
  },
  attach_to_roles: {
    right: [{ a: "role", b: "other" }],
    wrong: [
      { a: "role", b: "role" },
      { a: "path/role" },
      { a: "arn:aws:iam::123456789012:role/x" },
    ],
  },
  external_id: {
    right: ["ab", "a".repeat(1224), "a:/b=,.@-_"],
    wrong: ["a", "a".repeat(1225), "a b", "ä1"],
  },
  assume_role_arns: {
    right: [null, ["arn:aws:iam::123456789012:role/a/b"]],
    wrong: [
      [],
      ["role"],
      ["arn:aws:iam::123456789012:user/b"],
      ["arn:aws:iam::123456789012:role/b", "*"],
    ],
  },
  user_role_max_session_duration: { right: [3600, 43200], wrong: [3599, 43201, 3600.5] },
  secret_key_prefixes: {
    right: [["teleport/"], ["a/b"]],
    wrong: [[], [""], ["*"], ["/a"], ["a//b"]],
  },
  kms_key_ids: {
    right: [[KEY, "mrk-" + "0".repeat(32)]],
    wrong: [["alias/key"], [KEY.toUpperCase().replaceAll("1", "A")]],
  },
  service_role_trust: { right: ["ecs"], wrong: ["lambda"] },
  policy_count: { right: [1, 10], wrong: [0, 11, 1.5] },
  services: {
    right: [["database"], ["discovery", "database"]],
    wrong: [[], ["agent"], ["Database"]],
  },
  additional_external_ids: { right: [[], ["ab"]], wrong: [["a"], ["a b"]] },
  additional_service_role_trusts: { right: [[], ["ecs", "ec2"]], wrong: [["lambda"]] },
  service_role_permissions_boundary_arn: {
    right: [
      null,
      "arn:aws:iam::aws:policy/PowerUserAccess",
      "arn:aws:iam::123456789012:policy/a/b",
    ],
    wrong: ["PowerUserAccess", "arn:aws:iam::123456789012:role/b"],
  },
  access_role_description: { right: [null, "", "two\nlines"], wrong: ["→", "e".repeat(1001)] },
  redshift_user_role_names: { right: [null, [], ["a", "team/b"]], wrong: [[""], ["/a"]] },
  dynamodb_user_role_policies: {
    right: [{}, { reader: '{"Statement":[]}', writer: '{"Statement":{}}' }],
    wrong: [
      { reader: "" },
      { reader: "{}" },
      { reader: "[]" },
      { reader: '{"Statement":1}' },
      { reader: "null" },
      { reader: "{" },
      { "team/reader": '{"Statement":[]}' },
    ],
  },
  dynamodb_user_role_policy_arns: {
    right: [{}, { reader: {} }, { reader: { "a b": "arn:aws:iam::aws:policy/ReadOnlyAccess" } }],
    wrong: [
      { reader: { a: "ReadOnlyAccess" } },
      { "team/reader": { a: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
    ],
  },
  rds_database_users: {
    right: [
      null,
      [],
      [rdsUser({ region: "*", resource_id: "*", user_name: "*" })],
      [rdsUser({ user_name: "a@b" }), rdsUser({ resource_id: "cluster-*" })],
    ],
    wrong: [
      [{}],
      [null],
      [{ region: "us-east-1", resource_id: "db-ABC" }],
      [{ region: "us-east-1", resource_id: "db-ABC", user: "alice" }],
      [rdsUser({ user_name: null })],
      [rdsUser({ user_name: "" })],
      [rdsUser({ resource_id: "orders" })],
      [rdsUser({ resource_id: "arn:aws:rds:us-east-1:123456789012:db:orders" })],
      [rdsUser({ region: "us-east" })],
      [rdsUser({}), rdsUser({ user_name: "a".repeat(64) })],
    ],
  },
  memorydb_connections: {
    right: [[{ region: "us-east-1", cluster_name: "a-*", user_name: "*" }]],
    wrong: [[{ region: "us-east-1", cluster_name: "Upper", user_name: "*" }]],
  },
};

const cases = Object.entries(values).flatMap(([name, { right, wrong }]) => [
  ...right.map((value) => ({ name, value, isRight: true })),
  ...wrong.map((value) => ({ name, value, isRight: false })),
]);

function problems(name: string, value: Json): string[] {
  const variable = variables.find((each) => each.name === name);
  if (variable === undefined) throw new Error(`no variable ${name}`);
  return checkValue(variable, value);
}

test.each(cases)("$name = $value: right is $isRight", ({ name, value, isRight }) => {
  expect(problems(name, value).length === 0).toBe(isRight);
});

test.each([
  ["create_policy", "yes", 'create_policy is "yes": it must be true or false.'],
  ["tags", [], "tags must be a map"],
  ["kms_key_ids", "x", "kms_key_ids must be a list"],
  ["kms_key_ids", [1], "kms_key_ids has [1]: each must be"],
  ["rds_database_users", {}, "rds_database_users must be a list of objects"],
  ["rds_database_users", ["x"], "rds_database_users must be a list of objects with the fields"],
  ["rds_database_users", [{ user: "x" }], 'rds_database_users has no field "user".'],
  [
    "rds_database_users",
    [{ region: "*" }],
    'rds_database_users: each object must have resource_id, user_name. "*" is any.',
  ],
  // Terraform drops a field that it does not know, beside right ones too.
  ["rds_database_users", [rdsUser({ role: "x" })], 'rds_database_users has no field "role".'],
  ["rds_database_users", [null], "rds_database_users has user_name [null]: each must be the name"],
  ["assume_role_arns", [], "assume_role_arns is empty: it must hold at least 1, or be null."],
  ["services", [], "services is empty: it must hold at least 1."],
  ["dynamodb_user_role_policies", ["{}"], "dynamodb_user_role_policies must be a map:"],
  ["dynamodb_user_role_policy_arns", { a: "b" }, "must be a map of maps"],
  ["attach_to_roles", { a: "b", c: "b" }, "attach_to_roles has the same value twice:"],
  ["rds_database_users", [{ regoin: "x" }], 'Did you mean "region"?'],
  ["aws_account_id", null, "aws_account_id is null: it must have a value."],
  ["aws_account_id", 123456789012, "aws_account_id is 123456789012: it must be"],
  ["user_role_max_session_duration", "1h", 'user_role_max_session_duration is "1h"'],
])("%s = %j: %s", (name, value, message) => {
  expect(problems(name, value).join("\n")).toContain(message);
});

test.each([
  ["external_id", "hush hush"],
  ["additional_external_ids", ["hush hush"]],
  ["dynamodb_user_role_policies", { reader: "hush hush" }],
])("%s never appears in a message", (name, value) => {
  expect(problems(name, value)).toHaveLength(1);
  expect(problems(name, value).join("\n")).not.toContain("hush");
});

test.each(variables.filter(({ default: preset }) => preset !== undefined))(
  "the default of $name is a right value",
  ({ name, default: preset }) => {
    expect(problems(name, preset ?? null)).toEqual([]);
  },
);

describeWithTerraform()("the same verdicts from terraform", () => {
  test("on every value of the table", () => {
    const calls = new ModuleCalls();
    const places = cases.map(({ name, value }) =>
      calls.add({ variable: name, expression: hcl(value) }),
    );
    const root = new TerraformRoot({});
    try {
      root.write(calls.files(root.addModule("all", compose({ types: ["all"] }))));
      root.init();
      const refused = messagesByPlace(root.run("validate", "-json").stdout);
      const verdicts = cases.map(({ name, value }, index) => ({
        name,
        value,
        refused: refused.has(places[index] ?? ""),
      }));
      expect(verdicts).toEqual(
        cases.map(({ name, value, isRight }) => ({ name, value, refused: !isRight })),
      );
      for (const [index, { name, value, isRight }] of cases.entries()) {
        // What Terraform refuses by a variable's type it refuses in words of its own.
        const said = refused.get(places[index] ?? "")?.join("\n") ?? "";
        if (isRight || said.includes("is not suitable")) continue;
        const [sentence = ""] = problems(name, value);
        expect(said).toContain(sentence);
      }
    } finally {
      root.dispose();
    }
  });
});

/** A value in HCL; JSON, but for the beginnings of templates. */
function hcl(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}

/** A value passes here if and only if a plan of the module accepts it, with the same sentence. */
import { compose } from "../../lib/commands/compose/compose";
import { databaseTypes } from "../../lib/catalog";
import { composition } from "../../lib/policies/composition";
import { checkValue } from "../../lib/inputs/check-value";
import type { Json } from "../../lib/inputs/variable";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const { variables } = composition(databaseTypes, "DatabaseAccess");
const KEY = "12345678-1234-1234-1234-123456789012";
const FAMILY = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}";

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
    right: [{}, { aw: "x", "a b": "" }, { k: FAMILY.repeat(256) }],
    wrong: [
      { "aws:x": "y" },
      { AWS: "", "Aws:k": "" },
      { k: "x".repeat(257) },
      { k: "a\tb" },
      { "": "x" },
    ],
  },
  attach_to_roles: {
    right: [{ a: "role" }],
    wrong: [{ a: "path/role" }, { a: "arn:aws:iam::123456789012:role/x" }],
  },
  external_id: {
    right: ["ab", "a".repeat(1224), "a:/b=,.@-_"],
    wrong: ["a", "a".repeat(1225), "a b", "ä1"],
  },
  assume_role_arns: {
    right: [[], ["arn:aws:iam::123456789012:role/a/b"]],
    wrong: [
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
  dynamodb_user_role_policy_json: {
    right: ['{"Statement":[]}', '{"Statement":{}}'],
    wrong: ["", "{}", "[]", '{"Statement":1}', "null", "{"],
  },
  rds_database_users: {
    right: [[], [{}], [{ region: "*", resource_id: "db-ABC", user_name: "a@b" }]],
    wrong: [
      [{ resource_id: "orders" }],
      [{ resource_id: "arn:aws:rds:us-east-1:123456789012:db:orders" }],
      [{ region: "us-east" }],
      [{}, { user_name: "a".repeat(64) }],
    ],
  },
  memorydb_connections: {
    right: [[{ cluster_name: "a-*" }]],
    wrong: [[{ cluster_name: "Upper" }]],
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
  ["rds_database_users", [{ regoin: "x" }], 'Did you mean "region"?'],
  ["aws_account_id", null, "aws_account_id is null: it must have a value."],
  ["aws_account_id", 123456789012, "aws_account_id is 123456789012: it must be"],
  ["user_role_max_session_duration", "1h", 'user_role_max_session_duration is "1h"'],
])("%s = %j: %s", (name, value, message) => {
  expect(problems(name, value).join("\n")).toContain(message);
});

test.each(["external_id", "dynamodb_user_role_policy_json"])(
  "%s never appears in a message",
  (name) => {
    expect(problems(name, "hush hush").join("\n")).toMatch(/^\w+ must be /);
    expect(problems(name, "hush hush").join("\n")).not.toContain("hush");
  },
);

test.each(variables.filter(({ default: preset }) => preset !== undefined))(
  "the default of $name is a right value",
  ({ name, default: preset }) => {
    expect(problems(name, preset ?? null)).toEqual([]);
  },
);

describeWithTerraform()("the same verdicts from terraform", () => {
  test("on every value of the table", () => {
    const root = new TerraformRoot({});
    try {
      const source = root.addModule("all", compose({ types: ["all"] }));
      const call = (index: number): string => `case_${String(index)}`;
      root.write({
        "main.tf": [
          OFFLINE_PROVIDER,
          ...cases.map(({ name, value }, index) =>
            moduleCall(call(index), source, {
              create_policy: "false",
              ...(name === "aws_account_id" ? {} : { aws_account_id: '"123456789012"' }),
              [name]: hcl(value),
            }),
          ),
        ].join("\n"),
      });
      root.init();
      const { stdout } = root.run("plan", "-json");
      const refused = new Map<string, string[]>();
      for (const line of stdout.split("\n").filter((text) => text !== "")) {
        const { diagnostic } = JSON.parse(line) as Diagnostic;
        const index = /module "(case_\d+)"/.exec(diagnostic?.snippet?.context ?? "")?.[1];
        if (diagnostic?.summary !== "Invalid value for variable" || index === undefined) continue;
        refused.set(index, [...(refused.get(index) ?? []), diagnostic.detail]);
      }
      expect(refused.size).toBeGreaterThan(0);
      const verdicts = cases.map(({ name, value }, index) => ({
        name,
        value,
        refused: refused.has(call(index)),
      }));
      expect(verdicts).toEqual(
        cases.map(({ name, value, isRight }) => ({ name, value, refused: !isRight })),
      );
      for (const [index, { name, value, isRight }] of cases.entries()) {
        if (isRight || name.endsWith("policy_json")) continue;
        const [sentence = ""] = problems(name, value);
        expect(refused.get(call(index))?.join("\n")).toContain(sentence);
      }
    } finally {
      root.dispose();
    }
  });
});

interface Diagnostic {
  readonly diagnostic?: {
    readonly summary: string;
    readonly detail: string;
    readonly snippet?: { readonly context: string | null };
  };
}

/** A value in HCL; JSON, but for the beginnings of templates. */
function hcl(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}

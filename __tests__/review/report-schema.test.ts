/** Reports of all kinds of findings, held against the schema that the command `schema` prints. */
import Ajv from "ajv/dist/2020";
import { printedSchema } from "../support/printed-schema";
import { renderers, reviewPlan } from "../../lib/review";
import { planOf, policyChange } from "../support/plan-json";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema(printedSchema(), "schema");

function problems(report: unknown): unknown {
  ajv.validate("schema#/$defs/review", report);
  return ajv.errors;
}

const statement = (rest: object): object => ({
  Version: "2012-10-17",
  Statement: { Sid: "A", Effect: "Allow", Action: "s3:Get*", Resource: "*", ...rest },
});
const update = (type: string, before: object, after: object) => ({
  address: `${type}.x`,
  type,
  actions: ["update"],
  before,
  after,
});

const changes = [
  policyChange({
    address: "aws_iam_policy.x",
    previous_address: "aws_iam_policy.y",
    before: statement({ Condition: { Bool: { "aws:SecureTransport": true } } }),
    after: statement({ Sid: "B", Principal: "*" }),
  }),
  policyChange({
    address: "aws_iam_policy.y",
    before: statement({ Effect: "Deny", NotPrincipal: "*", Resource: undefined }),
    after: { Statement: { Effect: "Allow", NotAction: "s3:*", NotResource: "*" } },
  }),
  policyChange({
    address: "aws_iam_policy.z",
    before: statement({}),
    after: statement({ Sid: "C" }),
  }),
  policyChange({ address: "aws_iam_policy.u", after: {} }),
  update(
    "aws_iam_role",
    { name: "r", assume_role_policy: "{}", permissions_boundary: "a", inline_policy: [] },
    {
      name: "r",
      assume_role_policy: JSON.stringify(statement({ Resource: undefined, Principal: "*" })),
      permissions_boundary: "b",
      inline_policy: [{ name: "i", policy: JSON.stringify(statement({})) }],
    },
  ),
  update("aws_iam_role_policies_exclusive", { policy_names: ["a"] }, { policy_names: [] }),
  update(
    "aws_iam_role_policy_attachment",
    { role: "r", policy_arn: "a" },
    { role: "r", policy_arn: "b" },
  ),
  update(
    "aws_iam_group_membership",
    { group: "g", users: ["a", "b"] },
    { group: "g", users: ["b", "c"] },
  ),
  update("aws_s3_bucket_policy", { policy: "a" }, { policy: "b" }),
];

const report = JSON.parse(
  renderers.json(
    reviewPlan(
      JSON.stringify({
        ...planOf(changes),
        deferred_changes: (
          planOf(changes.slice(0, 1)) as { resource_changes: object[] }
        ).resource_changes.map((resource_change) => ({ resource_change })),
      }),
      "plan",
    ),
  ),
) as { readonly items: readonly { readonly kind: string }[] };

test("a report with every kind of item is as the schema says", () => {
  expect(problems(report)).toBeNull();
  expect([...new Set(report.items.map(({ kind }) => kind))].sort()).toEqual([
    "attachment",
    "deferred change",
    "exclusive attachments",
    "group membership",
    "inline policy",
    "managed policy",
    "permissions boundary",
    "resource policy",
    "trust policy",
  ]);
});

test.each<[string, object]>([
  ["a verdict that there is not", { verdict: "fine" }],
  ["no items", { items: undefined }],
  ["a property more", { more: true }],
  ["an item without an address", { items: [{ ...report.items[0], address: undefined }] }],
])("the schema refuses %s", (_, change) => {
  expect(problems(JSON.parse(JSON.stringify({ ...report, ...change })))).not.toBeNull();
});

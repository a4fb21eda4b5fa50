/** Reports of all kinds of findings, held against the schema that the command `schema` prints. */
import Ajv from "ajv/dist/2020";
import { printedSchema } from "../support/printed-schema";
import { renderers, reviewPlan } from "../../lib/review";
import { planned, planOfResources, policyChange } from "../support/iam-plan";

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
const plain = statement({});

const changes = [
  policyChange(
    statement({ Condition: { Bool: { "aws:SecureTransport": true } } }),
    statement({ Sid: "B", Principal: "*" }),
    { previousAddress: "aws_iam_policy.old" },
  ),
  policyChange(
    statement({ Effect: "Deny", NotPrincipal: "*", Resource: undefined }),
    { Statement: { Effect: "Allow", NotAction: "s3:*", NotResource: "*" } },
    { name: "y" },
  ),
  policyChange(plain, statement({ Sid: "C" }), { name: "z" }),
  policyChange(undefined, {}, { name: "u" }),
  planned(
    "aws_iam_role",
    { name: "r", assume_role_policy: "{}", permissions_boundary: "a", inline_policy: [] },
    {
      name: "r",
      assume_role_policy: JSON.stringify(statement({ Resource: undefined, Principal: "*" })),
      permissions_boundary: "b",
      inline_policy: [{ name: "i", policy: JSON.stringify(plain) }],
    },
  ),
  planned("aws_iam_role_policies_exclusive", { policy_names: ["a"] }, { policy_names: [] }),
  planned(
    "aws_iam_role_policy_attachment",
    { role: "r", policy_arn: "a" },
    { role: "r", policy_arn: "b" },
  ),
  planned(
    "aws_iam_group_membership",
    { group: "g", users: ["a", "b"] },
    { group: "g", users: ["b", "c"] },
  ),
  planned("aws_s3_bucket_policy", { policy: "a" }, { policy: "b" }),
];
const { resource_changes: [deferred] = [] } = JSON.parse(planOfResources(changes)) as {
  readonly resource_changes?: readonly object[];
};
const plan = planOfResources(changes, { deferred_changes: [{ resource_change: deferred }] });
const report = JSON.parse(renderers.json(reviewPlan(plan, "plan"))) as {
  readonly items: readonly { readonly kind: string }[];
};

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

/** Values of another type than a variable's, which Terraform refuses in words of its own. */
import { databaseTypes } from "../../lib/catalog";
import { checkValue } from "../../lib/inputs/validation";
import { defineModule, roleModules } from "../../lib/inputs/module-definition";
import type { Json } from "../../lib/text/json";

const variables = [
  ...defineModule(databaseTypes).variables,
  ...roleModules["service-role"].variables,
];

test.each<[string, Json, string]>([
  ["create_policy", "yes", 'create_policy is "yes": it must be true or false.'],
  ["tags", [], "tags must be a map"],
  ["kms_key_ids", "x", "kms_key_ids must be a list"],
  ["kms_key_ids", [1], "kms_key_ids has [1]: each must be"],
  ["rds_database_users", {}, "rds_database_users must be a list: [{…}]"],
  ["rds_database_users", ["x"], "rds_database_users must be an object with the fields"],
  ["rds_database_users", [{ user: "x" }], 'rds_database_users has no field "user".'],
  ["rds_database_users", [{ regoin: "x" }], 'Did you mean "region"?'],
  [
    "rds_database_users",
    [{ region: "*" }],
    "rds_database_users must have the fields resource_id, user_name, too.",
  ],
  // Terraform drops a field that it does not know, beside right ones too.
  [
    "rds_database_users",
    [{ region: "*", resource_id: "*", user_name: "*", role: "x" }],
    'rds_database_users has no field "role".',
  ],
  ["rds_database_users", [null], "rds_database_users must be an object with the fields region"],
  ["dynamodb_user_role_policies", ["{}"], "dynamodb_user_role_policies must be a map:"],
  ["dynamodb_user_role_policy_arns", { a: "b" }, 'must be a map: {"key": "…"}'],
  ["aws_account_id", 123456789012, "aws_account_id is 123456789012: it must be"],
  ["trust_eks_pod_identity", [], "trust_eks_pod_identity must be an object with the fields"],
  ["trust_eks_pod_identity", { session_tag: true }, 'Did you mean "session_tags"?'],
  ["additional_statements", {}, "additional_statements must be a list: [{…}]"],
  ["additional_statements", [{ Sid: "A", Effects: "Allow" }], 'Did you mean "Effect"?'],
  ["trust_conditions", { StringEquals: { a: "b" } }, "trust_conditions must be"],
  [
    "statement_conditions",
    { StringEquals: { "aws:SourceIp": ["x"] } },
    "statement_conditions must",
  ],
])("%s = %j: %s", (name, value, message) => {
  const variable = variables.find((candidate) => candidate.name === name);
  if (variable === undefined) throw new Error(`no variable ${name}`);
  expect(checkValue(variable, value).join("\n")).toContain(message);
});

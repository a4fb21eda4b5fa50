/**
 * Trust policies of database-user roles: those of the page, and in the IAM simulator. Terraform makes the
 * same documents: two-readers.test.ts.
 */
import { databaseTypes } from "../../lib/catalog";
import type { Inputs } from "../../lib/inputs/assignments";
import { type Documents, documents } from "../../lib/policies/documents";
import { areAllowed, type Caller, type Request } from "../support/iam-simulator";
import { filledPolicy, meaning } from "../support/reference-page";

const DATABASES = "111122223333";
const SERVICE = "444455556666";
const role = (account: string, name = "teleport-db-service-role"): string =>
  `arn:aws:iam::${account}:role/${name}`;

/** Types whose users connect as a role, by the page: it has a block for each. */
const pageRoles: Readonly<Record<string, string>> = {
  docdb: "documentdb-user-role",
  dynamodb: "dynamodb-user-role",
  keyspace: "keyspaces-user-role",
  opensearch: "opensearch-user-role",
  redshift: "redshift-user-role",
  "redshift-serverless": "redshift-serverless-user-role",
};
const types = Object.keys(pageRoles);

const WORKGROUP = "01234567-89ab-cdef-0123-456789abcdef";
const untagged = { dynamodb_session_tags: false };
const calls = {
  role: { trusted_principals: [role(DATABASES)], ...untagged },
  account: { trusted_principals: [`arn:aws:iam::${DATABASES}:root`], ...untagged },
  cross: {
    trusted_principals: [role(SERVICE)],
    external_ids: ["example-external-id"],
    redshift_serverless_workgroups: [{ region: "us-east-2", workgroup_id: WORKGROUP }],
    ...untagged,
  },
  tagged: { trusted_principals: [role(DATABASES)] },
  allTagged: { trusted_principals: [role(DATABASES)], session_tags: true },
} satisfies Record<string, Inputs>;

const documentsOf = (call: keyof typeof calls): Documents =>
  documents(databaseTypes, { aws_account_id: DATABASES, ...calls[call] });

describe.each([
  ["role", "trust-role-as-principal"],
  ["account", "trust-account-as-principal"],
  ["cross", "trust-cross-account"],
] as const)("%s", (call, fixture) => {
  test.each(types)(`the trust policy is the page's (${fixture}): %s`, (type) => {
    const accounts = { "aws-account-id": DATABASES, "external-aws-account-id": SERVICE };
    expect(meaning(documentsOf(call).userRoleTrustPolicies[type])).toEqual(
      meaning(filledPolicy(fixture, accounts)),
    );
  });
});

test("DynamoDB's are tagged by default, all others if session_tags says so", () => {
  const tagging = (call: keyof typeof calls): string[] =>
    types.filter((type) =>
      JSON.stringify(documentsOf(call).userRoleTrustPolicies[type]).includes("sts:TagSession"),
    );
  expect(tagging("tagged")).toEqual(["dynamodb"]);
  expect(tagging("allTagged")).toEqual(types);
});

test.each([
  ["role", "redshift"],
  ["cross", "redshift-serverless"],
] as const)("%s: the policy of %s is the page's, narrowed if asked", (call, type) => {
  const values = { "aws-account-id": DATABASES, "workgroup-id": WORKGROUP };
  expect(meaning(documentsOf(call).userRolePolicies[type])).toEqual(
    meaning(filledPolicy(`${type}-user-role`, values)),
  );
});

describe("in the IAM simulator", () => {
  const by = (call: keyof typeof calls, type: string, more: Partial<Caller> = {}): Request => {
    const { policy, permissionsBoundary: boundary, userRoleTrustPolicies } = documentsOf(call);
    const arn = more.arn ?? role(DATABASES);
    return {
      caller: { arn, policies: [policy], boundary, ...more },
      action: "sts:AssumeRole",
      resource: role(DATABASES, pageRoles[type]),
      resourcePolicy: userRoleTrustPolicies[type],
      context: { "aws:PrincipalArn": arn },
    };
  };

  test.each(types)("assumed by the module's policy within its boundary: %s", async (type) => {
    expect(await areAllowed([by("role", type)])).toBe(true);
    expect(await areAllowed([by("account", type)])).toBe(true);
    expect(await areAllowed([by("role", type, { arn: role(DATABASES, "other") })])).toBe(false);
    expect(await areAllowed([by("account", type, { policies: [] })])).toBe(false);
    expect(await areAllowed([by("account", type, { arn: role(SERVICE) })])).toBe(false);
    const administrator = role(DATABASES, "administrator");
    expect(await areAllowed([{ ...by("account", type), resource: administrator }])).toBe(false);
  });

  test.each(types)("with tags if session_tags says so: %s", async (type) => {
    const tagging = (one: Request): Request => ({
      ...one,
      action: "sts:TagSession",
      context: { "aws:RequestTag/env": "dev", "aws:TagKeys": ["env"] },
    });
    const one = by("allTagged", type);
    expect(await areAllowed([one, tagging(one)])).toBe(true);
    expect(await areAllowed([tagging(by("role", type))])).toBe(false);
    expect(await areAllowed([tagging(by("tagged", type))])).toBe(type === "dynamodb");
  });
});

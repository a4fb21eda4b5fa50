/** The documents without Terraform are the ones that real terraform plans, whatever the inputs. */
import { databaseTypes } from "../../lib/catalog";
import { selectTypes } from "../../lib/catalog/select-types";
import { compose } from "../../lib/commands/compose/compose";
import { composition } from "../../lib/policies/composition";
import type { Inputs } from "../../lib/inputs/assignments";
import type { Json, Variable } from "../../lib/inputs/variable";
import { documents } from "../../lib/policies/documents";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { moduleCall, OFFLINE_PROVIDER, type Plan, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "210987654321";
const KEY = "12345678-1234-1234-1234-123456789012";

const { variables } = composition(databaseTypes, "DatabaseAccess");

/** Values for all variables of a kind, from the variables themselves. */
function each(kind: Variable["type"]["kind"], value: (variable: Variable) => Json): Inputs {
  return Object.fromEntries(
    variables.filter(({ type }) => type.kind === kind).map((each) => [each.name, value(each)]),
  );
}

/** Variables that create something or take away what others need. */
const STRUCTURAL =
  /^(create_|split_policy_by_type|trust_account|restrict_to_account)|_user_role_policy/;

const switched = (on: boolean): Inputs =>
  Object.fromEntries(
    Object.keys(each("bool", () => on))
      .filter((name) => !STRUCTURAL.test(name))
      .map((name) => [name, on]),
  );

/** Objects with every field, with one field, and with none; the first of them twice. */
const scoped = each("objects", ({ type }) => {
  if (type.kind !== "objects") throw new Error("not a list of objects");
  const wildcards = Object.fromEntries(Object.keys(type.fields).map((field) => [field, "a*"]));
  const [field = ""] = Object.keys(type.fields).slice(1);
  const prefix = field.endsWith("_id") || field === "resource_id" ? "*" : "b*";
  const full = Object.fromEntries(
    Object.keys(wildcards).map((name) => [name, name === "region" ? "us-east-1" : "*"]),
  );
  return [full, full, { [field]: prefix }, {}];
});

const roleArns = Object.fromEntries(
  variables
    .filter(({ name }) => name.endsWith("_user_role_arns"))
    .map(({ name }) => [name, [`arn:aws:iam::${OTHER_ACCOUNT}:role/team/reader`]]),
);

/** Inputs of the module of all types, by what they try. */
const cases: Readonly<Record<string, Inputs>> = {
  defaults: {},
  everything_on: { ...switched(true), kms_key_ids: [KEY] },
  everything_off: switched(false),
  restricted: { ...switched(true), restrict_to_account: true },
  scoped,
  scoped_and_restricted: { ...scoped, restrict_to_account: true },
  secrets: {
    elasticache_managed_users: true,
    memorydb_managed_users: true,
    secret_key_prefixes: ["teleport/", "team/teleport", "team/teleport/"],
    kms_key_ids: [KEY, `arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:key/${KEY}`],
  },
  china: { aws_partition: "aws-cn", ...scoped },
  roles: { ...roleArns, user_role_path: "/teleport/", redshift_user_role_names: ["a", "b/c", "a"] },
  no_roles: each("list", ({ name, default: preset }) =>
    name.endsWith("_user_role_names") ? [] : (preset ?? []),
  ),
  account_as_principal: { trust_account: true },
  cross_account: { service_account_id: OTHER_ACCOUNT, external_id: "example-external-id" },
  no_session_tags: { dynamodb_session_tags: false, external_id: "example-external-id" },
  hop: { assume_role_arns: [`arn:aws:iam::${OTHER_ACCOUNT}:role/access`] },
  access_role: {
    create_access_role: true,
    create_user_roles: true,
    service_account_id: OTHER_ACCOUNT,
    external_id: "example-external-id",
    access_role_name: "team/access",
  },
  on_ec2: { create_service_role: true, create_user_roles: true, ...scoped },
  on_ec2_in_china: { create_service_role: true, aws_partition: "aws-cn" },
  on_ecs: { create_service_role: true, service_role_trust: "ecs" },
  on_eks: { create_service_role: true, service_role_trust: "eks-pod-identity" },
  on_eks_by_oidc: {
    create_service_role: true,
    service_role_trust: "eks-service-account",
    eks_oidc_provider_arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC`,
    eks_service_account: "teleport/agent",
  },
};

describeWithTerraform()("documents with and without Terraform", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    root = new TerraformRoot({});
    const source = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...Object.entries(cases).map(([name, inputs]) =>
          moduleCall(name, source, {
            aws_account_id: JSON.stringify(ACCOUNT),
            // So that 10 managed policies and IAM's size limit are none of this test's business.
            create_policy: String(
              "create_service_role" in inputs || "create_access_role" in inputs,
            ),
            split_policy_by_type: "true",
            ...Object.fromEntries(
              Object.entries(inputs).map(([variable, value]) => [variable, JSON.stringify(value)]),
            ),
          }),
        ),
        ...Object.keys(cases).map(
          (name) =>
            `output "${name}" {\n  value = {\n    policy = module.${name}.policy_json\n    boundary = module.${name}.permissions_boundary_json\n    trust = module.${name}.user_role_trust_policies\n  }\n}\n`,
        ),
      ].join("\n"),
    });
    plan = root.init().plan();
  });

  afterAll(() => {
    root.dispose();
  });

  const rendered = (name: string) =>
    documents(selectTypes(["all"]).types, { aws_account_id: ACCOUNT, ...cases[name] });

  test.each(Object.keys(cases))("%s", (name) => {
    const { policy, boundary, trust } = plannedOutputs(plan, name);
    const ours = rendered(name);
    expect(ours.policy).toEqual(JSON.parse(policy));
    expect(ours.permissionsBoundary).toEqual(JSON.parse(boundary));
    expect(ours.userRoleTrustPolicies).toEqual(parsed(trust));
  });

  test.each(Object.keys(cases).filter((name) => name.startsWith("on_")))(
    "%s: the trust policy of the Database Service's role",
    (name) => {
      expect([rendered(name).serviceRoleTrustPolicy]).toEqual(
        planned(plan, name, "aws_iam_role.service", "assume_role_policy"),
      );
    },
  );

  test("the trust policy of the access role", () => {
    expect([rendered("access_role").accessRoleTrustPolicy]).toEqual(
      planned(plan, "access_role", "aws_iam_role.access", "assume_role_policy"),
    );
  });

  test.each(["on_ec2", "access_role"])("%s: what the database-user roles may do", (name) => {
    const { redshift, "redshift-serverless": serverless } = rendered(name).userRolePolicies;
    const inOrderOfAddresses = [serverless, redshift];
    expect(inOrderOfAddresses).toEqual(planned(plan, name, "aws_iam_role_policy.user", "policy"));
  });
});

interface Outputs {
  readonly policy: string;
  readonly boundary: string;
  readonly trust: Readonly<Record<string, string>>;
}

function plannedOutputs(plan: Plan, name: string): Outputs {
  return plan.planned_values.outputs?.[name]?.value as Outputs;
}

function parsed(byType: Readonly<Record<string, string>>): Record<string, PolicyDocument> {
  return Object.fromEntries(
    Object.entries(byType).map(([type, text]) => [type, JSON.parse(text) as PolicyDocument]),
  );
}

/** The documents that a module's resources are planned with, in the order of their addresses. */
function planned(plan: Plan, module: string, resource: string, attribute: string): unknown[] {
  const found = (plan.resource_changes ?? []).filter(({ address }) =>
    address.startsWith(`module.${module}.${resource}[`),
  );
  if (found.length === 0) throw new Error(`no ${resource} in module ${module}`);
  return found.map(({ change }) => JSON.parse(String(change.after?.[attribute])) as unknown);
}

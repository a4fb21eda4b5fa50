/** Every variable with a value that is sensitive, or that a plan does not know: real terraform plans. */
import * as fc from "fast-check";
import { databaseTypes } from "../../lib/catalog";
import type { DatabaseType } from "../../lib/catalog/database-type";
import { compose } from "../../lib/answers/compose";
import { defineModule, roleModules } from "../../lib/inputs/module-definition";
import type { Variable } from "../../lib/inputs/variable";
import { isList, isObject, type Json } from "../../lib/text/json";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { ACCOUNT, validValue } from "../support/valid-inputs";

const userRoleTypes = ["docdb", "dynamodb", "keyspace", "opensearch"];

/** Of all types at once, with a value for everything, the policy would be too long. */
const PARTS: Readonly<Record<string, readonly DatabaseType[]>> = {
  databases: databaseTypes.filter(({ name }) => !/cache|memory|redshift/.test(name)),
  caches: databaseTypes.filter(({ name }) => /cache|memory/.test(name)),
  redshift: databaseTypes.filter(({ name }) => name.includes("redshift")),
};

const MODULES: Readonly<Record<string, readonly Variable[]>> = {
  ...Object.fromEntries(
    Object.entries(PARTS).map(([name, types]) => [name, defineModule(types).variables]),
  ),
  "service-role": roleModules["service-role"].variables,
  "access-role": roleModules["access-role"].variables,
};

/** Values that must fit others, so that all of them can be set at once. */
const fitting: Readonly<Record<string, Json>> = {
  aws_account_id: ACCOUNT,
  aws_partition: "aws",
  services: ["database", "discovery"],
  attach_to_roles: { service: "teleport", other: "other" },
  trusted_principals: [`arn:aws:iam::444455556666:role/teleport`],
  external_ids: ["example"],
  trust_conditions: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } },
  statement_conditions: {
    DiscoveryListRegions: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } },
  },
  trust_eks_pod_identity: {
    cluster_arns: [`arn:aws:eks:us-east-1:${ACCOUNT}:cluster/main`],
    namespaces: ["teleport"],
    service_accounts: ["agent"],
    session_tags: true,
  },
  ...Object.fromEntries<Json>(
    [...userRoleTypes, "redshift", "redshift_serverless"].map((type) => [
      `${type}_user_role_names`,
      [`${type}-reader`],
    ]),
  ),
  ...Object.fromEntries<Json>(
    userRoleTypes.flatMap((type): (readonly [string, Json])[] => [
      [`${type}_user_role_policies`, { [`${type}-reader`]: '{"Statement":[{}]}' }],
      [
        `${type}_user_role_policy_arns`,
        { [`${type}-reader`]: { key: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
      ],
    ]),
  ),
};

function isSomething(value: Json): boolean {
  return value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
}

/** A value of each variable that is neither null nor empty. */
function valuesOf(variables: readonly Variable[]): Record<string, Json> {
  return Object.fromEntries(
    variables.map((variable): readonly [string, Json] => {
      const { name, type } = variable;
      if (type.kind === "bool") return [name, true];
      if (fitting[name] !== undefined) return [name, fitting[name]];
      const [sampled = null] = fc.sample(validValue(variable).filter(isSomething), {
        numRuns: 1,
        seed: 7,
      });
      // The shortest narrowings there are.
      const short =
        type.kind === "objects" && name !== "trust_eks_service_accounts"
          ? [Object.fromEntries(Object.keys(type.fields).map((field) => [field, "*"]))]
          : sampled;
      return [name, short];
    }),
  );
}

/** Variables that decide the resources or their keys: a plan must know them. */
const DECIDES = /^(create_|trust_ec2$|assume_itself$)|_user_role_names$/;
/** Of these a plan must know the keys, which are the caller's choice. */
const KEYS_ONLY = /^(attach_to_roles|assume_role_arns|tags)$|_user_role_(policies|policy_arns)$/;

const hcl = (value: Json): string => JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");

/** A value with `wrap` around each text in it. */
function byElement(value: Json, wrap: (text: string) => string): string {
  if (typeof value === "string") return wrap(hcl(value));
  if (isList(value)) return `[${value.map((item) => byElement(item, wrap)).join(", ")}]`;
  if (value !== null && isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)} = ${byElement(item, wrap)}`,
    );
    return `{ ${entries.join(", ")} }`;
  }
  return hcl(value);
}

/** A value that a plan knows in part: what has to be known, and the rest as `expression`. */
function known(name: string, value: Json, text: string, whole: string): string {
  if (KEYS_ONLY.test(name)) return byElement(value, () => text);
  if (DECIDES.test(name) || value === null) return hcl(value);
  return typeof value === "string" ? text : whole;
}

const PENDING = "terraform_data.pending.output";
const DEFERRED = "data.aws_iam_policy_document.deferred.json";

/** The ways to pass a call's values, by variable. */
const ways: Readonly<Record<string, (name: string, value: Json) => string>> = {
  known: (_, value) => hcl(value),
  sensitive: (_, value) => `sensitive(${hcl(value)})`,
  "sensitive-by-element": (_, value) => byElement(value, (text) => `sensitive(${text})`),
  unknown: (name, value) => known(name, value, PENDING, `jsondecode(${PENDING})`),
  "unknown-by-element": (name, value) =>
    DECIDES.test(name) ? hcl(value) : byElement(value, () => PENDING),
  // A data source that waits for the apply does not even say whether there is a value.
  deferred: (name, value) => known(name, value, DEFERRED, `jsondecode(${DEFERRED})`),
};

const DATA_SOURCES = `
resource "terraform_data" "pending" {
  input = "value"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["dynamodb:Query"]
    resources = [terraform_data.pending.id]
  }
}
`;

const calls = Object.entries(MODULES).flatMap(([module, variables]) =>
  Object.entries(ways).map(([way, expressionOf]) => ({
    name: `${module}-${way}`,
    module,
    values: Object.fromEntries(
      Object.entries(valuesOf(variables)).map(([name, value]) => [name, expressionOf(name, value)]),
    ),
  })),
);

/** The variables that accept null, and those that accept nothing in a list or map. */
const nulls = Object.entries(MODULES).map(([module, variables]) => ({
  name: `${module}-null`,
  module,
  values: {
    ...Object.fromEntries(
      variables
        .filter(({ default: preset }) => preset !== undefined)
        .map(({ name }) => [name, "null"]),
    ),
    aws_account_id: hcl(ACCOUNT),
    ...(module === "access-role"
      ? { trusted_principals: hcl([`arn:aws:iam::${ACCOUNT}:root`]) }
      : {}),
    ...(module === "service-role" ? { trust_ecs: "true" } : {}),
  },
}));

describeWithTerraform()("a value of every variable", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    root = new TerraformRoot({});
    const sources = new Map(
      Object.entries(PARTS).map(([name, types]) => [
        name,
        root.addModule(name, compose({ types: types.map((type) => type.name) })),
      ]),
    );
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        DATA_SOURCES,
        ...[...calls, ...nulls].map(({ name, module, values }) =>
          moduleCall(name, sources.get(module) ?? readyModule(module), values),
        ),
      ].join("\n"),
    });
    const { status, stdout, stderr } = root.init().run("plan", "-no-color", "-out=tfplan");
    expect(stderr.replace(/^.*?Error: /s, "Error: ")).toBe("");
    expect(status).toBe(0);
    // Terraform's own warning about a check whose values are not known yet is the only one.
    const warnings = stdout.split("Warning: ").slice(1);
    const ours = warnings.filter((text) => !text.startsWith("Check block assertion known after"));
    expect(ours).toEqual([]);
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  test.each(calls.map(({ name, module, values }) => [name, module, values] as const))(
    "%s: the plan creates what it creates with values that are known",
    (name, module, values) => {
      expect(Object.keys(values)).toEqual(MODULES[module]?.map((variable) => variable.name));
      expect(created(name)).toEqual(created(`${module}-known`));
      expect(created(name).length).toBeGreaterThan(0);
    },
  );

  test.each(nulls.map(({ name, module }) => [name, module] as const))(
    "%s: null is the default",
    (name, module) => {
      const defaults: Readonly<Record<string, readonly string[]>> = {
        databases: ["aws_iam_policy.database_access[0]", "terraform_data.statements"],
        caches: ["aws_iam_policy.database_access[0]", "terraform_data.statements"],
        redshift: ["aws_iam_policy.database_access[0]", "terraform_data.statements"],
        "service-role": ["aws_iam_role.service"],
        "access-role": ["aws_iam_role.access"],
      };
      expect(created(name)).toEqual(defaults[module]);
    },
  );

  /** The addresses of what a call creates, in the module. */
  function created(call: string): string[] {
    return (plan.resource_changes ?? [])
      .filter(({ module_address }) => module_address === `module.${call}`)
      .map(({ address }) => address.slice(`module.${call}.`.length))
      .sort();
  }
});

/** Every variable with a value that is sensitive, or that a plan does not know: real terraform plans. */
import * as fc from "fast-check";
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { moduleVariables } from "../../lib/inputs/module-definition";
import { isList, isObject, type Json } from "../../lib/text/json";
import { moduleCall, OFFLINE_PROVIDER, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { validValue } from "../support/valid-inputs";

const everything = compose({ types: ["all"] });
const variables = moduleVariables(databaseTypes, "DatabaseAccess");
const ACCOUNT = "123456789012";
const userRoleTypes = ["docdb", "dynamodb", "keyspace", "opensearch", "redshift", "redshift_serverless"];

/** A value of each variable: the first that is neither null nor empty. */
const values: Readonly<Record<string, Json>> = Object.fromEntries(
  variables.map((variable): readonly [string, Json] => {
    const isSomething = (value: Json): boolean =>
      value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
    const [value = null] = fc.sample(validValue(variable).filter(isSomething), {
      numRuns: 1,
      seed: 7,
    });
    return [variable.name, value];
  }),
);

/** What is one role's and not another's, or must fit what others say. */
const base: Readonly<Record<string, Json>> = {
  ...values,
  ...Object.fromEntries(
    variables
      .filter(({ type }) => type.kind === "bool")
      .map(({ name }): readonly [string, Json] => [name, true]),
  ),
  ...Object.fromEntries(
    variables
      .filter(({ name }) => name.endsWith("_permissions_boundary_arn"))
      .map(({ name }): readonly [string, Json] => [name, null]),
  ),
  ...Object.fromEntries(userRoleTypes.map((type): readonly [string, Json] => [`${type}_user_role_names`, [`${type}-reader`]])),
  ...Object.fromEntries(
    userRoleTypes.slice(0, 4).flatMap((type): (readonly [string, Json])[] => [
      [`${type}_user_role_policies`, { [`${type}-reader`]: '{"Statement":[{}]}' }],
      [`${type}_user_role_policy_arns`, { [`${type}-reader`]: { key: "arn:aws:iam::aws:policy/ReadOnlyAccess" } }],
    ]),
  ),
  policy_count: 5,
  services: ["database", "discovery"],
  service_account_id: ACCOUNT,
  split_policy_by_type: false,
  trust_account: false,
  create_service_role: false,
  service_role_self_assumption: false,
  create_access_role: false,
  create_permissions_boundary: false,
  assume_role_arns: null,
  eks_oidc_provider_arn: null,
  eks_service_account: null,
  teleport_oidc_provider_arn: null,
  create_teleport_oidc_provider: false,
  teleport_proxy_address: null,
  teleport_oidc_thumbprints: null,
  service_role_trust: "ec2",
  additional_service_role_trusts: ["ecs"],
};

/** What a call creates, so that every resource of the module is planned. */
const contexts: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  "service-role": {
    create_service_role: true,
    service_role_self_assumption: true,
    create_permissions_boundary: true,
    // Of all types at once, the boundary would be longer than IAM allows.
    restrict_to_account: false,
    service_role_trust: "eks-service-account",
    eks_oidc_provider_arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks/id/ABC`,
    eks_service_account: "teleport/agent",
    additional_service_role_trusts: ["ecs", "oidc-integration"],
    create_teleport_oidc_provider: true,
    teleport_proxy_address: "example.teleport.sh:443",
    teleport_oidc_thumbprints: ["0123456789abcdef0123456789abcdef01234567"],
  },
  "oidc-provider": {
    create_service_role: true,
    restrict_to_account: false,
    additional_service_role_trusts: ["oidc-integration"],
    teleport_oidc_provider_arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/example.teleport.sh`,
    teleport_proxy_address: "example.teleport.sh",
    service_role_permissions_boundary_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  },
  "access-role": { create_access_role: true, access_role_permissions_boundary_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  split: { policy_count: 1, split_policy_by_type: true },
  hop: {
    assume_role_arns: [`arn:aws:iam::210987654321:role/access`],
    external_id: null,
    additional_external_ids: [],
    create_user_roles: false,
    policy_count: 1,
    ...Object.fromEntries(
      userRoleTypes.slice(0, 4).flatMap((type): (readonly [string, Json])[] => [
        [`${type}_user_role_policies`, {}],
        [`${type}_user_role_policy_arns`, {}],
      ]),
    ),
  },
};

/** The keys of resources: a plan must know whether they are there, and how many. */
const DECIDES_KEYS =
  /^(create_|split_policy_by_type$|policy_count$|attach_to_roles$|(additional_)?service_role_trusts?$)|_user_role_(names|policies|policy_arns)$/;

/** Of these a plan must know the keys only, which are the caller's choice. */
const KEYS_ONLY = /^attach_to_roles$|_user_role_(policies|policy_arns)$/;

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

/** How the values of a call are given, by variable. */
const ways: Readonly<Record<string, (name: string, value: Json) => string>> = {
  sensitive: (_, value) => `sensitive(${hcl(value)})`,
  "sensitive-by-element": (_, value) => byElement(value, (text) => `sensitive(${text})`),
  unknown: (name, value) => {
    if (KEYS_ONLY.test(name)) return byElement(value, () => "terraform_data.pending.output");
    if (DECIDES_KEYS.test(name) || value === null) return hcl(value);
    return typeof value === "string"
      ? "terraform_data.pending.output"
      : "jsondecode(terraform_data.pending.output)";
  },
  "unknown-by-element": (name, value) =>
    DECIDES_KEYS.test(name) && !KEYS_ONLY.test(name)
      ? hcl(value)
      : byElement(value, () => "terraform_data.pending.output"),
  // A data source that waits for the apply does not even say whether there is a value.
  deferred: (name, value) => {
    const text = "data.aws_iam_policy_document.deferred.json";
    if (KEYS_ONLY.test(name)) return byElement(value, () => text);
    if (DECIDES_KEYS.test(name) || value === null) return hcl(value);
    if (typeof value === "string") return text;
    return name === "tags"
      ? "data.aws_default_tags.deferred.tags"
      : isList(value) && value.every((item) => typeof item === "string")
        ? "data.aws_regions.deferred.names"
        : `jsondecode(${text})`;
  },
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

data "aws_regions" "deferred" {
  depends_on = [terraform_data.pending]
}

data "aws_default_tags" "deferred" {
  depends_on = [terraform_data.pending]
}
`;

const calls = Object.entries(contexts).flatMap(([context, own]) =>
  Object.entries(ways).map(([way, expressionOf]) => {
    const inputs = { ...base, ...own, aws_account_id: ACCOUNT, aws_partition: "aws" };
    return {
      name: `${context}-${way}`,
      values: Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [name, expressionOf(name, value)]),
      ),
    };
  }),
);

describeWithTerraform()("a value of every variable", () => {
  test("that is sensitive or known after apply, as a whole and by element, is planned", () => {
    const root = new TerraformRoot({});
    try {
      const source = root.addModule("all", everything);
      for (const { values } of calls) {
        expect(Object.keys(values).sort()).toEqual(variables.map(({ name }) => name).sort());
      }
      root.write({
        "main.tf": [
          OFFLINE_PROVIDER,
          DATA_SOURCES,
          ...calls.map(({ name, values }) => moduleCall(name, source, values)),
        ].join("\n"),
      });
      const { status, stderr } = root.init().run("plan", "-no-color");
      expect(stderr.replace(/^.*?Error: /s, "Error: ")).toBe("");
      expect(status).toBe(0);
    } finally {
      root.dispose();
    }
  });
});

describe("no key of a written file is a template, whose value Terraform could not take where it is sensitive", () => {
  const folders = databaseTypes.map(({ name }) => readyModule(name));
  const files = [
    ...everything,
    ...folders.flatMap((folder) =>
      fs
        .readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name)
        .map((file) => [path.join(path.basename(folder), file), fs.readFileSync(path.join(folder, file), "utf8")] as const),
    ),
  ].filter(([name]) => name.endsWith(".json"));

  test.each(files)("%s", (_, text) => {
    const keys: string[] = [];
    JSON.parse(text, (key, value: unknown) => {
      keys.push(key);
      return value;
    });
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter((key) => key.includes("${") || key.includes("%{"))).toEqual([]);
  });
});

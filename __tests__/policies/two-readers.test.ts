/** A rule of a policy means the same to both of its readers: real terraform, and `documents()`. */
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { compose } from "../../lib/answers/compose";
import { databaseTypes } from "../../lib/catalog";
import { selectTypes } from "../../lib/catalog/select-types";
import type { DatabaseType } from "../../lib/catalog/database-type";
import { checkInputs, type Inputs } from "../../lib/inputs/assignments";
import { defineModule, withUserRoles } from "../../lib/inputs/module-definition";
import { type Documents, documents } from "../../lib/policies/documents";
import type { Json } from "../../lib/text/json";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  plannedResources,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { ACCOUNT, validInputs } from "../support/valid-inputs";

/** Every run tries the same calls. */
const SEED = 20261124;

/** A call of a module for `types`. */
interface Call {
  readonly types: readonly DatabaseType[];
  readonly inputs: Inputs;
}

/** Variables that decide the resources, or affect nothing else. */
const NOT_ABOUT_DOCUMENTS =
  /^(create_|policy_name|policy_path|attach_to_roles|tags|statement_conditions)|_user_role_polic|permissions_boundary_arn$/;
const ABOUT_TRUST = ["trusted_principals", "external_ids", "trust_conditions"];

/** Values that fit each other: the rules that span variables hold. */
function fitting(inputs: Inputs): Inputs {
  const isManaged =
    inputs.elasticache_managed_users === true || inputs.memorydb_managed_users === true;
  const crosses = JSON.stringify(inputs.trusted_principals ?? []).includes("444455556666");
  const ids = inputs.external_ids as readonly string[] | undefined;
  return {
    ...inputs,
    aws_account_id: ACCOUNT,
    ...(isManaged || inputs.kms_key_ids === undefined ? {} : { kms_key_ids: [] }),
    ...(crosses && (ids ?? []).length === 0 ? { external_ids: ["example"] } : {}),
  };
}

/** Random inputs of some variables of a module in a random partition. */
function inputsOf(
  { variables }: ReturnType<typeof defineModule>,
  isMeant: (name: string) => boolean,
): fc.Arbitrary<Inputs> {
  return fc.constantFrom("aws", "aws-cn", "aws-us-gov").chain((partition) =>
    validInputs(
      variables.filter(({ name }) => isMeant(name)),
      partition,
    ).map((inputs) => fitting({ ...inputs, aws_partition: partition })),
  );
}

/** Calls of modules for random types: three of each module. */
function calls(mostTypes: number, isMeant: (name: string) => boolean): fc.Arbitrary<Call[]> {
  return fc.subarray([...databaseTypes], { minLength: 1, maxLength: mostTypes }).chain((types) =>
    fc.array(
      inputsOf(defineModule(types), isMeant)
        .map((inputs) => ({ types, inputs }))
        // IAM accepts no empty policy.
        .filter(({ inputs }) => documents(types, inputs).policy.Statement.length > 0),
      { minLength: 3, maxLength: 3 },
    ),
  );
}

const sample = <T>(from: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(from, { numRuns, seed: SEED });

const isAboutPolicies = (name: string): boolean =>
  !NOT_ABOUT_DOCUMENTS.test(name) && !ABOUT_TRUST.includes(name);
const policyCalls: readonly (readonly Call[])[] = [
  ...sample(calls(4, isAboutPolicies), 8),
  ...sample(calls(11, isAboutPolicies), 1),
  // Narrowings that these random calls leave open.
  [
    {
      types: selectTypes(["elasticache", "opensearch"]).types,
      inputs: {
        aws_account_id: ACCOUNT,
        elasticache_connections: [{ region: "eu-*", replication_group: "a", user_name: "b" }],
        opensearch_domains: [{ region: "*", domain_name: "logs" }],
      },
    },
  ],
];

const roleCalls = sample(
  calls(3, (name) => !NOT_ABOUT_DOCUMENTS.test(name) && !name.endsWith("_user_role_names")),
  8,
).flatMap((ofModule) =>
  ofModule.flatMap(({ types, inputs }): Call[] => {
    if (withUserRoles(types).length === 0) return [];
    const principals = (inputs.trusted_principals ?? []) as readonly string[];
    const [trusted_principals = []] = [principals].filter(({ length }) => length > 0);
    const call = {
      types,
      inputs: {
        ...inputs,
        create_user_roles: true,
        trusted_principals:
          trusted_principals.length > 0 ? trusted_principals : [`arn:aws:iam::${ACCOUNT}:root`],
        create_policy: false,
      },
    };
    const isSomething = Object.values(rendered(call).userRolePolicies).every(
      ({ Statement }) => Statement.length > 0,
    );
    return isSomething ? [call] : [];
  }),
);

function rendered({ types, inputs }: Call): Documents {
  return documents(types, inputs);
}

test("what is tried are right values, among them null, nothing and several of every kind", () => {
  const tried = [...policyCalls.flat(), ...roleCalls];
  const untried = defineModule(databaseTypes).variables.filter(
    ({ name, default: preset = null }) =>
      isAboutPolicies(name) &&
      tried.every(({ inputs: { [name]: value = null } }) =>
        [preset, null, []].some((nothing) => isDeepStrictEqual(value, nothing)),
      ),
  );
  expect(untried).toEqual([]);
  for (const { types, inputs } of tried) checkInputs(defineModule(types), inputs);
  expect(roleCalls.length).toBeGreaterThan(6);
  const narrowings = tried.flatMap(({ types, inputs }) =>
    defineModule(types).variables.flatMap(({ name, type }) =>
      type.kind === "objects" && name in inputs ? [inputs[name]] : [],
    ),
  );
  expect(narrowings).toContain(null);
  for (const length of [0, 1, 2]) {
    expect(narrowings.some((value) => Array.isArray(value) && value.length === length)).toBe(true);
  }
});

/** A value in HCL; JSON, but for the beginnings of templates. */
const hcl = (value: Json): string => JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");

const hclInputs = (inputs: Inputs): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hcl(value)]));

describeWithTerraform()("documents with and without Terraform", () => {
  // No call creates anything in AWS, so an apply needs none: what is unknown in the plan is read too.
  test("policies and boundaries are the same, for known values and for those known after apply", () => {
    const root = new TerraformRoot({});
    const prepared = policyCalls.flatMap((ofModule, number) => {
      const types = ofModule[0]?.types.map(({ name }) => name) ?? [];
      const source = root.addModule(`module-${String(number)}`, compose({ types }));
      return ofModule.map((call, index) => ({
        name: `call-${String(number)}-${String(index)}`,
        source,
        later: (number + index) % 2 === 0,
        ...call,
      }));
    });
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...prepared.flatMap(({ name, source, later, inputs }) => {
          const values = later
            ? Object.keys(inputs).map((key) => [key, `terraform_data.${name}.output.${key}`])
            : Object.entries(hclInputs(inputs));
          return [
            `resource "terraform_data" "${name}" {\n  input = ${hcl(inputs)}\n}\n`,
            moduleCall(name, source, {
              ...(Object.fromEntries(values) as Record<string, string>),
              create_policy: "false",
            }),
            `output "${name}" {\n  value = [module.${name}.policy_json, module.${name}.permissions_boundary_json]\n}\n`,
          ];
        }),
      ].join("\n"),
    });
    root.init().succeed("apply", "-auto-approve");
    const outputs = JSON.parse(root.succeed("output", "-json")) as Readonly<
      Record<string, { readonly value: readonly string[] }>
    >;
    for (const call of prepared) {
      const { policy, permissionsBoundary } = rendered(call);
      const given = outputs[call.name]?.value.map((text) => JSON.parse(text) as unknown);
      expect([call.inputs, given]).toEqual([call.inputs, [policy, permissionsBoundary]]);
    }
  });

  test("trust policies and policies of roles are the same", () => {
    const root = new TerraformRoot({});
    const ofTypes = roleCalls.map((call, index) => ({ name: `types-${String(index)}`, call }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...ofTypes.map(({ name, call: { types, inputs } }) => {
          const files = compose({ types: types.map((type) => type.name) });
          return moduleCall(name, root.addModule(name, files), hclInputs(inputs));
        }),
      ].join("\n"),
    });
    const plan = root.init().plan();
    const planned = (call: string, resource: string, attribute: string): unknown =>
      Object.fromEntries(
        plannedResources(plan, call, resource).map(([key, values]) => [
          String(key).replace(/\/.*$/, ""),
          JSON.parse(String(values[attribute])) as unknown,
        ]),
      );
    for (const { name, call } of ofTypes) {
      const { userRoleTrustPolicies, userRolePolicies } = rendered(call);
      expect([
        call.inputs,
        planned(name, "aws_iam_role.user", "assume_role_policy"),
        planned(name, "aws_iam_role_policy.user", "policy"),
      ]).toEqual([call.inputs, userRoleTrustPolicies, userRolePolicies]);
    }
  });
});

/** A rule of a policy means the same to both of its readers: real terraform, and `documents()`. */
import * as fc from "fast-check";
import { databaseTypes } from "../../lib/catalog";
import type { DatabaseType } from "../../lib/catalog/database-type";
import { variablePrefix } from "../../lib/catalog/database-type";
import { compose } from "../../lib/answers/compose";
import type { PolicyDocument } from "../../lib/catalog/policy-document";
import type { Inputs } from "../../lib/inputs/assignments";
import { checkInputs } from "../../lib/inputs/assignments";
import { defineModule } from "../../lib/inputs/module-definition";
import type { Json } from "../../lib/text/json";
import { type Documents, documents } from "../../lib/policies/documents";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { validInputs } from "../support/valid-inputs";

/** Every run tries the same calls. */
const SEED = 20261124;
const MODULES = 8;
const CALLS_OF_A_MODULE = 3;

const ACCOUNT = "123456789012";

/** A call of a module. */
interface Call {
  readonly types: readonly DatabaseType[];
  readonly inputs: Inputs;
  /** Whether a plan does not know its values yet. */
  readonly later: boolean;
}

/** What decides which resources there are, or is about nothing but resources. */
const NOT_ABOUT_DOCUMENTS =
  /^(create_|policy_|split_policy_by_type|attach_to_roles|tags)|_user_role_polic|_role_(description|permissions_boundary_arn|max_session_duration)$/;

/** What the trust of Teleport's OIDC integration needs: a provider that is given, or one that is made. */
function integration(isThere: boolean, isOnly: boolean, inputs: Inputs): Inputs {
  const given = inputs.teleport_oidc_provider_arn ?? null;
  const services = { services: isOnly ? ["discovery"] : ["database", "discovery"] };
  return {
    create_teleport_oidc_provider: isThere && given === null,
    teleport_oidc_provider_arn: isThere ? given : null,
    teleport_proxy_address: isThere ? (inputs.teleport_proxy_address ?? "a.example.com") : null,
    ...(isThere ? services : {}),
    ...(isThere && given !== null ? { teleport_proxy_address: "example.teleport.sh" } : {}),
  };
}

/** Values that a module may have together: the rules that span variables hold. */
function consistent(types: readonly DatabaseType[], { inputs, role }: Mode): Inputs {
  const isHop = Array.isArray(inputs.assume_role_arns) && role === undefined;
  const places = [
    inputs.service_role_trust ?? "ec2",
    ...((inputs.additional_service_role_trusts ?? []) as readonly Json[]),
  ];
  const onEks = places.includes("eks-service-account");
  const integrates = places.includes("oidc-integration");
  const isManaged =
    inputs.elasticache_managed_users === true || inputs.memorydb_managed_users === true;
  const acrossAccounts = ![undefined, null, ACCOUNT].includes(inputs.service_account_id as string);
  const asksForId = !isHop && (acrossAccounts || typeof inputs.external_id === "string");
  return {
    ...inputs,
    aws_account_id: ACCOUNT,
    ...(isManaged || inputs.kms_key_ids === undefined ? {} : { kms_key_ids: [] }),
    ...(isHop ? {} : { assume_role_arns: null }),
    external_id: asksForId ? (inputs.external_id ?? "ab") : null,
    additional_external_ids: asksForId ? (inputs.additional_external_ids ?? []) : [],
    ...(role === "service" ? {} : { service_role_self_assumption: false }),
    ...(role === undefined ? { create_policy: false } : { [`create_${role}_role`]: true }),
    ...(role === "service"
      ? {
          service_account_id: null,
          eks_oidc_provider_arn: onEks
            ? `arn:${inputs.aws_partition as string}:iam::${ACCOUNT}:oidc-provider/oidc.eks/id/ABC`
            : null,
          eks_service_account: onEks ? "teleport/agent" : null,
          ...integration(integrates, new Set(places).size === 1, inputs),
        }
      : {}),
    ...(role !== undefined && types.some(({ userRole }) => userRole !== undefined)
      ? {
          create_user_roles: true,
          ...Object.fromEntries(
            types.flatMap(({ name, userRole }) =>
              userRole === undefined
                ? []
                : [[`${variablePrefix(name)}_user_role_names`, [`${name}-user`]]],
            ),
          ),
        }
      : {}),
  };
}

/** Random values, and the role that carries the policy where the call creates one. */
interface Mode {
  readonly inputs: Inputs;
  readonly role: "service" | "access" | undefined;
}

/** A module of random types, and calls of it. */
function calls(roles: readonly Mode["role"][], mostTypes: number): fc.Arbitrary<Call[]> {
  return fc.subarray([...databaseTypes], { minLength: 1, maxLength: mostTypes }).chain((types) => {
    const variables = defineModule(types).variables.filter(
      ({ name }) => !NOT_ABOUT_DOCUMENTS.test(name),
    );
    const inputs = fc
      .constantFrom("aws", "aws-cn", "aws-us-gov")
      .chain((partition) =>
        fc.record({
          inputs: validInputs(variables, partition).map((values) => ({
            ...values,
            aws_partition: partition,
          })),
          role: fc.constantFrom(...roles),
          later: fc.boolean(),
        }),
      )
      .map(({ later, ...mode }) => ({ types, inputs: consistent(types, mode), later }))
      // IAM takes no empty policy.
      .filter((call) => roles[0] === undefined || everyPolicyIsSomething(rendered(call)));
    return fc.array(inputs, { minLength: CALLS_OF_A_MODULE, maxLength: CALLS_OF_A_MODULE });
  });
}

function everyPolicyIsSomething({ policy, userRolePolicies }: Documents): boolean {
  return [policy, ...Object.values(userRolePolicies)].every(
    ({ Statement }) => Statement.length > 0,
  );
}

function rendered({ types, inputs }: Call): Documents {
  return documents(types, inputs);
}

/** Writes the modules of `sampled` into a root and returns their calls with their sources, by name. */
function prepare(
  root: TerraformRoot,
  sampled: readonly Call[][],
): Map<string, Call & { source: string }> {
  return new Map(
    sampled.flatMap((ofModule, number) => {
      const types = ofModule[0]?.types.map(({ name }) => name) ?? [];
      const source = root.addModule(`module-${String(number)}`, compose({ types }));
      return ofModule.map(
        (call, index) => [`call-${String(number)}-${String(index)}`, { ...call, source }] as const,
      );
    }),
  );
}

const OUTPUTS = ["policy_json", "permissions_boundary_json"] as const;

interface Outputs extends Readonly<Record<(typeof OUTPUTS)[number], string>> {
  readonly user_role_trust_policies: Readonly<Record<string, string>> | null;
}

function output(name: string, { types }: Call): string {
  const trusts = types.some(({ userRole }) => userRole !== undefined)
    ? `module.${name}.user_role_trust_policies`
    : "null";
  const values = OUTPUTS.map((key) => `    ${key} = module.${name}.${key}\n`).join("");
  return `output "${name}" {\n  value = {\n${values}    user_role_trust_policies = ${trusts}\n  }\n}\n`;
}

/** The documents that both readers give whatever the module creates. */
function common(documents: Documents, { inputs }: Call): unknown {
  const { policy, permissionsBoundary, userRoleTrustPolicies } = documents;
  // Where the policy is a hop, the roles belong to another call.
  return [
    policy,
    permissionsBoundary,
    Array.isArray(inputs.assume_role_arns) ? {} : userRoleTrustPolicies,
  ];
}

function parsed(outputs: Outputs): unknown {
  return [
    ...OUTPUTS.map((key) => JSON.parse(outputs[key]) as PolicyDocument),
    Object.fromEntries(
      Object.entries(outputs.user_role_trust_policies ?? {}).map(([type, text]) => [
        type,
        JSON.parse(text) as PolicyDocument,
      ]),
    ),
  ];
}

const sampledCalls = fc.sample(calls([undefined], 4), { numRuns: MODULES, seed: SEED });
const everyType: Call[] =
  fc.sample(calls([undefined], databaseTypes.length), { numRuns: 1, seed: SEED })[0] ?? [];
const sampledRoles = fc.sample(calls(["service", "access"], 3), { numRuns: MODULES, seed: SEED });

test("what is tried are right values, among them null, nothing and several of every kind", () => {
  const tried = [...sampledCalls, everyType, ...sampledRoles].flat();
  expect(new Set(tried.map(({ later }) => later)).size).toBe(2);
  for (const { types, inputs } of tried) checkInputs(defineModule(types), inputs);
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
function hcl(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}

describeWithTerraform()("documents with and without Terraform", () => {
  // No call creates anything in AWS, so an apply needs none: what is unknown in the plan is read too.
  test("are the same for values that are known, and for those that a plan does not know", () => {
    const root = new TerraformRoot({});
    try {
      const prepared = prepare(root, [...sampledCalls, everyType]);
      root.write({
        "main.tf": [
          OFFLINE_PROVIDER,
          ...[...prepared].flatMap(([name, call]) => [...callsOf(name, call), output(name, call)]),
        ].join("\n"),
      });
      root.init();
      root.succeed("apply", "-auto-approve");
      const values = JSON.parse(root.succeed("output", "-json")) as Readonly<
        Record<string, { readonly value: Outputs }>
      >;
      for (const [name, call] of prepared) {
        const outputs = values[name]?.value;
        if (outputs === undefined) throw new Error(`no output of ${name}`);
        expect([name, call, parsed(outputs)]).toEqual([name, call, common(rendered(call), call)]);
      }
    } finally {
      root.dispose();
    }
  });

  test("are the same for the roles that the module creates", () => {
    const root = new TerraformRoot({});
    try {
      const prepared = prepare(root, sampledRoles);
      root.write({
        "main.tf": [
          OFFLINE_PROVIDER,
          ...[...prepared].flatMap(([name, call]) => [
            moduleCall(name, call.source, hclInputs(call.inputs)),
            output(name, call),
          ]),
        ].join("\n"),
      });
      const plan = root.init().plan();
      for (const [name, call] of prepared) {
        const documents = rendered(call);
        const outputs = plan.planned_values.outputs?.[name]?.value as Outputs;
        const isService = call.inputs.create_service_role === true;
        const role = isService ? "aws_iam_role.service" : "aws_iam_role.access";
        const trust = isService
          ? documents.serviceRoleTrustPolicy
          : documents.accessRoleTrustPolicy;
        expect([
          name,
          call.inputs,
          parsed(outputs),
          planned(plan, name, role, "assume_role_policy"),
          planned(plan, name, "aws_iam_role_policy.user", "policy"),
        ]).toEqual([
          name,
          call.inputs,
          common(documents, call),
          { 0: trust },
          Object.fromEntries(
            Object.entries(documents.userRolePolicies).map(([type, policy]) => [
              `${type}/${type}-user`,
              policy,
            ]),
          ),
        ]);
      }
    } finally {
      root.dispose();
    }
  });
});

function hclInputs(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hcl(value)]));
}

/** A call, and where its values come from. */
function callsOf(
  name: string,
  { source, inputs, later }: Call & { readonly source: string },
): string[] {
  if (!later) return [moduleCall(name, source, hclInputs(inputs))];
  const { create_policy, ...others } = inputs;
  return [
    `resource "terraform_data" "${name}" {\n  input = ${hcl(others)}\n}\n`,
    moduleCall(name, source, {
      create_policy: hcl(create_policy ?? true),
      ...Object.fromEntries(
        Object.keys(others).map((key) => [key, `terraform_data.${name}.output.${key}`]),
      ),
    }),
  ];
}

/** The documents that a module's resources are planned with, by key. */
function planned(plan: Plan, call: string, resource: string, attribute: string): unknown {
  return Object.fromEntries(
    plannedResources(plan, call, resource).map(([key, values]) => [
      key,
      JSON.parse(String(values[attribute])) as unknown,
    ]),
  );
}

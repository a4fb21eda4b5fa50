/** Real terraform plans every ready module, and composed ones, and the policies are the page's. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/commands/compose/compose";
import {
  ACCOUNT,
  filledPolicy,
  type Policy,
  referencePolicyNames,
} from "../support/reference-page";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { filledWith } from "../support/unknown-values";

const names = databaseTypes.map(({ name }) => name);
/** Types with managed users, by the page. */
const managedTypes = names.filter((name) => referencePolicyNames.includes(`${name}-managed-users`));
const KMS_KEY = "12345678-1234-1234-1234-123456789012";
const account = { aws_account_id: JSON.stringify(ACCOUNT) };
const UNKNOWN = "terraform_data.pending.output";

/** The module of all types, whose variables include those of every other module. */
const everything = compose({ types: ["all"] });

describeWithTerraform()("modules in a root configuration", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    const two = root.addModule("two", compose({ types: ["redshift", "rds"] }));
    const all = root.addModule("all", everything);
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        'resource "terraform_data" "pending" {\n  input = "value"\n}\n',
        ...names.map((name) => moduleCall(name, readyModule(name), account)),
        ...managedTypes.map((name) =>
          moduleCall(`${name}-managed`, readyModule(name), {
            ...account,
            [`${name}_managed_users`]: "true",
            kms_key_ids: JSON.stringify([KMS_KEY]),
          }),
        ),
        moduleCall("two", two, {
          ...account,
          attach_to_roles: '{ service = "teleport-db-service-role" }',
        }),
        moduleCall("all", all, account),
        moduleCall("all-split", all, {
          ...account,
          split_policy_by_type: "true",
          attach_to_roles: '{ service = "teleport-db-service-role" }',
        }),
        moduleCall("many-roles", readyModule("keyspace"), {
          ...account,
          keyspace_user_role_names: '[for number in range(200) : "role-${number}"]',
          policy_count: "3",
          attach_to_roles: '{ service = "teleport-db-service-role" }',
        }),
        moduleCall("all-pending", all, { ...account, depends_on: "[terraform_data.pending]" }),
        moduleCall("all-unknown", all, unknownArguments({ ...noUserRoles(), assume_role_arns: "null" })),
        moduleCall("all-unknown-hop", all, unknownArguments(noUserRoles())),
        moduleCall(
          "all-unknown-service",
          all,
          unknownArguments({ ...switchedOn(), create_access_role: "false" }),
        ),
        moduleCall(
          "all-unknown-access",
          all,
          unknownArguments({ ...switchedOn(), create_service_role: "false" }),
        ),
      ].join("\n"),
    });
    root.init();
    root.succeed("validate");
    output = root.succeed("plan", "-out=tfplan");
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(names)("%s plans the page's policy", (name) => {
    expect(plannedPolicies(plan, name)).toEqual({ merged: filledPolicy(name) });
  });

  test.each(names)("%s has one policy with its default name and nothing else", (name) => {
    expect(created(plan, name)).toEqual([
      'aws_iam_policy.database_access["merged"]',
      'terraform_data.name["policy"]',
    ]);
    expect(planned(plan, name)[0]?.change.after).toMatchObject({
      name: `DatabaseAccess-${name}`,
      path: "/",
    });
  });

  test.each(managedTypes)("%s with managed users plans the page's policy and add-ons", (name) => {
    const [kms] = filledPolicy("kms", { "your-kms-id": KMS_KEY }).Statement;
    const { merged: policy } = plannedPolicies(plan, `${name}-managed`);
    const statements = policy?.Statement ?? [];
    expect(statements.slice(0, -1)).toEqual([
      ...filledPolicy(name).Statement,
      ...filledPolicy(`${name}-managed-users`).Statement,
    ]);
    // The page gives this statement no Sid: ours is the one difference.
    const sid = `${name === "elasticache" ? "ElastiCache" : "MemoryDB"}UseKMSKeys`;
    expect(statements.at(-1)).toEqual({ Sid: sid, ...kms });
  });

  test("two composed types have one policy, in the page's order", () => {
    expect(plannedPolicies(plan, "two")).toEqual({ merged: union(["rds", "redshift"]) });
    expect(created(plan, "two")).toEqual([
      'aws_iam_policy.database_access["merged"]',
      'aws_iam_policy_attachment.database_access["merged"]',
      'terraform_data.name["policy"]',
    ]);
    expect(planned(plan, "two")[0]?.change.after).toMatchObject({ name: "DatabaseAccess" });
  });

  test("all types merged have one policy with every statement of the page", () => {
    expect(plannedPolicies(plan, "all")).toEqual({ merged: union(names) });
  });

  test("all types split have the page's policy each, and the first keeps its address", () => {
    const keyOf = (name: string): string => (name === names[0] ? "merged" : name);
    const pages = Object.fromEntries(names.map((name) => [keyOf(name), filledPolicy(name)]));
    expect(plannedPolicies(plan, "all-split")).toEqual(pages);
    const resource = (name: string): string => (name === names[0] ? "database_access" : "further");
    expect(created(plan, "all-split").filter((address) => address.includes("attachment"))).toEqual(
      names
        .map((name) => `aws_iam_policy_attachment.${resource(name)}["${keyOf(name)}"]`)
        .sort(),
    );
  });

  test("policy_count spreads ARNs over several policies, all within IAM's limit", () => {
    const documents = Object.values(plannedPolicies(plan, "many-roles"));
    const roles = Array.from(
      { length: 200 },
      (_, number) => `arn:aws:iam::${ACCOUNT}:role/role-${String(number)}`,
    );
    const planned = documents.flatMap(({ Statement }) =>
      Statement.flatMap(({ Resource = [] }) => Resource),
    );
    expect(planned.sort()).toEqual(roles.sort());
    for (const document of documents) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
    }
    expect(documents).toHaveLength(3);
  });

  test("a call that depends on a pending resource still shows the whole policy", () => {
    expect(plannedPolicies(plan, "all-pending")).toEqual({ merged: union(names) });
  });

  test("a plan is possible while every text value is of a resource of the same apply", () => {
    for (const call of ["all-unknown", "all-unknown-hop"]) {
      expect(created(plan, call)).toEqual([
        'aws_iam_policy.database_access["merged"]',
        'aws_iam_policy_attachment.database_access["merged"]',
        'terraform_data.name["policy"]',
      ]);
      const [policy] = planned(plan, call);
      expect(policy?.change.after_unknown).toMatchObject({ policy: true, name: true });
    }
  });

  test.each([
    ["all-unknown-service", "service"],
    ["all-unknown-access", "access"],
  ])("so is one with every switch on: %s", (call, role) => {
    const addresses = created(plan, call);
    expect(addresses).toContain(`aws_iam_role.${role}[0]`);
    for (const name of names.slice(1)) {
      expect(addresses).toContain(`aws_iam_policy.further["${name}"]`);
      expect(addresses).toContain(`aws_iam_policy_attachment.further["${name}"]`);
    }
    for (const [name, { userRole }] of databaseTypes.map((type) => [type.name, type] as const)) {
      if (userRole === undefined) continue;
      expect(addresses).toContain(`aws_iam_role.user["${name}/${name}-known"]`);
      expect(addresses).toContain(`aws_iam_role_policy.user["${name}/${name}-known"]`);
    }
  });

  test("terraform has no warning but those of the modules' checks", () => {
    const warned = new Set(
      [...output.matchAll(/Warning: (.*)\n\n +on (\S+) line/g)].map(([, title = ""]) => title),
    );
    expect(warned).toEqual(
      new Set(["Check block assertion failed", "Check block assertion known after apply"]),
    );
    const failed = plan.checks?.filter(({ status }) => status === "fail") ?? [];
    const modules = failed.flatMap(({ instances = [] }) =>
      instances.map(({ address }) => address?.module),
    );
    // Each has one policy for each of the eleven types.
    expect([...new Set(modules)].sort()).toEqual([
      "module.all-split",
      "module.all-unknown-access",
      "module.all-unknown-service",
    ]);
  });

  test("the modules create and read nothing but what IAM has", () => {
    for (const { address, change } of plan.resource_changes ?? []) {
      if (address === "terraform_data.pending") continue;
      expect(address).toMatch(/^module\.[\w-]+\.(aws_iam_|terraform_data\.name)/);
      expect(change.actions).toEqual(["create"]);
    }
  });
});

type Change = NonNullable<Plan["resource_changes"]>[number];

/** The page's policies of `types` as one. */
function union(types: readonly string[]): Policy {
  return {
    Version: "2012-10-17",
    Statement: types.flatMap((name) => filledPolicy(name).Statement),
  };
}

function planned({ resource_changes: changes = [] }: Plan, module: string): readonly Change[] {
  return changes.filter(({ module_address: address }) => address === `module.${module}`);
}

/** Addresses of what a module creates, without the module, sorted. */
function created(plan: Plan, module: string): string[] {
  return planned(plan, module)
    .map(({ address }) => address.replace(`module.${module}.`, ""))
    .sort();
}

/** A module's planned policies by key. */
function plannedPolicies(plan: Plan, module: string): Record<string, Policy> {
  return Object.fromEntries(
    planned(plan, module)
      .filter(({ type }) => type === "aws_iam_policy")
      .map(({ index, change }) => [
        String(index),
        JSON.parse(String(change.after?.policy)) as Policy,
      ]),
  );
}

/** The variables of the module of all types: name and type constraint. */
function variables(): readonly (readonly [name: string, type: string])[] {
  const { variable } = JSON.parse(everything.get("variables.tf.json") ?? "") as {
    variable: Record<string, { type: string }>;
  };
  return Object.entries(variable).map(([name, { type }]) => [name, type]);
}

/** Nothing for what is switched off: user roles, and keys of managed users. */
function noUserRoles(): Record<string, string> {
  const forRoles = variables().filter(([name]) => /_user_role_polic(ies|y_arns)$/.test(name));
  return { ...Object.fromEntries(forRoles.map(([name]) => [name, "{}"])), kms_key_ids: "[]" };
}

/** Every argument that can hold text, filled with a value that is unknown until apply. */
function unknownArguments(others: Readonly<Record<string, string>>): Record<string, string> {
  // How many policies there are is a switch, as booleans are.
  const values: Record<string, string> = { ...others, policy_count: "1" };
  for (const [name, type] of variables()) {
    const value = filledWith(type, UNKNOWN);
    if (value !== undefined) values[name] ??= value;
  }
  return values;
}

/**
 * Every boolean as true. Known must be the names of roles that the module then creates, where the
 * service runs, and whether there is a policy document (not what is in it).
 */
function switchedOn(): Record<string, string> {
  return {
    ...Object.fromEntries(
      variables().flatMap(([name, type]) => {
        if (type === "bool") return [[name, "true"]];
        const [, prefix = "", what] =
          /^(\w+)_user_role_(names|policies|policy_arns)$/.exec(name) ?? [];
        const role = `${prefix.replaceAll("_", "-")}-known`;
        switch (what) {
          case "names":
            return [[name, `["${role}"]`]];
          case "policies":
            return [[name, `{ "${role}" = ${UNKNOWN} }`]];
          case "policy_arns":
            return [[name, `{ "${role}" = { key = ${UNKNOWN} } }`]];
          default:
            return [];
        }
      }),
    ),
    service_role_trust: '"ec2"',
    service_account_id: "null",
    assume_role_arns: "null",
  };
}

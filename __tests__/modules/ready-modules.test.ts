/** Real terraform plans every ready module, and composed ones, and the policies are the page's. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
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

const names = databaseTypes.map(({ name }) => name);
/** Types with managed users, by the page. */
const managedTypes = names.filter((name) => referencePolicyNames.includes(`${name}-managed-users`));
const KMS_KEY = "12345678-1234-1234-1234-123456789012";
const account = { aws_account_id: JSON.stringify(ACCOUNT) };

describeWithTerraform()("modules in a root configuration", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    const two = root.addModule("two", compose({ types: ["redshift", "rds"] }));
    const all = root.addModule("all", compose({ types: ["all"] }));
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
        moduleCall("all-pending", all, { ...account, depends_on: "[terraform_data.pending]" }),
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

  test("all types split have the page's policy each", () => {
    const [first = "", ...others] = names;
    const pages = Object.fromEntries(others.map((name) => [name, filledPolicy(name)]));
    expect(plannedPolicies(plan, "all-split")).toEqual({ merged: filledPolicy(first), ...pages });
    expect(created(plan, "all-split").filter((address) => address.includes("attachment"))).toEqual(
      [
        'aws_iam_policy_attachment.database_access["merged"]',
        ...others.map((name) => `aws_iam_policy_attachment.further["${name}"]`),
      ].sort(),
    );
  });

  test("a call that depends on a pending resource still shows the whole policy", () => {
    expect(plannedPolicies(plan, "all-pending")).toEqual({ merged: union(names) });
  });

  test("terraform has no warning but that of more policies than a role takes", () => {
    const warned = new Set(
      [...output.matchAll(/Warning: (.*)\n\n +on (\S+) line/g)].map(([, title = ""]) => title),
    );
    expect(warned).toEqual(new Set(["Check block assertion failed"]));
    const failed = plan.checks?.filter(({ status }) => status === "fail") ?? [];
    const modules = failed.flatMap(({ instances = [] }) =>
      instances.map(({ address }) => address?.module),
    );
    // It has one policy for each of the eleven types.
    expect(modules).toEqual(["module.all-split"]);
  });

  test("the modules create and read nothing but what IAM has, and remember its names", () => {
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

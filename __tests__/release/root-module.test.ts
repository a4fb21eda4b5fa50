/** The root module of the repository of modules, in real terraform, held to the ready modules. */
import { databaseTypes } from "../../lib/catalog";
import type { Files } from "../../lib/files/module-files";
import { workingTree } from "../support/release-tree";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const names = databaseTypes.map(({ name }) => name);
const [first = "", ...others] = names;
const values = {
  aws_account_id: '"210987654321"',
  attach_to_roles: '{ service = "agent" }',
  restrict_to_account: "true",
  memorydb_managed_users: "true",
  kms_key_ids: '["01234567-89ab-cdef-0123-456789abcdef"]',
};
const list = (types: readonly string[]) => JSON.stringify(types);

describeWithTerraform()("the root module", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let source: string;
  let tree: Files;

  /** The first call that the README of the tree shows, of the tree itself. */
  const readmeCall = () => {
    const [, hcl = ""] = /```hcl\n([^]*?)```/.exec(tree.get("README.md") ?? "") ?? [];
    return hcl.replace(/^ {2}source .*\n {2}version .*$/m, `  source = ${JSON.stringify(source)}`);
  };

  beforeAll(async () => {
    root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
    tree = await workingTree();
    source = root.addModule("tree", tree);
    const ready = names.map((name) => {
      const own = Object.entries(values).filter(
        ([variable]) => !/^(memorydb|kms)_/.test(variable) || name === "memorydb",
      );
      return moduleCall(`ready-${name}`, readyModule(name), Object.fromEntries(own));
    });
    const output = (call: string, name: string) =>
      `output "${call}.${name}" {\n  value = module.${call}.${name}\n}\n`;
    root.write({
      "main.tf": [
        moduleCall("all-but-one", source, { ...values, types: list(others) }),
        moduleCall("one", source, {
          aws_account_id: values.aws_account_id,
          types: list([first, "dynamodb"]),
          create_user_roles: "true",
          trusted_principals: '["arn:aws:iam::210987654321:role/agent"]',
          dynamodb_user_role_names: '["reader"]',
        }),
        ...ready,
        readmeCall(),
        moduleCall("unused", source, {
          ...values,
          types: list(["rds"]),
          keyspace_user_role_names: '["reader"]',
        }),
      ].join("\n"),
      "outputs.tf": [...names.map((name) => `ready-${name}`)]
        .flatMap((call) =>
          ["policy_json", "statements", "teleport_database_aws"].map((name) => output(call, name)),
        )
        .concat(
          ["policy_json", "statements", "teleport_database_aws"].map((name) =>
            output("all-but-one", name),
          ),
          output("one", "user_role_arns"),
        )
        .join("")
        .replaceAll(/output "([\w-]+)\.(\w+)"/g, 'output "$1_$2"'),
    });
    root.init();
    plan = root.plan();
  });

  const output = (name: string) => plan.planned_values.outputs?.[name]?.value;
  const addresses = (call: string) =>
    (plan.resource_changes ?? [])
      .map(({ address }) => address)
      .filter((address) => address.startsWith(`module.${call}.`))
      .map((address) => address.replace(`module.${call}.`, ""));

  test("has for each type the policy of its ready module", () => {
    expect(output("all-but-one_policy_json")).toEqual(
      Object.fromEntries(others.map((name) => [name, output(`ready-${name}_policy_json`)])),
    );
  });

  test.each(["statements", "teleport_database_aws"])("merges %s of its types", (name) => {
    expect(output(`all-but-one_${name}`)).toEqual(
      Object.assign({}, ...others.map((type) => output(`ready-${type}_${name}`))),
    );
  });

  test("creates for the types that are named, and under their names", () => {
    expect(addresses("one").filter((address) => !address.includes("terraform_data"))).toEqual([
      `module.${first}[0].aws_iam_policy.database_access[0]`,
      "module.dynamodb[0].aws_iam_policy.database_access[0]",
      'module.dynamodb[0].aws_iam_role.user["dynamodb/reader"]',
    ]);
    const policies = (plan.resource_changes ?? [])
      .filter(({ address }) => /^module\.one\..*aws_iam_policy\./.test(address))
      .map(({ change }) => change.after?.name);
    expect(policies).toEqual([`DatabaseAccess-${first}`, "DatabaseAccess-dynamodb"]);
  });

  test("plans as its README shows it", () => {
    const planned = addresses("database_access").filter((name) => name.includes("aws_iam_policy."));
    expect(planned).toEqual([
      "module.rds[0].aws_iam_policy.database_access[0]",
      "module.redshift[0].aws_iam_policy.database_access[0]",
    ]);
  });

  test("says which variables belong to a type that is not named", () => {
    const messages = (plan.checks ?? [])
      .flatMap(({ instances = [] }) => instances)
      .filter(({ address }) => address?.module === "module.unused")
      .flatMap(({ problems = [] }) => problems.map(({ message }) => message));
    expect(messages).toEqual([
      expect.stringMatching(
        /^No effect: keyspace_user_role_names, memorydb_managed_users\. The database type/,
      ),
    ]);
  });

  test("refuses unknown types, a type twice, none, and more than a role takes", () => {
    const wrong = [["rsd"], ["rds", "rds"], [], names].map((types, index) =>
      moduleCall(`wrong-${String(index)}`, source, { ...values, types: list(types) }),
    );
    root.write({ "main.tf": wrong.join("\n"), "outputs.tf": "" });
    root.init();
    const { status, stderr } = root.run("plan", "-no-color");
    expect(status).toBe(1);
    expect(
      stderr
        .replace(/\s+/g, " ")
        .match(/types (has an unknown or a duplicate type|must have 1 to 10 types)/g),
    ).toEqual([
      "types has an unknown or a duplicate type",
      "types has an unknown or a duplicate type",
      "types must have 1 to 10 types",
      "types must have 1 to 10 types",
    ]);
  });
});

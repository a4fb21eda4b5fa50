/** Every example is a root configuration that real terraform plans as it is, without credentials or a network. */
import { copyExample, exampleFiles, exampleNames } from "./support/examples";
import type { Policy } from "./support/reference-page";
import { type Plan, TerraformRoot } from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

/** Resources that the module calls of each example create, beside the databases. */
const created: Readonly<Record<string, readonly string[]>> = {
  "cross-account-access-role": [
    "module.access_role.aws_iam_role.access",
    "module.redshift.aws_iam_policy.database_access[0]",
    'module.redshift.aws_iam_role.user["redshift/redshift-reader"]',
    'module.redshift.aws_iam_role_policy.user["redshift/redshift-reader"]',
    'module.redshift.aws_iam_role_policy_attachment.database_access["access"]',
    "module.service_role.aws_iam_role.service",
    "module.service_role.aws_iam_role_policy.assume_roles[0]",
  ],
  "cross-account-user-roles": [
    "module.dynamodb.aws_iam_policy.database_access[0]",
    'module.dynamodb.aws_iam_role_policy_attachment.database_access["service"]',
    "module.service_role.aws_iam_role.service",
    'module.user_roles.aws_iam_role.user["dynamodb/orders-reader"]',
    'module.user_roles.aws_iam_role.user["dynamodb/orders-writer"]',
    'module.user_roles.aws_iam_role_policy.user["dynamodb/orders-reader"]',
    'module.user_roles.aws_iam_role_policy.user["dynamodb/orders-writer"]',
  ],
  "eks-pod-identity": [
    "module.access_role.aws_iam_role.access",
    "module.rds.aws_iam_policy.database_access[0]",
    'module.rds.aws_iam_role_policy_attachment.database_access["access"]',
    "module.service_role.aws_iam_role.service",
    "module.service_role.aws_iam_role_policy.assume_roles[0]",
  ],
  "eks-service-account": [
    "module.rds.aws_iam_policy.database_access[0]",
    'module.rds.aws_iam_role_policy_attachment.database_access["service"]',
    "module.service_role.aws_iam_role.service",
  ],
  "least-privilege": [
    "aws_iam_policy.boundary",
    "module.elasticache.aws_iam_policy.database_access[0]",
    'module.elasticache.aws_iam_role_policy_attachment.database_access["service"]',
    "module.rds.aws_iam_policy.database_access[0]",
    'module.rds.aws_iam_role_policy_attachment.database_access["service"]',
    "module.service_role.aws_iam_role.service",
  ],
  "managed-users-with-kms": [
    "module.elasticache.aws_iam_policy.database_access[0]",
    'module.elasticache.aws_iam_role_policy_attachment.database_access["service"]',
    "module.service_role.aws_iam_role.service",
  ],
  "single-account": [
    "module.dynamodb.aws_iam_policy.database_access[0]",
    'module.dynamodb.aws_iam_role.user["dynamodb/dynamodb-reader"]',
    'module.dynamodb.aws_iam_role_policy.user["dynamodb/dynamodb-reader"]',
    'module.dynamodb.aws_iam_role_policy_attachment.database_access["service"]',
    "module.rds.aws_iam_policy.database_access[0]",
    'module.rds.aws_iam_role_policy_attachment.database_access["service"]',
    "module.service_role.aws_iam_instance_profile.service[0]",
    "module.service_role.aws_iam_role.service",
  ],
  "teleport-agent-attached-policy": [
    "module.agent.aws_iam_role.task",
    "module.rds.aws_iam_policy.database_access[0]",
    'module.rds.aws_iam_role_policy_attachment.database_access["service"]',
  ],
  "teleport-agent-inline-policy": [
    "module.agent.aws_iam_role.task",
    "module.agent.aws_iam_role_policy.task[0]",
  ],
};

test("no example constrains a version", () => {
  for (const name of exampleNames) {
    expect(exampleFiles(name)["main.tf"]).not.toMatch(/required_(providers|version)|version +=/);
  }
});

describeWithTerraform()("examples", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    root.write({
      "main.tf": exampleNames
        .map(
          (name) =>
            `module "${name}" {\n  source = "${copyExample(root, name)}"\n}\noutput "${name}" {\n  value = module.${name}\n}\n`,
        )
        .join("\n"),
    });
    root.init();
    output = root.succeed("plan", "-out=tfplan");
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  test("plan without a warning", () => {
    expect(output.match(/Warning: .*/g) ?? []).toEqual([]);
  });

  test("are all here", () => {
    expect(Object.keys(created)).toEqual(exampleNames);
  });

  test.each(exampleNames)("%s creates what its README says", (name) => {
    const addresses = (plan.resource_changes ?? [])
      .filter(({ address, type }) => {
        return address.startsWith(`module.${name}.`) && type.startsWith("aws_iam_");
      })
      .filter(({ change }) => change.actions[0] === "create")
      .map(({ address }) => address.slice(`module.${name}.`.length));
    expect(addresses.sort()).toEqual(created[name]);
  });

  test('least-privilege names known resources, and leaves no "*"', () => {
    const { Statement } = planned(
      "least-privilege.module.elasticache.aws_iam_policy.database_access[0]",
      "policy",
    );
    expect(JSON.stringify(Statement)).toContain(
      "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:sessions",
    );
    expect(JSON.stringify(Statement)).not.toContain('"*"');
  });

  test("the settings for Teleport's configuration agree with the roles", () => {
    expect(setting("cross-account-user-roles")).toEqual({
      dynamodb: { account_id: "111122223333", external_id: "example-external-id" },
    });
  });

  function setting(name: string): unknown {
    const value = plan.planned_values.outputs?.[name]?.value as Record<string, unknown>;
    return value.teleport_database_aws;
  }

  /** A document of the plan. */
  function planned(address: string, attribute: string): Policy {
    const found = plan.resource_changes?.find((change) => change.address === `module.${address}`);
    return JSON.parse(String(found?.change.after?.[attribute])) as Policy;
  }
});

/** Every example is a root configuration that real terraform plans, without credentials or a network. */
import { exampleFiles, exampleNames as examples, writeExample } from "./support/examples";
import { OFFLINE_PROVIDER, type Plan, TerraformRoot } from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

describeWithTerraform()("examples", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    for (const name of examples) writeExample(root, name, OFFLINE_PROVIDER);
    root.write({
      "main.tf": examples
        .map(
          (name) =>
            `module "${name}" {\n  source = "./examples/${name}"\n}\noutput "${name}" {\n  value = module.${name}\n}\n`,
        )
        .join("\n"),
    });
    root.init();
    output = root.succeed("plan", "-out=tfplan");
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  afterAll(() => {
    root.dispose();
  });

  test("plan without a warning", () => {
    // As children of one root, the examples are modules with providers; as roots they are not.
    const own = (output.match(/Warning: .*/g) ?? []).filter(
      (line) => line !== "Warning: Redundant empty provider block",
    );
    expect(own).toEqual([]);
  });

  /** What each example is there to show, by address within it. */
  const expected: Readonly<Record<string, readonly string[]>> = {
    "cross-account-access-role": [
      ...policy("databases"),
      "module.databases.aws_iam_role.access[0]",
      'module.databases.aws_iam_role.user["redshift/redshift-user-role"]',
      'module.databases.aws_iam_role_policy.user["redshift/redshift-user-role"]',
      ...policy("service"),
      "module.service.aws_iam_instance_profile.service[0]",
      "module.service.aws_iam_role.service[0]",
    ],
    "cross-account-user-roles": [
      'module.databases.aws_iam_role.user["keyspace/keyspaces-reader"]',
      'module.databases.aws_iam_role.user["keyspace/keyspaces-writer"]',
      'module.databases.aws_iam_role_policy_attachment.user["keyspace/keyspaces-reader/read"]',
      'module.databases.aws_iam_role_policy_attachment.user["keyspace/keyspaces-writer/write"]',
      ...policy("service"),
      "module.service.aws_iam_role.service[0]",
    ],
    "eks-service-account": [...policy("rds"), "module.rds.aws_iam_role.service[0]"],
    "least-privilege": ["elasticache", "rds", "redshift"].flatMap(policy),
    "managed-users-with-kms": ["elasticache", "memorydb"].flatMap(policy),
    "single-account": [
      ...policy("dynamodb"),
      'module.dynamodb.aws_iam_role.user["dynamodb/dynamodb-reader"]',
      'module.dynamodb.aws_iam_role_policy_attachment.user["dynamodb/dynamodb-reader/read"]',
      ...policy("rds"),
      "module.rds.aws_iam_instance_profile.service[0]",
      "module.rds.aws_iam_role.service[0]",
    ],
  };

  /** The policy of a call and its attachment. */
  function policy(call: string): string[] {
    return ["aws_iam_policy", "aws_iam_policy_attachment"].map(
      (type) => `module.${call}.${type}.database_access["merged"]`,
    );
  }

  test.each(examples)("%s plans what it is there to show", (name) => {
    const prefix = `module.${name}.`;
    const addresses = (plan.resource_changes ?? [])
      .map(({ address }) => address)
      .filter((address) => address.startsWith(prefix) && !address.includes(".terraform_data."))
      .map((address) => address.slice(prefix.length));
    expect(addresses.sort()).toEqual([...(expected[name] ?? [])].sort());
  });

  test.each(examples)("%s has a README that says how to plan it", (name) => {
    expect(exampleFiles(name)["README.md"]).toContain("terraform init\nterraform plan");
  });

  test('least-privilege leaves no "*"', () => {
    const policies = (plan.resource_changes ?? []).filter(
      ({ address, type }) =>
        address.startsWith("module.least-privilege.") && type === "aws_iam_policy",
    );
    expect(policies).toHaveLength(3);
    for (const { change } of policies) expect(change.after?.policy).not.toMatch(/"\*"/);
  });

  test("the settings for Teleport's configuration agree with the roles", () => {
    expect(setting("cross-account-access-role")).toEqual({
      redshift: {
        account_id: "123456789012",
        assume_role_arn: "arn:aws:iam::123456789012:role/teleport-db-access-role",
        external_id: "example-external-id",
      },
    });
    expect(setting("cross-account-user-roles")).toEqual({
      keyspace: { account_id: "123456789012", external_id: "example-external-id" },
    });
    expect(setting("managed-users-with-kms")).toBe(
      [
        "elasticache",
        '  "account_id": "123456789012"',
        '  "secret_store":',
        '    "key_prefix": "teleport/elasticache/"',
        '    "kms_key_id": "01234567-89ab-cdef-0123-456789abcdef"',
        "memorydb",
        '  "account_id": "123456789012"',
        '  "secret_store":',
        '    "key_prefix": "teleport/memorydb/"',
        '    "kms_key_id": "01234567-89ab-cdef-0123-456789abcdef"',
        "",
      ]
        .map((line) => (/^\w/.test(line) ? `"${line}":` : line))
        .join("\n"),
    );
  });

  function setting(name: string): unknown {
    const outputs = plan.planned_values.outputs?.[name]?.value as Record<string, unknown>;
    return outputs.teleport_database_aws;
  }
});

/** The modules that a teleport.yaml needs are planned by real terraform as they are. */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { readTeleportConfiguration } from "../../lib/commands/compose/read-teleport-configuration";
import { moduleCall, OFFLINE_PROVIDER, type Plan, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const fixture = (name: string): string =>
  fs.readFileSync(path.join(__dirname, "..", "fixtures", "teleport-yaml", name), "utf8");

const modules = [
  ...readTeleportConfiguration([{ file: "direct.yaml", text: fixture("direct.yaml") }]).modules,
  ...readTeleportConfiguration([{ file: "mixed.yaml", text: fixture("mixed.yaml") }], ["dynamodb"])
    .modules,
];

describeWithTerraform()("the modules for a configuration", () => {
  let plan: Plan;

  beforeAll(() => {
    const root = new TerraformRoot({});
    try {
      root.write({
        "main.tf": [
          OFFLINE_PROVIDER,
          ...modules.flatMap(({ types, defaults }, index) => {
            const name = `module_${String(index)}`;
            const source = root.addModule(name, compose({ types, defaults }));
            return [
              moduleCall(name, source, unsaidValues[index] ?? {}),
              `output "${name}" {\n  value = module.${name}.policy_json\n}\n`,
            ];
          }),
        ].join("\n"),
      });
      plan = root.init().plan();
    } finally {
      root.dispose();
    }
  });

  const resources = (index: number): Record<string, unknown> => {
    const text = plan.planned_values.outputs?.[`module_${String(index)}`]?.value as string;
    const { Statement } = JSON.parse(text) as { Statement: { Sid: string; Resource: unknown }[] };
    return Object.fromEntries(Statement.map(({ Sid, Resource }) => [Sid, Resource]));
  };

  test("databases in one account: every one is named", () => {
    expect(resources(0)).toEqual({
      DynamoDBConnectAsIAMRole: ["arn:aws:iam::123456789012:role/dynamodb-user-role"],
      DynamoDBSessionTagging: ["*"],
      RDSAutoEnableIAMAuth: ["arn:aws:rds:us-east-1:123456789012:db:orders"],
      RDSConnect: "*",
      RDSFetchMetadata: ["arn:aws:rds:us-east-1:123456789012:db:orders"],
      RedshiftConnectAsDBUser: [
        "arn:aws:redshift:us-west-2:123456789012:dbuser:warehouse/*",
        "arn:aws:redshift:us-west-2:123456789012:dbname:warehouse/*",
      ],
      RedshiftConnectAsIAMRole: ["arn:aws:iam::123456789012:role/redshift-user-role"],
      RedshiftFetchMetadata: ["arn:aws:redshift:us-west-2:123456789012:cluster:warehouse"],
    });
  });

  test("the Database Service's own account, with what a matcher finds left open", () => {
    expect(resources(1)).toMatchObject({
      ElastiCacheConnect: [
        "arn:aws:elasticache:us-east-1:111111111111:replicationgroup:sessions",
        "arn:aws:elasticache:us-east-1:111111111111:user:*",
      ],
      ElastiCacheManagePasswords: ["arn:aws:secretsmanager:*:111111111111:secret:team/teleport/*"],
      RDSFetchMetadata: "*",
    });
  });

  test("the hop to the other account", () => {
    expect(resources(2)).toEqual({
      AssumeAccessRole: ["arn:aws:iam::222222222222:role/teams/teleport-access"],
    });
  });

  test("the role in the other account, which asks for the external ID", () => {
    expect(resources(3)).toMatchObject({
      DynamoDBConnectAsIAMRole: ["arn:aws:iam::222222222222:role/dynamodb-user-role"],
    });
    const role = plan.resource_changes?.find(
      ({ address }) => address === "module.module_3.aws_iam_role.access[0]",
    );
    expect(role?.change.after).toMatchObject({ name: "teleport-access", path: "/teams/" });
    expect(JSON.parse(String(role?.change.after?.assume_role_policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:role/teleport-db-service-role" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "example-external-id" } },
        },
      ],
    });
  });
});

/** What the files do not say and the modules need, by module. */
const unsaidValues: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  { aws_account_id: '"111111111111"' },
  { service_account_id: '"111111111111"' },
];

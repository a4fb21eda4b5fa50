/** Every example is a root configuration that real terraform plans, without credentials or a network. */
import * as fs from "node:fs";
import * as path from "node:path";
import { exampleFiles, exampleNames as examples, writeExample } from "./support/examples";
import { isAllowed } from "./support/iam-simulator";
import type { Policy } from "./support/reference-page";
import {
  OFFLINE_PROVIDER,
  type Plan,
  PROJECT,
  readFolder,
  TerraformRoot,
} from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

/** Examples that hand the service's role to another call: how it gets a path, and who trusts it. */
const underAPath = {
  "cross-account-access-role": {
    from: "  create_service_role = true\n",
    to: '  create_service_role = true\n  service_role_name = "team/teleport-service"\n',
    account: "210987654321",
    trusting: "module.databases.aws_iam_role.access[0]",
  },
  "cross-account-user-roles": {
    from: '"teleport-db-service-role"',
    to: '"team/teleport-service"',
    account: "210987654321",
    trusting: 'module.databases.aws_iam_role.user["keyspace/keyspaces-writer"]',
  },
  "single-account": {
    from: "  create_service_role      = true\n",
    to: '  create_service_role = true\n  service_role_name = "team/teleport-service"\n',
    account: "123456789012",
    trusting: 'module.dynamodb.aws_iam_role.user["dynamodb/dynamodb-reader"]',
  },
};

/** Provider settings as an example's README prints them, for who plans without credentials. */
function printedSettings(name: string): string {
  const readme = exampleFiles(name)["README.md"] ?? "";
  const settings = [...readme.matchAll(/`(\w+ = [^`]+)`/g)].map(([, setting = ""]) => setting);
  return `provider "aws" {\n${settings.join("\n")}\n}\n`;
}

describeWithTerraform()("examples", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    for (const name of examples) {
      writeExample(
        root,
        name,
        name === "single-account" ? printedSettings(name) : OFFLINE_PROVIDER,
      );
    }
    for (const [name, change] of Object.entries(underAPath)) writeChanged(name, change);
    root.write({
      "main.tf": [...examples, ...Object.keys(underAPath).map((name) => `${name}-under-a-path`)]
        .map(
          (name) =>
            `module "${name}" {\n  source = "./examples/${name}"\n}\noutput "${name}" {\n  value = module.${name}\n}\noutput "${name}-statements" {\n  value = module.${name}.statements\n}\n`,
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
      'module.databases.aws_iam_role_policy.user["keyspace/keyspaces-writer"]',
      ...policy("service"),
      "module.service.aws_iam_role.service[0]",
    ],
    "eks-pod-identity-target-role": [
      ...policy("databases"),
      "module.databases.aws_iam_role.access[0]",
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

  test.each(examples)("%s passes its statements on", (name) => {
    expect(JSON.stringify(outputs(`${name}-statements`))).toContain('"Action":');
  });

  test("cross-account-user-roles lets its writer write, and its reader not", () => {
    const planned = (plan.resource_changes ?? []).filter(({ address }) =>
      address.startsWith("module.cross-account-user-roles.module.databases.aws_iam_role_policy"),
    );
    const held = planned.map(({ index, change }) => [
      index,
      change.after?.policy_arn ?? String(change.after?.policy).includes('"cassandra:Modify"'),
    ]);
    expect(held).toEqual([
      ["keyspace/keyspaces-writer", true],
      [
        "keyspace/keyspaces-reader/read",
        "arn:aws:iam::aws:policy/AmazonKeyspacesReadOnlyAccess_v2",
      ],
    ]);
  });

  test("eks-pod-identity-target-role lets EKS make the hop without tags, and with no others", async () => {
    const prefix = "module.eks-pod-identity-target-role.module";
    const planned = (address: string, attribute: string): Policy => {
      const { change } =
        plan.resource_changes?.find((found) => found.address === `${prefix}.${address}`) ?? {};
      return JSON.parse(String(change?.after?.[attribute])) as Policy;
    };
    const target = "arn:aws:iam::123456789012:role/teleport-db-access-role";
    const caller = {
      arn: "arn:aws:iam::210987654321:role/teleport-db-service-role",
      policies: [planned('service.aws_iam_policy.database_access["merged"]', "policy")],
    };
    const resourcePolicy = planned("databases.aws_iam_role.access[0]", "assume_role_policy");
    const hop = { caller, action: "sts:AssumeRole", resource: target, resourcePolicy };
    const context = { "sts:ExternalId": "example-external-id" };
    expect(await isAllowed({ ...hop, context })).toBe(true);
    expect(await isAllowed(hop)).toBe(false);
    expect(await isAllowed({ ...hop, action: "sts:TagSession", context })).toBe(false);
  });

  describe("with the service's role under a path", () => {
    test.each(Object.entries(underAPath))("%s trusts it", async (name, { account, trusting }) => {
      const address = `module.${name}-under-a-path.${trusting}`;
      const { change } = plan.resource_changes?.find((found) => found.address === address) ?? {};
      const trust = JSON.parse(String(change?.after?.assume_role_policy)) as Policy;
      const assumes = (role: string): Promise<boolean> => {
        const target = "arn:aws:iam::123456789012:role/target";
        const action = "sts:AssumeRole";
        const allow = { Effect: "Allow", Action: action, Resource: target } as const;
        const policies: Policy[] = [{ Version: "2012-10-17", Statement: [allow] }];
        return isAllowed({
          caller: { arn: `arn:aws:iam::${account}:role/${role}`, policies },
          action,
          resource: target,
          resourcePolicy: trust,
          context: { "sts:ExternalId": "example-external-id" },
        });
      };
      expect(await assumes("team/teleport-service")).toBe(true);
      expect(await assumes("teleport-service")).toBe(false);
    });
  });

  test('least-privilege leaves no "*"', () => {
    const policies = (plan.resource_changes ?? []).filter(
      ({ address, type }) =>
        address.startsWith("module.least-privilege.") && type === "aws_iam_policy",
    );
    expect(policies).toHaveLength(3);
    for (const { change } of policies) expect(change.after?.policy).not.toMatch(/"\*"/);
  });

  test("the README tells the size of least-privilege's RDS policy", () => {
    const readme = fs.readFileSync(path.join(PROJECT, "README.md"), "utf8");
    const { rds } = outputs("least-privilege").policy_sizes as {
      rds: { merged: { size: number } };
    };
    const [, told] = /(\d+) in \[this example\]\(/.exec(readme) ?? [];
    expect(told).toBe(String(rds.merged.size));
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
    return outputs(name).teleport_database_aws;
  }

  function outputs(name: string): Record<string, unknown> {
    return plan.planned_values.outputs?.[name]?.value as Record<string, unknown>;
  }

  /** A copy of an example in which one text is another. */
  function writeChanged(name: string, { from, to }: { from: string; to: string }): void {
    const folder = path.join(root.folder, "examples");
    for (const [file, content] of Object.entries(readFolder(path.join(folder, name)))) {
      if (file === "main.tf" && !content.includes(from)) throw new Error(`${name} lacks ${from}`);
      root.write({ [`examples/${name}-under-a-path/${file}`]: content.replace(from, to) });
    }
  }
});

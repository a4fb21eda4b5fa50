/**
 * The modules and the examples on an API that refuses what AWS refuses:
 * created, unchanged, changed, destroyed. All are calls of one root.
 */
import * as path from "node:path";

import { compose } from "../../lib/answers/compose";
import { databaseTypes } from "../../lib/catalog";
import { AwsApi } from "../support/aws-api";
import { contentOf } from "../support/content-of";
import { copyExample, exampleFiles, exampleNames } from "../support/examples";
import {
  moduleCall,
  type Plan,
  readFolder,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const names = databaseTypes.map(({ name }) => name);

/** The accounts of the ready modules and the databases, and of the module of all types and the services. */
const READY = "111122223333";
const COMPOSED = "444455556666";

/** Roles that exist before the modules are applied, and after they are destroyed: a role takes ten policies. */
const EXISTING_ROLES = ["teleport-agent-a", "teleport-agent-b"] as const;

/** Values of the examples' databases, which the API does not have. */
const DATABASES: readonly (readonly [reference: string, value: string])[] = [
  ["aws_db_instance.orders.identifier", '"orders"'],
  ["aws_db_instance.orders.resource_id", '"db-ABCDEFGHIJKL0123456789MNOP"'],
  ["aws_dynamodb_table.orders.arn", '"arn:aws:dynamodb:us-east-1:111122223333:table/orders"'],
  ["aws_dynamodb_table.sessions.arn", '"arn:aws:dynamodb:us-east-1:111122223333:table/sessions"'],
  ["aws_elasticache_replication_group.sessions.replication_group_id", '"sessions"'],
  ["aws_kms_key.secrets.key_id", '"01234567-89ab-cdef-0123-456789abcdef"'],
  ["aws_redshift_cluster.warehouse.cluster_identifier", '"warehouse"'],
];

/** An example without its databases: their names are in place of the references to them. */
function withoutDatabases(main: string): string {
  return DATABASES.reduce(
    (text, [reference, value]) => text.replaceAll(reference, value),
    main.replaceAll(/^resource "aws_(?!iam_)[^]*?^\}\n/gm, ""),
  );
}

/** The names of roles and policies that several examples have. */
const NAMES =
  /\b(DatabaseAccess-[a-z]+|Teleport[A-Z]\w+|teleport-db-[a-z]+(?:-role)?|[a-z]+-reader|orders-writer)\b/g;

describeWithMoto()("applied to an AWS API", () => {
  let api: AwsApi;
  let root: TerraformRoot;

  beforeAll(async () => {
    api = await AwsApi.start({ account: READY });
    for (const account of [READY, COMPOSED]) {
      const iam = await api.client(account);
      for (const RoleName of EXISTING_ROLES) {
        await iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST });
      }
    }
    root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        api.providerOf(READY),
        api.providerOf(COMPOSED).replace("{", '{\n  alias = "composed"'),
        ...names.map((name) => moduleCall(name, readyModule(name), call(READY, [name]))),
        'variable "rds_fetch_metadata" {\n  default = true\n}\n',
        moduleCall("all", all, {
          ...call(COMPOSED, names),
          providers: "{ aws = aws.composed }",
          rds_fetch_metadata: "var.rds_fetch_metadata",
          // The keys are unknown at plan, also to the statement of MemoryDB, which is not granted.
          elasticache_managed_users: "true",
          kms_key_ids: "terraform_data.keys.output",
        }),
        'resource "terraform_data" "keys" {\n  input = ["01234567-89ab-cdef-0123-456789abcdef"]\n}\n',
        ...exampleNames.map(exampleCall),
      ].join("\n"),
    });
    root.init();
    root.succeed("apply", "-auto-approve");
  }, 1_200_000);

  afterAll(() => {
    api.stop();
  });

  test("a second plan changes the one policy that a changed input is about, and nothing else", () => {
    expect(changes(root.plan("-var", "rds_fetch_metadata=false"))).toEqual([
      ["module.all.aws_iam_policy.database_access[0]", ["update"]],
      ["module.all.terraform_data.statements", ["delete", "create"]],
    ]);
  });

  test("destroying leaves nothing", async () => {
    root.succeed("destroy", "-auto-approve");
    for (const account of [READY, COMPOSED]) {
      const iam = await api.client(account);
      const { Policies } = await iam.listPolicies({ Scope: "Local" });
      const { Roles = [] } = await iam.listRoles({});
      const { InstanceProfiles } = await iam.listInstanceProfiles({});
      expect([account, Policies, InstanceProfiles]).toEqual([account, [], []]);
      expect(
        Roles.filter(({ RoleName = "" }) => !EXISTING_ROLES.some((name) => name === RoleName)),
      ).toEqual([]);
    }
  }, 1_200_000);

  /**
   * Writes an example and calls it with the root's providers. The names of its policies and roles get an
   * end of their own, because all examples are in the same two accounts.
   */
  function exampleCall(name: string, index: number): string {
    const own = (text: string): string => text.replaceAll(NAMES, `$1-e${String(index)}`);
    const folder = `e${String(index)}`;
    const example = new TerraformRoot({});
    copyExample(example, name);
    for (const [file, text] of Object.entries(
      contentOf(path.join(example.folder, "examples", name)),
    )) {
      root.write({ [`${folder}/examples/${name}/${file}`]: own(text) });
    }
    const main = exampleFiles(name)["main.tf"] ?? "";
    for (const [, module = ""] of main.matchAll(/"\.\.\/\.\.\/modules\/(.*)"/g)) {
      for (const [file, text] of Object.entries(readFolder(readyModule(module)))) {
        root.write({ [`${folder}/modules/${module}/${file}`]: own(text) });
      }
    }
    const twoAccounts = main.includes("aws.databases");
    const aliases = twoAccounts ? "aws.databases" : "";
    root.write({
      [`${folder}/examples/${name}/main.tf`]: own(
        withoutDatabases(main).replaceAll(/^provider "aws" \{[^]*?^\}\n/gm, ""),
      ),
      [`${folder}/examples/${name}/providers.tf`]: `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [${aliases}]\n    }\n  }\n}\n`,
    });
    return moduleCall(
      name,
      `./${folder}/examples/${name}`,
      twoAccounts ? { providers: "{ aws = aws.composed, aws.databases = aws }" } : {},
    );
  }
});

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** A call with all of the types' database-user roles, as the reference page names them. */
function call(account: string, types: readonly string[]): Record<string, string> {
  const roles = databaseTypes.flatMap(({ name, userRole }) =>
    types.includes(name) && userRole !== undefined
      ? [[`${name.replaceAll("-", "_")}_user_role_names`, `["${userRole.defaultName}"]`] as const]
      : [],
  );
  const users = {
    create_user_roles: "true",
    trusted_principals: `["arn:aws:iam::${account}:role/${EXISTING_ROLES[0]}"]`,
    ...Object.fromEntries(roles),
  };
  return {
    aws_account_id: `"${account}"`,
    attach_to_roles: `{ service = "${EXISTING_ROLES[types.includes("rds") ? 0 : 1]}" }`,
    ...(roles.length === 0 ? {} : users),
  };
}

/** The changes of a plan. */
function changes(plan: Plan): [string, readonly string[]][] {
  return (plan.resource_changes ?? [])
    .filter(({ change }) => !["no-op", "read"].includes(change.actions[0] ?? ""))
    .map(({ address, change }) => [address, change.actions]);
}

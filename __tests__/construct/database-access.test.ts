/** The construct for CDKTF apps: its properties, what it checks, and what it synthesises. */
import { Lazy, TerraformOutput, TerraformStack, TerraformVariable, Token, App } from "cdktf";
import { composeJson } from "../../lib/answers/compose";
import { DatabaseAccess } from "../../lib/construct/database-access";
import type { DatabaseTypeName } from "../../lib/construct/database-access";
import { AccessRole, ServiceRole } from "../../lib/construct/roles";
import { TemporaryFolder } from "../support/project-copy";

const awsAccountId = "210987654321";
let output: TemporaryFolder;

beforeEach(() => {
  output = new TemporaryFolder();
});

/** The stacks of an app, as they are written. */
function synth(
  build: (stack: TerraformStack, other: TerraformStack) => void,
): Record<"stack" | "other", Record<string, unknown>> {
  const app = new App({ outdir: output.path("out") });
  const stack = new TerraformStack(app, "stack");
  const other = new TerraformStack(app, "other");
  build(stack, other);
  app.synth();
  const read = (name: string): Record<string, unknown> =>
    JSON.parse(output.read(`out/stacks/${name}/cdk.tf.json`)) as Record<string, unknown>;
  return { stack: read("stack"), other: read("other") };
}

/** The arguments of the call `db`. */
function call(build: (stack: TerraformStack) => void): Record<string, unknown> {
  const { module } = synth(build).stack as { module: { db: Record<string, unknown> } };
  return module.db;
}

describe("properties", () => {
  test("of other types do not compile", () => {
    const wrong = (stack: TerraformStack): void => {
      // @ts-expect-error Of Redshift.
      new DatabaseAccess(stack, "a", { types: ["rds"], awsAccountId, redshiftClusters: [] });
      // @ts-expect-error Of another module.
      new DatabaseAccess(stack, "b", { types: ["rds"], awsAccountId, trustEc2: true });
      // @ts-expect-error Of types with database-user roles.
      new DatabaseAccess(stack, "c", { types: ["rds"], awsAccountId, createUserRoles: true });
      // @ts-expect-error There is no such type.
      new DatabaseAccess(stack, "d", { types: ["redshfit"], awsAccountId });
      // @ts-expect-error The account is required.
      new DatabaseAccess(stack, "e", { types: ["rds"] });
      new DatabaseAccess(stack, "f", {
        types: ["rds"],
        awsAccountId,
        // @ts-expect-error A field is missing.
        rdsDatabaseUsers: [{ region: "*", userName: "*" }],
      });
    };
    // What the compiler refuses is refused without it, too.
    expect(() => synth(wrong)).toThrow(/redshfit/);
  });

  test("of all chosen types compile, with tokens", () => {
    const types: readonly DatabaseTypeName[] = ["rds"];
    const given = call((stack) => {
      const unknown = new TerraformVariable(stack, "unknown", {});
      new DatabaseAccess(stack, "any", { types, awsAccountId, rdsClusters: [] });
      new DatabaseAccess(stack, "db", {
        types: ["redshift", "elasticache"],
        awsAccountId: unknown.stringValue,
        restrictToAccount: unknown.booleanValue,
        services: unknown.listValue,
        tags: Token.asStringMap(unknown.value),
        redshiftClusters: Token.asAny(unknown.value),
        redshiftUserRoleNames: Lazy.listValue({ produce: () => ["late"] }),
        elasticacheConnections: [],
      });
    });
    expect(given).toMatchObject({
      aws_account_id: "${var.unknown}",
      restrict_to_account: "${var.unknown}",
      services: "${var.unknown}",
      tags: "${var.unknown}",
      redshift_clusters: "${var.unknown}",
      redshift_user_role_names: ["late"],
      // Nothing, which is not everything.
      elasticache_connections: [],
    });
  });
});

describe("values", () => {
  test("keep the keys that callers choose", () => {
    const { attach_to_roles, tags } = call((stack) => {
      new DatabaseAccess(stack, "db", {
        types: ["rds"],
        awsAccountId,
        attachToRoles: { dbService: "service" },
        tags: { costCentre: "12", cost_centre: "13" },
      });
    });
    expect([attach_to_roles, tags]).toEqual([
      { dbService: "service" },
      { costCentre: "12", cost_centre: "13" },
    ]);
  });

  const wrong: readonly [string, object, readonly string[]][] = [
    [
      "that are wrong",
      { awsAccountId: "1234", policyName: "not a name" },
      ['aws_account_id is "1234": it must be ', 'policy_name is "not a name": it must be '],
    ],
    [
      "beside unknown ones",
      {
        awsAccountId: "${data.aws_caller_identity.me.account_id}",
        rdsDatabaseUsers: [
          { region: "nowhere", resourceId: "${aws_db_instance.orders.resource_id}", userName: "a" },
        ],
        attachToRoles: { one: "${aws_iam_role.service.name}", two: "not a name" },
        services: ["${var.service}", "desktop"],
      },
      [
        'rds_database_users has region ["nowhere"]: each must be ',
        'attach_to_roles has ["not a name"]: each must be ',
        'services has ["desktop"]: each must be ',
      ],
    ],
    [
      "that come late",
      { awsAccountId: Lazy.stringValue({ produce: () => "late" }) },
      ['aws_account_id is "late": it must be '],
    ],
    [
      "of variables that are not there",
      { awsAccountId, rdsClusterz: [] },
      ['The module rds has no variable "rds_clusterz". Did you mean "rds_clusters"?'],
    ],
  ];

  test.each(wrong)("%s are named with the construct's path", (_, props, messages) => {
    let message = "";
    try {
      synth((stack) => {
        new DatabaseAccess(stack, "db", { types: ["rds"], ...props } as never);
      });
    } catch (error) {
      message = String(error);
    }
    for (const expected of messages) expect(message).toContain(`[stack/db] ${expected}`);
    expect(message.match(/\[stack\/db\]/g)).toHaveLength(messages.length);
  });

  test("that are unknown are left to the plan", () => {
    const template = "${var.unknown}";
    expect(() =>
      synth((stack) => {
        new DatabaseAccess(stack, "db", {
          types: ["redshift", "dynamodb"],
          awsAccountId: template,
          services: [template],
          trustedPrincipals: [template],
          attachToRoles: { one: template, two: template },
          redshiftClusters: [{ region: template, clusterName: template }],
          dynamodbUserRolePolicies: { role: template },
          dynamodbUserRolePolicyArns: { role: { read: template } },
        });
      }),
    ).not.toThrow();
  });
});

describe("outputs", () => {
  test("can be used in other stacks", () => {
    const { stack, other } = synth((from, to) => {
      const access = new DatabaseAccess(from, "db", { types: ["rds", "redshift"], awsAccountId });
      new TerraformOutput(from, "here", { value: access.policyArn });
      new TerraformOutput(to, "text", { value: access.policyJson });
      new TerraformOutput(to, "map", { value: access.statements });
      const settings: unknown = access.teleportDatabaseAws.lookup("rds");
      new TerraformOutput(to, "item", { value: settings });
      const roles: unknown = access.userRoleArns.lookup("redshift");
      new TerraformOutput(to, "roles", { value: roles });
    });
    const values = (outputs: unknown): unknown[] =>
      Object.values(outputs as Record<string, { value: unknown }>).map(({ value }) => value);
    expect(values(stack.output).sort()).toEqual([
      "${module.db.policy_arn}",
      "${module.db.policy_json}",
      "${module.db.statements}",
      '${module.db.teleport_database_aws["rds"]}',
      '${module.db.user_role_arns["redshift"]}',
    ]);
    const remote = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)\}$/;
    const names = values(other.output).map((value) => remote.exec(String(value))?.[1]);
    expect(names).toHaveLength(4);
    expect(Object.keys(stack.output as object)).toEqual(expect.arrayContaining(names));
  });
});

test("the module beside the stack is the one that compose gives", () => {
  const { source } = call((stack) => {
    new DatabaseAccess(stack, "db", { types: ["redshift", "rds"], awsAccountId });
    new DatabaseAccess(stack, "other", { types: ["rds"], awsAccountId });
  });
  const written = JSON.parse(
    output.read(`out/stacks/stack/${String(source)}/main.tf.json`),
  ) as object;
  const composed = composeJson({ types: ["rds", "redshift"] });
  expect(written).toEqual({ ...composed, "//": expect.any(String) as unknown });
  // Terraform takes a path for a module's folder only if it begins so.
  expect(source).toMatch(/^\.\//);
  expect(output.read("out/stacks/stack/cdk.tf.json")).not.toContain(output.folder);
});

describe("the role modules", () => {
  test("are called with their variables, and their outputs are attributes", () => {
    const { stack } = synth((scope) => {
      const service = new ServiceRole(scope, "service", {
        awsAccountId,
        trustEksPodIdentity: {
          clusterArns: [],
          namespaces: ["teleport"],
          serviceAccounts: [],
          sessionTags: true,
        },
      });
      const access = new AccessRole(scope, "access", {
        awsAccountId,
        trustedPrincipals: [service.roleArn],
      });
      new DatabaseAccess(scope, "db", {
        types: ["rds"],
        awsAccountId,
        attachToRoles: { access: access.roleName },
      });
    });
    expect(stack.module).toMatchObject({
      service: {
        trust_eks_pod_identity: {
          cluster_arns: [],
          namespaces: ["teleport"],
          service_accounts: [],
          session_tags: true,
        },
      },
      access: { trusted_principals: ["${module.service.role_arn}"] },
      db: { attach_to_roles: { access: "${module.access.role_name}" } },
    });
  });

  test("name what is wrong with the construct's path", () => {
    expect(() =>
      synth((stack) => {
        new AccessRole(stack, "access", { awsAccountId, trustedPrincipals: ["nobody"] });
      }),
    ).toThrow(/\[stack\/access\] trusted_principals has \["nobody"\]: each must be /);
  });
});

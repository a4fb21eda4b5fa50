/** The construct for CDKTF apps: its properties, what it checks, and what it synthesises. */
import * as fs from "node:fs";
import * as path from "node:path";
import { Lazy, TerraformOutput, TerraformStack, TerraformVariable, Token, App } from "cdktf";
import { camelCase, snakeCase } from "../../lib/text/camel-case";
import { databaseTypes } from "../../lib/catalog";
import { composeJson } from "../../lib/answers/compose";
import { DatabaseAccess } from "../../lib/construct/database-access";
import type { DatabaseTypeName } from "../../lib/construct/database-access";
import { constructVariables } from "../../lib/files/construct-variables";
import { defineModule } from "../../lib/inputs/module-definition";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT } from "../support/terraform";
import { typeCombinations } from "../support/type-combinations";

const awsAccountId = "123456789012";
let output: TemporaryFolder;

beforeEach(() => {
  output = new TemporaryFolder();
});

afterEach(() => {
  output.dispose();
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
  test("are those of the catalogue", () => {
    const folder = path.join(PROJECT, "lib", "construct", "variables");
    for (const [name, content] of constructVariables()) {
      expect(fs.readFileSync(path.join(folder, name), "utf8")).toBe(content);
    }
  });

  test("keep their names on the way to Terraform", () => {
    const names = defineModule(databaseTypes).variables.flatMap(({ name, type }) => [
      name,
      ...(type.kind === "objects" ? Object.keys(type.fields) : []),
    ]);
    expect(names.map((name) => snakeCase(camelCase(name)))).toEqual(names);
    expect(names.map(camelCase)).toContain("rdsAutoEnableIamAuth");
  });

  test("of several types are those of each, and one more", () => {
    const names = (types: typeof databaseTypes): Set<string> =>
      new Set(defineModule(types).variables.map(({ name }) => name));
    const ofEach = new Map(databaseTypes.map((type) => [type, [...names([type])]]));
    const differing = typeCombinations.filter((types) => {
      const more = types.length > 1 ? ["split_policy_by_type"] : [];
      const expected = new Set([...types.flatMap((type) => ofEach.get(type) ?? []), ...more]);
      const actual = names(types);
      return actual.size !== expected.size || [...actual].some((name) => !expected.has(name));
    });
    expect(differing).toEqual([]);
  });

  test("of other types do not compile", () => {
    const wrong = (stack: TerraformStack): void => {
      // @ts-expect-error Of Redshift.
      new DatabaseAccess(stack, "a", { types: ["rds"], awsAccountId, redshiftClusters: [] });
      // @ts-expect-error Of several types.
      new DatabaseAccess(stack, "b", { types: ["rds"], awsAccountId, splitPolicyByType: true });
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
        splitPolicyByType: unknown.booleanValue,
        policyCount: unknown.numberValue,
        services: unknown.listValue,
        tags: Token.asStringMap(unknown.value),
        redshiftClusters: Token.asAny(unknown.value),
        redshiftUserRoleNames: Lazy.listValue({ produce: () => ["late"] }),
        elasticacheConnections: [],
      });
    });
    expect(given).toMatchObject({
      aws_account_id: "${var.unknown}",
      split_policy_by_type: "${var.unknown}",
      policy_count: "${var.unknown}",
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
      { awsAccountId: "1234", policyCount: 0 },
      [
        'aws_account_id is "1234": it must be ',
        "policy_count is 0: it must be a whole number from 1 to ",
      ],
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
      ['The module for rds has no variable "rds_clusterz". Did you mean "rds_clusters"?'],
    ],
    ["of confidential variables", { awsAccountId, externalId: "§" }, ["external_id must be "]],
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
    expect(message).not.toContain("§");
  });

  test("that are unknown are left to the plan", () => {
    const template = "${var.unknown}";
    expect(() =>
      synth((stack) => {
        new DatabaseAccess(stack, "db", {
          types: ["redshift", "dynamodb"],
          awsAccountId: template,
          services: [template],
          assumeRoleArns: [template],
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
  test("are those of the module", () => {
    const attributes = Object.entries(Object.getOwnPropertyDescriptors(DatabaseAccess.prototype))
      .filter(([, descriptor]) => "get" in descriptor)
      .map(([name]) => snakeCase(name));
    const module = composeJson({ types: ["all"] });
    expect(attributes.sort()).toEqual(Object.keys(module.output ?? {}).sort());
  });

  test("can be used in other stacks", () => {
    const { stack, other } = synth((from, to) => {
      const access = new DatabaseAccess(from, "db", { types: ["rds", "redshift"], awsAccountId });
      new TerraformOutput(from, "here", { value: access.policyArns });
      new TerraformOutput(to, "text", { value: access.policyJson });
      new TerraformOutput(to, "map", { value: access.policyArns });
      new TerraformOutput(to, "item", { value: access.policyArns.lookup("merged") });
      new TerraformOutput(to, "roles", {
        value: access.userRoleArns.lookup("redshift") as unknown,
      });
    });
    const values = (outputs: unknown): unknown[] =>
      Object.values(outputs as Record<string, { value: unknown }>).map(({ value }) => value);
    expect(values(stack.output).sort()).toEqual([
      '${module.db.policy_arns["merged"]}',
      "${module.db.policy_arns}",
      "${module.db.policy_arns}",
      "${module.db.policy_json}",
      '${module.db.user_role_arns["redshift"]}',
    ]);
    const remote = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)\}$/;
    const names = values(other.output).map((value) => remote.exec(String(value))?.[1]);
    expect(names).toHaveLength(4);
    expect(Object.keys(stack.output as object)).toEqual(expect.arrayContaining(names));
  });

  test("of database-user roles are there where the types have them", () => {
    synth((stack) => {
      const access = new DatabaseAccess(stack, "db", { types: ["rds"], awsAccountId });
      const nothing: undefined = access.userRoleArns;
      expect(nothing).toBeUndefined();
    });
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

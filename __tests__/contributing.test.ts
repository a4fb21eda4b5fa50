/** CONTRIBUTING.md's steps to add and to change, followed in a copy of the project. */
import * as fs from "node:fs";
import * as path from "node:path";
import { planned, planOfResources } from "./support/iam-plan";
import { projectCopy, type TemporaryFolder } from "./support/project-copy";
import { moduleCall, OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

const FILE = "lib/catalog/exampledb.ts";
const guide = fs.readFileSync(path.join(PROJECT, "CONTRIBUTING.md"), "utf8");

let copy: TemporaryFolder;

const command = (...words: readonly string[]) =>
  copy.run(process.execPath, "dist/teleport-db-iam.js", ...words);
const app = (...words: readonly string[]) => copy.run(process.execPath, "dist/main.js", ...words);

beforeAll(() => {
  copy = projectCopy();
  const [, example = ""] = /```ts\n(.*?)```/s.exec(guide) ?? [];
  copy.write({ [FILE]: example });
  copy.replace(
    "lib/catalog/index.ts",
    "export const databaseTypes: readonly DatabaseType[] = [",
    'import { exampledb } from "./exampledb";\nexport const databaseTypes: readonly DatabaseType[] = [\n  exampledb,',
  );
  copy.replace(
    "lib/inputs/role-variables.ts",
    '  {\n    name: "permissions_boundary_arn",',
    '  {\n    name: "detach_all",\n    type: { kind: "bool" },\n    description: "Whether to detach every policy of the role when it is deleted.",\n    default: false,\n  },\n  {\n    name: "permissions_boundary_arn",',
  );
  copy.replace(
    "lib/module/role-stack.ts",
    'tags: "${var.tags}",\n        lifecycle',
    'tags: "${var.tags}",\n        force_detach_policies: "${var.detach_all}",\n        lifecycle',
  );
  copy.replace(
    "lib/policies/trust.ts",
    'Effect: literal("Allow"),\n    Principal:',
    'Sid: literal("TrustsTeleport"),\n    Effect: literal("Allow"),\n    Principal:',
  );
  copy.replace(
    "lib/review/carriers/data/others.ts",
    "iam_account_password_policy",
    "iam_account_password_policy example_grant",
  );
  copy.succeed(process.execPath, "build.mjs");
});

test("the check of modules/ asks for the new module until it is there", () => {
  const before = app("--check");
  expect(before.status).toBe(1);
  expect(before.stdout + before.stderr).toContain("modules/exampledb/main.tf.json");
  expect(app().status).toBe(0);
  expect(app("--check").status).toBe(0);
});

test("the module has its variables, and the README its statement", () => {
  app();
  const { variable } = JSON.parse(copy.read("modules/exampledb/variables.tf.json")) as {
    variable: object;
  };
  expect(Object.keys(variable)).toEqual(
    expect.arrayContaining(["exampledb_fetch_metadata", "exampledb_clusters"]),
  );
  expect(copy.read("modules/exampledb/README.md")).toMatch(
    /\[`ExampleDBFetchMetadata`\].*`exampledb_fetch_metadata` \(on by default\)/,
  );
});

test("every command knows it", () => {
  expect(command("--help").status).toBe(0);
  expect(command("compose", "--help").stdout).toContain("exampledb");
  expect(command("list").stdout).toContain("exampledb");
  expect(command("explain", "ExampleDBFetchMetadata").stdout).toContain("rds:DescribeDBClusters");
  expect(command("print-iam", "--types", "exampledb", "--policy").stdout).toContain(
    '"Sid": "ExampleDBFetchMetadata"',
  );
  expect(command("compose", "--types", "exampldb").stderr).toContain('Did you mean "exampledb"?');
  expect(command("explore", "--output", "page.html").status).toBe(0);
  expect(copy.read("page.html")).toContain("ExampleDBFetchMetadata");
});

test("a placeholder that no field fills does not compile", () => {
  const compile = () =>
    copy.run(process.execPath, "node_modules/typescript/bin/tsc", "--project", "tsconfig.json");
  expect(compile().stdout).toBe("");
  copy.replace(FILE, "cluster:{cluster_name}", "cluster:{cluster}");
  try {
    expect(compile().stdout).toMatch(/exampledb\.ts.*error TS2322/);
  } finally {
    copy.replace(FILE, "cluster:{cluster}", "cluster:{cluster_name}");
  }
});

describeWithTerraform()("in a root configuration", () => {
  test("terraform plans the composed module", () => {
    const root = new TerraformRoot({});
    expect(
      command("compose", "--types", "exampledb,rds", "--output", path.join(root.folder, "m"))
        .status,
    ).toBe(0);
    root.write({
      "main.tf": `${OFFLINE_PROVIDER}${moduleCall("m", "./m", {
        aws_account_id: '"123456789012"',
        exampledb_clusters: '[{ region = "*", cluster_name = "main" }]',
      })}output "policy" {\n  value = module.m.policy_json\n}\n`,
    });
    const { planned_values: planned } = root.init().plan();
    expect(String(planned.outputs?.policy?.value)).toContain(
      '"Resource":["arn:aws:rds:*:123456789012:cluster:main"],"Sid":"ExampleDBFetchMetadata"',
    );
  });
});

describe("a variable, a trust policy and a rule of the review", () => {
  test("the variable is in the module and in its README", () => {
    const main = JSON.parse(copy.read("modules/service-role/main.tf.json")) as {
      resource: { aws_iam_role: { service: { force_detach_policies: string } } };
    };
    expect(main.resource.aws_iam_role.service.force_detach_policies).toBe("${var.detach_all}");
    expect(copy.read("modules/service-role/README.md")).toContain("| `detach_all` |");
  });

  test("the trust policy is the same in the module and in print-iam", () => {
    expect(copy.read("modules/redshift/main.tf.json")).toContain("TrustsTeleport");
    const printed = command("print-iam", "--types", "redshift", "--trust").stdout;
    expect(JSON.parse(printed)).toMatchObject({ Statement: [{ Sid: "TrustsTeleport" }] });
  });

  test("the review names a resource of the new type", () => {
    copy.write({
      "plan.json": planOfResources([planned("aws_example_grant", null, { name: "x" })]),
    });
    expect(command("review", "plan.json", "--format", "text").stdout).toContain(
      "aws_example_grant.x",
    );
  });
});

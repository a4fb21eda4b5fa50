/** The tests that each module ships pass, and fail if the module is broken; a caller's own tests pass with its mocks. */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { contentOf } from "../support/content-of";
import { moduleCall, type Outcome, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const modules = [...databaseTypes.map(({ name }) => name), "service-role", "access-role"];

describeWithTerraform()("terraform test", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    root = new TerraformRoot(contentOf(readyModule("rds"))).init();
  });

  afterAll(() => {
    root.dispose();
  });

  /** Tests a module in the place of the one before it: all need the same provider. */
  function terraformTest(
    files: Iterable<readonly [string, string]>,
    ...args: readonly string[]
  ): Outcome {
    for (const entry of fs.readdirSync(root.folder)) {
      if (entry === "tests" || entry.endsWith(".tf.json")) {
        fs.rmSync(path.join(root.folder, entry), { recursive: true });
      }
    }
    root.write(Object.fromEntries(files));
    return root.run("test", "-no-color", ...args);
  }

  test.each(modules)("passes in modules/%s", (name) => {
    const { status, stdout, stderr } = terraformTest(Object.entries(contentOf(readyModule(name))));
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Success! \d+ passed, 0 failed\./);
  });

  test("passes in a composed module, whatever defaults it was given", () => {
    const types = ["rds", "dynamodb"];
    const defaults = {
      create_policy: false,
      rds_fetch_metadata: false,
      tags: { team: "data" },
      dynamodb_user_role_policies: { reader: '{\n"Statement": []\n}' },
    };
    const { status, stdout, stderr } = terraformTest(compose({ types, defaults }));
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Success! \d+ passed, 0 failed\./);
  });

  /** A change of the module, the file of its tests, and the run in it that finds the change. */
  const faults: readonly (readonly [string, string, string, string, string])[] = [
    ["main.tf.json", '"RDSConnect"', '"RDSConnects"', "defaults", "defaults"],
    [
      "main.tf.json",
      "local.for_database_service && var.rds_fetch_metadata",
      "local.for_database_service",
      "switches",
      "without_RDSFetchMetadata",
    ],
    ["main.tf.json", "${local.create_policy ? 1 : 0}", "${1}", "switches", "create_policy"],
    ["variables.tf.json", "(aws|aws-cn|aws-us-gov)", "(.*)", "validations", "wrong_values_1"],
  ];
  test.each(faults)("finds a fault in %s: %s in place of %s", (file, right, wrong, tests, run) => {
    const files = new Map(Object.entries(contentOf(readyModule("rds"))));
    const content = files.get(file) ?? "";
    expect(content).toContain(right);
    files.set(file, content.replaceAll(right, wrong));
    const { status, stdout } = terraformTest(files, `-filter=tests/${tests}.tftest.hcl`);
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`run "${run}"\\.\\.\\. .*fail`));
  });

  test("passes in a root that calls the modules with their mocks, in every account", () => {
    const caller = new TerraformRoot({
      "main.tf": CALLER,
      "tests/caller.tftest.hcl": CALLER_TESTS,
    });
    try {
      const { status, stdout, stderr } = caller.init().run("test", "-no-color");
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("Success! 3 passed, 0 failed.");
    } finally {
      caller.dispose();
    }
  });
});

const account = { aws_account_id: "var.account" };

/** A root with a rule of its own. */
const CALLER = [
  'variable "account" {\n  type = string\n}\n',
  'variable "user" {\n  default = "reports"\n  validation {\n    condition     = var.user != "root"\n    error_message = "Not root."\n  }\n}\n',
  moduleCall("service_role", readyModule("service-role"), { ...account, trust_ecs: "true" }),
  moduleCall("access_role", readyModule("access-role"), {
    ...account,
    trusted_principals: '["arn:aws:iam::${var.account}:role/${module.service_role.role_name}"]',
  }),
  moduleCall("rds", readyModule("rds"), {
    ...account,
    attach_to_roles: "{ access = module.access_role.role_name }",
    rds_database_users: '[{ region = "*", resource_id = "*", user_name = var.user }]',
  }),
  moduleCall("keyspace", readyModule("keyspace"), {
    ...account,
    create_user_roles: "true",
    trusted_principals: "[module.access_role.role_arn]",
  }),
].join("\n");

const CALLER_TESTS = `
mock_provider "aws" {
  source = ${JSON.stringify(path.join(readyModule("rds"), "tests", "mocks"))}
}

run "in_an_account_of_ones" {
  variables {
    account = "111111111111"
  }
  assert {
    condition     = strcontains(module.rds.policy_json, "dbuser:*/reports")
    error_message = "The policy does not name the user."
  }
}

run "in_another_account" {
  variables {
    account = "210987654321"
  }
}

run "with_a_failure_that_is_expected" {
  command = plan
  variables {
    account = "111111111111"
    user    = "root"
  }
  expect_failures = [var.user]
}
`;

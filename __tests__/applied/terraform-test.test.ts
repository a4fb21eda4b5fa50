/** The tests of a root that calls the modules pass with the mocks that each module ships. */
import * as path from "node:path";
import { moduleCall, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const account = { aws_account_id: "var.account" };

/** A root with a rule of its own. */
const CALLER = [
  'variable "account" {\n  type = string\n}\n',
  'variable "user" {\n  default = "reports"\n  validation {\n    condition     = var.user != "root"\n    error_message = "Not root."\n  }\n}\n',
  'resource "aws_iam_openid_connect_provider" "teleport" {\n  url            = "https://teleport.example.com"\n  client_id_list = ["discover.teleport"]\n}\n',
  moduleCall("service_role", readyModule("service-role"), {
    ...account,
    trust_ecs: "true",
    trust_teleport_oidc_provider_arn: "aws_iam_openid_connect_provider.teleport.arn",
  }),
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

describeWithTerraform()("terraform test", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    root = new TerraformRoot({ "main.tf": CALLER, "tests/caller.tftest.hcl": CALLER_TESTS }).init();
  });

  test("passes in every account, and a failure that the root expects is met", () => {
    const { status, stdout, stderr } = root.run("test", "-no-color");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Success! 3 passed, 0 failed.");
  });

  test("fails if the mocks give no ARNs", () => {
    root.write({ "tests/caller.tftest.hcl": CALLER_TESTS.replace(/^ {2}source = .*$/m, "") });
    const { status, stdout, stderr } = root.run("test", "-no-color");
    expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("0 passed")]);
  });
});

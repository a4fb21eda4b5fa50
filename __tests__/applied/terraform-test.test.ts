/** The tests that each module ships pass, and fail where the module is broken. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { contentOf } from "../support/content-of";
import { readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

describeWithTerraform()("terraform test", () => {
  test.each(databaseTypes.map(({ name }) => name))("passes in modules/%s", (name) => {
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
    expect(terraformTest(compose({ types, defaults })).status).toBe(0);
  });

  /** A change of the module, and the run that finds it. */
  const faults: readonly (readonly [string, string, string, string])[] = [
    ["main.tf.json", '"RDSConnect"', '"RDSConnects"', "defaults"],
    [
      "main.tf.json",
      '"enabled": "${contains(var.services, \\"database\\") && var.rds_fetch_metadata}"',
      '"enabled": true',
      "without_RDSFetchMetadata",
    ],
    [
      "main.tf.json",
      "${nonsensitive(var.create_access_role) ? 1 : 0}",
      "${nonsensitive(var.create_policy) ? 1 : 0}",
      "defaults",
    ],
    ["variables.tf.json", "(aws|aws-cn|aws-us-gov)", "(.*)", "wrong_values_1"],
  ];
  test.each(faults)("finds a fault in %s: %s in place of %s", (file, right, wrong, run) => {
    const files = new Map(Object.entries(contentOf(readyModule("rds"))));
    const content = files.get(file) ?? "";
    expect(content).toContain(right);
    files.set(file, content.replaceAll(right, wrong));
    const { status, stdout } = terraformTest(files);
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`run "${run}"\\.\\.\\. .*fail`));
  });
});

function terraformTest(
  files: Iterable<readonly [string, string]>,
): ReturnType<TerraformRoot["run"]> {
  const root = new TerraformRoot(Object.fromEntries(files));
  try {
    return root.init().run("test", "-no-color");
  } finally {
    root.dispose();
  }
}

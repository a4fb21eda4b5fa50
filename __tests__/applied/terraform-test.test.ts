/** The tests of a root that calls the modules pass with the mocks that each module ships. */
import { fixtureRoot, rootFile } from "../support/fixture-root";
import type { TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const FILE = "tests/caller.tftest.hcl";
const TESTS = rootFile("terraform-test", FILE);

describeWithTerraform()("terraform test", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    root = fixtureRoot("terraform-test", { [FILE]: TESTS }).init();
  });

  test("passes in every account, and a failure that the root expects is met", () => {
    const { status, stdout, stderr } = root.run("test", "-no-color");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Success! 3 passed, 0 failed.");
  });

  test("fails if the mocks give no ARNs", () => {
    root.write({ [FILE]: TESTS.replace(/^ {2}source = .*$/m, "") });
    const { status, stdout, stderr } = root.run("test", "-no-color");
    expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("0 passed")]);
  });
});

/** The report of `compose --check` on the interface, between modules that are known to differ. */
import { compose } from "../../lib/answers/compose";
import {
  interfaceDifference as changes,
  interfaceLine,
} from "../../lib/files/interface-difference";

const rds = compose({ types: ["rds"] });

const interfaceDifference = (...modules: Parameters<typeof changes>) =>
  changes(...modules).map(interfaceLine);

test("the same module does not differ", () => {
  expect(interfaceDifference(rds, compose({ types: ["rds"] }))).toEqual([]);
});

test("another type adds variables, outputs and addresses", () => {
  const lines = interfaceDifference(rds, compose({ types: ["rds", "dynamodb"] }));
  expect(lines).toEqual(
    expect.arrayContaining([
      "variable added: create_user_roles",
      "variable added: dynamodb_user_role_names",
      "output added: user_role_arns",
      "address added: aws_iam_role.user",
    ]),
  );
  expect(lines.filter((line) => /removed|RDS/.test(line))).toEqual([]);
});

test("statements and descriptions do not count", () => {
  const older = new Map(
    [...rds].map(([name, content]) => [
      name,
      content
        .replace('"rds:DescribeDBClusters",', "")
        .replace(/"description": "Whether the Database Service/g, '"description": "Whether it'),
    ]),
  );
  expect(interfaceDifference(older, rds)).toEqual([]);
});

test.each(["{", "[".repeat(100_000) + "]".repeat(100_000)])(
  "a broken file is passed over",
  (text) => {
    const broken = new Map([...rds, ["outputs.tf.json", text] as const]);
    expect(interfaceDifference(broken, rds)).toContain("output added: statements");
  },
);

test.each(["null", "[]", '{ "variable": null, "output": [], "resource": { "aws_x": 1 } }'])(
  "a file that holds %s has no blocks",
  (text) => {
    const strange = new Map([...rds].map(([name]) => [name, text] as const));
    expect(interfaceDifference(strange, rds)).toContain("output added: statements");
  },
);

/** The module of RDS with a text in place of another. */
const edited = (text: string | RegExp, replacement: string) =>
  new Map([...rds].map(([name, content]) => [name, content.replaceAll(text, replacement)]));

test("another version of Terraform or of the provider is a requirement", () => {
  expect(interfaceDifference(edited(">= 1.5", ">= 1.4"), rds)).toEqual([
    "requirement changed: terraform (version)",
  ]);
  expect(interfaceDifference(edited(">= 5.0", ">= 4.0"), rds)).toEqual([
    "requirement changed: aws (version)",
  ]);
});

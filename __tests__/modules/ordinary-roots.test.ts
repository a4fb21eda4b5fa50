/** A root in which databases, keys and agents wait for the modules' roles, and the modules for them. */
import { fixtureRoot } from "../support/fixture-root";
import { OFFLINE_PROVIDER, plannedResources } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

describeWithTerraform()("an ordinary root", () => {
  test("is planned without a cycle, and names each role that a policy is attached to", () => {
    const plan = fixtureRoot("ordinary", { "provider.tf": OFFLINE_PROVIDER }).init().plan();
    const [attachment] = plannedResources(
      plan,
      "caches",
      "aws_iam_role_policy_attachment.database_access",
    );
    expect(attachment?.[0]).toBe("service");
    const roles = (plan.resource_changes ?? []).filter(({ type }) => type === "aws_iam_role");
    expect(roles.map(({ address }) => address).sort()).toEqual([
      "module.access.aws_iam_role.access",
      "module.agent.aws_iam_role.service",
      'module.search.aws_iam_role.user["opensearch/search-reader"]',
      "module.service.aws_iam_role.service",
    ]);
  });
});

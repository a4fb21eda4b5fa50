import { type Finding, findingOf } from "./finding";
import type { Accounts } from "./plan/accounts";
import type { ResourceDifference, Side } from "./plan/difference";
import { textOf } from "./plan/value";
import { noImpact } from "./verdict";

/** The attributes that name the same thing in AWS, by type. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["name"],
  aws_iam_user: ["name"],
  aws_iam_group: ["name"],
  aws_iam_policy: ["name"],
  aws_iam_instance_profile: ["name"],
  aws_iam_role_policy: ["role", "name"],
  aws_iam_user_policy: ["user", "name"],
  aws_iam_group_policy: ["group", "name"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
  aws_iam_user_policy_attachment: ["user", "policy_arn"],
  aws_iam_group_policy_attachment: ["group", "policy_arn"],
};

/** The name of a resource in AWS; undefined if the plan does not tell. */
function nameInAws(
  resource: ResourceDifference,
  side: Side,
  accounts: Accounts,
): string | undefined {
  const values = NAMES[resource.type]?.map((name) => textOf(resource.value(side, name)));
  const account = accounts.of(resource);
  if (values === undefined || values.includes(undefined)) return undefined;
  return JSON.stringify([resource.type, account ?? "", ...values]);
}

/** Pairs of a resource that is deleted and one that is created for the same thing in AWS. */
export function recreated(
  resources: readonly ResourceDifference[],
  accounts: Accounts,
): ReadonlyMap<ResourceDifference, ResourceDifference> {
  const deleted = new Map<string, ResourceDifference>();
  for (const resource of resources) {
    const name = resource.action === "delete" ? nameInAws(resource, "before", accounts) : undefined;
    if (name !== undefined) deleted.set(name, resource);
  }
  const pairs = new Map<ResourceDifference, ResourceDifference>();
  for (const resource of resources) {
    const name = resource.action === "create" ? nameInAws(resource, "after", accounts) : undefined;
    const old = name === undefined ? undefined : deleted.get(name);
    if (old !== undefined) pairs.set(old, resource);
  }
  return pairs;
}

/**
 * Things of AWS that go from one address to another without `moved`. Terraform deletes and creates them in
 * any order, and the deletion may come last.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 */
export function recreatedFindings(
  pairs: ReadonlyMap<ResourceDifference, ResourceDifference>,
): Finding[] {
  return [...pairs].map(([old, next]) => {
    const reasons = [
      "It is deleted and created again under another address. If the deletion comes last, it is missing afterwards. Write a moved block instead.",
    ];
    const moved = { from: old.address, to: next.address };
    return findingOf(next, { kind: "recreated", reasons, moved }, { impact: noImpact });
  });
}

import { comparedTypes } from "./carriers";
import { type Finding, findingOf } from "./finding";
import { attachmentsOf } from "./plan/attachments";
import { ResourceDifference, SIDES } from "./plan/difference";
import type { Plan } from "./plan/plan";
import { reportedPolicies } from "./plan/reported-policies";
import { absent, textOf } from "./plan/value";
import { noImpact } from "./verdict";

/** The attributes that decide about access, of the types that are compared. */
const ACCESS = [
  ...["policy", "assume_role_policy", "inline_policy", "managed_policy_arns"],
  ...["permissions_boundary", "policy_arn", "policy_arns", "policy_names"],
  ...["role", "user", "group", "roles", "users", "groups"],
];

/**
 * The policies that were given to a role by hand. The state of a role lists all its policies, so each one that another
 * resource of the plan attaches shows up here after it was attached.
 */
function newOfRole(drift: ResourceDifference, resources: readonly ResourceDifference[]): string[] {
  const name = textOf(drift.value("before", "name"));
  const own = new Set(
    resources.flatMap((resource) => {
      if (resource.type === "aws_iam_role") return [];
      const inline = resource.type === "aws_iam_role_policy" ? SIDES : [];
      return [
        ...attachmentsOf(resource, "before")
          .filter(({ identity }) => textOf(identity) === name)
          .flatMap(({ policy }) => textOf(policy) ?? []),
        ...inline.flatMap((side) => textOf(resource.value(side, "name")) ?? []),
      ];
    }),
  );
  const [had, has] = SIDES.map((side) => reportedPolicies(drift, side));
  if (has === undefined) return ["policies that the plan does not show"];
  return [
    ...has.arns.filter((arn) => had?.arns.includes(arn) !== true),
    ...[...has.inline]
      .filter(([block, policy]) => textOf(had?.inline.get(block) ?? absent) !== textOf(policy))
      .map(([block]) => block),
  ].filter((one) => !own.has(one));
}

function reasonOf(
  drift: ResourceDifference,
  resources: readonly ResourceDifference[],
): string | undefined {
  const changed = drift.changedAttributes.filter((name) => ACCESS.includes(name));
  if (drift.action === "delete") return "It was deleted outside of Terraform.";
  const listed = ["managed_policy_arns", "inline_policy"];
  if (drift.type !== "aws_iam_role" || changed.some((name) => !listed.includes(name))) {
    return changed.length === 0
      ? undefined
      : `It was changed outside of Terraform: ${changed.join(", ")}.`;
  }
  const added = newOfRole(drift, resources);
  return added.length === 0
    ? undefined
    : `It was given outside of Terraform, and this plan leaves it: ${added.join(", ")}.`;
}

/** Changes of access that were made outside of Terraform and that a plan found. */
export function driftFindings(plan: Plan, resources: readonly ResourceDifference[]): Finding[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  return plan.resource_drift
    .filter(({ mode, type }) => mode === "managed" && comparedTypes.test(type))
    .flatMap((change) => {
      const drift = new ResourceDifference(change, plan);
      const reason = reasonOf(drift, resources);
      if (reason === undefined) return [];
      const planned = byAddress.get(change.address);
      // What the plan changes back is compared as a change of the plan.
      const isUndone = planned !== undefined && planned.action !== "none";
      const item = { kind: "changed outside of Terraform", reasons: [reason] } as const;
      return [findingOf(drift, item, isUndone ? { impact: noImpact } : {})];
    });
}

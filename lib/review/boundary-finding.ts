import { type Finding, findingOf, shownBoth } from "./finding";
import type { ResourceDifference } from "./plan/difference";

/**
 * The permissions boundary of a role or user that stays, if it changes. One that is created or deleted has
 * none: there is no access before, or none after, that the boundary could limit.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryFinding(resource: ResourceDifference): Finding | undefined {
  if (resource.type !== "aws_iam_role" && resource.type !== "aws_iam_user") return undefined;
  if (resource.action !== "update" && resource.action !== "replace") return undefined;
  const { before, after, isSame } = resource.attribute("permissions_boundary");
  if (isSame || (before.kind === "absent" && after.kind === "absent")) return undefined;
  const reasons = after.kind === "unknown" ? ["The boundary is known only after apply."] : [];
  const item = { kind: "permissions boundary", reasons, policy: shownBoth(before, after) } as const;
  return findingOf(resource, item, { isCompared: true });
}

import type { Attribute, ResourceDifference } from "./difference";

/**
 * The changed permissions boundary of a role or user that stays. One that is created or
 * deleted has none: there is no access before, or none after, that the boundary could limit.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryOf(resource: ResourceDifference): Attribute | undefined {
  if (resource.type !== "aws_iam_role" && resource.type !== "aws_iam_user") return undefined;
  if (resource.action !== "update" && resource.action !== "replace") return undefined;
  const boundary = resource.attribute("permissions_boundary");
  const isAbsent = boundary.before.kind === "absent" && boundary.after.kind === "absent";
  return boundary.isSame || isAbsent ? undefined : boundary;
}

import type { ResourceDifference, Side } from "./difference";
import { textOf, type Value } from "./value";

/** A user in a group, from one resource. */
export interface Membership {
  readonly resource: ResourceDifference;
  readonly group: Value;
  readonly user: Value;
}

/** The attributes that name the groups and the users. */
interface Shape {
  readonly group: string;
  readonly user: string;
}

/**
 * The resources that put users into groups.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
 */
export const MEMBERSHIP_TYPES: Readonly<Record<string, Shape>> = {
  aws_iam_group_membership: { group: "group", user: "users" },
  aws_iam_user_group_membership: { group: "groups", user: "user" },
};

/** The members of groups in a resource, on one side of a plan. */
export function membershipsOf(resource: ResourceDifference, side: Side): Membership[] {
  const shape = MEMBERSHIP_TYPES[resource.type];
  if (shape === undefined) return [];
  const users = resource.values(side, shape.user);
  const memberships = resource
    .values(side, shape.group)
    .flatMap((group) => users.map((user) => ({ resource, group, user })));
  if (side === "before" || !resource.createsFirst) return memberships;
  // The old one is deleted last, and takes its members out of the group again.
  const had = new Set(membershipsOf(resource, "before").map(nameOf));
  return memberships.filter((membership) => !had.has(nameOf(membership)));
}

/** The same for the same membership; for one that the plan does not tell, always another text. */
function nameOf({ group, user }: Membership): unknown {
  const names = [textOf(group), textOf(user)];
  return names.includes(undefined) ? {} : JSON.stringify(names);
}

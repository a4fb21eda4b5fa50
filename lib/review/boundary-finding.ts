import { type Finding, origin, shownBoth } from "./finding";
import { boundaryOf } from "./plan/boundaries";
import type { ResourceDifference } from "./plan/difference";

/** The permissions boundary of a role or user, if it changes. */
export function boundaryFinding(resource: ResourceDifference): Finding | undefined {
  const boundary = boundaryOf(resource);
  if (boundary === undefined) return undefined;
  const reasons =
    boundary.after.kind === "unknown" ? ["The boundary is known only after apply."] : [];
  return {
    resource,
    isCompared: true,
    item: {
      ...origin(resource),
      kind: "permissions boundary",
      reasons,
      differences: [],
      policy: shownBoth(boundary.before, boundary.after),
    },
  };
}

import { type Finding, findingOf, shownBoth } from "./finding";
import { boundaryOf } from "./plan/boundaries";
import type { ResourceDifference } from "./plan/difference";

/** The permissions boundary of a role or user, if it changes. */
export function boundaryFinding(resource: ResourceDifference): Finding | undefined {
  const boundary = boundaryOf(resource);
  if (boundary === undefined) return undefined;
  const { before, after } = boundary;
  const reasons = after.kind === "unknown" ? ["The boundary is known only after apply."] : [];
  const item = { kind: "permissions boundary", reasons, policy: shownBoth(before, after) } as const;
  return findingOf(resource, item, { isCompared: true });
}

import { type Impact, noImpact } from "./comparison/impact";
import { boundaryOf } from "./plan/boundaries";
import type { Attribute, ResourceDifference } from "./plan/difference";
import { type Finding, origin, shownBoth } from "./finding";

/** What another boundary does, and why, where the values do not say so. */
function impactOf({ before, after }: Attribute): { impact: Impact; reasons: string[] } {
  if (after.kind === "unknown") {
    return {
      impact: { ...noImpact, unknown: true },
      reasons: ["Which boundary it is, is known only after apply."],
    };
  }
  if (before.kind === "absent") return { impact: { ...noImpact, narrows: true }, reasons: [] };
  if (after.kind === "absent") return { impact: { ...noImpact, broadens: true }, reasons: [] };
  return {
    impact: { ...noImpact, broadens: true, narrows: true },
    reasons: ["Another boundary may allow more in one place and less in another."],
  };
}

/** What the change of a permissions boundary does, if it changes. */
export function boundaryFinding(resource: ResourceDifference): Finding | undefined {
  const boundary = boundaryOf(resource);
  if (boundary === undefined) return undefined;
  const { impact, reasons } = impactOf(boundary);
  return {
    resource,
    isCompared: true,
    impact,
    item: {
      ...origin(resource),
      kind: "permissions boundary",
      reasons,
      differences: [],
      policy: shownBoth(boundary.before, boundary.after),
    },
  };
}

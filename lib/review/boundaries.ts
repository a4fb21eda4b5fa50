import { actionOf } from "./action";
import type { ResourceChange } from "./plan";
import { isSame, type Value, valueAt } from "./value";
import type { Effects } from "./verdict";

/** The permissions boundary of a role or user that stays, before and after. */
export interface BoundaryChange extends Effects {
  readonly change: ResourceChange;
  readonly before: Value;
  readonly after: Value;
  /** Why the effect is what it is, where the values do not say so. */
  readonly reason?: string;
}

const PATH = ["permissions_boundary"];

function effects(before: Value, after: Value): Effects & { reason?: string } {
  if (after.kind === "unknown") {
    return {
      broadens: false,
      narrows: false,
      unknown: true,
      reason: "Which boundary it is, is known only after apply.",
    };
  }
  if (before.kind === "absent") return { broadens: false, narrows: true, unknown: false };
  if (after.kind === "absent") return { broadens: true, narrows: false, unknown: false };
  return {
    broadens: true,
    narrows: true,
    unknown: false,
    reason: "Another boundary may allow more in one place and less in another.",
  };
}

/**
 * The change of a permissions boundary. A role or user that is created or deleted has none: there is
 * no access before, or none after, that the boundary could limit.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryOf(change: ResourceChange): BoundaryChange | undefined {
  if (change.type !== "aws_iam_role" && change.type !== "aws_iam_user") return undefined;
  if (!["update", "replace"].includes(actionOf(change)) || isSame(change, PATH)) return undefined;
  const [before, after] = [valueAt(change, "before", PATH), valueAt(change, "after", PATH)];
  if (before.kind === "absent" && after.kind === "absent") return undefined;
  return { change, before, after, ...effects(before, after) };
}

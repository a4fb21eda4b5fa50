import type { ResourceDifference } from "./plan/difference";
import { shown, type Value } from "./plan/value";
import type { ReportItem, ReportValues } from "./report/report";
import type { Impact } from "./verdict";

/** A gain or loss that does not come from a statement. */
export interface NamedAccess {
  /** A principal as AWS writes it, or the address of a resource. */
  readonly who: string;
  /** A clause: `principal_arn of aws_eks_access_entry.x`. */
  readonly what: string;
  /** Patterns of its actions, if they are known. */
  readonly actions?: readonly string[];
}

/** One change of a resource, as plain data without a verdict. */
export interface Finding {
  readonly resource: ResourceDifference;
  readonly item: Omit<ReportItem, "verdict">;
  /** True if it is part of who may do what, which is compared as a whole. */
  readonly isCompared?: boolean;
  /** The only user that it affects, of all users of the resource. */
  readonly user?: string;
  /** The impact of one that is not compared; unknown by default. */
  readonly impact?: Impact;
  /** True if anybody in the world gains something; by default if it may be. */
  readonly isPublic?: boolean;
  readonly gained?: readonly NamedAccess[];
  readonly lost?: readonly NamedAccess[];
}

/** The finding about a resource, with the resource and what happens to it in its item. */
export function findingOf(
  resource: ResourceDifference,
  item: Pick<ReportItem, "kind"> & Partial<Omit<ReportItem, "verdict">>,
  more: Omit<Finding, "resource" | "item"> = {},
): Finding {
  const { address, previousAddress, action } = resource;
  const moved = previousAddress === undefined ? {} : { previousAddress };
  return {
    ...more,
    resource,
    item: { address, ...moved, action, reasons: [], differences: [], ...item },
  };
}

/** Two values that may be shown. */
export function shownBoth(before: Value, after: Value): ReportValues {
  return {
    ...(before.kind === "absent" ? {} : { before: shown(before) }),
    ...(after.kind === "absent" ? {} : { after: shown(after) }),
  };
}

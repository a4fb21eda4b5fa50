import type { ResourceDifference } from "./plan/difference";
import { textOf, type Value } from "./plan/value";
import type { ReportItem, ReportValues } from "./report/report";
import type { Impact } from "./verdict";

/** One change, as plain data without a verdict. */
export interface Finding {
  readonly resource: ResourceDifference;
  /** True if it is part of who may do what, which is compared as a whole. */
  readonly isCompared: boolean;
  /** The impact of one that is not; unknown by default. */
  readonly impact?: Impact;
  /** The only user that it affects, of all users of the resource. */
  readonly user?: string;
  readonly item: Omit<ReportItem, "verdict">;
}

/** The resource of an item, and what happens to it. */
export function origin(
  resource: ResourceDifference,
): Pick<ReportItem, "address" | "previousAddress" | "action"> {
  const { address, previousAddress, action } = resource;
  return { address, ...(previousAddress === undefined ? {} : { previousAddress }), action };
}

/** A value that may be shown, or why not; undefined if there is none. */
export function shown(value: Value): string | undefined {
  switch (value.kind) {
    case "absent":
      return undefined;
    case "known":
      return textOf(value) ?? "(not text)";
    case "unknown":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive value)";
  }
}

/** Two values that may be shown. */
export function shownBoth(before: Value, after: Value): ReportValues {
  const [was, is] = [shown(before), shown(after)];
  return {
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
}

import { databaseTypes } from "../catalog";
import type { Difference } from "./compare";
import type { ConditionTest } from "./condition";
import type { Part } from "./coverage";
import type { Element } from "./element";
import type { Review, ReviewItem } from "./review";

/** A product of lists: each action, on each resource, for each principal, where the tests hold. */
export interface ReportGrant {
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly condition?: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

/** A {@link Difference} as plain data. */
export interface ReportDifference {
  readonly kind: Difference["kind"];
  readonly sid: string;
  /** What the statement is for, where it is one of this project's. */
  readonly purpose?: string;
  readonly movedFrom?: readonly string[];
  readonly before?: ReportGrant;
  readonly after?: ReportGrant;
}

/** A {@link ReviewItem} as plain data. */
export type ReportItem = Omit<ReviewItem, "differences"> & {
  readonly differences: readonly ReportDifference[];
};

/** A {@link Review} as plain data, which every format shows. */
export interface Report extends Omit<Review, "items"> {
  /** Of this report, raised with every change that a reader could trip over. */
  readonly formatVersion: 1;
  readonly items: readonly ReportItem[];
}

const purposes: ReadonlyMap<string, string> = new Map(
  databaseTypes
    .flatMap(({ statements, userRole }) => [...statements, ...(userRole?.statements ?? [])])
    .map(({ sid, purpose }) => [sid, purpose]),
);

function lists(
  elements: readonly Element<unknown>[] | undefined,
  names: readonly [plain: string, except: string],
): Record<string, readonly string[]> {
  if (elements === undefined) return {};
  const texts = elements.flatMap((element) => element.texts);
  return { [elements.some(({ except }) => except) ? names[1] : names[0]]: texts };
}

function grantOf({ effect, actions, resources, principals, condition }: Part): ReportGrant {
  const tests = condition.map(({ operator, key, values }: ConditionTest) => ({
    operator,
    key,
    values: [...values],
  }));
  return {
    effect,
    ...lists(actions, ["actions", "notActions"]),
    ...lists(resources, ["resources", "notResources"]),
    ...lists(principals, ["principals", "notPrincipals"]),
    ...(tests.length === 0 ? {} : { condition: tests }),
  };
}

function differenceOf({ kind, sid, movedFrom, before, after }: Difference): ReportDifference {
  const purpose = purposes.get(sid);
  return {
    kind,
    sid,
    ...(purpose === undefined ? {} : { purpose }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(before === undefined ? {} : { before: grantOf(before) }),
    ...(after === undefined ? {} : { after: grantOf(after) }),
  };
}

/** What a review says, as plain data. */
export function reportOf({ items, ...review }: Review): Report {
  return {
    formatVersion: 1,
    ...review,
    items: items.map((item) => ({ ...item, differences: item.differences.map(differenceOf) })),
  };
}

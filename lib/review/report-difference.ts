import { databaseTypes } from "../catalog";
import type { Difference } from "./comparison/comparison";
import type { Part } from "./comparison/coverage";
import type { Element } from "./comparison/element";
import type { ReportDifference, ReportGrant } from "./report";

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
  const tests = condition.map(({ operator, key, values }) => ({
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

/** A difference of two documents as plain data. */
export function reportDifference(difference: Difference): ReportDifference {
  const { kind, sid, movedFrom, before, after } = difference;
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

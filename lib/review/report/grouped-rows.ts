/** Puts equal changes together, and the riskiest first. */
import { risks, riskOf } from "../gate/risk";
import type { ReportGrant, ReportHolder, ReportRow } from "./report";

export const unique = <Item>(list: readonly Item[]): Item[] => [
  ...new Map(list.map((item) => [JSON.stringify(item), item])).values(),
];

type Group<Item> = [Item, ...Item[]];

/** Groups items by a key, in the order of the first of each. */
export function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown,
): Group<Item>[] {
  const groups = new Map<string, Group<Item>>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

const actionsOf = ({ actions = ["*"] }: ReportGrant): readonly string[] => actions;

/** Puts grants together that differ in their actions only, or in their resources only. */
export function mergedGrants(grants: readonly ReportGrant[]): ReportGrant[] {
  const byResources = grouped(grants, ({ actions, ...rest }) => [actions === undefined, rest]).map(
    (group) =>
      group[0].actions === undefined
        ? group[0]
        : { ...group[0], actions: unique(group.flatMap(actionsOf)).sort() },
  );
  return grouped(byResources, ({ resources, ...rest }) => [resources === undefined, rest]).map(
    (group) =>
      group[0].resources === undefined
        ? group[0]
        : { ...group[0], resources: unique(group.flatMap(({ resources = [] }) => resources)) },
  );
}

/** Ranks a row by risk. Unknown access comes after known risks. */
const rank = ({ risk }: ReportRow): number => (risk === undefined ? 1.5 : risks.indexOf(risk));

const CHANGES = ["gained", "undecided", "lost"];

const isNew = ({ who }: ReportRow): boolean => who.every((one) => one.isNew);

function inOrder(a: ReportRow, b: ReportRow): number {
  return (
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    Number(b.isPublic) - Number(a.isPublic) ||
    rank(a) - rank(b) ||
    Number(isNew(a)) - Number(isNew(b))
  );
}

/** One row for several, with the request of the first. */
function together(all: Group<ReportRow>): ReportRow {
  const list = <Key extends "says" | "escalation" | "by" | "waitsFor">(key: Key): ReportRow[Key] =>
    unique(all.flatMap((row): readonly unknown[] => row[key])) as unknown as ReportRow[Key];
  return {
    ...all[0],
    what: mergedGrants(all.flatMap(({ what }) => what)).sort(
      (a, b) => riskOfGrant(a) - riskOfGrant(b),
    ),
    says: list("says"),
    escalation: list("escalation"),
    waitsFor: list("waitsFor"),
    by: list("by"),
  };
}

/** The place of its riskiest action in the order of risks. */
function riskOfGrant(grant: ReportGrant): number {
  const own = new Set(actionsOf(grant).map((action) => riskOf(action)));
  return risks.findIndex((risk) => own.has(risk));
}

/** The holders of rows, once each. Of the same one in several plans, with all of them. */
const holders = (rows: readonly ReportRow[]): ReportHolder[] =>
  grouped(
    rows.flatMap(({ who }) => who),
    (one) => ({ ...one, plans: undefined }),
  ).map((group) => {
    const plans = unique(group.flatMap((one) => one.plans ?? []));
    return { ...group[0], ...(plans.length === 0 ? {} : { plans }) };
  });

/**
 * Rows in order, the riskiest first. What the same holder gains in one class of risk is one row, and so is
 * what several gain alike.
 */
export function groupedRows(rows: readonly ReportRow[]): ReportRow[] {
  const byHolder = grouped(rows, ({ change, isPublic, risk, who }) => [
    change,
    isPublic,
    risk,
    who,
  ]).map(together);
  return grouped(byHolder, ({ change, isPublic, risk, what, says, escalation }) => [
    ...[change, isPublic, risk, what, says, escalation],
  ])
    .map((group) => ({ ...together(group), who: holders(group) }))
    .sort(inOrder);
}

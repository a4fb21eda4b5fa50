import { databaseTypes } from "../../catalog";
import type { Statement } from "../compare";
import type { ReportDifference, ReportGrant } from "./report";

const purposes: ReadonlyMap<string, string> = new Map(
  databaseTypes
    .flatMap(({ statements, userRole }) => [...statements, ...(userRole?.statements ?? [])])
    .map(({ sid, purpose }) => [sid, purpose]),
);

type Lists = Omit<ReportGrant, "effect" | "condition">;

/** The lists of a statement, each without duplicates. */
function listsOf({ actions, resources, principals, notPrincipals, isTrust }: Statement): Lists {
  const named = (list: Statement["principals"]): string[] =>
    list.map(({ type, name }) => (type === "AWS" ? name : `${type}: ${name}`));
  const who =
    notPrincipals === undefined
      ? { principals: named(principals) }
      : { notPrincipals: named(notPrincipals) };
  const where = {
    [resources.except ? "notResources" : "resources"]: [...new Set(resources.texts)],
  };
  return {
    [actions.except ? "notActions" : "actions"]: [...new Set(actions.texts)],
    ...(isTrust ? who : where),
  };
}

/** A statement as plain data. */
export function grantOf(statement: Statement): ReportGrant {
  const { effect, conditions } = statement;
  return {
    effect,
    ...listsOf(statement),
    ...(conditions.length === 0 ? {} : { condition: conditions }),
  };
}

/** The same for statements that are written alike, whatever their Sid and the order of their lists. */
function textOf(statement: Statement): string {
  const { effect, conditions, variables } = statement;
  const lists = Object.entries(listsOf(statement)).map(([name, list]) => [name, [...list].sort()]);
  const tests = conditions.map(({ operator, key, values }) =>
    JSON.stringify([operator, key.toLowerCase(), [...values].sort()]),
  );
  return JSON.stringify([effect, variables, lists, tests.sort()]);
}

const without = (list: readonly string[], other: readonly string[]): string[] =>
  list.filter((text) => !other.includes(text));

/** Two grants that differ in one list only: what is new in it, and what is gone. */
function inOneList(
  before: ReportGrant,
  after: ReportGrant,
): { readonly added?: ReportGrant; readonly gone?: ReportGrant } | undefined {
  const names = [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ] as (keyof ReportGrant)[];
  const [name, ...others] = names.filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (name === undefined || others.length > 0) return undefined;
  if (name === "condition" || name === "effect" || name.startsWith("not")) return undefined;
  const [old, next] = [before[name], after[name]];
  if (!Array.isArray(old) || !Array.isArray(next)) return undefined;
  const [added, gone] = [
    without(next as string[], old as string[]),
    without(old as string[], next as string[]),
  ];
  return {
    ...(added.length === 0 ? {} : { added: { ...after, [name]: added } }),
    ...(gone.length === 0 ? {} : { gone: { ...before, [name]: gone } }),
  };
}

/** Two statements with the same Sid that differ. */
function changed(sid: string, old: Statement, next: Statement): Omit<ReportDifference, "purpose"> {
  const [before, after] = [grantOf(old), grantOf(next)];
  const { added, gone } = inOneList(before, after) ?? { added: after, gone: before };
  if (gone === undefined && added !== undefined) return { kind: "granted", sid, after: added };
  if (added === undefined && gone !== undefined) return { kind: "removed", sid, before: gone };
  return { kind: "changed", sid, before: gone ?? before, after: added ?? after };
}

/** Takes the first item that fits from a list. */
function take<Item>(list: Item[], fits: (item: Item) => boolean): Item | undefined {
  const index = list.findIndex(fits);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}

/**
 * The statements of two documents that differ, by their Sids. It shows a reader what was edited, and
 * decides nothing: statements that are written in another way can allow the same.
 */
export function statementDifferences(
  before: readonly Statement[],
  after: readonly Statement[],
): ReportDifference[] {
  const texts = new Map([...before, ...after].map((one) => [one, textOf(one)]));
  const isAlike = (one: Statement) => (other: Statement) => texts.get(one) === texts.get(other);
  const hasSid = (one: Statement) => (other: Statement) => one.sid === other.sid;
  const gone = [...before];
  // First those that stay as they are, then those that only have another Sid.
  const open = after.filter(
    (next) => take(gone, (old) => hasSid(next)(old) && isAlike(next)(old)) === undefined,
  );
  const differences = open.map((next): Omit<ReportDifference, "purpose"> => {
    const { sid } = next;
    const moved = take(gone, isAlike(next));
    if (moved !== undefined) {
      return { kind: "moved", sid, movedFrom: [moved.sid], after: grantOf(next) };
    }
    const old = take(gone, hasSid(next));
    return old === undefined
      ? { kind: "granted", sid, after: grantOf(next) }
      : changed(sid, old, next);
  });
  const removed = gone.map((old) => ({
    kind: "removed" as const,
    sid: old.sid,
    before: grantOf(old),
  }));
  return [...differences, ...removed].map((difference) => {
    const purpose = purposes.get(difference.sid);
    return purpose === undefined ? difference : { ...difference, purpose };
  });
}

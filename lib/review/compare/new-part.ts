import type { Statement } from "./statement";

/** The items of a list that another list lacks. */
function without<Item>(list: readonly Item[], other: readonly Item[]): Item[] {
  const known = new Set(other.map((item) => JSON.stringify(item)));
  return list.filter((item) => !known.has(JSON.stringify(item)));
}

/** The parts that two statements must have in common to be compared list by list. */
const frame = (one: Statement): string =>
  JSON.stringify([
    ...[one.effect, one.conditions, one.notPrincipals, one.variables],
    ...[one.actions.except, one.resources.except],
  ]);

/** All that decides what the Deny statements match, their places and Sids aside. */
const denies = (statements: readonly Statement[]): string =>
  JSON.stringify(
    statements
      .filter(({ effect }) => effect === "Deny")
      .map((one) => [frame(one), one.actions, one.resources, one.principals]),
  );

/**
 * Finds the part of an Allow that is new beside a statement of the other side which differs from it in one
 * list only: an action, a resource or a principal more. It is the whole statement if there is none, or if
 * the sides have different Deny statements, because then all of it can be new.
 */
export function newParts(
  side: readonly Statement[],
  otherSide: readonly Statement[],
): (own: Statement) => Statement {
  const isPlain = [...side, ...otherSide].every(({ unknown }) => unknown === undefined);
  if (!isPlain || denies(side) !== denies(otherSide)) return (own) => own;
  const byFrame = new Map<string, Statement[]>();
  for (const other of otherSide) {
    const key = frame(other);
    const known = byFrame.get(key);
    if (known === undefined) byFrame.set(key, [other]);
    else known.push(other);
  }
  return (own) => {
    const { effect, actions, resources, principals } = own;
    if (effect === "Deny" || actions.except || resources.except) return own;
    for (const other of byFrame.get(frame(own)) ?? []) {
      const rest = {
        actions: without(actions.texts, other.actions.texts),
        resources: without(resources.texts, other.resources.texts),
        principals: without(principals, other.principals),
      };
      if (Object.values(rest).filter((list) => list.length > 0).length !== 1) continue;
      if (rest.actions.length > 0) return { ...own, actions: { ...actions, texts: rest.actions } };
      return rest.resources.length > 0
        ? { ...own, resources: { ...resources, texts: rest.resources } }
        : { ...own, principals: rest.principals };
    }
    return own;
  };
}

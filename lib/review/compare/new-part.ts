import type { Entries, Statement } from "./statement";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The items of a list that another list lacks. */
function without<Item>(list: readonly Item[], other: readonly Item[]): Item[] {
  const known = new Set(other.map((item) => JSON.stringify(item)));
  return list.filter((item) => !known.has(JSON.stringify(item)));
}

const entriesWithout = (own: Entries, other: Entries): Entries => ({
  ...own,
  texts: without(own.texts, other.texts),
});

/** All that decides what a statement matches, its place and its Sid aside. */
const meaning = (one: Statement): unknown[] => [
  ...[one.effect, one.conditions, one.notPrincipals, one.variables],
  ...[one.actions, one.resources, one.principals],
];

const denies = (statements: readonly Statement[]): unknown[] =>
  statements.filter(({ effect }) => effect === "Deny").map(meaning);

/** The parts that two statements must have in common to be compared list by list. */
const frame = (one: Statement): string =>
  JSON.stringify([
    ...[one.effect, one.conditions, one.notPrincipals, one.variables],
    ...[one.actions.except, one.resources.except],
  ]);

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
  if (!isPlain || !same(denies(side), denies(otherSide))) return (own) => own;
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
        actions: entriesWithout(actions, other.actions),
        resources: entriesWithout(resources, other.resources),
        principals: without(principals, other.principals),
      };
      const isNew = {
        actions: rest.actions.texts.length > 0,
        resources: rest.resources.texts.length > 0,
        principals: rest.principals.length > 0,
      };
      if (Object.values(isNew).filter(Boolean).length !== 1) continue;
      if (isNew.actions) return { ...own, actions: rest.actions };
      return isNew.resources
        ? { ...own, resources: rest.resources }
        : { ...own, principals: rest.principals };
    }
    return own;
  };
}

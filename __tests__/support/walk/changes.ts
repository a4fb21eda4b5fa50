/** Random changes of a configuration. */
import { databaseTypes } from "../../../lib/catalog";
import { type Change, choices, type Configuration, type Values } from "./configuration";

const typeNames = databaseTypes.map(({ name }) => name);

/** With more types, a split policy comes near the ten that a role takes. */
const MOST_TYPES = 5;

/** What is drawn at random: a number from 0 to 1, 1 excluded. */
type Random = () => number;

/**
 * One or two changes at once.
 *
 * @param variables what the module of a configuration has
 */
export function randomChange(
  configuration: Configuration,
  random: Random,
  variables: (configuration: Configuration) => ReadonlySet<string>,
): Change {
  const first = oneChange(configuration, random, variables);
  if (random() < 0.5) return first;
  const second = oneChange(first.to, random, variables);
  return first.kind === second.kind
    ? first
    : { kind: `${first.kind} and ${second.kind}`, to: second.to };
}

function oneChange(
  configuration: Configuration,
  random: Random,
  variables: (configuration: Configuration) => ReadonlySet<string>,
): Change {
  const has = variables(configuration);
  const applicable = Object.values(choices)
    .map((group) =>
      group.filter(({ alternatives }) =>
        Object.keys(alternatives[0] ?? {}).every((name) => has.has(name)),
      ),
    )
    .filter((group) => group.length > 0);
  // Types are what changes most, and what the modules are for.
  if (random() < 0.25) return randomTypes(configuration, random);
  const { kind, alternatives } = pick(pick(applicable, random), random);
  const others = alternatives.filter((values) => !holds(configuration, values));
  const values = { ...configuration.values, ...pick(others, random) };
  return { kind, to: { ...configuration, values } };
}

/** Another type, one less, all others, or another module of the same type. */
export function randomTypes(configuration: Configuration, random: Random): Change {
  const { types, ready } = configuration;
  const absent = typeNames.filter((type) => !types.includes(type));
  const changes: readonly (Change | undefined)[] = [
    types.length >= MOST_TYPES
      ? undefined
      : change("a type more", [...types, pick(absent, random)]),
    types.length === 1 ? undefined : change("a type less", without(types, pick(types, random))),
    change("all types replaced", sample(absent, 1 + Math.floor(random() * 3), random)),
    types.length === 1
      ? { kind: "ready or composed", to: { ...configuration, ready: !ready } }
      : undefined,
  ];
  return pick(
    changes.filter((found) => found !== undefined),
    random,
  );

  function change(kind: string, to: readonly string[]): Change {
    // A ready module is of one type.
    return { kind, to: { ...configuration, types: to, ready: ready && to.length === 1 } };
  }
}

function holds({ values }: Configuration, alternative: Values): boolean {
  return Object.entries(alternative).every(([name, value]) => values[name] === value);
}

function without<T>(items: readonly T[], item: T): T[] {
  return items.filter((other) => other !== item);
}

function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  if (count === 0) return [];
  const item = pick(items, random);
  return [item, ...sample(without(items, item), count - 1, random)];
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

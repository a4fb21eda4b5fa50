/** Random changes of a configuration. */
import { databaseTypes } from "../../../lib/catalog";
import {
  type Change,
  type Choice,
  choices,
  type Configuration,
  ROLES,
  SERVICE_ROLE,
  SERVICE_ROLE_START,
  serviceRoleChoices,
  type Values,
  variablesOf,
} from "./configuration";

const typeNames = databaseTypes.map(({ name }) => name);

/** With more types, the policy comes near the size that IAM takes. */
const MOST_TYPES = 5;

/** A random source: a number from 0 to 1, 1 excluded. */
type Random = () => number;

/** One or two changes at once. */
export function randomChange(configuration: Configuration, random: Random): Change {
  const first = oneChange({ ...configuration, moved: [] }, random);
  if (random() < 0.5) return first;
  const second = oneChange(first.to, random);
  const isOfRoles = ({ kind }: Change): boolean => /^(role|key|other role) /.test(kind);
  // A role that is removed and added is one whose key is renamed without a `moved` block.
  return first.kind === second.kind || (isOfRoles(first) && isOfRoles(second))
    ? first
    : { kind: `${first.kind} and ${second.kind}`, to: second.to };
}

function oneChange(configuration: Configuration, random: Random): Change {
  // Types and roles are what changes most.
  const kind = random();
  if (kind < 0.2) return randomTypes(configuration, random);
  if (kind < 0.45) return randomRoles(configuration, random);
  if (kind < 0.6) return randomServiceRole(configuration, random);
  const has = variablesOf(configuration);
  const applicable = Object.values(choices)
    .map((group) =>
      group.filter(({ alternatives }) =>
        Object.keys(alternatives[0] ?? {}).every((name) => has.has(name)),
      ),
    )
    .filter((group) => group.length > 0);
  const choice = pick(pick(applicable, random), random);
  const values = { ...configuration.values, ...another(choice, configuration.values, random) };
  return { kind: choice.kind, to: { ...configuration, values } };
}

/**
 * Another role, one less, another key with a `moved` block, or another role under a key. Without that
 * block a role loses the policy for a while, as docs/operations.md says.
 */
function randomRoles(configuration: Configuration, random: Random): Change {
  const { roles } = configuration;
  const own = Object.entries(roles).filter(([key]) => !(key in SERVICE_ROLE));
  const free = ["one", "two", "three", "four"].filter((key) => !(key in roles));
  // Terraform cannot see one role under two keys at plan while another role is not known yet.
  const unused = ROLES.filter((role) => !Object.values(roles).includes(role));
  const to = (
    changed: Readonly<Record<string, string>>,
    moved: Configuration["moved"] = [],
  ): Configuration => ({ ...configuration, roles: changed, moved });
  const added: Change = {
    kind: "role added",
    to: to({ ...roles, [pick(free, random)]: pick(unused, random) }),
  };
  if (own.length === 0) return added;
  const [key, role] = pick(own, random);
  const others = Object.fromEntries(Object.entries(roles).filter(([name]) => name !== key));
  const next = pick(free, random);
  const changes: readonly Change[] = [
    ...(free.length > 1 && unused.length > 1 ? [added] : []),
    { kind: "role removed", to: to(others) },
    { kind: "other role under a key", to: to({ ...roles, [key]: pick(unused, random) }) },
    { kind: "key renamed with moved", to: to({ ...others, [next]: role }, [[key, next]]) },
  ];
  return pick(changes, random);
}

/** A service role more or less, or another value of one of its variables. */
function randomServiceRole(configuration: Configuration, random: Random): Change {
  const { serviceRole, roles } = configuration;
  if (serviceRole === undefined) {
    return {
      kind: "service role added",
      to: {
        ...configuration,
        serviceRole: SERVICE_ROLE_START,
        roles: { ...roles, ...SERVICE_ROLE },
      },
    };
  }
  if (random() < 0.15) {
    const others = Object.fromEntries(
      Object.entries(roles).filter(([key]) => !(key in SERVICE_ROLE)),
    );
    const to = { ...configuration, serviceRole: undefined, roles: others };
    return { kind: "service role removed", to };
  }
  const choice = pick(serviceRoleChoices, random);
  const values = { ...serviceRole, ...another(choice, serviceRole, random) };
  return { kind: `service role: ${choice.kind}`, to: { ...configuration, serviceRole: values } };
}

/** Values of a choice that `values` does not have. */
function another({ alternatives }: Choice, values: Values, random: Random): Values {
  const others = alternatives.filter((alternative) => !holds(values, alternative));
  return pick(others, random);
}

/** Another type, one less, all others, or another module of the same type. */
function randomTypes(configuration: Configuration, random: Random): Change {
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

function holds(values: Values, alternative: Values): boolean {
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

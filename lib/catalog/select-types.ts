import { didYouMean } from "../text/nearest";
import { UserError } from "../text/user-error";
import { databaseTypes } from ".";
import type { DatabaseType } from "./database-type";
import { unsupportedTypes } from "./unsupported-types";

/** Database types picked by name. */
export interface Selection {
  /** In the order of the reference page, each once. */
  readonly types: readonly DatabaseType[];
  /** The names that were no names of this program, but known for one. */
  readonly aliases: readonly { readonly given: string; readonly taken: string }[];
}

/** The names of all types, in the order of the reference page. */
export const typeNames: readonly string[] = databaseTypes.map(({ name }) => name);

/** The type with a name, or with an alias of it. */
export function typeNamed(name: string): DatabaseType | undefined {
  return databaseTypes.find((type) => type.name === name || type.aliases?.includes(name) === true);
}

/** A name as it is compared: `Aurora DSQL`, `aurora_dsql` and `aurora-dsql` are one. */
const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

/** @throws UserError if `given` is a database of AWS that Teleport does not support */
export function refuseUnsupported(given: string): void {
  const found = unsupportedTypes.find(({ title, names }) =>
    [...names, plainName(title)].includes(plainName(given)),
  );
  if (found === undefined) return;
  throw new UserError(
    `Teleport does not support ${found.title} (${given}), so there is nothing to grant for it. Types: ${typeNames.join(", ")}.`,
  );
}

/**
 * The database types with the given names, whatever their order.
 *
 * @param names names of types, aliases of them, or `all`
 * @throws UserError for no name at all and for one that is unknown
 */
export function selectTypes(names: readonly string[]): Selection {
  if (names.length === 0) {
    throw new UserError(
      `No database type given. Name one or more of ${typeNames.join(", ")}, or all: --types rds,redshift`,
    );
  }
  const selected = new Set<string>();
  const aliases: Selection["aliases"][number][] = [];
  for (const given of names) {
    const type = typeNamed(given);
    if (given === "all") typeNames.forEach((name) => selected.add(name));
    else if (type === undefined) {
      refuseUnsupported(given);
      throw new UserError(
        `Unknown database type ${JSON.stringify(given)}.${didYouMean(given, [...typeNames, "all"])} Valid types: ${typeNames.join(", ")}, or all.`,
      );
    } else {
      selected.add(type.name);
      if (type.name !== given) aliases.push({ given, taken: type.name });
    }
  }
  return { types: databaseTypes.filter(({ name }) => selected.has(name)), aliases };
}

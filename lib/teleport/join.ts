import { describeDatabase, titleOf } from "./databases";
import type { Configuration, Database } from "./configuration";
import { placeText, problemAt } from "./place";

/** What two databases of one name must agree in. */
function saidOf(database: Database): Readonly<Record<string, string | undefined>> {
  return {
    type: database.type?.name,
    ...Object.fromEntries(
      Object.entries(database.found).map(([field, { text }]) => [field, text] as const),
    ),
    account_id: database.accountId?.text,
    assume_role_arn: database.assumeRoleArn?.text,
    external_id: database.externalId?.text,
  };
}

/** @throws UserError where two databases of one name are not the same */
function refuseContradiction(first: Database, second: Database): void {
  const said = saidOf(first);
  const other = Object.entries({ ...said, ...saidOf(second) }).find(
    ([key, value]) => said[key] !== value,
  );
  if (other === undefined) return;
  const [key] = other;
  throw problemAt(
    second.place,
    `${titleOf(second.name)} has another ${key.replaceAll("_", " ")} here than in ${placeText(first.place)}. One name is one database: make them the same, or give them two names.`,
  );
}

/** The databases, each name once; what is said twice is passed over by name. */
function distinct(configuration: Configuration): Database[] {
  const byName = new Map<string, Database>();
  return configuration.databases.filter((database) => {
    const { name } = database;
    const first = name === undefined ? undefined : byName.get(name);
    if (name === undefined) return true;
    if (first === undefined) {
      byName.set(name, database);
      return true;
    }
    refuseContradiction(first, database);
    configuration.passedOver.push({
      ...database.place,
      text: `${describeDatabase(database)}: the same as in ${placeText(first.place)}, not counted again`,
    });
    return false;
  });
}

/**
 * What several files configure together.
 *
 * @throws UserError that names both places of a contradiction
 */
export function joinConfigurations(all: readonly Configuration[]): Configuration {
  const joined: Configuration = {
    databases: all.flatMap(({ databases }) => databases),
    matchers: all.flatMap(({ matchers }) => matchers),
    resourceMatchers: all.flatMap(({ resourceMatchers }) => resourceMatchers),
    serviceRoles: all.flatMap(({ serviceRoles }) => serviceRoles),
    agents: all.flatMap(({ agents }) => agents),
    atlasDatabases: all.flatMap(({ atlasDatabases }) => atlasDatabases),
    passedOver: all.flatMap(({ passedOver }) => passedOver),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
  return { ...joined, databases: distinct(joined) };
}

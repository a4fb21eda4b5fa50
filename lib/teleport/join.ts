import { describeDatabase, titleOf } from "./databases";
import type { Configuration, Database, ServiceRole } from "./configuration";
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

/** @throws UserError where two files say of different roles that the Database Service is that role */
function refuseSecondRole(roles: readonly ServiceRole[]): void {
  const [first, ...others] = roles;
  const other = others.find(({ arn }) => arn.text !== first?.arn.text);
  if (first === undefined || other === undefined) return;
  throw problemAt(
    other.arn,
    `The service account's role is ${other.arn.text} here, and ${first.arn.text} in ${placeText(first.arn)}. One module is for one role: compose them apart.`,
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
    databaseServices: all.flatMap(({ databaseServices }) => databaseServices),
    atlasDatabases: all.flatMap(({ atlasDatabases }) => atlasDatabases),
    passedOver: all.flatMap(({ passedOver }) => passedOver),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
  refuseSecondRole(joined.serviceRoles);
  return { ...joined, databases: distinct(joined) };
}

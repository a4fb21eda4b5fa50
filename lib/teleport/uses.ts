import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import type { Configuration, Database, Hop, Matcher, ResourceMatcher } from "./configuration";
import { describeDatabase, titleOf } from "./databases";
import { labelsMatch } from "./labels";
import { describeMatcher } from "./matchers";
import { type Located, type Place, problemAt, type Remark } from "./place";

/** What the Database Service connects to: one database, or whatever a matcher turns up. */
export interface Use extends Hop {
  readonly place: Place;
  /** Of which types; empty if no file has them. */
  readonly types: readonly DatabaseType[];
  /** The one database that it is for. */
  readonly database: Database | undefined;
  /** Why databases without a name are among it, as the end of a sentence. */
  readonly unnamed: string | undefined;
  /** Whether databases of any other type may be among it, because types are registered elsewhere. */
  readonly isOpen: boolean;
  readonly accountId: Located | undefined;
  readonly regions: readonly Located[];
}

/** The uses, and what was concluded from each place. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly conclusions: readonly Remark[];
}

/** More pairs of a database and a matcher than this take seconds to compare. */
const MOST_PAIRS = 5_000_000;

function databaseUse(database: Database, hop: Hop): Use {
  const { place, type, found, accountId } = database;
  const { assumeRoleArn, externalId } = hop;
  return {
    place,
    assumeRoleArn,
    externalId,
    types: type === undefined ? [] : [type],
    database,
    unnamed: undefined,
    isOpen: type === undefined,
    accountId,
    regions: found.region === undefined ? [] : [found.region],
  };
}

/** What a matcher finds, used through a role: its own, or the one that `resources` names instead. */
function discoveredUse(matcher: Matcher, { assumeRoleArn, externalId }: Hop): Use {
  const { place, types, regions } = matcher;
  return {
    place,
    assumeRoleArn,
    externalId,
    types,
    database: undefined,
    unnamed: "the matcher finds databases that are not named",
    isOpen: false,
    accountId: undefined,
    regions: regions.filter(({ text }) => text !== "*"),
  };
}

/**
 * The use of a resource of the cluster by the agents whose files there are: the last of their
 * `resources` that selects it and has a role decides the role. Nothing if no agent serves it.
 *
 * @see https://github.com/gravitational/teleport/blob/master/lib/srv/db/watcher.go (applyResourceMatchersToDatabase)
 */
function servedDatabase(database: Database, matchers: readonly ResourceMatcher[]): Use | undefined {
  const selecting = matchers.filter(({ labels }) => labelsMatch(database.labels, labels));
  if (selecting.length === 0) return undefined;
  const withRole = selecting.filter(({ assumeRoleArn }) => assumeRoleArn !== undefined).at(-1);
  return databaseUse(database, withRole ?? database);
}

/** What `resources` selects beside the databases that are known, if there may be anything. */
function elsewhere(
  { place, assumeRoleArn, externalId }: ResourceMatcher,
  types: readonly DatabaseType[],
): { readonly use: Use; readonly remark: Remark } {
  const known =
    types.length === 0
      ? "whose types and names the file does not have"
      : `of ${types.map(({ name }) => name).join(", ")}, whose names the file does not have`;
  return {
    use: {
      place,
      assumeRoleArn,
      externalId,
      types,
      database: undefined,
      unnamed: "db_service.resources selects databases that are not named",
      isOpen: true,
      accountId: undefined,
      regions: [],
    },
    remark: { ...place, text: `databases that are registered elsewhere, ${known}` },
  };
}

/** The types in the order of the reference page. */
function ordered(types: readonly DatabaseType[]): DatabaseType[] {
  return databaseTypes.filter((type) => types.includes(type));
}

/**
 * What the Database Service connects to, and through which role.
 *
 * - A database of an agent's file, and what its `aws` matchers find: as they say.
 * - A resource of the cluster: as the agent's `resources` say that selects it; if no agent's file is
 *   there, as the resource says.
 * - What the Discovery Service registers: a resource of the cluster that carries the matcher's role.
 *
 * @param otherTypes types of databases that are registered elsewhere, as the caller says
 * @throws UserError for more databases and matchers than can be compared
 */
export function usesOf(configuration: Configuration, otherTypes: readonly DatabaseType[]): Uses {
  const { databases, matchers, resourceMatchers, agents } = configuration;
  const isServed = agents.some(({ runsDatabaseService }) => runsDatabaseService);
  const dynamic = databases.filter(({ isDynamic }) => isDynamic);
  const [firstResource] = resourceMatchers;
  const selected = dynamic.length + matchers.length;
  if (firstResource !== undefined && selected * resourceMatchers.length > MOST_PAIRS) {
    throw problemAt(
      firstResource.place,
      `${String(resourceMatchers.length)} selectors of resources and ${String(selected)} databases and matchers are too many to compare. Name a part of them.`,
    );
  }
  const uses: Use[] = [];
  const conclusions: Remark[] = [];
  for (const database of databases) {
    const use =
      database.isDynamic && isServed
        ? servedDatabase(database, resourceMatchers)
        : databaseUse(database, database);
    if (use !== undefined) uses.push(use);
    conclusions.push({
      ...database.place,
      text:
        use === undefined
          ? `${titleOf(database.name)}: no db_service.resources selects its labels, so the agent does not serve it`
          : describeDatabase(database),
    });
  }
  for (const matcher of matchers) {
    conclusions.push({ ...matcher.place, text: describeMatcher(matcher) });
    const isFound = matcher.discoverer === "discovery-service";
    if (!isFound) uses.push(discoveredUse(matcher, matcher));
    // Some Database Service uses what is registered, with the role that it carries.
    else if (!isServed && (matcher.agent === undefined || matcher.assumeRoleArn !== undefined)) {
      uses.push(discoveredUse(matcher, matcher));
    }
  }
  const discovered = matchers.filter(({ discoverer }) => discoverer === "discovery-service");
  if (resourceMatchers.some(({ assumeRoleArn }) => assumeRoleArn === undefined)) {
    for (const matcher of discovered) uses.push(discoveredUse(matcher, matcher));
  }
  for (const resource of resourceMatchers) {
    const hasRole = resource.assumeRoleArn !== undefined;
    const throughOwn = hasRole
      ? discovered
      : discovered.filter(({ assumeRoleArn }) => assumeRoleArn === undefined);
    if (hasRole) for (const matcher of discovered) uses.push(discoveredUse(matcher, resource));
    const served = dynamic.filter(({ labels }) => labelsMatch(labels, resource.labels));
    const types = ordered([
      ...served.flatMap(({ type }) => type ?? []),
      ...throughOwn.flatMap((matcher) => matcher.types),
      ...otherTypes,
    ]);
    // What discovery registers through roles of its own explains the selector.
    if (types.length === 0 && discovered.length > 0) continue;
    const { use, remark } = elsewhere(resource, types);
    uses.push(use);
    conclusions.push(remark);
  }
  return { uses: uses.map((use) => withTypes(use, otherTypes)), conclusions };
}

/** A database whose type is not known yet is of one of the types that the caller says. */
function withTypes(use: Use, otherTypes: readonly DatabaseType[]): Use {
  return use.types.length === 0 ? { ...use, types: otherTypes } : use;
}

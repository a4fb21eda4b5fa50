import type { DatabaseType } from "../catalog/database-type";
import type { Configuration, Database, Hop, Matcher, ResourceMatcher } from "./configuration";
import { describeDatabase, titleOf } from "./databases";
import { labelsMatch } from "./labels";
import { describeMatcher } from "./matchers";
import type { Located, Place, Remark } from "./place";

/** What the Database Service connects to: one database, or whatever a matcher turns up. */
export interface Use extends Hop {
  readonly place: Place;
  /** Of which types; empty where nobody says. */
  readonly types: readonly DatabaseType[];
  /** The one database that it is for. */
  readonly database: Database | undefined;
  /** The matcher by which the Database Service discovers it. */
  readonly matcher: Matcher | undefined;
  /** Whether databases of other types may be among it, because types are registered elsewhere. */
  readonly isOpen: boolean;
  readonly accountId: Located | undefined;
  readonly regions: readonly Located[];
}

/** The uses, and what was concluded from each place. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly conclusions: readonly Remark[];
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

function databaseUse(database: Database, hop: Hop): Use {
  const { place, type, found, accountId } = database;
  return {
    place,
    ...hop,
    types: type === undefined ? [] : [type],
    database,
    matcher: undefined,
    isOpen: type === undefined,
    accountId,
    regions: found.region === undefined ? [] : [found.region],
  };
}

function matcherUse(matcher: Matcher, hop: Hop): Use {
  const { place, types, regions } = matcher;
  return {
    place,
    ...hop,
    types,
    database: undefined,
    matcher: matcher.discoverer === "database-service" ? matcher : undefined,
    isOpen: false,
    accountId: undefined,
    regions: regions.filter(({ text }) => text !== "*"),
  };
}

/**
 * The use of a resource of the cluster by the agents whose files there are: the last of their
 * `resources` that selects it decides the role. Nothing where no agent serves it.
 */
function servedDatabase(
  database: Database,
  { databaseServices, resourceMatchers }: Configuration,
): Use | undefined {
  if (databaseServices.length === 0) return databaseUse(database, database);
  const matcher = resourceMatchers
    .filter(({ labels }) => labelsMatch(database.labels, labels))
    .at(-1);
  if (matcher === undefined) return undefined;
  return databaseUse(database, matcher.assumeRoleArn === undefined ? database : matcher);
}

/** Resources that a matcher of resources may select beside those that are known. */
function resourceUse(
  matcher: ResourceMatcher,
  types: readonly DatabaseType[],
): { use: Use; remark: Remark } {
  const { place, assumeRoleArn, externalId } = matcher;
  const said =
    types.length === 0
      ? "whose types and names the file does not say"
      : `of ${types.map(({ name }) => name).join(", ")}, whose names the file does not say`;
  return {
    use: {
      place,
      assumeRoleArn,
      externalId,
      types,
      database: undefined,
      matcher: undefined,
      isOpen: true,
      accountId: undefined,
      regions: [],
    },
    remark: { ...place, text: `databases that are registered elsewhere, ${said}` },
  };
}

/**
 * What the Database Service connects to.
 *
 * - A database of an agent's file, and what its `aws` matchers find: as they say.
 * - A resource of the cluster: as the agent's `resources` say that selects it; where no agent's file
 *   is there, as the resource says.
 * - What the Discovery Service registers are resources of the cluster, too, so its types are those
 *   of `resources`; those of a discovery_config are used as they are where no agent's file is there.
 *
 * @param otherTypes types of databases that are registered elsewhere, as the caller says
 */
export function usesOf(configuration: Configuration, otherTypes: readonly DatabaseType[]): Uses {
  const { databases, matchers, resourceMatchers, databaseServices } = configuration;
  const uses: Use[] = [];
  const conclusions: Remark[] = [];
  for (const database of databases) {
    const use = database.isDynamic
      ? servedDatabase(database, configuration)
      : databaseUse(database, database);
    if (use === undefined) {
      const text = `${titleOf(database.name)}: no db_service.resources selects its labels, so the agent does not serve it`;
      conclusions.push({ ...database.place, text });
      continue;
    }
    uses.push(use);
    conclusions.push({ ...database.place, text: describeDatabase(database) });
  }
  const discovered = matchers.filter(({ discoverer }) => discoverer === "discovery-service");
  const direct: Hop = { assumeRoleArn: undefined, externalId: undefined };
  for (const matcher of matchers) {
    conclusions.push({ ...matcher.place, text: describeMatcher(matcher) });
    if (matcher.discoverer === "database-service") uses.push(matcherUse(matcher, matcher));
    else if (databaseServices.length === 0 && matcher.isDynamic) {
      uses.push(matcherUse(matcher, direct));
    }
  }
  for (const matcher of resourceMatchers) {
    const served = databases.filter(
      ({ isDynamic, labels }) => isDynamic && labelsMatch(labels, matcher.labels),
    );
    const types = unique([
      ...served.flatMap(({ type }) => type ?? []),
      ...discovered.flatMap(({ types: found }) => found),
      ...otherTypes,
    ]);
    const { use, remark } = resourceUse(matcher, types);
    uses.push(use);
    conclusions.push(remark);
  }
  return { uses: uses.map((use) => withTypes(use, otherTypes)), conclusions };
}

/** A database whose type is not known yet is of one of the types that the caller says. */
function withTypes(use: Use, otherTypes: readonly DatabaseType[]): Use {
  return use.types.length === 0 ? { ...use, types: otherTypes } : use;
}

import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import type { Configuration, Database, Hop, Matcher } from "./configuration";
import { describeDatabase } from "./databases";
import { labelsMatch } from "./labels";
import { describeMatcher } from "./matchers";
import { type Located, type Place, problemAt, type Remark } from "./place";
import { named } from "./section";

/** Something that the Database Service connects to: one database, or whatever a matcher finds. */
export interface Use {
  readonly place: Place;
  /** Its own role, or the one that `resources` names instead. */
  readonly hop: Hop;
  /** Its types; empty if no file has them. */
  readonly types: readonly DatabaseType[];
  /** The one database that it is for. */
  readonly database?: Database;
  /** The reason for databases without a name, as the end of a sentence. */
  readonly unnamed?: string;
  /** True if databases of any other type may be among it, because types are registered elsewhere. */
  readonly isOpen: boolean;
  readonly accountId?: Located | undefined;
  readonly regions: readonly Located[];
}

/** More pairs of a database and a matcher than this take seconds to compare. */
const MOST_PAIRS = 5_000_000;

/** The types that some items have, in the order of the reference page. */
export function typesOf(items: readonly Pick<Use, "types">[]): DatabaseType[] {
  const types = new Set(items.flatMap((item) => item.types));
  return databaseTypes.filter((type) => types.has(type));
}

function hasRole({ assumeRoleArn }: Hop): boolean {
  return assumeRoleArn !== undefined;
}

/**
 * The role through which a database is used; nothing if no agent serves it. A resource of the cluster is
 * used by the agents whose files there are: the last of their `resources` that selects it and has a role
 * decides the role.
 *
 * @see https://github.com/gravitational/teleport/blob/master/lib/srv/db/watcher.go (applyResourceMatchersToDatabase)
 */
function hopOf(database: Database, { resourceMatchers }: Configuration, isServed: boolean) {
  const own = database.labels;
  if (own === undefined || !isServed) return database;
  const selecting = resourceMatchers.filter(({ labels }) => labelsMatch(own, labels));
  return selecting.length === 0 ? undefined : (selecting.filter(hasRole).at(-1) ?? database);
}

/**
 * The roles through which databases are used that a matcher finds. What the Discovery Service registers
 * is a resource of the cluster that carries the matcher's role, for any Database Service.
 */
function hopsOf(matcher: Matcher, { resourceMatchers }: Configuration, isServed: boolean): Hop[] {
  if (matcher.discoverer === "database_service") return [matcher];
  if (!isServed) return matcher.agent === undefined || hasRole(matcher) ? [matcher] : [];
  const others = resourceMatchers.filter(hasRole);
  return others.length < resourceMatchers.length ? [matcher, ...others] : others;
}

/**
 * Returns the databases that the Database Service connects to, and the role that it uses.
 *
 * @param otherTypes types of databases that are registered elsewhere, from the caller
 * @throws UserError for more databases and matchers than can be compared
 */
export function usesOf(
  configuration: Configuration,
  otherTypes: readonly DatabaseType[],
): { readonly uses: readonly Use[]; readonly conclusions: readonly Remark[] } {
  const { databases, matchers, resourceMatchers, agents } = configuration;
  const isServed = agents.some(({ runsDatabaseService }) => runsDatabaseService);
  const selected = databases.length + matchers.length;
  const [first] = resourceMatchers;
  if (first !== undefined && selected * resourceMatchers.length > MOST_PAIRS) {
    const text = `${String(resourceMatchers.length)} selectors of resources and ${String(selected)} databases and matchers are too many to compare. Split the files, and run compose for each part.`;
    throw problemAt(first.place, text);
  }
  const uses: Use[] = [];
  const conclusions: Remark[] = [];
  for (const database of databases) {
    const { place, type, found } = database;
    const hop = hopOf(database, configuration, isServed);
    if (hop === undefined) {
      const text = `${named("database", database.name)}: no db_service.resources selects its labels, so the agent does not serve it`;
      conclusions.push({ ...place, text });
      continue;
    }
    conclusions.push({ ...place, text: describeDatabase(database) });
    const types = type === undefined ? otherTypes : [type];
    const regions = found.region === undefined ? [] : [found.region];
    const isOpen = type === undefined;
    uses.push({ place, hop, types, database, isOpen, accountId: found.account, regions });
  }
  for (const matcher of matchers) {
    const { place, types, regions } = matcher;
    conclusions.push({ ...place, text: describeMatcher(matcher) });
    const unnamed = "the matcher finds databases that are not named";
    for (const hop of hopsOf(matcher, configuration, isServed)) {
      uses.push({ place, hop, types, unnamed, isOpen: false, regions });
    }
  }
  const discovered = matchers.filter(({ discoverer }) => discoverer === "discovery_service");
  for (const resource of resourceMatchers) {
    const found = discovered.filter((matcher) => hasRole(resource) || !hasRole(matcher));
    const served = databases.flatMap(({ labels, type }) =>
      labels !== undefined && labelsMatch(labels, resource.labels) ? (type ?? []) : [],
    );
    const types = typesOf([...found, { types: served }, { types: otherTypes }]);
    // What discovery registers through roles of its own explains the selector.
    if (types.length === 0 && discovered.length > 0) continue;
    const { place } = resource;
    const unnamed = "db_service.resources selects databases that are not named";
    uses.push({ place, hop: resource, types, unnamed, isOpen: true, regions: [] });
    const known =
      types.length === 0
        ? "whose types and names the file does not have"
        : `of ${types.map(({ name }) => name).join(", ")}, whose names the file does not have`;
    conclusions.push({ ...place, text: `databases that are registered elsewhere, ${known}` });
  }
  return { uses, conclusions };
}

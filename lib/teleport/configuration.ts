import type { DatabaseType } from "../catalog/database-type";
import type { Located, Place, Remark } from "./place";

/*
 * What is configured, whichever file says it. Readers fill this model, and nothing behind them knows
 * which of them did.
 */

/** The role that is assumed first, and the external ID that is sent for it. */
export interface Hop {
  readonly assumeRoleArn: Located | undefined;
  readonly externalId: Located | undefined;
}

/** A database of AWS that is named. */
export interface Database extends Hop {
  readonly place: Place;
  readonly name: string | undefined;
  /** Whether it is a resource of the cluster, which any agent can serve, and not of one agent's file. */
  readonly isDynamic: boolean;
  /** Labels of a resource of the cluster, by which agents select it. */
  readonly labels: ReadonlyMap<string, string>;
  /** Absent if the URI is not known yet. */
  readonly type: DatabaseType | undefined;
  /** What names it: fields of the type's scopes, and `region`. */
  readonly found: Readonly<Record<string, Located>>;
  readonly accountId: Located | undefined;
  readonly keyPrefix: Located | undefined;
  readonly kmsKeyId: Located | undefined;
  /** Whether it has a place for the passwords of managed users. */
  readonly managesUsers: boolean;
  /** Whether sessions get tags (DynamoDB). */
  readonly tagsSessions: boolean;
  /** Whether it authenticates with Kerberos (an `ad` block), and not with IAM. */
  readonly usesKerberos: boolean;
}

/** Which service discovers. */
type Discoverer = "database-service" | "discovery-service";

/** A process of Teleport that runs one of the services, or both: one process has one AWS identity. */
export interface Agent {
  readonly place: Place;
  readonly runsDatabaseService: boolean;
  readonly runsDiscoveryService: boolean;
  /** The group of discovery_configs that its Discovery Service follows, if any. */
  readonly discoveryGroup: string | undefined;
}

/** Databases that are discovered (`db_service.aws`, `discovery_service.aws`, a discovery_config). */
export interface Matcher extends Hop {
  readonly place: Place;
  readonly discoverer: Discoverer;
  /** The process that has it in its file; nothing for a resource of the cluster (discovery_config). */
  readonly agent: Agent | undefined;
  /** The group of the discovery_config. */
  readonly discoveryGroup: string | undefined;
  readonly types: readonly DatabaseType[];
  /** `*` for all of them, which Teleport asks AWS for (`account:ListRegions`). */
  readonly regions: readonly Located[];
  /** Whether it selects by tags, and not every database. */
  readonly selectsByTags: boolean;
  /** Name of the AWS OIDC integration whose role is used, if any. */
  readonly integration: Located | undefined;
}

/** Resources of the cluster that an agent serves (`db_service.resources`). */
export interface ResourceMatcher extends Hop {
  readonly place: Place;
  /** Label values by key; `*` matches any. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** The role of a Kubernetes service account. */
export interface ServiceRole {
  readonly arn: Located;
  /** Name of the service account, if a file has it. */
  readonly serviceAccount: Located | undefined;
  readonly namespace: Located | undefined;
}

/** What is configured, from all files together. */
export interface Configuration {
  readonly databases: Database[];
  readonly matchers: Matcher[];
  readonly resourceMatchers: ResourceMatcher[];
  readonly serviceRoles: ServiceRole[];
  readonly agents: Agent[];
  /** Databases of MongoDB Atlas, which have no type of this program. */
  readonly atlasDatabases: Remark[];
  /** What was read and needs nothing, and why. */
  readonly passedOver: Remark[];
  /** What is probably a mistake, and what is not known. */
  readonly warnings: Remark[];
}

/** A configuration without anything, for readers to fill. */
export function emptyConfiguration(): Configuration {
  return {
    databases: [],
    matchers: [],
    resourceMatchers: [],
    serviceRoles: [],
    agents: [],
    atlasDatabases: [],
    passedOver: [],
    warnings: [],
  };
}

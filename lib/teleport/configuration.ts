import type { DatabaseType } from "../catalog/database-type";
import type { Located, Place, Remark } from "./place";
import type { Section } from "./section";

/** The role that a service assumes, and the external ID that it sends. */
export interface Hop {
  readonly assumeRoleArn: Located | undefined;
  readonly externalId: Located | undefined;
}

/** A database of AWS that is named. */
export interface Database extends Hop {
  readonly place: Place;
  readonly name: string | undefined;
  /** Labels of a resource of the cluster, by which agents select it; absent in an agent's own file. */
  readonly labels: ReadonlyMap<string, string> | undefined;
  /** Absent if the URI is not known yet. */
  readonly type: DatabaseType | undefined;
  /** Its names: fields of the type's narrowings, `region` and `account`. */
  readonly found: Readonly<Record<string, Located>>;
  readonly keyPrefix: Located | undefined;
  readonly kmsKeyId: Located | undefined;
  /** True if it has a place for the passwords of managed users. */
  readonly managesUsers: boolean;
  /** True if sessions get tags (DynamoDB). */
  readonly tagsSessions: boolean;
  /** True if it authenticates with Kerberos (an `ad` block), and not with IAM. */
  readonly usesKerberos: boolean;
}

/** A process of Teleport that runs one of the services, or both: one process has one AWS identity. */
export interface Agent {
  readonly file: string;
  readonly runsDatabaseService: boolean;
  readonly runsDiscoveryService: boolean;
  /** The group of discovery_configs that its Discovery Service follows, if any. */
  readonly discoveryGroup: string | undefined;
}

/** Databases that are discovered (`db_service.aws`, `discovery_service.aws`, a discovery_config). */
export interface Matcher extends Hop {
  readonly place: Place;
  readonly discoverer: "database_service" | "discovery_service";
  /** The process that has it in its file; nothing for a resource of the cluster (discovery_config). */
  readonly agent?: Agent;
  /** The group of the discovery_config. */
  readonly discoveryGroup?: string;
  readonly types: readonly DatabaseType[];
  readonly regions: readonly Located[];
  /** True if it has `*` for the regions, which Teleport asks AWS for (`account:ListRegions`). */
  readonly isEverywhere: boolean;
  readonly selectsByTags: boolean;
  /** The name of the AWS OIDC integration whose role is used, if any. */
  readonly integration: string | undefined;
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
  readonly serviceAccount: string | undefined;
  readonly namespace: string | undefined;
}

/** The content of all files together. Readers fill it, and nothing behind them knows which of them did. */
export class Configuration {
  readonly databases: Database[] = [];
  readonly matchers: Matcher[] = [];
  readonly resourceMatchers: ResourceMatcher[] = [];
  readonly serviceRoles: ServiceRole[] = [];
  readonly agents: Agent[] = [];
  /** True if there is a database of MongoDB Atlas, which has no type of this program. */
  hasAtlas = false;
  /** The parts that were read and need no permission, with the reason. */
  readonly passedOver: Remark[] = [];
  /** Probable mistakes and unknown values. */
  readonly warnings: Remark[] = [];

  passOver(place: Place, text: string): void {
    this.passedOver.push({ ...place, text });
  }

  warn(place: Place, text: string): void {
    this.warnings.push({ ...place, text });
  }
}

/** Reads one kind of document into the configuration. */
export interface Reader {
  /** The format that it reads, as part of a sentence. */
  readonly title: string;
  /** True if a document is of this kind, by its keys. */
  readonly recognises: (document: Section) => boolean;
  /** @throws UserError with its place, for an invalid value */
  readonly read: (document: Section, configuration: Configuration) => void;
}

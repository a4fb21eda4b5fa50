import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import type { Agent, Configuration, Hop, Matcher, ServiceRole } from "./configuration";
import { type Located, type Place, placeText, problemAt } from "./place";
import type { Use } from "./uses";

/*
 * The roles of AWS that Teleport works as. Everything that is concluded about one role is joined
 * here, wherever it is configured: one role is one object in AWS.
 */

/** A service's own role, the role of an AWS OIDC integration, or a role that is assumed first. */
export type RoleKey =
  "database-service" | "discovery-service" | `integration:${string}` | `arn:${string}`;

/** A role, and what it is needed for. */
export interface AwsRole {
  readonly key: RoleKey;
  /** Its ARN, if a file has it. */
  readonly arn: string | undefined;
  /** The service account that has it, if a file names one. */
  readonly account: ServiceRole | undefined;
  /** What the Database Service connects to as this role. */
  readonly uses: Use[];
  /** What is discovered as this role. */
  readonly finds: Matcher[];
  /** Roles that assume it first. */
  readonly assumedBy: Set<RoleKey>;
  /** Roles that it assumes first; itself, if a file says so. */
  readonly assumes: Set<RoleKey>;
  /** External IDs that are sent for it, and places from which none is sent. */
  readonly externalIds: Map<string, Place>;
  readonly withoutExternalId: Place[];
}

/** An IAM role's ARN in its parts. */
export interface RoleParts {
  readonly account: string;
  /** Between slashes: `/` or `/teams/`. */
  readonly path: string;
  readonly name: string;
}

/** The parts of a role's ARN that was checked when it was read. */
export function roleParts(arn: string): RoleParts {
  const [, , , , account = "", resource = ""] = arn.split(":");
  const [, ...steps] = resource.split("/");
  const name = steps.pop() ?? "";
  return { account, path: ["", ...steps, ""].join("/"), name };
}

/** The roles of service accounts by the service that has them. */
interface OwnRoles {
  readonly database: ServiceRole | undefined;
  readonly discovery: ServiceRole | undefined;
}

/** @throws UserError if files say of one service that it has different roles */
function onlyRole(service: string, roles: readonly ServiceRole[]): ServiceRole | undefined {
  const [first, ...others] = roles;
  const other = others.find(({ arn }) => arn.text !== first?.arn.text);
  if (first === undefined || other === undefined) return first;
  throw problemAt(
    other.arn,
    `The ${service}'s role is ${other.arn.text} here, and ${first.arn.text} in ${placeText(first.arn)}. One process has one role: compose them apart.`,
  );
}

/**
 * A service account's role is that of the agents in its file; in a file without agents, that of the
 * Database Service.
 */
function ownRoles({ agents, serviceRoles }: Configuration): OwnRoles {
  const runs = (file: string, test: (agent: Agent) => boolean) =>
    agents.some((agent) => agent.place.file === file && test(agent));
  const isDiscoveryOnly = ({ arn: { file } }: ServiceRole) =>
    runs(file, () => true) && !runs(file, ({ runsDatabaseService }) => runsDatabaseService);
  return {
    database: onlyRole(
      "Database Service",
      serviceRoles.filter((role) => !isDiscoveryOnly(role)),
    ),
    discovery: onlyRole("Discovery Service", serviceRoles.filter(isDiscoveryOnly)),
  };
}

/**
 * The role as which a matcher is discovered before it assumes another: that of its integration, of
 * its process, or of a process whose Discovery Service follows its group.
 */
function discovererOf(
  { discoverer, integration, agent, discoveryGroup }: Matcher,
  agents: readonly Agent[],
): RoleKey {
  if (integration !== undefined) return `integration:${integration.text}`;
  if (discoverer === "database-service") return "database-service";
  const owner =
    agent ??
    agents.find(
      (each) =>
        each.runsDiscoveryService &&
        discoveryGroup !== undefined &&
        each.discoveryGroup === discoveryGroup,
    );
  return owner?.runsDatabaseService === true ? "database-service" : "discovery-service";
}

/** The roles, each once, and the ways from one to another. */
class Roles {
  readonly byKey = new Map<RoleKey, AwsRole>();

  constructor(private readonly own: OwnRoles) {}

  get(key: RoleKey): AwsRole {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const account =
      key === "database-service"
        ? this.own.database
        : key === "discovery-service"
          ? this.own.discovery
          : undefined;
    const role: AwsRole = {
      key,
      arn: key.startsWith("arn:") ? key : account?.arn.text,
      account,
      uses: [],
      finds: [],
      assumedBy: new Set(),
      assumes: new Set(),
      externalIds: new Map(),
      withoutExternalId: [],
    };
    this.byKey.set(key, role);
    return role;
  }

  /** The role at the end of a way from a service: its own, or one that it assumes first. */
  reached(from: RoleKey, { assumeRoleArn, externalId }: Hop, place: Place): AwsRole {
    const service = this.get(from);
    const role = assumeRoleArn === undefined ? service : this.get(this.keyOf(assumeRoleArn));
    if (assumeRoleArn !== undefined) service.assumes.add(role.key);
    if (role !== service) role.assumedBy.add(service.key);
    if (externalId !== undefined) {
      if (!role.externalIds.has(externalId.text)) role.externalIds.set(externalId.text, externalId);
    } else if (role !== service) role.withoutExternalId.push(assumeRoleArn ?? place);
    return role;
  }

  /** A service's own role has the service's key, also if it is named as one to assume. */
  private keyOf({ text }: Located): RoleKey {
    if (text === this.own.database?.arn.text) return "database-service";
    if (text === this.own.discovery?.arn.text) return "discovery-service";
    return text as `arn:${string}`;
  }
}

/** The roles that a configuration needs: services' own first, then those that they assume. */
export function rolesOf(configuration: Configuration, uses: readonly Use[]): AwsRole[] {
  const roles = new Roles(ownRoles(configuration));
  for (const use of uses) roles.reached("database-service", use, use.place).uses.push(use);
  for (const matcher of configuration.matchers) {
    const from = discovererOf(matcher, configuration.agents);
    roles.reached(from, matcher, matcher.place).finds.push(matcher);
  }
  const all = [...roles.byKey.values()];
  const rank = ({ key }: AwsRole) =>
    key === "database-service" ? 0 : key.startsWith("arn:") ? 2 : 1;
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Types that are found, in the order of the reference page. */
export function typesFound(matchers: readonly Matcher[]): DatabaseType[] {
  return databaseTypes.filter((type) => matchers.some(({ types }) => types.includes(type)));
}

/** Warns of what asks for a role without the external ID that its trust policy demands. */
export function externalIdWarnings(
  roles: readonly AwsRole[],
): readonly (Place & { text: string })[] {
  return roles.flatMap(({ arn, externalIds, withoutExternalId }) => {
    const [sent] = externalIds.values();
    if (sent === undefined) return [];
    return withoutExternalId.slice(0, 5).map((place) => ({
      ...place,
      text: `No external_id is sent with this role here, and AWS refuses that: ${arn ?? "it"} demands the external_id of ${placeText(sent)}.`,
    }));
  });
}

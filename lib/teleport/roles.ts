import { plainOrQuoted } from "../text/visible-text";
import type { Agent, Configuration, Hop, Matcher, ServiceRole } from "./configuration";
import { type Located, type Place, placeText, problemAt, type Remark } from "./place";
import type { Use } from "./uses";

/*
 * The roles of AWS that Teleport works as. Everything that is concluded about one role is joined
 * here, wherever it is configured: one role is one object in AWS.
 */

/** The text as a part of a Terraform identifier. */
function identifier(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

/** Gives each name once; later ones get `more` at their end. IAM's names ignore case. */
export class UniqueNames {
  private readonly taken = new Set<string>();

  take(name: string, more: string): string {
    let candidate = name;
    for (let number = 1; this.taken.has(candidate.toLowerCase()); number += 1) {
      candidate = `${name}${more}${number === 1 ? "" : `_${String(number)}`}`;
    }
    this.taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** The kind of a role: a service's own, that of an AWS OIDC integration, or one that is assumed first. */
type RoleKind = "database-service" | "discovery-service" | "integration" | "assumed";

/** The words for a role in sentences and names. */
interface Words {
  /** The subject of a sentence. */
  readonly title: string;
  /** The name of the call that creates it. */
  readonly callName: string;
  /** The beginning of names of variables. */
  readonly prefix: string;
  /** The name that it gets if no file names it. */
  readonly defaultName: string;
}

/** A role, and what it is needed for. */
export class AwsRole {
  /** What the Database Service connects to as this role. */
  readonly uses: Use[] = [];
  /** What is discovered as this role. */
  readonly finds: Matcher[] = [];
  /** Roles that assume it first. */
  readonly assumedBy = new Set<AwsRole>();
  /** Roles that it assumes first; itself, if a file says so. */
  readonly assumes = new Set<AwsRole>();
  /** External IDs that are sent for it, and places from which none is sent. */
  readonly externalIds = new Map<string, Place>();
  readonly withoutExternalId: Place[] = [];
  readonly path: string;
  readonly name: string;

  /**
   * @param arn its ARN, if a file has it, which was checked when it was read
   * @param serviceRole the service account that has it, if a file names one
   */
  constructor(
    readonly kind: RoleKind,
    readonly words: Words,
    readonly arn: string | undefined,
    readonly serviceRole: ServiceRole | undefined,
  ) {
    const [, ...steps] = arn?.split(":")[5]?.split("/") ?? ["", words.defaultName];
    this.name = steps.pop() ?? "";
    this.path = ["", ...steps, ""].join("/");
  }

  /** The account, if it is known. */
  get account(): string | undefined {
    const ofUse = this.uses.find(({ accountId }) => accountId !== undefined)?.accountId?.text;
    return this.arn?.split(":")[4] ?? ofUse;
  }

  /** True if a call creates it: not if a file names it, and nothing changes it. */
  get isCreated(): boolean {
    return this.kind === "assumed" || this.arn === undefined || this.assumes.size > 0;
  }

  /** Terraform expressions by which other calls name the role. */
  get nameExpression(): string {
    return this.isCreated ? `module.${this.words.callName}.role_name` : `"${this.name}"`;
  }

  get arnExpression(): string {
    return this.isCreated ? `module.${this.words.callName}.role_arn` : `"${this.arn ?? ""}"`;
  }
}

const SERVICES = {
  "database-service": {
    title: "the Database Service's role",
    callName: "service_role",
    prefix: "database_service",
    defaultName: "teleport-db-service-role",
  },
  "discovery-service": {
    title: "the Discovery Service's role",
    callName: "discovery_role",
    prefix: "discovery_service",
    defaultName: "teleport-discovery-service-role",
  },
} as const;

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

/** The roles, each once, and the ways from one to another. */
class Roles {
  private readonly byKey = new Map<string, AwsRole>();
  private readonly names = new UniqueNames();
  private readonly agents: readonly Agent[];
  private readonly own: Readonly<Record<keyof typeof SERVICES, ServiceRole | undefined>>;

  /**
   * A service account's role is that of the agents in its file; in a file without agents, that of the
   * Database Service.
   */
  constructor({ agents, serviceRoles }: Configuration) {
    this.agents = agents;
    const isDiscovery = ({ arn }: ServiceRole) => {
      const own = agents.filter(({ file }) => file === arn.file);
      return own.length > 0 && !own.some(({ runsDatabaseService }) => runsDatabaseService);
    };
    this.own = {
      "database-service": onlyRole(
        "Database Service",
        serviceRoles.filter((role) => !isDiscovery(role)),
      ),
      "discovery-service": onlyRole("Discovery Service", serviceRoles.filter(isDiscovery)),
    };
  }

  private get(key: string, make: () => AwsRole): AwsRole {
    const role = this.byKey.get(key) ?? make();
    this.byKey.set(key, role);
    return role;
  }

  service(kind: keyof typeof SERVICES): AwsRole {
    const role = this.own[kind];
    return this.get(kind, () => new AwsRole(kind, SERVICES[kind], role?.arn.text, role));
  }

  private integration(name: string): AwsRole {
    return this.get(`integration ${name}`, () => {
      const own = this.names.take(identifier(name), "");
      const words = {
        title: `the role of the AWS OIDC integration ${plainOrQuoted(name)}`,
        callName: `integration_role_${own}`,
        prefix: `integration_${own}`,
        defaultName: "teleport-discovery-role",
      };
      return new AwsRole("integration", words, undefined, undefined);
    });
  }

  /** The role of an ARN; a service's own role also if it is named as one to assume. */
  private named({ text: arn }: Located): AwsRole {
    for (const kind of ["database-service", "discovery-service"] as const) {
      if (arn === this.own[kind]?.arn.text) return this.service(kind);
    }
    return this.get(arn, () => {
      const name = arn.slice(arn.lastIndexOf("/") + 1);
      const own = this.names.take(identifier(name), `_${arn.split(":")[4] ?? ""}`);
      const title = `the role ${arn}`;
      const words = { title, callName: `access_role_${own}`, prefix: own, defaultName: name };
      return new AwsRole("assumed", words, arn, undefined);
    });
  }

  /**
   * The role as which a matcher is discovered before it assumes another: that of its integration, of
   * its process, or of a process whose Discovery Service follows its group.
   */
  discovererOf({ discoverer, integration, agent, discoveryGroup: group }: Matcher): AwsRole {
    if (integration !== undefined) return this.integration(integration);
    const follows = ({ runsDiscoveryService, discoveryGroup }: Agent) =>
      runsDiscoveryService && group !== undefined && discoveryGroup === group;
    const owner = agent ?? this.agents.find(follows);
    const runsBoth = owner?.runsDatabaseService === true;
    return this.service(runsBoth ? "database-service" : discoverer);
  }

  /** The role at the end of a way from a service: its own, or one that it assumes first. */
  reached(service: AwsRole, { assumeRoleArn, externalId }: Hop, place: Place): AwsRole {
    const role = assumeRoleArn === undefined ? service : this.named(assumeRoleArn);
    if (assumeRoleArn !== undefined) service.assumes.add(role);
    if (role !== service) role.assumedBy.add(service);
    if (externalId !== undefined) {
      if (!role.externalIds.has(externalId.text)) role.externalIds.set(externalId.text, externalId);
    } else if (role !== service) role.withoutExternalId.push(assumeRoleArn ?? place);
    return role;
  }

  /** Services' own roles first, then those that they assume. */
  all(): AwsRole[] {
    const ranks: readonly RoleKind[] = ["database-service", "discovery-service", "integration"];
    const rank = ({ kind }: AwsRole) => (kind === "assumed" ? 2 : ranks.indexOf(kind) > 0 ? 1 : 0);
    return [...this.byKey.values()].sort((a, b) => rank(a) - rank(b));
  }
}

/** The roles that a configuration needs: services' own first, then those that they assume. */
export function rolesOf(configuration: Configuration, uses: readonly Use[]): AwsRole[] {
  const roles = new Roles(configuration);
  for (const use of uses) {
    roles.reached(roles.service("database-service"), use, use.place).uses.push(use);
  }
  for (const matcher of configuration.matchers) {
    roles.reached(roles.discovererOf(matcher), matcher, matcher.place).finds.push(matcher);
  }
  return roles.all();
}

/** Warns of what asks for a role without the external ID that its trust policy demands. */
export function externalIdWarnings(roles: readonly AwsRole[]): readonly Remark[] {
  return roles.flatMap(({ arn, externalIds, withoutExternalId }) => {
    const [sent] = externalIds.values();
    if (sent === undefined) return [];
    const text = `No external_id is sent with this role here, and AWS refuses that: ${arn ?? "it"} demands the external_id of ${placeText(sent)}.`;
    return withoutExternalId.slice(0, 5).map((place) => ({ ...place, text }));
  });
}

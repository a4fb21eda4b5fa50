import { quote } from "../text/hcl";
import { plainOrQuoted } from "../text/visible-text";
import type { Agent, Configuration, Hop, Matcher, ServiceRole } from "./configuration";
import { type Located, type Place, placeText, problemAt, type Remark } from "./place";
import type { Use } from "./uses";

/*
 * The roles of AWS that Teleport works as. Everything that is concluded about one role is joined
 * here, wherever it is configured: one role is one object in AWS.
 */

function identifier(text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return /^[0-9]/.test(plain) ? `role_${plain}` : plain;
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

/**
 * The kinds of roles, in the order of their calls: services' own, those of AWS OIDC integrations, those
 * that are assumed. `key` is a part of names, and `name` the role's if no file names it.
 */
const KINDS = {
  database_service: {
    key: "service",
    title: "the Database Service's role",
    name: "teleport-db-service-role",
  },
  discovery_service: {
    key: "discovery",
    title: "the Discovery Service's role",
    name: "teleport-discovery-service-role",
  },
  integration: {
    key: "integration",
    title: "the role of the AWS OIDC integration",
    name: "teleport-discovery-role",
  },
  access_role: { key: "access", title: "the role", name: "" },
} as const;

type Service = "database_service" | "discovery_service";

/** A role, and its uses. */
export class AwsRole {
  /** The databases that the Database Service connects to as this role. */
  readonly uses: Use[] = [];
  /** The matchers that discover databases as this role. */
  readonly finds: Matcher[] = [];
  /** Roles that assume it. */
  readonly assumedBy = new Set<AwsRole>();
  /** Roles that it assumes; itself, if a file says so. */
  readonly assumes = new Set<AwsRole>();
  /** External IDs that are sent for it, and places from which none is sent. */
  readonly externalIds = new Map<string, Place>();
  readonly withoutExternalId: Place[] = [];
  /** The account, if it is known: that of the ARN, or of the first database that has one. */
  account: string | undefined;
  readonly path: string;
  readonly name: string;
  /** The key in attach_to_roles. */
  readonly key: string;
  /** The subject of a sentence. */
  readonly title: string;
  /** The name of the call that creates it. */
  readonly callName: string;
  /** The beginning of the names of its variables. */
  readonly prefix: string;

  /**
   * @param own the end of its names, if there can be several of its kind
   * @param subject the end of its title
   * @param serviceRole the service account that has it, if a file names one
   */
  constructor(
    readonly kind: keyof typeof KINDS,
    own: string,
    subject: string,
    readonly serviceRole?: ServiceRole,
    readonly arn = serviceRole?.arn.text,
  ) {
    const { key, title, name } = KINDS[kind];
    const [, ...steps] = arn?.split(":")[5]?.split("/") ?? ["", name];
    this.account = arn?.split(":")[4];
    this.name = steps.pop() ?? "";
    this.path = ["", ...steps, ""].join("/");
    this.key = key;
    this.title = `${title}${subject}`;
    this.callName = `${key}_role${own}`;
    this.prefix = kind === "access_role" ? own.slice(1) : `${kind}${own}`;
  }

  /** True if a call creates it: not if a file names it, and nothing changes it. */
  get isCreated(): boolean {
    return this.kind === "access_role" || this.arn === undefined || this.assumes.size > 0;
  }

  /** The Terraform expression by which other calls name the role. */
  expression(attribute: "name" | "arn"): string {
    if (this.isCreated) return `module.${this.callName}.role_${attribute}`;
    return quote(this[attribute] ?? "");
  }
}

/** The roles, each once, and the ways from one to another. */
class Roles {
  /** By kind, name of the integration or ARN: a service's own role by two of them. */
  private readonly byKey = new Map<string, AwsRole>();
  private readonly names = new UniqueNames();

  /**
   * A service account's role is that of the agents in its file; in a file without agents, that of the
   * Database Service.
   *
   * @throws UserError if files say of one service that it has different roles
   */
  constructor(
    private readonly agents: readonly Agent[],
    roles: readonly ServiceRole[],
  ) {
    for (const role of roles) {
      const { arn } = role;
      const inFile = agents.filter(({ file }) => file === arn.file);
      const isDiscovery = inFile.length > 0 && !inFile.some((agent) => agent.runsDatabaseService);
      const kind = isDiscovery ? "discovery_service" : "database_service";
      const own = this.get(arn.text, () => new AwsRole(kind, "", "", role));
      const { arn: first = arn } = this.get(kind, () => own).serviceRole ?? {};
      if (first.text === arn.text) continue;
      const text = `T${KINDS[kind].title.slice(1)} is ${arn.text} here, and ${first.text} in ${placeText(first)}. One process has one role. Run compose for each file.`;
      throw problemAt(arn, text);
    }
  }

  private get(key: string, make: () => AwsRole): AwsRole {
    const role = this.byKey.get(key) ?? make();
    this.byKey.set(key, role);
    return role;
  }

  service(kind: Service): AwsRole {
    return this.get(kind, () => new AwsRole(kind, "", ""));
  }

  private integration(name: string): AwsRole {
    return this.get(`integration ${name}`, () => {
      const own = `_${this.names.take(identifier(name), "")}`;
      return new AwsRole("integration", own, ` ${plainOrQuoted(name)}`);
    });
  }

  /** The role of an ARN; a service's own role also if it is named as one to assume. */
  private named({ text: arn }: Located): AwsRole {
    return this.get(arn, () => {
      const name = identifier(arn.slice(arn.lastIndexOf("/") + 1));
      const own = `_${this.names.take(name, `_${arn.split(":")[4] ?? ""}`)}`;
      return new AwsRole("access_role", own, ` ${arn}`, undefined, arn);
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
    return this.service(runsBoth ? "database_service" : discoverer);
  }

  /** The role that a service works as: its own, or another that it assumes. */
  reached(service: AwsRole, { assumeRoleArn, externalId }: Hop): AwsRole {
    const role = assumeRoleArn === undefined ? service : this.named(assumeRoleArn);
    if (externalId !== undefined && !role.externalIds.has(externalId.text)) {
      role.externalIds.set(externalId.text, externalId);
    }
    if (assumeRoleArn === undefined) return role;
    service.assumes.add(role);
    if (role !== service) role.assumedBy.add(service);
    if (role !== service && externalId === undefined) role.withoutExternalId.push(assumeRoleArn);
    return role;
  }

  /** Services' own roles first, then those that they assume. */
  all(): AwsRole[] {
    const rank = ({ kind }: AwsRole) => Object.keys(KINDS).indexOf(kind);
    return [...new Set(this.byKey.values())].sort((a, b) => rank(a) - rank(b));
  }
}

/** The roles that a configuration needs: services' own first, then those that they assume. */
export function rolesOf(configuration: Configuration, uses: readonly Use[]): AwsRole[] {
  const roles = new Roles(configuration.agents, configuration.serviceRoles);
  for (const use of uses) {
    const role = roles.reached(roles.service("database_service"), use.hop);
    role.uses.push(use);
    role.account ??= use.accountId?.text;
  }
  for (const matcher of configuration.matchers) {
    roles.reached(roles.discovererOf(matcher), matcher).finds.push(matcher);
  }
  return roles.all();
}

/** Warns of what asks for a role without the external ID that its trust policy demands. */
export function externalIdWarnings(roles: readonly AwsRole[]): readonly Remark[] {
  return roles.flatMap(({ arn, externalIds, withoutExternalId }) => {
    const [sent] = externalIds.values();
    if (sent === undefined) return [];
    const text = `external_id is missing here, so AWS refuses the call: ${arn ?? "the role"} requires the external_id of ${placeText(sent)}.`;
    return withoutExternalId.slice(0, 5).map((place) => ({ ...place, text }));
  });
}

import type { Json } from "../text/json";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import type { ServiceRole } from "./configuration";
import {
  externalId,
  narrowings,
  partition,
  roleParts,
  secrets,
  services,
  serviceRole,
  serviceRoleTrust,
  switches,
} from "./module-defaults";
import type { Use } from "./uses";

/** A module that the configuration needs. */
export interface NeededModule {
  /** What it is for, as a sentence. */
  readonly purpose: string;
  /** Names of its types; none where nobody says them. */
  readonly types: readonly string[];
  /** Defaults of its variables. */
  readonly defaults: Inputs;
  /** What a call of it says, as Terraform expressions by variable. */
  readonly call: Readonly<Record<string, string>>;
}

/** Uses that go the same way: directly in an account, or through a role that is assumed first. */
interface Route {
  readonly uses: readonly Use[];
  readonly types: readonly DatabaseType[];
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

function route(uses: readonly Use[]): Route {
  return { uses, types: unique(uses.flatMap(({ types }) => types)) };
}

function names(types: readonly DatabaseType[]): string[] {
  return types.map(({ name }) => name);
}

/** The variables that say what the uses of a route need, wherever the policy goes. */
function needs({ uses, types }: Route): Inputs {
  return {
    ...services(uses),
    ...switches(uses, types),
    ...secrets(uses, types),
    ...narrowings(uses, types),
  };
}

/** The call that gives the policy to the role that the Database Service has. */
function attached(role: ServiceRole | undefined): NeededModule["call"] {
  if (role === undefined) return {};
  const name = roleParts(role.arn.text).name.replace(/^.*\//, "");
  return { attach_to_roles: `{ database_service = ${JSON.stringify(name)} }` };
}

function directModule(
  direct: Route,
  account: string | undefined,
  role: ServiceRole | undefined,
  common: Inputs,
): NeededModule {
  const where = account === undefined ? "" : ` in account ${account}`;
  const hasUserRoles = direct.types.some(({ userRole }) => userRole !== undefined);
  return {
    purpose: `What the Database Service's role may do${where}.`,
    types: names(direct.types),
    defaults: {
      ...(account === undefined ? {} : { aws_account_id: account }),
      ...common,
      ...serviceRole(role, account),
      ...serviceRoleTrust(role),
      ...(hasUserRoles ? externalId(direct.uses) : {}),
      ...needs(direct),
    },
    call: attached(role),
  };
}

function hopModule(
  roleArns: readonly string[],
  types: readonly DatabaseType[],
  hasOthers: boolean,
  role: ServiceRole | undefined,
  common: Inputs,
): NeededModule {
  const account = role === undefined ? undefined : roleParts(role.arn.text).account;
  return {
    purpose: "The hop of the Database Service's role to the roles that it assumes first.",
    // The hop is the same whatever lies behind it, so any type composes it.
    types: names(types),
    defaults: {
      ...(account === undefined ? {} : { aws_account_id: account }),
      ...common,
      ...serviceRole(role, account),
      ...serviceRoleTrust(role),
      ...(hasOthers ? { policy_name: "DatabaseAccess-assume-role" } : {}),
      assume_role_arns: roleArns,
    },
    call: attached(role),
  };
}

function accessModule(
  arn: string,
  access: Route,
  role: ServiceRole | undefined,
  common: Inputs,
): NeededModule {
  const { account, name } = roleParts(arn);
  return {
    purpose: `The role ${arn}, which the Database Service assumes first.`,
    types: names(access.types),
    defaults: {
      aws_account_id: account,
      ...common,
      ...serviceRole(role, account),
      create_access_role: true,
      access_role_name: name,
      ...externalId(access.uses),
      ...needs(access),
    },
    call: {},
  };
}

function groups<Key>(uses: readonly Use[], key: (use: Use) => Key): Map<Key, Use[]> {
  const byKey = new Map<Key, Use[]>();
  for (const use of uses) byKey.set(key(use), [...(byKey.get(key(use)) ?? []), use]);
  return byKey;
}

/**
 * The modules that the uses need, the one for the Database Service's own account first:
 *
 * - one for each account that it works in directly
 * - one for the hop, where it assumes roles of `assume_role_arn`
 * - one for each of these roles
 *
 * @param role the Database Service's role, where it is known
 */
export function neededModules(uses: readonly Use[], role: ServiceRole | undefined): NeededModule[] {
  const direct = uses.filter(({ assumeRoleArn }) => assumeRoleArn === undefined);
  const accounts = unique(direct.flatMap(({ accountId }) => accountId?.text ?? []));
  // What does not say its account is in the service's own; or, with one account known, in that.
  const own =
    role === undefined
      ? accounts.length === 1
        ? accounts[0]
        : undefined
      : roleParts(role.arn.text).account;
  const byAccount = groups(direct, ({ accountId }) => accountId?.text ?? own);
  const hops = groups(
    uses.filter(({ assumeRoleArn }) => assumeRoleArn !== undefined),
    ({ assumeRoleArn }) => assumeRoleArn?.text ?? "",
  );
  const routes = [...hops].map(([arn, each]) => [arn, route(each)] as const);
  const common = partition(uses, role);
  const behindHops = unique(routes.flatMap(([, { types }]) => types));
  const all = unique(uses.flatMap(({ types }) => types));
  const hop = hopModule(
    [...hops.keys()],
    behindHops.length > 0 ? behindHops : all,
    direct.length > 0,
    role,
    common,
  );
  return [
    ...[...byAccount].map(([account, each]) => directModule(route(each), account, role, common)),
    ...(hops.size === 0 ? [] : [hop]),
    ...routes.map(([arn, each]) => accessModule(arn, each, role, common)),
  ];
}

/** Whether a module is for the Discovery Service alone. */
function isForDiscovery({ services: given }: Inputs): boolean {
  return JSON.stringify(given) === '["discovery"]';
}

/** What is not said about a module, as sentences that name the variables. */
export function undetermined(
  { types: typeNames, defaults }: NeededModule,
  types: readonly DatabaseType[],
  databaseServiceRole: ServiceRole | undefined,
): string[] {
  const isDiscovery = isForDiscovery(defaults);
  const service = isDiscovery ? "Discovery Service" : "Database Service";
  const role = isDiscovery ? undefined : databaseServiceRole;
  const chosen = types.filter(({ name }) => typeNames.includes(name));
  const isHop = defaults.assume_role_arns !== undefined;
  const isAccessRole = defaults.create_access_role === true;
  const connects = !isHop && !isDiscovery;
  return [
    ...(typeNames.length === 0
      ? ["The types of databases that are registered elsewhere: --types"]
      : []),
    ...(defaults.aws_account_id === undefined
      ? [`The account that the ${isHop ? `${service} is` : "databases are"} in: aws_account_id`]
      : []),
    ...(isAccessRole
      ? role === undefined
        ? [
            defaults.service_role_name === undefined
              ? `The account and the role of the ${service}: service_account_id, service_role_name`
              : `The account of the ${service}'s role: service_account_id`,
          ]
        : []
      : [ownRole(service, role, defaults.service_role_trust)]),
    ...(connects && typeNames.includes("rds") && defaults.rds_auto_enable_iam_auth === undefined
      ? [
          "Whether Teleport may modify RDS databases to turn on their IAM authentication: it may, unless rds_auto_enable_iam_auth=false",
        ]
      : []),
    ...(connects
      ? chosen.flatMap((type) =>
          type.userRole === undefined
            ? []
            : [
                `The roles that users connect to ${type.title} as: ${variablePrefix(type.name)}_user_role_names (${type.userRole.defaultName})`,
              ],
        )
      : []),
  ];
}

/** How the policy comes to the service's role. */
function ownRole(service: string, role: ServiceRole | undefined, trust: Json | undefined): string {
  if (trust === "oidc-integration") {
    return "The OIDC provider of the Teleport cluster: teleport_oidc_provider_arn, or create_teleport_oidc_provider with teleport_proxy_address";
  }
  if (role === undefined) {
    return `The role of the ${service}: attach_to_roles, or create_service_role`;
  }
  const { namespace, serviceAccount } = role;
  const missing =
    namespace === undefined || serviceAccount === undefined
      ? ` and eks_service_account (<namespace>/${serviceAccount?.text ?? "<service account>"})`
      : "";
  return `Whether the role ${roleParts(role.arn.text).name} exists: attach_to_roles then, else create_service_role with eks_oidc_provider_arn${missing}`;
}

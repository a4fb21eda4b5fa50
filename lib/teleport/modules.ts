import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import type { Json } from "../json";
import { configurationProblem } from "../user-error";
import type { Use } from "./uses";

/** A module that the configuration needs. */
export interface NeededModule {
  /** What it is for, as a sentence. */
  readonly purpose: string;
  /** Names of its types; none where the file does not say. */
  readonly types: readonly string[];
  /** Defaults of its variables. */
  readonly defaults: Inputs;
}

/** Uses that go the same way: directly in an account, or through a role that is assumed first. */
interface Way {
  readonly uses: readonly Use[];
  readonly types: readonly DatabaseType[];
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

function texts(uses: readonly Use[], key: "accountId" | "keyPrefix" | "kmsKeyId"): string[] {
  return unique(uses.flatMap((use) => use[key]?.text ?? []));
}

/** @throws UserError where the uses need different external IDs: a role asks for one */
function externalId(uses: readonly Use[]): Inputs {
  const [first, ...others] = uses.flatMap((use) => use.externalId ?? []);
  if (first === undefined) return {};
  const other = others.find(({ text }) => text !== first.text);
  if (other !== undefined) {
    throw configurationProblem(
      other,
      `This external_id is another than the one in line ${String(first.line)}, for roles that one module serves. Use one external ID, or split the file.`,
    );
  }
  return { external_id: first.text };
}

/** What the uses name, where the file names every database of a type; else the type is left open. */
function scopes({ uses, types }: Way): Inputs {
  if (uses.some((use) => use.types.length === 0)) return {};
  const all: Record<string, Json> = {};
  for (const type of types) {
    const ofType = uses.filter((use) => use.types.includes(type));
    if (ofType.some((use) => use.scopes === undefined)) continue;
    for (const variable of unique(ofType.flatMap((use) => Object.keys(use.scopes ?? {})))) {
      const items = ofType.flatMap((use) => {
        const item = use.scopes?.[variable];
        return item === undefined ? [] : [item];
      });
      const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
      all[variable] = [...byText.values()];
    }
  }
  return all;
}

/** The switches that the uses decide: managed users and session tags. */
function switches({ uses, types }: Way): Inputs {
  const inputs: Record<string, Json> = {};
  const isOpen = uses.some((use) => use.types.length === 0);
  for (const type of types) {
    const ofType = uses.filter((use) => use.types.includes(type));
    const secrets = type.statements.find(({ resources }) => resources.kind === "secrets");
    if (secrets?.switch !== undefined && ofType.some(({ managesUsers }) => managesUsers)) {
      inputs[secrets.switch.variable] = true;
    }
    const tags = type.userRole?.sessionTags;
    if (tags !== undefined && !isOpen) {
      inputs[tags] = ofType.some(({ tagsSessions }) => tagsSessions);
    }
  }
  return inputs;
}

/** The variables that say what the uses of a way need, wherever the policy goes. */
function needs(way: Way): Inputs {
  const prefixes = texts(way.uses, "keyPrefix");
  const keys = texts(way.uses, "kmsKeyId");
  const keepsSecrets = way.types.some(({ statements }) =>
    statements.some(({ resources }) => resources.kind === "secrets"),
  );
  return {
    ...switches(way),
    ...(keepsSecrets && prefixes.length > 0 ? { secret_key_prefixes: prefixes } : {}),
    ...(keepsSecrets && keys.length > 0 ? { kms_key_ids: keys } : {}),
    ...scopes(way),
  };
}

/** The partition that regions are in. */
function partition(uses: readonly Use[]): Inputs {
  const regions = uses.flatMap((use) => use.regions);
  if (regions.some((region) => region.startsWith("cn-"))) return { aws_partition: "aws-cn" };
  if (regions.some((region) => region.startsWith("us-gov-")))
    return { aws_partition: "aws-us-gov" };
  return {};
}

function way(uses: readonly Use[], otherTypes: readonly DatabaseType[]): Way {
  const isOpen = uses.some((use) => use.types.length === 0);
  return {
    uses,
    types: unique([...uses.flatMap(({ types }) => types), ...(isOpen ? otherTypes : [])]),
  };
}

function names(types: readonly DatabaseType[]): string[] {
  return types.map(({ name }) => name);
}

function directModule(direct: Way, account: string | undefined): NeededModule {
  const where = account === undefined ? "" : ` in account ${account}`;
  return {
    purpose: `What the Database Service's role may do${where}.`,
    types: names(direct.types),
    defaults: {
      ...(account === undefined ? {} : { aws_account_id: account }),
      ...partition(direct.uses),
      ...(direct.types.some(({ userRole }) => userRole !== undefined)
        ? externalId(direct.uses)
        : {}),
      ...needs(direct),
    },
  };
}

function accessModule(arn: string, access: Way): NeededModule {
  const [, awsPartition = "", , , account = "", resource = ""] = arn.split(":");
  return {
    purpose: `The role ${arn}, which the Database Service assumes first.`,
    types: names(access.types),
    defaults: {
      aws_account_id: account,
      ...(awsPartition === "aws" ? {} : { aws_partition: awsPartition }),
      create_access_role: true,
      access_role_name: resource.replace(/^role\//, ""),
      ...externalId(access.uses),
      ...needs(access),
    },
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
 * @param otherTypes types of databases that are registered elsewhere
 */
export function neededModules(
  uses: readonly Use[],
  otherTypes: readonly DatabaseType[],
): NeededModule[] {
  const direct = uses.filter(({ assumeRoleArn }) => assumeRoleArn === undefined);
  const accounts = texts(direct, "accountId");
  // With one account known, what does not say its account is taken to be there.
  const byAccount = groups(direct, ({ accountId }) =>
    accounts.length === 1 ? accounts[0] : accountId?.text,
  );
  const hops = groups(
    uses.filter(({ assumeRoleArn }) => assumeRoleArn !== undefined),
    ({ assumeRoleArn }) => assumeRoleArn?.text ?? "",
  );
  const ways = [...hops].map(([arn, each]) => [arn, way(each, otherTypes)] as const);
  const behindHops = unique(ways.flatMap(([, { types }]) => types));
  const all = unique(uses.flatMap(({ types }) => types));
  const hop: NeededModule = {
    purpose: "The hop of the Database Service's role to the roles that it assumes first.",
    // The hop is the same whatever lies behind it, so any type composes it.
    types: names(behindHops.length > 0 ? behindHops : all),
    defaults: {
      ...(direct.length === 0 ? {} : { policy_name: "DatabaseAccess-assume-role" }),
      assume_role_arns: [...hops.keys()],
    },
  };
  return [
    ...[...byAccount].map(([account, each]) => directModule(way(each, otherTypes), account)),
    ...(hops.size === 0 ? [] : [hop]),
    ...ways.map(([arn, each]) => accessModule(arn, each)),
  ];
}

/** What the file does not say about a module, as sentences that name the variables. */
export function unsaid(
  { types: typeNames, defaults }: NeededModule,
  types: readonly DatabaseType[],
): string[] {
  const chosen = types.filter(({ name }) => typeNames.includes(name));
  const isHop = defaults.assume_role_arns !== undefined;
  const isAccessRole = defaults.create_access_role === true;
  return [
    ...(typeNames.length === 0
      ? ["The types of databases that are registered elsewhere: --types"]
      : []),
    ...(defaults.aws_account_id === undefined
      ? [
          `The account that the ${isHop ? "Database Service is" : "databases are"} in: aws_account_id`,
        ]
      : []),
    isAccessRole
      ? "The account and the role of the Database Service: service_account_id, service_role_name"
      : "The role of the Database Service: attach_to_roles, or create_service_role",
    ...(isHop
      ? []
      : chosen.flatMap((type) =>
          type.userRole === undefined
            ? []
            : [
                `The roles that users connect to ${type.title} as: ${variablePrefix(type.name)}_user_role_names (${type.userRole.defaultName})`,
              ],
        )),
  ];
}

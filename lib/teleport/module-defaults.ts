import type { DatabaseType } from "../catalog/database-type";
import type { Narrowing } from "../catalog/narrowing";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { Inputs } from "../inputs/assignments";
import { allStatements } from "../inputs/type-variables";
import type { Json } from "../text/json";
import type { Database, ServiceRole } from "./configuration";
import { hasWildcardRegion } from "./matchers";
import { placeText, problemAt } from "./place";
import { partitionOf } from "./regions";
import type { Use } from "./uses";

/*
 * The one place where what is configured becomes values of a module's variables.
 */

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

/** The databases of a type; nothing where some are used that have no names here. */
function allNamed(uses: readonly Use[], type: DatabaseType): readonly Database[] | undefined {
  const ofType = uses.filter(({ types }) => types.includes(type));
  const databases = ofType.flatMap(({ database }) => database ?? []);
  return databases.length === ofType.length ? databases : undefined;
}

/** The object of a narrowing that names a database; a field that is not named is any (`*`). */
function narrowingItem(
  { fields }: Narrowing,
  { found }: Database,
): Readonly<Record<string, string>> | undefined {
  const names = Object.keys(fields);
  if (!names.some((field) => field !== "region" && found[field] !== undefined)) return undefined;
  return Object.fromEntries(names.map((field) => [field, found[field]?.text ?? "*"]));
}

/** Whether a statement that is narrowed to what is named still reaches each of the databases. */
function reachesAll(statement: Statement, databases: readonly Database[]): boolean {
  return databases.every((database) =>
    narrowingsOf(statement).some((each) => narrowingItem(each, database) !== undefined),
  );
}

/**
 * Narrowings to the databases that are named. A variable is left open where a statement that it
 * narrows would not reach one of them.
 */
export function narrowings(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  if (uses.some(({ isOpen }) => isOpen)) return {};
  const all: Record<string, Json> = {};
  for (const type of types) {
    const databases = allNamed(uses, type);
    if (databases === undefined) continue;
    const statements = allStatements(type);
    const byVariable = new Map(
      statements.flatMap(narrowingsOf).map((each) => [each.variable, each] as const),
    );
    for (const [variable, narrowing] of byVariable) {
      const narrowed = statements.filter((each) =>
        narrowingsOf(each).some((own) => own.variable === variable),
      );
      if (!narrowed.every((each) => reachesAll(each, databases))) continue;
      const items = databases.flatMap((database) => {
        const item = narrowingItem(narrowing, database);
        return item === undefined ? [] : [item];
      });
      const distinct = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
      if (distinct.length > 0) all[variable] = distinct;
    }
  }
  return all;
}

/** Switches that the uses decide: managed users, session tags, and what Kerberos does without. */
export function switches(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  const inputs: Record<string, Json> = {};
  const isOpen = uses.some((use) => use.isOpen);
  for (const type of types) {
    const ofType = uses.filter((use) => use.types.includes(type));
    const databases = ofType.flatMap(({ database }) => database ?? []);
    const secrets = type.statements.find(({ resources }) => resources.kind === "secrets");
    if (secrets?.switch !== undefined && databases.some(({ managesUsers }) => managesUsers)) {
      inputs[secrets.switch.variable] = true;
    }
    const tags = type.userRole?.sessionTags;
    if (tags !== undefined && !isOpen) {
      inputs[tags] = databases.some(({ tagsSessions }) => tagsSessions);
    }
    const named = isOpen ? undefined : allNamed(uses, type);
    if (named?.every(({ usesKerberos }) => usesKerberos) !== true) continue;
    for (const { sid, switch: toggle } of type.statements) {
      const isUnneeded = type.configured.kerberos?.unneeded.includes(sid) === true;
      if (isUnneeded && toggle !== undefined) inputs[toggle.variable] = false;
    }
  }
  return inputs;
}

/** Which services have the role, where the Database Service also discovers databases with it. */
export function services(uses: readonly Use[]): Inputs {
  const matchers = uses.flatMap(({ matcher }) => matcher ?? []);
  return matchers.length === 0
    ? {}
    : {
        services: ["database", "discovery"],
        ...(matchers.some(hasWildcardRegion) ? { discover_all_regions: true } : {}),
      };
}

/** Where the passwords of managed users are kept. */
export function secrets(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  const keepsSecrets = types.some(({ statements }) =>
    statements.some(({ resources }) => resources.kind === "secrets"),
  );
  const databases = uses.flatMap(({ database }) => database ?? []);
  const prefixes = unique(databases.flatMap(({ keyPrefix }) => keyPrefix?.text ?? []));
  const keys = unique(databases.flatMap(({ kmsKeyId }) => kmsKeyId?.text ?? []));
  return {
    ...(keepsSecrets && prefixes.length > 0 ? { secret_key_prefixes: prefixes } : {}),
    ...(keepsSecrets && keys.length > 0 ? { kms_key_ids: keys } : {}),
  };
}

/** @throws UserError where the uses need different external IDs: a role asks for one */
export function externalId(uses: readonly Use[]): Inputs {
  const [first, ...others] = uses.flatMap((use) => use.externalId ?? []);
  if (first === undefined) return {};
  const other = others.find(({ text }) => text !== first.text);
  if (other !== undefined) {
    throw problemAt(
      other,
      `This external_id is another than the one in ${placeText(first)}, for roles that one module serves. Use one external ID, or compose them apart.`,
    );
  }
  return { external_id: first.text };
}

/** An IAM role's ARN in its parts. */
export function roleParts(arn: string): {
  readonly account: string;
  /** With its path. */
  readonly name: string;
} {
  const [, , , , account = "", resource = ""] = arn.split(":");
  return { account, name: resource.replace(/^role\//, "") };
}

/**
 * The partition of everything, where it is not the usual one: no role reaches from one partition into
 * another, so that of regions and that of roles are the same.
 *
 * @throws UserError where there are several
 */
export function partition(uses: readonly Use[], role: ServiceRole | undefined): Inputs {
  const all = [
    ...(role === undefined ? [] : [role.arn]),
    ...uses.flatMap(({ assumeRoleArn, regions }) => [...[assumeRoleArn ?? []].flat(), ...regions]),
  ].map((where) => ({ where, partition: partitionOf(where.text) }));
  const [first, ...others] = all;
  if (first === undefined) return {};
  const other = others.find((each) => each.partition !== first.partition);
  if (other !== undefined) {
    throw problemAt(
      other.where,
      `${other.where.text} is in ${other.partition}, and ${first.where.text} in ${placeText(first.where)} is in ${first.partition}: no role reaches into another partition. Compose them apart.`,
    );
  }
  return first.partition === "aws" ? {} : { aws_partition: first.partition };
}

/**
 * The Database Service's role, as trust policies name it.
 *
 * @param account the account that the module is for, where it is known
 */
export function serviceRole(role: ServiceRole | undefined, account: string | undefined): Inputs {
  if (role === undefined) return {};
  const { account: own, name } = roleParts(role.arn.text);
  return {
    ...(own === account ? {} : { service_account_id: own }),
    service_role_name: name,
  };
}

/** Who may assume the Database Service's role, where the module creates it. */
export function serviceRoleTrust(role: ServiceRole | undefined): Inputs {
  if (role === undefined) return {};
  const { namespace, serviceAccount } = role;
  return {
    service_role_trust: "eks-service-account",
    ...(namespace === undefined || serviceAccount === undefined
      ? {}
      : { eks_service_account: `${namespace.text}/${serviceAccount.text}` }),
  };
}

import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import type { TextRule } from "../iam/text-rule";
import { narrowingsOf } from "../catalog/statement";
import { allStatements } from "../inputs/type-variables";
import type { Located, Section } from "./section";

/** A database's type, and what its configuration names: fields of scopes, `region`, `account`. */
export interface Identity {
  readonly type: DatabaseType;
  readonly found: Readonly<Record<string, Located>>;
}

/** The host of a URI with or without a scheme, port and path. */
function host(uri: string): string {
  return uri
    .replace(/^[a-z+]+:\/\//i, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[:/?].*$/s, "")
    .toLowerCase();
}

/** The settings of a type under `aws`, by the fields of scopes that they give. */
function named(type: DatabaseType, aws: Section): Record<string, Located> {
  const { settings } = type.configured;
  if (settings === undefined) return {};
  const section = aws.section(settings.key, Object.keys(settings.fields));
  return Object.fromEntries(
    Object.entries(settings.fields).flatMap(([key, field]) => {
      const value = section.text(key);
      return field === null || value === undefined ? [] : [[field, value]];
    }),
  );
}

/**
 * What a database of Teleport's configuration is, by its protocol, host and settings, in this order.
 *
 * @returns nothing where it is no database of AWS, as far as the file says
 */
export function identify(database: Section, aws: Section): Identity | undefined {
  const protocol = database.text("protocol")?.text;
  const uri = database.text("uri");
  const name = uri === undefined ? "" : host(uri.text);
  for (const type of databaseTypes) {
    const { hosts, protocol: own } = type.configured;
    const pattern = hosts.find((each) => each.test(name));
    const byProtocol = uri === undefined && protocol !== undefined && own === protocol;
    if (pattern === undefined && !byProtocol) continue;
    const groups = Object.entries(pattern?.exec(name)?.groups ?? {});
    const found = groups.map(([key, text]) => [key, { ...(uri ?? database.place), text }] as const);
    return { type, found: { ...Object.fromEntries(found), ...named(type, aws) } };
  }
  const type = databaseTypes.find(
    ({ configured: { settings } }) => settings !== undefined && aws.has(settings.key),
  );
  return type === undefined ? undefined : { type, found: named(type, aws) };
}

/** The rules of the fields of a type's scopes. */
export function fieldRules(type: DatabaseType): Readonly<Record<string, TextRule>> {
  const kinds = allStatements(type)
    .flatMap(narrowingsOf)
    .map((narrowing) => narrowing.fields);
  return Object.fromEntries(
    kinds.flatMap((each) => Object.entries(each).map(([name, kind]) => [name, fields[kind]])),
  );
}

/** Objects of the type's scope variables that name the database, by variable. */
export function scopesFor({ type, found }: Identity): Record<string, Record<string, string>> {
  const scopes = allStatements(type).flatMap(narrowingsOf);
  return Object.fromEntries(
    scopes.flatMap(({ variable, fields: kinds }) => {
      const names = Object.keys(kinds).filter((field) => found[field] !== undefined);
      if (!names.some((field) => field !== "region")) return [];
      const object = Object.fromEntries(
        Object.keys(kinds).map((field) => [field, found[field]?.text ?? "*"]),
      );
      return [[variable, object]];
    }),
  );
}

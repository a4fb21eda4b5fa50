import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import * as rules from "../catalog/formats";
import { narrowingsOf } from "../catalog/statement";
import { unsupportedTypes } from "../catalog/unsupported-types";
import { allStatements } from "../inputs/type-variables";
import { didYouMean } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Configuration, Database } from "./configuration";
import { check, checkedText, readHop, refuseUnsentExternalId } from "./hop";
import { hostOf, type Identity, identify } from "./identify";
import { type Located, problemAt } from "./place";
import { named, type Section } from "./section";

/** The protocols that Teleport knows. */
const PROTOCOLS: readonly string[] = [
  ...["postgres", "mysql", "mongodb", "oracle", "cockroachdb", "redis", "snowflake", "sqlserver"],
  ...["cassandra", "elasticsearch", "opensearch", "dynamodb", "clickhouse", "clickhouse-http"],
  "spanner",
];

/** The name of a database in remarks. */
export function titleOf(name: string | undefined): string {
  return named("database", name);
}

/** @throws UserError for a protocol that Teleport does not know */
function readProtocol(section: Section): string | undefined {
  const protocol = section.text("protocol");
  if (protocol === undefined || PROTOCOLS.includes(protocol.text)) return protocol?.text;
  throw problemAt(
    protocol,
    `Teleport has no protocol ${quoted(protocol.text)}.${didYouMean(protocol.text, PROTOCOLS)} Protocols: ${PROTOCOLS.join(", ")}.`,
  );
}

/**
 * The names of a database: its settings before its host, and `region` and `account_id` before both.
 *
 * @throws UserError if a host is in another region or account than is said, and for names that
 *   AWS does not allow
 */
function foundOf(
  { type, byHost, bySettings }: Identity,
  region: Located | undefined,
  account: Located | undefined,
): Record<string, Located> {
  for (const [key, said, inHost] of [
    ["region", region, byHost.region],
    ["account_id", account, byHost.account],
  ] as const) {
    if (said === undefined || inHost === undefined || said.text === inHost.text) continue;
    const problem = `${key} is ${plainOrQuoted(said.text)}, and the host is in ${plainOrQuoted(inHost.text)}.`;
    throw problemAt(said, problem);
  }
  const own: Record<string, Located> = region === undefined ? {} : { region };
  const found = { ...byHost, ...bySettings, ...own };
  for (const narrowing of allStatements(type).flatMap(narrowingsOf)) {
    for (const [field, kind] of Object.entries(narrowing.fields)) {
      const value = found[field];
      if (value !== undefined) check(field, value, fields[kind]);
    }
  }
  return found;
}

/** Warns of settings that belong to another type. */
function warnOfOtherSettings(aws: Section, type: DatabaseType, configuration: Configuration): void {
  for (const { configured } of databaseTypes.filter((each) => each !== type)) {
    const key = configured.settings?.key ?? "";
    const text = `aws.${key} is ignored, because this is a database of ${type.title}.`;
    if (aws.isFilled(key)) configuration.warn(aws.node(key).place, text);
  }
}

/**
 * Reads a database into the configuration.
 *
 * @param section what has its `protocol`, `uri` and `aws`
 * @param heading the rest
 * @param awaitsUri true if the URI is still to come, and may name any type
 * @throws UserError with its place for a value that is wrong
 */
export function readDatabase(
  section: Section,
  heading: Pick<Database, "place" | "name" | "labels">,
  configuration: Configuration,
  awaitsUri = false,
): void {
  const aws = section.section("aws");
  const protocol = readProtocol(section);
  const uri = section.text("uri");
  const host = hostOf(uri?.text ?? "");
  const hop = readHop(aws);
  const title = titleOf(heading.name);
  if (host.endsWith(".mongodb.net")) {
    configuration.hasAtlas = true;
    const text = `${title}: MongoDB Atlas, which has no module; see below for users that authenticate with AWS IAM`;
    configuration.passOver(heading.place, text);
    return;
  }
  const identity = identify(protocol, uri, aws);
  const type = identity?.type;
  if (type !== undefined || !awaitsUri) {
    refuseUnsentExternalId(hop, type === undefined ? [] : [type]);
  }
  if (type === undefined && !awaitsUri) {
    const other = unsupportedTypes.find(({ host: pattern }) => pattern?.test(host) === true);
    const what =
      other === undefined
        ? "not a database of AWS that this program knows"
        : `${other.title}, which Teleport does not support`;
    configuration.passOver(heading.place, `${title}: ${what}; nothing is granted for it`);
    return;
  }
  if (identity?.notice !== undefined)
    configuration.warn(section.node("uri").place, identity.notice);
  if (type !== undefined) warnOfOtherSettings(aws, type, configuration);
  const region = checkedText(aws, "region", rules.region);
  const account = checkedText(aws, "account_id", rules.accountId);
  const store = aws.section("secret_store");
  const kerberos = type?.configured.kerberos?.protocols ?? [];
  configuration.databases.push({
    ...heading,
    ...hop,
    type,
    found: identity === undefined ? {} : foundOf(identity, region, account),
    accountId: account ?? identity?.byHost.account,
    keyPrefix: checkedText(store, "key_prefix", rules.secretKeyPrefix),
    kmsKeyId: checkedText(store, "kms_key_id", rules.kmsKeyId),
    managesUsers: aws.isFilled("secret_store"),
    tagsSessions: aws.section("session_tags").keys.length > 0,
    usesKerberos: kerberos.includes(protocol ?? "") && section.isFilled("ad"),
  });
}

/** Describes a database in one line. */
export function describeDatabase({ type, name, found, usesKerberos }: Database): string {
  const names = Object.entries(found).filter(([field]) => !/^(region|account)$/.test(field));
  return [
    `${type?.name ?? "of a type that is not known yet"}: ${titleOf(name)}`,
    ...names.map(([field, { text }]) => `${field.replaceAll("_", " ")} ${plainOrQuoted(text)}`),
    ...(found.region === undefined ? [] : [`in ${plainOrQuoted(found.region.text)}`]),
    ...(usesKerberos ? ["with Kerberos"] : []),
  ].join(", ");
}

import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { unsupportedTypes } from "../catalog/unsupported-types";
import * as rules from "../catalog/formats";
import { nearest } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import { checked } from "./checked";
import type { Configuration, Database } from "./configuration";
import { readHop, refuseUnsentExternalId } from "./hop";
import { fieldRules, hostOf, type Identity, identify } from "./identify";
import { type Located, type Place, problemAt } from "./place";
import { named, type Section } from "./section";

/** The protocols that Teleport knows. */
const PROTOCOLS: readonly string[] = [
  "postgres",
  "mysql",
  "mongodb",
  "oracle",
  "cockroachdb",
  "redis",
  "snowflake",
  "sqlserver",
  "cassandra",
  "elasticsearch",
  "opensearch",
  "dynamodb",
  "clickhouse",
  "clickhouse-http",
  "spanner",
];

/** What a database is called in remarks. */
export function titleOf(name: string | undefined): string {
  return named("database", name);
}

/** @throws UserError for a protocol that Teleport does not know */
function readProtocol(section: Section): string | undefined {
  const protocol = section.text("protocol");
  if (protocol === undefined || PROTOCOLS.includes(protocol.text)) return protocol?.text;
  const near = nearest(protocol.text, PROTOCOLS);
  throw problemAt(
    protocol,
    `Teleport has no protocol ${quoted(protocol.text)}.${near === undefined ? "" : ` Did you mean ${quoted(near)}?`} Protocols: ${PROTOCOLS.join(", ")}.`,
  );
}

/**
 * What names the database: its settings before its host, and `region` and `account_id` before both.
 *
 * @throws UserError where a host is in another region or account than is said, and for names that
 *   AWS does not allow
 */
function foundOf(
  { type, byHost, bySettings }: Identity,
  region: Located | undefined,
  account: Located | undefined,
): Record<string, Located> {
  for (const [key, what, said] of [
    ["region", "region", region],
    ["account", "account_id", account],
  ] as const) {
    const inHost = byHost[key];
    if (said === undefined || inHost === undefined || said.text === inHost.text) continue;
    throw problemAt(
      said,
      `${what} is ${plainOrQuoted(said.text)}, and the host is in ${plainOrQuoted(inHost.text)}.`,
    );
  }
  const found: Record<string, Located> = {
    ...byHost,
    ...bySettings,
    ...(region === undefined ? {} : { region }),
  };
  for (const [name, rule] of Object.entries(fieldRules(type))) checked(name, found[name], rule);
  return found;
}

/** Says of settings that belong to another type that they are not read. */
function warnOfOtherSettings(aws: Section, type: DatabaseType): void {
  for (const { configured } of databaseTypes) {
    const key = configured.settings?.key;
    if (key === undefined || key === type.configured.settings?.key || !aws.isFilled(key)) continue;
    aws.warn(key, `aws.${key} is not read: the database is one of ${type.title}.`);
  }
}

/** What a database is called and labelled, and where. */
interface Heading {
  readonly place: Place;
  readonly name: string | undefined;
  readonly isDynamic: boolean;
  readonly labels: ReadonlyMap<string, string>;
  /** Whether the URI is still to come, and may name any type. */
  readonly awaitsUri?: boolean;
}

/** Why nothing is granted for a database without a type. */
function whyNothing(host: string): string {
  const unsupported = unsupportedTypes.find(({ host: pattern }) => pattern?.test(host) === true);
  return unsupported === undefined
    ? "not a database of AWS that this program knows; nothing is granted for it"
    : `${unsupported.title}, which Teleport does not support; nothing is granted for it`;
}

/**
 * Reads a database into the configuration.
 *
 * @param section what has its `protocol`, `uri` and `aws`
 * @throws UserError with its place for a value that is wrong
 */
export function readDatabase(
  section: Section,
  heading: Heading,
  configuration: Configuration,
): void {
  const aws = section.section("aws");
  const protocol = readProtocol(section);
  const uri = section.text("uri");
  const host = uri === undefined ? "" : hostOf(uri.text);
  const hop = readHop(aws);
  if (host.endsWith(".mongodb.net")) {
    configuration.atlasDatabases.push({
      ...heading.place,
      text: `${titleOf(heading.name)}: MongoDB Atlas, which is not one of the types; see below for users that authenticate with AWS IAM`,
    });
    return;
  }
  const identity = identify(protocol, uri, aws);
  if (heading.awaitsUri !== true || identity !== undefined) {
    refuseUnsentExternalId(hop, identity === undefined ? [] : [identity.type]);
  }
  if (identity === undefined && heading.awaitsUri !== true) {
    const text = `${titleOf(heading.name)}: ${whyNothing(host)}`;
    configuration.passedOver.push({ ...heading.place, text });
    return;
  }
  for (const text of identity?.notices ?? []) section.warn("uri", text);
  const type = identity?.type;
  if (type !== undefined) warnOfOtherSettings(aws, type);
  const region = checked("region", aws.text("region"), rules.region);
  const account = checked("account_id", aws.text("account_id"), rules.accountId);
  const found = identity === undefined ? {} : foundOf(identity, region, account);
  const store = aws.section("secret_store");
  const { place, name, isDynamic, labels } = heading;
  configuration.databases.push({
    place,
    name,
    isDynamic,
    labels,
    ...hop,
    type,
    found,
    accountId: account ?? identity?.byHost.account,
    keyPrefix: checked("key_prefix", store.text("key_prefix"), rules.secretKeyPrefix),
    kmsKeyId: checked("kms_key_id", store.text("kms_key_id"), rules.kmsKeyId),
    managesUsers: aws.isFilled("secret_store"),
    tagsSessions: aws.section("session_tags").keys.length > 0,
    usesKerberos:
      type?.configured.kerberos?.protocols.includes(protocol ?? "") === true &&
      section.isFilled("ad"),
  });
}

/** What a database is, in a line. */
export function describeDatabase({ type, name, found, usesKerberos }: Database): string {
  const names = Object.entries(found)
    .filter(([field]) => field !== "region" && field !== "account")
    .map(([field, value]) => `${field.replaceAll("_", " ")} ${plainOrQuoted(value.text)}`);
  const where = found.region === undefined ? [] : [`in ${plainOrQuoted(found.region.text)}`];
  const how = usesKerberos ? ["with Kerberos"] : [];
  const what = type?.name ?? "of a type that is not known yet";
  return [`${what}: ${titleOf(name)}`, ...names, ...where, ...how].join(", ");
}

import { databaseTypes } from "../catalog";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import * as rules from "../catalog/formats";
import { typeNamed } from "../catalog/select-types";
import { narrowingsOf } from "../catalog/statement";
import { unsupportedTypes } from "../catalog/unsupported-types";
import { allStatements } from "../inputs/type-variables";
import { didYouMean } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Configuration, Database } from "./configuration";
import { check, checkedText, readHop, refuseUnsentExternalId } from "./hop";
import { type Located, problemAt } from "./place";
import { regionOfCode } from "./regions";
import { named, type Section } from "./section";

/** The protocols that Teleport knows. */
const PROTOCOLS: readonly string[] = [
  ...["postgres", "mysql", "mongodb", "oracle", "cockroachdb", "redis", "snowflake", "sqlserver"],
  ...["cassandra", "elasticsearch", "opensearch", "dynamodb", "clickhouse", "clickhouse-http"],
  "spanner",
];

function readProtocol(section: Section): string | undefined {
  const protocol = section.text("protocol");
  if (protocol === undefined || PROTOCOLS.includes(protocol.text)) return protocol?.text;
  throw problemAt(
    protocol,
    `Teleport has no protocol ${quoted(protocol.text)}.${didYouMean(protocol.text, PROTOCOLS)} Protocols: ${PROTOCOLS.join(", ")}.`,
  );
}

/** The host of a URI with or without a scheme, port and path. */
function hostOf(uri: string): string {
  return uri
    .replace(/^[a-z+-]+:\/\//i, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[:/?].*$/s, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

/** The type of a database, in Teleport's order: protocol, host, settings; a region alone means RDS. */
function typeOf(protocol: string | undefined, host: string, aws: Section) {
  const isSelfHosted =
    protocol === "cassandra" && host !== "" && !aws.keys.some((key) => aws.isFilled(key));
  const find = (test: (configured: DatabaseType["configured"], key: string) => boolean) =>
    databaseTypes.find(({ name, configured }) => test(configured, variablePrefix(name)));
  return (
    find(({ protocol: own }) => own !== undefined && own === protocol && !isSelfHosted) ??
    find(({ hosts }) => hosts.some((each) => each.test(host))) ??
    find(({ settings }, key) => settings !== undefined && aws.isFilled(key)) ??
    (aws.isFilled("region") ? typeNamed("rds") : undefined)
  );
}

function warnOfOtherSettings(aws: Section, type: DatabaseType, configuration: Configuration): void {
  for (const { name, configured } of databaseTypes.filter((each) => each !== type)) {
    const key = variablePrefix(name);
    if (configured.settings === undefined || !aws.isFilled(key)) continue;
    const text = `aws.${key} is ignored, because this is a database of ${type.title}.`;
    configuration.warn(aws.node(key).place, text);
  }
}

/** Settings under `aws` that must not differ from what the host says, and their names. */
const SAID = [
  ["region", "region", rules.region],
  ["account_id", "account", rules.accountId],
] as const;

/**
 * The names of a database: fields of its type's narrowings, `region` and `account`. Its settings go before
 * its host.
 *
 * @param type absent if the URI is still to come
 * @throws UserError for a host in another region or account, and for names that AWS does not allow
 */
function namesOf(
  type: DatabaseType | undefined,
  uri: Located | undefined,
  aws: Section,
  configuration: Configuration,
): Database["found"] {
  const names: Record<string, Located> = {};
  const { hosts, settings } = type?.configured ?? { hosts: [] };
  const host = hostOf(uri?.text ?? "");
  // The groups of the first pattern that matches are the names.
  const { region_code: code, ...groups } =
    hosts.find((each) => each.test(host))?.exec(host)?.groups ?? {};
  const inHost = { ...groups, region: code === undefined ? groups.region : regionOfCode(code) };
  for (const [name, text] of Object.entries(inHost)) {
    if (uri !== undefined && text !== undefined) names[name] = { ...uri, text };
  }
  if (uri !== undefined && code !== undefined && inHost.region === undefined) {
    const text = `The host's ${quoted(code)} is an unknown region code, so no region is set.`;
    configuration.warn(uri, text);
  }
  if (type !== undefined) warnOfOtherSettings(aws, type, configuration);
  for (const [key, name] of Object.entries(settings ?? {})) {
    if (name === null) continue;
    const value = aws.section(variablePrefix(type?.name ?? "")).text(key);
    if (value !== undefined) names[name] = value;
  }
  for (const [key, name, rule] of SAID) {
    const said = checkedText(aws, key, rule);
    const other = names[name];
    if (said !== undefined && other !== undefined && said.text !== other.text) {
      const problem = `${key} is ${plainOrQuoted(said.text)}, and the host is in ${plainOrQuoted(other.text)}.`;
      throw problemAt(said, problem);
    }
    if (said !== undefined) names[name] = said;
  }
  for (const narrowing of type === undefined ? [] : allStatements(type).flatMap(narrowingsOf)) {
    for (const [field, kind] of Object.entries(narrowing.fields)) {
      const value = names[field];
      if (value !== undefined) check(field, value, fields[kind]);
    }
  }
  return names;
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
  const pass = (what: string): void => {
    configuration.passOver(heading.place, `${named("database", heading.name)}: ${what}`);
  };
  if (host.endsWith(".mongodb.net")) {
    configuration.hasAtlas = true;
    pass("MongoDB Atlas, which has no module; see below for users that authenticate with AWS IAM");
    return;
  }
  const type = typeOf(protocol, host, aws);
  if (type !== undefined || !awaitsUri)
    refuseUnsentExternalId(hop, type === undefined ? [] : [type]);
  if (type === undefined && !awaitsUri) {
    const other = unsupportedTypes.find(({ host: pattern }) => pattern?.test(host) === true);
    const what =
      other === undefined
        ? "not a database of AWS that this program knows"
        : `${other.title}, which Teleport does not support`;
    pass(`${what}; nothing is granted for it`);
    return;
  }
  const store = aws.section("secret_store");
  const kerberos = type?.configured.kerberos?.protocols ?? [];
  configuration.databases.push({
    ...heading,
    ...hop,
    type,
    found: namesOf(type, uri, aws, configuration),
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
    `${type?.name ?? "of a type that is not known yet"}: ${named("database", name)}`,
    ...names.map(([field, { text }]) => `${field.replaceAll("_", " ")} ${plainOrQuoted(text)}`),
    ...(found.region === undefined ? [] : [`in ${plainOrQuoted(found.region.text)}`]),
    ...(usesKerberos ? ["with Kerberos"] : []),
  ].join(", ");
}

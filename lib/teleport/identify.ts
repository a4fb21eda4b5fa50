import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import type { TextRule } from "../catalog/text-rule";
import { quoted } from "../text/visible-text";
import { narrowingsOf } from "../catalog/statement";
import { allStatements } from "../inputs/type-variables";
import type { Located } from "./place";
import { regionOfCode } from "./regions";
import type { Section } from "./section";

/** What a database is, and what its configuration names of it: fields of scopes, `region`, `account`. */
export interface Identity {
  readonly type: DatabaseType;
  /** By its host. */
  readonly byHost: Readonly<Record<string, Located>>;
  /** By its settings under `aws`, which go before the host. */
  readonly bySettings: Readonly<Record<string, Located>>;
  /** What could not be made out, as sentences. */
  readonly notices: readonly string[];
}

/** The host of a URI with or without a scheme, port and path. */
export function hostOf(uri: string): string {
  return uri
    .replace(/^[a-z+-]+:\/\//i, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[:/?].*$/s, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

/** The type of a database, in Teleport's order: protocol, host, settings; a region alone means RDS. */
function typeOf(
  protocol: string | undefined,
  host: string,
  aws: Section,
): DatabaseType | undefined {
  const matches = (test: (configured: DatabaseType["configured"]) => boolean) =>
    databaseTypes.find(({ configured }) => test(configured));
  const isSelfHosted =
    protocol === "cassandra" && host !== "" && !aws.keys.some((key) => aws.isFilled(key));
  return (
    matches(({ protocol: own }) => own !== undefined && own === protocol && !isSelfHosted) ??
    matches(({ hosts }) => hosts.some((each) => each.test(host))) ??
    matches(({ settings }) => settings !== undefined && aws.isFilled(settings.key)) ??
    (aws.isFilled("region") ? databaseTypes.find(({ name }) => name === "rds") : undefined)
  );
}

/** What a host names, by the groups of the first pattern that it matches. */
function namedByHost(
  { configured }: DatabaseType,
  host: string,
  uri: Located | undefined,
): Pick<Identity, "byHost" | "notices"> {
  if (uri === undefined) return { byHost: {}, notices: [] };
  const pattern = configured.hosts.find((each) => each.test(host));
  const { region_code: code, ...groups } = pattern?.exec(host)?.groups ?? {};
  const region = code === undefined ? groups.region : regionOfCode(code);
  const isUnknown = code !== undefined && region === undefined;
  return {
    byHost: Object.fromEntries(
      Object.entries({ ...groups, region }).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, { ...uri, text }] as const],
      ),
    ),
    notices: isUnknown
      ? [
          `The host's ${quoted(code)} is not a region code that this program knows: the region stays open.`,
        ]
      : [],
  };
}

/** What the settings of a type under `aws` name. */
function namedBySettings({ configured }: DatabaseType, aws: Section): Record<string, Located> {
  const { settings } = configured;
  if (settings === undefined) return {};
  const section = aws.section(settings.key);
  return Object.fromEntries(
    Object.entries(settings.fields).flatMap(([key, field]) => {
      const value = field === null ? undefined : section.text(key);
      return field === null || value === undefined ? [] : [[field, value]];
    }),
  );
}

/**
 * What a database is, by its protocol, host and settings.
 *
 * @returns nothing where it is no database of AWS, as far as its configuration says
 */
export function identify(
  protocol: string | undefined,
  uri: Located | undefined,
  aws: Section,
): Identity | undefined {
  const host = uri === undefined ? "" : hostOf(uri.text);
  const type = typeOf(protocol, host, aws);
  if (type === undefined) return undefined;
  return {
    type,
    ...namedByHost(type, host, uri),
    bySettings: namedBySettings(type, aws),
  };
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

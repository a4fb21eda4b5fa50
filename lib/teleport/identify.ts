import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { quoted } from "../text/visible-text";
import type { Located } from "./place";
import { regionOfCode } from "./regions";
import type { Section } from "./section";

/** A database's type, and its names: fields of the type's scopes, `region` and `account`. */
export interface Identity {
  readonly type: DatabaseType;
  readonly byHost: Readonly<Record<string, Located>>;
  /** By its settings under `aws`, which go before the host. */
  readonly bySettings: Readonly<Record<string, Located>>;
  /** A sentence about the unknown part of the host. */
  readonly notice: string | undefined;
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
  const type = (test: (type: DatabaseType) => boolean) => databaseTypes.find(test);
  const isSelfHosted =
    protocol === "cassandra" && host !== "" && !aws.keys.some((key) => aws.isFilled(key));
  return (
    type(
      ({ configured: { protocol: own } }) => own !== undefined && own === protocol && !isSelfHosted,
    ) ??
    type(({ configured: { hosts } }) => hosts.some((each) => each.test(host))) ??
    type(({ configured: { settings } }) => settings !== undefined && aws.isFilled(settings.key)) ??
    (aws.isFilled("region") ? type(({ name }) => name === "rds") : undefined)
  );
}

/**
 * Identifies a database by its protocol, host and settings.
 *
 * @returns undefined if its configuration does not show a database of AWS
 */
export function identify(
  protocol: string | undefined,
  uri: Located | undefined,
  aws: Section,
): Identity | undefined {
  const host = hostOf(uri?.text ?? "");
  const type = typeOf(protocol, host, aws);
  if (type === undefined) return undefined;
  const { hosts, settings } = type.configured;
  // The groups of the first pattern that matches are the names.
  const pattern = hosts.find((each) => each.test(host));
  const { region_code: code, ...names } = pattern?.exec(host)?.groups ?? {};
  const region = code === undefined ? names.region : regionOfCode(code);
  const section = settings === undefined ? undefined : aws.section(settings.key);
  const byHost = Object.entries({ ...names, region }).flatMap(([key, text]) =>
    uri === undefined || text === undefined ? [] : [[key, { ...uri, text }] as const],
  );
  const bySettings = Object.entries(settings?.fields ?? {}).flatMap(([key, field]) => {
    const value = field === null ? undefined : section?.text(key);
    return field === null || value === undefined ? [] : [[field, value] as const];
  });
  return {
    type,
    byHost: Object.fromEntries(byHost),
    bySettings: Object.fromEntries(bySettings),
    notice:
      code !== undefined && region === undefined
        ? `The host's ${quoted(code)} is an unknown region code, so no region is set.`
        : undefined,
  };
}

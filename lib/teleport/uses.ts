import type { TextRule } from "../iam/text-rule";
import type { DatabaseType } from "../catalog/database-type";
import { databaseTypes } from "../catalog";
import { selectTypes, typeNames } from "../catalog/select-types";
import { checkValue } from "../inputs/check-value";
import * as rules from "../iam/formats";
import { configurationProblem } from "../user-error";
import { nearest } from "../nearest";
import { fieldRules, type Identity, identify, scopesFor } from "./identify";
import { knownKeys } from "./known-keys";
import type { Located, Remark, Section } from "./section";

/** What one entry of the configuration has the Database Service do. */
export interface Use {
  /** Absent for databases that are registered elsewhere, whose types the file does not say. */
  readonly types: readonly DatabaseType[];
  /** Whether the file names the database itself, by what its types' scopes are made of. */
  readonly scopes: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly assumeRoleArn: Located | undefined;
  readonly externalId: Located | undefined;
  readonly accountId: Located | undefined;
  readonly regions: readonly string[];
  readonly keyPrefix: Located | undefined;
  readonly kmsKeyId: Located | undefined;
  readonly managesUsers: boolean;
  readonly tagsSessions: boolean;
}

/** What was read: the uses, and a remark on each entry. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly conclusions: readonly Remark[];
}

/** @throws UserError where `value` disobeys `rule` */
function checked(name: string, value: Located | undefined, rule: TextRule): Located | undefined {
  if (value === undefined) return undefined;
  const confidential = name === "external_id";
  const [problem] = checkValue(
    { name, type: { kind: "string", rule, confidential }, description: "" },
    value.text,
  );
  if (problem !== undefined) throw configurationProblem(value, problem);
  return value;
}

function hop(section: Section): Pick<Use, "assumeRoleArn" | "externalId"> {
  return {
    assumeRoleArn: checked("assume_role_arn", section.text("assume_role_arn"), rules.roleArn),
    externalId: checked("external_id", section.text("external_id"), rules.externalId),
  };
}

const nothing = {
  scopes: undefined,
  accountId: undefined,
  regions: [],
  keyPrefix: undefined,
  kmsKeyId: undefined,
  managesUsers: false,
  tagsSessions: false,
} as const;

/** An entry of `db_service.resources`: databases that are registered elsewhere. */
function resourceUse(section: Section): { use: Use; remark: Remark } {
  const use = { ...nothing, ...hop(section.section("aws", knownKeys.resourceAws)), types: [] };
  return {
    use,
    remark: {
      ...section.place,
      text: "databases that are registered elsewhere, whose types and names the file does not say",
    },
  };
}

function matcherType(given: Located): DatabaseType {
  const type = databaseTypes.find(
    ({ name, aliases }) => name === given.text || aliases?.includes(given.text) === true,
  );
  if (type !== undefined) return type;
  const near = nearest(given.text, typeNames);
  const hint = near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`;
  throw configurationProblem(
    given,
    `Unknown database type ${JSON.stringify(given.text)}.${hint} Valid types: ${typeNames.join(", ")}.`,
  );
}

/** An entry of `db_service.aws`: databases that the Database Service finds itself. */
function matcherUse(section: Section): { use: Use; remark: Remark } {
  const given = section.texts("types");
  if (given.length === 0) throw configurationProblem(section.place, "This matcher has no types.");
  const { types } = selectTypes(given.map((name) => matcherType(name).name));
  const regions = section.texts("regions").map(({ text }) => text);
  const where = regions.length === 0 ? "" : ` in ${regions.join(", ")}`;
  return {
    use: { ...nothing, ...hop(section), types, regions },
    remark: {
      ...section.place,
      text: `${types.map(({ name }) => name).join(", ")}: every database${where} that the matcher finds`,
    },
  };
}

/** What a database is called in remarks. */
function title(database: Section): string {
  const name = database.text("name");
  return name === undefined ? "a database without a name" : `database ${JSON.stringify(name.text)}`;
}

function databaseUse(aws: Section, identity: Identity): Use {
  const region = checked("region", aws.text("region"), rules.region);
  const found: Identity["found"] = {
    ...identity.found,
    ...(region === undefined ? {} : { region }),
  };
  const fields = fieldRules(identity.type);
  for (const [name, value] of Object.entries(found)) {
    const rule = fields[name];
    if (rule !== undefined) checked(name, value, rule);
  }
  const scopes = scopesFor({ ...identity, found });
  const store = aws.section("secret_store", knownKeys.secretStore);
  const account = aws.text("account_id") ?? found.account;
  return {
    ...hop(aws),
    types: [identity.type],
    scopes: Object.keys(scopes).length === 0 ? undefined : scopes,
    accountId: checked("account_id", account, rules.accountId),
    regions: found.region === undefined ? [] : [found.region.text],
    keyPrefix: checked("key_prefix", store.text("key_prefix"), rules.secretKeyPrefix),
    kmsKeyId: checked("kms_key_id", store.text("kms_key_id"), rules.kmsKeyId),
    managesUsers: store.keys.length > 0,
    tagsSessions: aws.section("session_tags", aws.mappingKeys("session_tags")).keys.length > 0,
  };
}

function describe(database: Section, { type, found }: Identity, use: Use): string {
  const names = Object.entries(found)
    .filter(([field]) => field !== "region" && field !== "account")
    .map(([field, value]) => `${field.replaceAll("_", " ")} ${value.text}`);
  const where = use.regions.length === 0 ? [] : [`in ${use.regions.join(", ")}`];
  return [`${type.name}: ${title(database)}`, ...names, ...where].join(", ");
}

/**
 * Reads what the entries of `db_service` need.
 *
 * @throws UserError with line and column for a value that is wrong
 */
export function readUses(service: Section): Uses {
  const uses: Use[] = [];
  const conclusions: Remark[] = [];
  const entries = [
    ...service.sections("resources", knownKeys.resource).map(resourceUse),
    ...service.sections("aws", knownKeys.matcher).map(matcherUse),
  ];
  for (const { use, remark } of entries) {
    uses.push(use);
    conclusions.push(remark);
  }
  for (const database of service.sections("databases", knownKeys.database)) {
    const aws = database.section("aws", knownKeys.databaseAws);
    const identity = identify(database, aws);
    if (identity === undefined) {
      const text = `${title(database)}: no database of AWS that this program knows; nothing is granted for it`;
      conclusions.push({ ...database.place, text });
      continue;
    }
    const use = databaseUse(aws, identity);
    uses.push(use);
    conclusions.push({ ...database.place, text: describe(database, identity, use) });
  }
  return { uses, conclusions };
}

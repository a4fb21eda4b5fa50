import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import type { Json } from "../text/json";
import { placeText, problemAt } from "./place";
import { partitionOf } from "./regions";
import type { AwsRole } from "./roles";
import { typesOf, type Use } from "./uses";

/** The variable that turns the managed users of a type on, if it has them. */
function managedUsersSwitch({ statements }: DatabaseType): string | undefined {
  return statements.find(({ resources }) => resources.kind === "secrets")?.switch?.variable;
}

/** Switches that the uses decide: managed users, session tags, and what Kerberos does without. */
export function switches(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  const inputs: Record<string, Json> = {};
  const isOpen = uses.some((use) => use.isOpen);
  for (const type of types) {
    const ofType = uses.filter((use) => use.types.includes(type));
    const databases = ofType.flatMap(({ database }) => database ?? []);
    const managed = managedUsersSwitch(type);
    if (managed !== undefined && databases.some(({ managesUsers }) => managesUsers)) {
      inputs[managed] = true;
    }
    if (isOpen) continue;
    const tags = type.userRole?.sessionTags;
    if (tags !== undefined) inputs[tags] = databases.some(({ tagsSessions }) => tagsSessions);
    if (!ofType.every(({ database }) => database?.usesKerberos === true)) continue;
    for (const { sid, switch: toggle } of type.statements) {
      const isUnneeded = type.configured.kerberos?.unneeded.includes(sid) === true;
      if (isUnneeded && toggle !== undefined) inputs[toggle.variable] = false;
    }
  }
  return inputs;
}

/** The places of managed users' passwords. */
export function secrets(uses: readonly Use[]): Inputs {
  const databases = uses
    .filter(({ types }) => types.some((type) => managedUsersSwitch(type) !== undefined))
    .flatMap(({ database }) => database ?? []);
  const texts = (key: "keyPrefix" | "kmsKeyId") => [
    ...new Set(databases.flatMap((database) => database[key]?.text ?? [])),
  ];
  const [prefixes, keys] = [texts("keyPrefix"), texts("kmsKeyId")];
  return {
    ...(prefixes.length === 0 ? {} : { secret_key_prefixes: prefixes }),
    ...(keys.length === 0 ? {} : { kms_key_ids: keys }),
  };
}

/**
 * The services of a role, and whether it lists the account's regions.
 *
 * @param types those that the Database Service connects to as this role; absent if it only discovers
 */
export function serviceValues({ finds }: AwsRole, types?: readonly DatabaseType[]): Inputs {
  const found = typesOf(finds);
  if (types?.some((type) => found.includes(type)) === false) return {};
  return {
    services: types === undefined ? ["discovery"] : ["database", "discovery"],
    ...(finds.some(({ isEverywhere }) => isEverywhere) ? { discover_all_regions: true } : {}),
  };
}

/**
 * Decisions of AWS or a person that no configuration of Teleport has: sentences that name the variables.
 *
 * @param values what the configuration decides
 */
export function questions(types: readonly DatabaseType[], values: Inputs): string[] {
  const sentences: string[] = [];
  if (types.some(({ name }) => name === "rds") && values.rds_auto_enable_iam_auth === undefined) {
    sentences.push(
      "Teleport may modify RDS databases to turn on IAM authentication. To forbid it: rds_auto_enable_iam_auth = false",
    );
  }
  for (const type of types) {
    const managed = managedUsersSwitch(type);
    if (managed === undefined || values[managed] !== undefined) continue;
    sentences.push(
      `Users of ${type.title} are not managed by Teleport. If AWS users have the tag teleport.dev/managed=true: ${managed} = true`,
    );
  }
  const creates =
    values.create_user_roles === true ? "" : "; create_user_roles = true creates them";
  for (const { title, name, userRole } of types) {
    if (userRole === undefined) continue;
    const names = `${variablePrefix(name)}_user_role_names (${userRole.defaultName})`;
    sentences.push(`The roles that users of ${title} connect as: ${names}${creates}`);
  }
  return sentences;
}

/**
 * The partition of all roles: no role reaches from one into another.
 *
 * @throws UserError if there are several
 */
export function partitionOfAll(roles: readonly AwsRole[]): string {
  const evidence = roles
    .flatMap(({ serviceRole, uses, finds }) => [
      serviceRole?.arn,
      ...uses.flatMap(({ hop, regions }) => [hop.assumeRoleArn, ...regions]),
      ...finds.flatMap(({ assumeRoleArn, regions }) => [assumeRoleArn, ...regions]),
    ])
    .filter((text) => text !== undefined);
  const [first] = evidence;
  if (first === undefined) return "aws";
  const own = partitionOf(first.text);
  const other = evidence.find(({ text }) => partitionOf(text) !== own);
  if (other === undefined) return own;
  const text = `${other.text} is in ${partitionOf(other.text)}, and ${first.text} in ${placeText(first)} is in ${own}: a role works in one partition only. Run compose for each partition.`;
  throw problemAt(other, text);
}

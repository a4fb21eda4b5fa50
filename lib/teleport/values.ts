import type { DatabaseType } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import type { Json } from "../text/json";
import { hasWildcardRegion } from "./matchers";
import { narrowings, type Narrowed } from "./narrowings";
import { type Located, placeText, problemAt } from "./place";
import { partitionOf } from "./regions";
import { type AwsRole, typesFound } from "./roles";
import type { Use } from "./uses";

/*
 * The one place where what is configured becomes values of a type module's variables.
 */

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

/** Switches that the uses decide: managed users, session tags, and what Kerberos does without. */
function switches(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  const inputs: Record<string, Json> = {};
  const isOpen = uses.some((use) => use.isOpen);
  for (const type of types) {
    const ofType = uses.filter((use) => use.types.includes(type));
    const databases = ofType.flatMap(({ database }) => database ?? []);
    const managed = managedUsersSwitch(type);
    if (managed !== undefined && databases.some(({ managesUsers }) => managesUsers)) {
      inputs[managed] = true;
    }
    const tags = type.userRole?.sessionTags;
    if (tags !== undefined && !isOpen) {
      inputs[tags] = databases.some(({ tagsSessions }) => tagsSessions);
    }
    const isAllKerberos =
      !isOpen &&
      databases.length === ofType.length &&
      databases.every(({ usesKerberos }) => usesKerberos);
    for (const { sid, switch: toggle } of isAllKerberos ? type.statements : []) {
      const isUnneeded = type.configured.kerberos?.unneeded.includes(sid) === true;
      if (isUnneeded && toggle !== undefined) inputs[toggle.variable] = false;
    }
  }
  return inputs;
}

/** The variable that turns the managed users of a type on, if it has them. */
export function managedUsersSwitch({ statements }: DatabaseType): string | undefined {
  return statements.find(({ resources }) => resources.kind === "secrets")?.switch?.variable;
}

/** Where the passwords of managed users are kept. */
function secrets(uses: readonly Use[], types: readonly DatabaseType[]): Inputs {
  const managed = types.filter((type) => managedUsersSwitch(type) !== undefined);
  const databases = uses
    .filter((use) => managed.some((type) => use.types.includes(type)))
    .flatMap(({ database }) => database ?? []);
  const prefixes = unique(databases.flatMap(({ keyPrefix }) => keyPrefix?.text ?? []));
  const keys = unique(databases.flatMap(({ kmsKeyId }) => kmsKeyId?.text ?? []));
  return {
    ...(prefixes.length > 0 ? { secret_key_prefixes: prefixes } : {}),
    ...(keys.length > 0 ? { kms_key_ids: keys } : {}),
  };
}

/** Whether a role lists the account's regions, because a matcher has `*` for them. */
function regions({ finds }: AwsRole): Inputs {
  return finds.some(hasWildcardRegion) ? { discover_all_regions: true } : {};
}

/**
 * What the Database Service needs as a role: services, switches, secrets and narrowings.
 *
 * @param types those that it connects to, in the order of the reference page
 */
export function databaseValues(
  role: AwsRole,
  uses: readonly Use[],
  types: readonly DatabaseType[],
): Narrowed {
  const found = typesFound(role.finds);
  const { inputs, open } = narrowings(uses, types);
  return {
    inputs: {
      ...(types.some((type) => found.includes(type))
        ? { services: ["database", "discovery"], ...regions(role) }
        : {}),
      ...switches(uses, types),
      ...secrets(uses, types),
      ...inputs,
    },
    open,
  };
}

/** What finding databases needs that are used as another role, or by others. */
export function discoveryValues(role: AwsRole): Inputs {
  return { services: ["discovery"], ...regions(role) };
}

/**
 * The partition of a service and of all that it reaches: no role reaches from one into another.
 *
 * @throws UserError if there are several
 */
export function partitionOfAll(service: AwsRole, assumed: readonly AwsRole[]): string {
  const evidence: Located[] = [
    ...[service.account?.arn ?? []].flat(),
    ...[service, ...assumed].flatMap(({ uses, finds }) => [
      ...uses.flatMap(({ assumeRoleArn, regions: own }) => [
        ...[assumeRoleArn ?? []].flat(),
        ...own,
      ]),
      ...finds.flatMap((matcher) => [
        ...[matcher.assumeRoleArn ?? []].flat(),
        ...matcher.regions.filter(({ text }) => text !== "*"),
      ]),
    ]),
  ];
  const [first] = evidence;
  if (first === undefined) return "aws";
  const own = partitionOf(first.text);
  const other = evidence.find(({ text }) => partitionOf(text) !== own);
  if (other === undefined) return own;
  throw problemAt(
    other,
    `${other.text} is in ${partitionOf(other.text)}, and ${first.text} in ${placeText(first)} is in ${own}: no role reaches into another partition. Compose them apart.`,
  );
}

import type { DatabaseType } from "../catalog/database-type";
import { databaseTypes } from "../catalog";
import type { Configuration, Discoverer, Matcher } from "./configuration";
import { hasWildcardRegion } from "./matchers";

/** A role that discovers databases, and what it needs for that. */
export interface DiscoveryRole {
  /** The service that discovers. */
  readonly discoverer: Discoverer;
  /** The role that the service assumes first; its own role where there is none. */
  readonly assumeRoleArn: string | undefined;
  readonly externalId: string | undefined;
  /** Name of the AWS OIDC integration whose role it is, if any. */
  readonly integration: string | undefined;
  /** The types that it finds, in the order of the reference page. */
  readonly types: readonly DatabaseType[];
  /** Those of them that it selects by tags. */
  readonly typesByTags: readonly DatabaseType[];
  /** Whether it lists the account's regions (`account:ListRegions`). */
  readonly listsRegions: boolean;
}

function typesOf(matchers: readonly Matcher[]): DatabaseType[] {
  return databaseTypes.filter((type) => matchers.some(({ types }) => types.includes(type)));
}

/** The roles that discover what is configured, each once: by service, integration and role. */
export function discoveryRoles({ matchers }: Configuration): DiscoveryRole[] {
  const byRole = new Map<string, Matcher[]>();
  for (const matcher of matchers) {
    const { discoverer, assumeRoleArn, integration } = matcher;
    const key = JSON.stringify([discoverer, assumeRoleArn?.text, integration?.text]);
    byRole.set(key, [...(byRole.get(key) ?? []), matcher]);
  }
  return [...byRole.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    return [
      {
        discoverer: first.discoverer,
        assumeRoleArn: first.assumeRoleArn?.text,
        externalId: of.flatMap(({ externalId }) => externalId?.text ?? []).at(0),
        integration: first.integration?.text,
        types: typesOf(of),
        typesByTags: typesOf(of.filter(({ selectsByTags }) => selectsByTags)),
        listsRegions: of.some(hasWildcardRegion),
      },
    ];
  });
}

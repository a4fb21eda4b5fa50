import { databaseTypes } from "../catalog";
import { type DatabaseType, isDiscovered } from "../catalog/database-type";
import * as rules from "../catalog/formats";
import { typeNamed, typeNames } from "../catalog/select-types";
import { didYouMean } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Configuration, Matcher } from "./configuration";
import { check, readHop, refuseUnsentExternalId } from "./hop";
import { type Located, problemAt } from "./place";
import type { Section } from "./section";

/** The types of AWS that the Discovery Service also looks for, and that are no databases. */
const OTHER_TYPES: readonly string[] = ["ec2", "eks"];

const discovered = databaseTypes.filter(isDiscovered).map(({ name }) => name);

function matcherType(given: Located): DatabaseType {
  const type = typeNamed(given.text);
  if (type !== undefined && discovered.includes(type.name)) return type;
  const problem =
    type === undefined
      ? `Unknown database type ${quoted(given.text)}.${didYouMean(given.text, typeNames)}`
      : `Teleport does not discover ${type.title}. Add these databases to db_service.databases.`;
  throw problemAt(given, `${problem} Types that Teleport discovers: ${discovered.join(", ")}.`);
}

/**
 * Reads a matcher into the configuration.
 *
 * @param owner the service whose matcher it is, and the process or group
 * @throws UserError with its place for a value that is wrong
 */
export function readMatcher(
  section: Section,
  owner: Pick<Matcher, "discoverer" | "agent" | "discoveryGroup">,
  configuration: Configuration,
): void {
  const given = section.texts("types");
  if (given.length === 0)
    throw problemAt(section.place, "This matcher has no types. Add one, such as types: [rds].");
  const isOther = ({ text }: Located) =>
    owner.discoverer === "discovery_service" && OTHER_TYPES.includes(text);
  for (const other of given.filter(isOther)) {
    configuration.passOver(other, `${other.text}: no databases, skipped`);
  }
  const known = given.filter((each) => !isOther(each)).map(matcherType);
  const types = databaseTypes.filter((type) => known.includes(type));
  if (types.length === 0) return;
  // The role is flat in teleport.yaml, and under assume_role in a resource.
  const hop = section.has("assume_role")
    ? readHop(section.section("assume_role"), "role_arn")
    : readHop(section);
  refuseUnsentExternalId(hop, types);
  const all = section.texts("regions");
  const regions = all.filter(({ text }) => text !== "*");
  for (const each of regions) check("region", each, rules.region);
  const tags = [...section.textsByKey("tags")];
  configuration.matchers.push({
    place: section.place,
    ...owner,
    ...hop,
    types,
    regions,
    isEverywhere: all.length > regions.length,
    selectsByTags: tags.some(([key, texts]) => key !== "*" || texts.some((text) => text !== "*")),
    integration: section.text("integration")?.text,
  });
}

/** Describes a matcher in one line. */
export function describeMatcher(matcher: Matcher): string {
  const { types, regions, discoverer, assumeRoleArn } = matcher;
  return [
    `${types.map(({ name }) => name).join(", ")}: every database`,
    ...(matcher.isEverywhere
      ? ["of every region (which needs account:ListRegions)"]
      : regions.length === 0
        ? []
        : [`in ${regions.map(({ text }) => plainOrQuoted(text)).join(", ")}`]),
    ...(matcher.selectsByTags ? ["with these tags"] : []),
    `that ${discoverer === "database_service" ? "the matcher" : "the Discovery Service"} finds`,
    ...(assumeRoleArn === undefined ? [] : [`as ${assumeRoleArn.text}`]),
  ].join(" ");
}

/**
 * Reads an entry of `db_service.resources` into the configuration.
 *
 * @throws UserError with its place for a value that is wrong
 */
export function readResourceMatcher(section: Section, configuration: Configuration): void {
  const { assumeRoleArn, externalId } = readHop(section.section("aws"));
  if (assumeRoleArn === undefined && externalId !== undefined) {
    const text =
      "external_id has no effect without assume_role_arn. Add assume_role_arn, or remove external_id.";
    configuration.warn(externalId, text);
  }
  configuration.resourceMatchers.push({
    place: section.place,
    labels: section.textsByKey("labels"),
    assumeRoleArn,
    externalId: assumeRoleArn === undefined ? undefined : externalId,
  });
}

import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import * as rules from "../catalog/formats";
import { typeNamed, typeNames } from "../catalog/select-types";
import { nearest } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import { checked } from "./checked";
import type { Configuration, Hop, Matcher } from "./configuration";
import { readHop, refuseUnsentExternalId } from "./hop";
import { type Located, problemAt } from "./place";
import type { Section } from "./section";

/** What the Discovery Service also looks for in AWS: no databases. */
const OTHER_TYPES: readonly string[] = ["ec2", "eks"];

/** @throws UserError for a type that nobody discovers */
function matcherType(given: Located): DatabaseType {
  const discovered = databaseTypes.filter(({ configured }) => configured.registeredByHand !== true);
  const type = typeNamed(given.text);
  if (type?.configured.registeredByHand === true) {
    throw problemAt(
      given,
      `Teleport does not discover ${type.title}: register it by hand, among the databases. Types that are discovered: ${discovered.map(({ name }) => name).join(", ")}.`,
    );
  }
  if (type !== undefined) return type;
  const near = nearest(given.text, typeNames);
  const hint = near === undefined ? "" : ` Did you mean ${quoted(near)}?`;
  throw problemAt(
    given,
    `Unknown database type ${quoted(given.text)}.${hint} Valid types: ${discovered.map(({ name }) => name).join(", ")}.`,
  );
}

/** The role and external ID of a matcher: flat in teleport.yaml, as `assume_role` in a resource. */
function matcherHop(section: Section): Hop {
  if (!section.has("assume_role")) return readHop(section);
  return readHop(section.section("assume_role"), "role_arn");
}

/** Whether tags choose among the databases; `"*": "*"` takes them all. */
function selectsByTags(tags: ReadonlyMap<string, readonly string[]>): boolean {
  return [...tags].some(([key, texts]) => key !== "*" || texts.some((text) => text !== "*"));
}

/** @throws UserError for what is neither a region nor `*` */
function checkedRegion(given: Located): Located {
  return given.text === "*" ? given : (checked("region", given, rules.region) ?? given);
}

/** Whose matcher it is. */
type Owner = Pick<Matcher, "discoverer" | "agent" | "discoveryGroup">;

/**
 * Reads a matcher into the configuration.
 *
 * @throws UserError with its place for a value that is wrong
 */
export function readMatcher(section: Section, owner: Owner, configuration: Configuration): void {
  const given = section.texts("types");
  if (given.length === 0) throw problemAt(section.place, "This matcher has no types.");
  const isOther = ({ text }: Located) =>
    owner.discoverer === "discovery-service" && OTHER_TYPES.includes(text);
  for (const other of given.filter(isOther)) {
    configuration.passedOver.push({ ...other, text: `${other.text}: no databases, passed over` });
  }
  const named = given.filter((each) => !isOther(each)).map(matcherType);
  const types = databaseTypes.filter((type) => named.includes(type));
  if (types.length === 0) return;
  const hop = matcherHop(section);
  refuseUnsentExternalId(hop, types);
  configuration.matchers.push({
    place: section.place,
    ...owner,
    ...hop,
    types,
    regions: section.texts("regions").map(checkedRegion),
    selectsByTags: selectsByTags(section.textsByKey("tags")),
    integration: section.text("integration"),
  });
}

/** Whether a matcher looks in every region, which Teleport asks AWS for. */
export function hasWildcardRegion({ regions }: Matcher): boolean {
  return regions.some(({ text }) => text === "*");
}

/** What a matcher finds, in a line. */
export function describeMatcher(matcher: Matcher): string {
  const { types, regions, selectsByTags: byTags, discoverer, assumeRoleArn } = matcher;
  const names = types.map(({ name }) => name).join(", ");
  const where = hasWildcardRegion(matcher)
    ? " of every region (which needs account:ListRegions)"
    : regions.length === 0
      ? ""
      : ` in ${regions.map(({ text }) => plainOrQuoted(text)).join(", ")}`;
  const tags = byTags ? " with these tags" : "";
  const role = assumeRoleArn === undefined ? "" : ` as ${assumeRoleArn.text}`;
  const who = discoverer === "database-service" ? "the matcher" : "the Discovery Service";
  return `${names}: every database${where}${tags} that ${who} finds${role}`;
}

/**
 * Reads an entry of `db_service.resources` into the configuration.
 *
 * @throws UserError with its place for a value that is wrong
 */
export function readResourceMatcher(section: Section, configuration: Configuration): void {
  const aws = section.section("aws");
  const { assumeRoleArn, externalId } = readHop(aws);
  if (assumeRoleArn === undefined && externalId !== undefined) {
    aws.warn("external_id", "external_id is not sent: there is no assume_role_arn beside it.");
  }
  configuration.resourceMatchers.push({
    place: section.place,
    labels: section.textsByKey("labels"),
    assumeRoleArn,
    externalId: assumeRoleArn === undefined ? undefined : externalId,
  });
}

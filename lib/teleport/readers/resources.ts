import { plainOrQuoted } from "../../text/visible-text";
import type { Configuration } from "../configuration";
import { readDatabase } from "../databases";
import { databaseResourceKeys, discoveryConfigKeys } from "../known-keys";
import { readMatcher } from "../matchers";
import type { ConfigurationDocument } from "../parse";
import type { Place } from "../place";
import { named, type Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";
import type { Reader } from "./reader";
import { passOverOtherClouds } from "./teleport-yaml";

/**
 * Reads a database resource: its name and labels in `metadata`, the rest in `spec`.
 *
 * @param awaitsUri whether the URI is known later only
 */
export function readDatabaseResource(
  resource: Section,
  place: Place,
  awaitsUri: boolean,
  configuration: Configuration,
): void {
  const metadata = resource.section("metadata");
  const labels = metadata.section("labels");
  const heading = {
    place,
    name: metadata.text("name")?.text,
    isDynamic: true,
    awaitsUri,
    labels: new Map(labels.keys.map((key) => [key, labels.text(key)?.text ?? ""])),
  };
  readDatabase(resource.section("spec"), heading, configuration);
}

/** Reads what a discovery_config has the Discovery Services of its group look for. */
export function readDiscoveryConfig(resource: Section, configuration: Configuration): void {
  const spec = resource.section("spec");
  passOverOtherClouds(spec, configuration);
  const owner = {
    discoverer: "discovery-service",
    agent: undefined,
    discoveryGroup: spec.text("discovery_group")?.text,
  } as const;
  for (const each of spec.sections("aws")) readMatcher(each, owner, configuration);
}

function read({ root, section }: ConfigurationDocument, configuration: Configuration): void {
  const kind = section.word("kind") ?? "";
  const pass = (text: string): void => {
    configuration.passedOver.push({ ...section.place, text });
  };
  if (kind === "db_server") {
    pass("db_server: what an agent reports of a database; `tctl get db` has the database itself");
  } else if (kind === "db") {
    warnOfUnknownKeys(root, databaseResourceKeys, configuration.warnings, "The resource");
    readDatabaseResource(section, section.place, false, configuration);
  } else if (kind !== "discovery_config") {
    pass(`${plainOrQuoted(kind)}: configures no databases of AWS, passed over`);
  } else if (section.word("sub_kind") === "static-snapshot") {
    const name = section.section("metadata").text("name")?.text;
    pass(`${named("discovery_config", name)}: a copy of an agent's file, not counted again`);
  } else {
    warnOfUnknownKeys(root, discoveryConfigKeys, configuration.warnings, "The resource");
    readDiscoveryConfig(section, configuration);
  }
}

/** Resources of a Teleport cluster, as `tctl get db,discovery_config` prints them. */
export const resources: Reader = {
  title: "resources of Teleport (kind: db, kind: discovery_config)",
  recognises: ({ section: { keys } }) => keys.includes("kind") && !keys.includes("apiVersion"),
  read,
};

import { plainOrQuoted } from "../../text/visible-text";
import type { Configuration, Reader } from "../configuration";
import { readDatabase } from "../databases";
import { databaseResourceKeys, discoveryConfigKeys } from "../known-keys";
import { readMatcher } from "../matchers";
import { named, type Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";
import { skipOtherClouds } from "./teleport-yaml";

/**
 * Reads a database resource: its name and labels in `metadata`, the rest in `spec`.
 *
 * @param awaitsUri true if the URI is known later only
 */
export function readDatabaseResource(
  resource: Section,
  configuration: Configuration,
  awaitsUri = false,
): void {
  const metadata = resource.section("metadata");
  const labels = metadata.section("labels");
  const heading = {
    place: resource.place,
    name: metadata.text("name")?.text,
    labels: new Map(labels.keys.map((key) => [key, labels.text(key)?.text ?? ""])),
  };
  readDatabase(resource.section("spec"), heading, configuration, awaitsUri);
}

/** Reads the matchers of a discovery_config. */
export function readDiscoveryConfig(resource: Section, configuration: Configuration): void {
  const spec = resource.section("spec");
  skipOtherClouds(spec, configuration);
  const discoveryGroup = spec.text("discovery_group")?.text;
  for (const each of spec.sections("aws")) {
    readMatcher(each, { discoverer: "discovery_service", discoveryGroup }, configuration);
  }
}

function read(section: Section, configuration: Configuration): void {
  const kind = section.word("kind") ?? "";
  const pass = (text: string): void => {
    configuration.passOver(section.place, text);
  };
  if (kind === "db_server") {
    pass("db_server: a report of an agent, skipped; `tctl get db` prints the database itself");
  } else if (kind === "db") {
    warnOfUnknownKeys(section, databaseResourceKeys, configuration, "The resource");
    readDatabaseResource(section, configuration);
  } else if (kind !== "discovery_config") {
    pass(`${plainOrQuoted(kind)}: configures no databases of AWS, skipped`);
  } else if (section.word("sub_kind") === "static-snapshot") {
    const name = section.section("metadata").text("name")?.text;
    pass(`${named("discovery_config", name)}: a copy of an agent's file, not counted again`);
  } else {
    warnOfUnknownKeys(section, discoveryConfigKeys, configuration, "The resource");
    readDiscoveryConfig(section, configuration);
  }
}

/** Resources of a Teleport cluster, as `tctl get db,discovery_config` prints them. */
export const resources: Reader = {
  title: "resources of Teleport (kind: db, kind: discovery_config)",
  recognises: (section) => section.has("kind") && !section.has("apiVersion"),
  read,
};

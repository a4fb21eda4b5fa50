import type { Configuration } from "../configuration";
import { readDatabase, titleOf } from "../databases";
import { databaseSpecKeys, matcherKeys, otherClouds } from "../known-keys";
import { readMatcher } from "../matchers";
import type { ConfigurationDocument } from "../parse";
import type { Place } from "../place";
import type { Section } from "../section";
import type { Reader } from "./reader";
import { passOverOtherClouds } from "./teleport-yaml";

const resourceKeys: readonly string[] = [
  "kind",
  "sub_kind",
  "version",
  "metadata",
  "spec",
  "status",
  "id",
  "header",
];

const metadataKeys: readonly string[] = [
  "name",
  "description",
  "labels",
  "expires",
  "id",
  "namespace",
  "revision",
];

const discoverySpecKeys: readonly string[] = [
  "aws",
  ...otherClouds,
  "access_graph",
  "discovery_group",
];

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
  const metadata = resource.section("metadata", metadataKeys);
  const labels = metadata.mapping("labels");
  const heading = {
    place,
    name: metadata.text("name")?.text,
    isDynamic: true,
    awaitsUri,
    labels: new Map(labels.keys.map((key) => [key, labels.text(key)?.text ?? ""])),
  };
  readDatabase(resource.section("spec", databaseSpecKeys), heading, configuration);
}

/** Reads what a discovery_config has the Discovery Services of its group look for. */
export function readDiscoveryConfig(resource: Section, configuration: Configuration): void {
  const spec = resource.section("spec", discoverySpecKeys);
  passOverOtherClouds(spec, configuration);
  const owner = { discoverer: "discovery-service", isDynamic: true } as const;
  for (const each of spec.sections("aws", matcherKeys)) readMatcher(each, owner, configuration);
}

function read(document: ConfigurationDocument, configuration: Configuration): void {
  const kind = document.word("kind") ?? "";
  const pass = (text: string): void => {
    configuration.passedOver.push({ ...document.place, text });
  };
  if (kind === "db_server") {
    pass("db_server: what an agent reports of a database; `tctl get db` has the database itself");
  } else if (kind !== "db" && kind !== "discovery_config") {
    pass(`${kind}: configures no databases of AWS, passed over`);
  } else {
    const resource = document.section(resourceKeys);
    if (kind === "db") readDatabaseResource(resource, document.place, false, configuration);
    else if (document.word("sub_kind") === "static-snapshot") {
      const name = resource.section("metadata", metadataKeys).text("name")?.text;
      pass(
        `discovery_config ${titleOf(name).replace("database ", "")}: a copy of what an agent's file says, not counted again`,
      );
    } else readDiscoveryConfig(resource, configuration);
  }
}

/** Resources of a Teleport cluster, as `tctl get db,discovery_config` prints them. */
export const resources: Reader = {
  title: "resources of Teleport (kind: db, kind: discovery_config)",
  recognises: ({ keys }) => keys.includes("kind") && !keys.includes("apiVersion"),
  read,
};

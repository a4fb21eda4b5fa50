import type { Configuration } from "../configuration";
import { readDatabase } from "../databases";
import {
  databaseServiceKeys,
  discoveryServiceKeys,
  fileKeys,
  matcherKeys,
  otherClouds,
  staticDatabaseKeys,
} from "../known-keys";
import { readMatcher, readResourceMatcher } from "../matchers";
import type { ConfigurationDocument } from "../parse";
import type { Place } from "../place";
import type { Section } from "../section";
import type { Reader } from "./reader";

/** Whether YAML's text for a switch means off, in each spelling that Teleport takes. */
function isOff(text: string | undefined): boolean {
  return /^(no|off|false|n|0)$/i.test(text ?? "");
}

/** What a section looks for outside of AWS, each a remark. */
export function passOverOtherClouds(section: Section, configuration: Configuration): void {
  for (const cloud of otherClouds.filter((key) => section.isFilled(key))) {
    configuration.passedOver.push({
      ...section.placeOf(cloud),
      text: `${cloud}: not of AWS, passed over`,
    });
  }
}

/** What a Database Service is told to serve, wherever it stands. */
interface DatabaseService {
  readonly place: Place;
  readonly resources: readonly Section[];
  readonly matchers: readonly Section[];
  readonly databases: readonly Section[];
}

/** Keys of an entry of `resources`. */
export const resourceMatcherKeys: readonly string[] = ["labels", "aws"];

/** Reads the databases, matchers and resources of a Database Service. */
export function readDatabaseService(
  { place, resources, matchers, databases }: DatabaseService,
  configuration: Configuration,
): void {
  configuration.databaseServices.push(place);
  for (const each of resources) readResourceMatcher(each, configuration);
  const owner = { discoverer: "database-service", isDynamic: false } as const;
  for (const each of matchers) readMatcher(each, owner, configuration);
  for (const each of databases) {
    const heading = {
      place: each.place,
      name: each.text("name")?.text,
      isDynamic: false,
      labels: new Map<string, string>(),
    };
    readDatabase(each, heading, configuration);
  }
}

/** Reads the matchers of a Discovery Service. */
function readDiscoveryService(service: Section, configuration: Configuration): void {
  if (isOff(service.text("enabled")?.text)) {
    service.warn("enabled", "discovery_service is not enabled.");
  }
  passOverOtherClouds(service, configuration);
  const matchers = service.sections("aws", matcherKeys);
  const owner = { discoverer: "discovery-service", isDynamic: false } as const;
  for (const each of matchers) readMatcher(each, owner, configuration);
  if (matchers.length === 0) {
    configuration.passedOver.push({
      ...service.place,
      text: "discovery_service: it looks for no databases of AWS",
    });
  }
}

/** The sections of an agent's configuration. */
export function readAgent(document: ConfigurationDocument, configuration: Configuration): void {
  const file = document.section(fileKeys);
  if (file.has("db_service")) {
    const service = file.section("db_service", databaseServiceKeys);
    if (isOff(service.text("enabled")?.text)) service.warn("enabled", "db_service is not enabled.");
    passOverOtherClouds(service, configuration);
    readDatabaseService(
      {
        place: service.place,
        resources: service.sections("resources", resourceMatcherKeys),
        matchers: service.sections("aws", matcherKeys),
        databases: service.sections("databases", staticDatabaseKeys),
      },
      configuration,
    );
  }
  if (file.has("discovery_service")) {
    readDiscoveryService(file.section("discovery_service", discoveryServiceKeys), configuration);
  }
}

/** Whether a document has sections of an agent's configuration. */
export function isAgent({ keys }: ConfigurationDocument): boolean {
  return !keys.includes("kind") && keys.some((key) => key !== "version" && fileKeys.includes(key));
}

/** The file that an agent reads. */
export const teleportYaml: Reader = {
  title: "the configuration of an agent (teleport.yaml)",
  recognises: isAgent,
  read: readAgent,
};

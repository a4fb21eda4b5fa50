import type { Agent, Configuration } from "../configuration";
import { readDatabase } from "../databases";
import { agentKeys, otherClouds } from "../known-keys";
import { readMatcher, readResourceMatcher } from "../matchers";
import type { Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";
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

/** The lists of a Database Service, wherever they are written. */
export interface DatabaseService {
  readonly resources: readonly Section[];
  readonly matchers: readonly Section[];
  readonly databases: readonly Section[];
}

function readDatabaseService(
  { resources, matchers, databases }: DatabaseService,
  agent: Agent,
  configuration: Configuration,
): void {
  const owner = { discoverer: "database-service", agent, discoveryGroup: undefined } as const;
  for (const each of resources) readResourceMatcher(each, configuration);
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

function readDiscoveryService(service: Section, agent: Agent, configuration: Configuration): void {
  if (isOff(service.text("enabled")?.text)) {
    service.warn("enabled", "discovery_service is not enabled.");
  }
  passOverOtherClouds(service, configuration);
  const owner = { discoverer: "discovery-service", agent, discoveryGroup: undefined } as const;
  const matchers = service.sections("aws");
  for (const each of matchers) readMatcher(each, owner, configuration);
  if (matchers.length === 0 && agent.discoveryGroup === undefined) {
    const text = "discovery_service: it looks for no databases of AWS";
    configuration.passedOver.push({ ...service.place, text });
  }
}

/** The lists of `db_service` as an agent's file has them. */
function databaseServiceOf(file: Section, configuration: Configuration): DatabaseService {
  const service = file.section("db_service");
  if (isOff(service.text("enabled")?.text)) service.warn("enabled", "db_service is not enabled.");
  passOverOtherClouds(service, configuration);
  return {
    resources: service.sections("resources"),
    matchers: service.sections("aws"),
    databases: service.sections("databases"),
  };
}

/** What a chart makes of its own values for the process whose file is read. */
export interface FromChart {
  readonly databaseService: DatabaseService | undefined;
  readonly runsDiscoveryService: boolean;
  readonly discoveryGroup: string | undefined;
}

/**
 * Reads the sections of an agent's configuration, whose keys are checked by the caller.
 *
 * @param chart what the process has besides
 */
export function readAgent(file: Section, configuration: Configuration, chart?: FromChart): void {
  const discovery = file.has("discovery_service") ? file.section("discovery_service") : undefined;
  const lists = [
    chart?.databaseService ?? [],
    file.has("db_service") ? databaseServiceOf(file, configuration) : [],
  ].flat();
  const agent: Agent = {
    place: file.place,
    runsDatabaseService: lists.length > 0,
    runsDiscoveryService: discovery !== undefined || chart?.runsDiscoveryService === true,
    discoveryGroup: discovery?.text("discovery_group")?.text ?? chart?.discoveryGroup,
  };
  if (!agent.runsDatabaseService && !agent.runsDiscoveryService) return;
  configuration.agents.push(agent);
  for (const each of lists) readDatabaseService(each, agent, configuration);
  if (discovery !== undefined) readDiscoveryService(discovery, agent, configuration);
}

/** Whether a mapping has sections of an agent's configuration. */
export function isAgent({ keys }: Section): boolean {
  return (
    !keys.includes("kind") && keys.some((key) => key !== "version" && Object.hasOwn(agentKeys, key))
  );
}

/** The file that an agent reads. */
export const teleportYaml: Reader = {
  title: "the configuration of an agent (teleport.yaml)",
  recognises: ({ section }) => isAgent(section),
  read: ({ root, section }, configuration) => {
    warnOfUnknownKeys(root, agentKeys, configuration.warnings);
    readAgent(section, configuration);
  },
};

import type { Agent, Configuration } from "../configuration";
import { readDatabase } from "../databases";
import { agentKeys, otherClouds } from "../known-keys";
import { readMatcher, readResourceMatcher } from "../matchers";
import type { Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";
import type { Reader } from "./reader";

/** Whether a service is switched off, in each spelling that Teleport takes. */
function isOff(service: Section): boolean {
  return /^(no|off|false|n|0)$/i.test(service.text("enabled")?.text ?? "");
}

/** A service of the file; nothing if it is switched off and has nothing to do. */
function serviceOf(file: Section, key: string, lists: readonly string[]): Section | undefined {
  const service = file.section(key);
  if (!file.has(key)) return undefined;
  if (!isOff(service)) return service;
  if (!lists.some((list) => service.isFilled(list))) return undefined;
  service.warn("enabled", `${key} is not enabled.`);
  return service;
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
function listsOf(service: Section, configuration: Configuration): DatabaseService {
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
  const discovery = serviceOf(file, "discovery_service", ["aws"]);
  const database = serviceOf(file, "db_service", ["resources", "aws", "databases"]);
  const lists = [
    chart?.databaseService ?? [],
    database === undefined ? [] : listsOf(database, configuration),
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

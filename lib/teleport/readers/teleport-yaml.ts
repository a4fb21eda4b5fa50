import type { Agent, Configuration, Reader } from "../configuration";
import { readDatabase } from "../databases";
import { agentKeys, otherClouds } from "../known-keys";
import { readMatcher, readResourceMatcher } from "../matchers";
import type { Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";

/** A service of the file; nothing if it is switched off and has nothing to do. */
function serviceOf(
  file: Section,
  key: string,
  lists: readonly string[],
  configuration: Configuration,
): Section | undefined {
  const service = file.section(key);
  if (!file.has(key)) return undefined;
  const enabled = service.text("enabled")?.text ?? "";
  // Each spelling that Teleport takes.
  if (!/^(no|off|false|n|0)$/i.test(enabled)) return service;
  if (!lists.some((list) => service.isFilled(list))) return undefined;
  configuration.warn(service.node("enabled").place, `${key} is not enabled.`);
  return service;
}

/** Notes the matchers of a section outside of AWS. */
export function skipOtherClouds(section: Section, configuration: Configuration): void {
  for (const cloud of otherClouds.filter((key) => section.isFilled(key))) {
    configuration.passOver(section.node(cloud).place, `${cloud}: not of AWS, skipped`);
  }
}

const LISTS = ["resources", "aws", "databases"] as const;

/** Settings of a chart for the process whose file is read; `lists` are those of its `db_service`, if it runs that. */
export interface FromChart extends Pick<Agent, "runsDiscoveryService" | "discoveryGroup"> {
  readonly lists: Readonly<Record<(typeof LISTS)[number], readonly Section[]>> | undefined;
}

/**
 * Reads the sections of an agent's configuration, whose keys are checked by the caller.
 *
 * @param chart other settings of the process
 */
export function readAgent(file: Section, configuration: Configuration, chart?: FromChart): void {
  const discovery = serviceOf(file, "discovery_service", ["aws"], configuration);
  const database = serviceOf(file, "db_service", LISTS, configuration);
  const agent: Agent = {
    file: file.place.file,
    runsDatabaseService: database !== undefined || chart?.lists !== undefined,
    runsDiscoveryService: discovery !== undefined || chart?.runsDiscoveryService === true,
    discoveryGroup: discovery?.text("discovery_group")?.text ?? chart?.discoveryGroup,
  };
  if (!agent.runsDatabaseService && !agent.runsDiscoveryService) return;
  configuration.agents.push(agent);
  const all = (list: (typeof LISTS)[number]) => [
    ...(chart?.lists?.[list] ?? []),
    ...(database?.sections(list) ?? []),
  ];
  for (const each of all("resources")) readResourceMatcher(each, configuration);
  for (const each of all("aws")) {
    readMatcher(each, { discoverer: "database_service", agent }, configuration);
  }
  for (const each of all("databases")) {
    const heading = { place: each.place, name: each.text("name")?.text, labels: undefined };
    readDatabase(each, heading, configuration);
  }
  for (const service of [database, discovery]) {
    if (service !== undefined) skipOtherClouds(service, configuration);
  }
  for (const each of discovery?.sections("aws") ?? []) {
    readMatcher(each, { discoverer: "discovery_service", agent }, configuration);
  }
  if (discovery?.isFilled("aws") === false && agent.discoveryGroup === undefined) {
    const text = "discovery_service: no matcher finds AWS databases";
    configuration.passOver(discovery.place, text);
  }
}

/** True if a mapping has sections of an agent's configuration. */
export function isAgent({ keys }: Section): boolean {
  return (
    !keys.includes("kind") && keys.some((key) => key !== "version" && Object.hasOwn(agentKeys, key))
  );
}

/** The file that an agent reads. */
export const teleportYaml: Reader = {
  title: "the configuration of an agent (teleport.yaml)",
  recognises: isAgent,
  read: (section, configuration) => {
    warnOfUnknownKeys(section, agentKeys, configuration);
    readAgent(section, configuration);
  },
};

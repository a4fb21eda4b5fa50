import { plainOrQuoted } from "../../text/visible-text";
import type { Configuration, Reader } from "../configuration";
import { agentKeys, kubeAgentKeys } from "../known-keys";
import { problemAt } from "../place";
import { Section } from "../section";
import { isMapping } from "../tree";
import { warnOfUnknownKeys } from "../unknown-keys";
import { readServiceRole } from "./kubernetes";
import { type FromChart, readAgent } from "./teleport-yaml";

/** Keys of `db_service`, and the values of teleport-kube-agent that it copies there. */
const COPIED = {
  databases: "databases",
  aws: "awsDatabases",
  resources: "databaseResources",
  azure: "azureDatabases",
} as const;

/** The chart's own values, or those under its name in the values of a chart around it. */
function valuesOf(chart: "teleport-kube-agent" | "teleport-cluster", section: Section): Section {
  const own = section.node(chart);
  return isMapping(own.content) ? new Section(own) : section;
}

function isKubeAgent(values: Section): boolean {
  return (
    Object.values(COPIED).some((key) => values.has(key)) ||
    (values.has("roles") && (values.has("proxyAddr") || values.has("teleportConfig")))
  );
}

function isCluster(values: Section): boolean {
  const own = ["auth", "proxy", "chartMode", "proxyListenerMode", "acme"];
  return values.has("clusterName") && own.some((key) => values.has(key));
}

/** The lists that the values make for `db_service`; nothing if the chart does not run it. */
function listsOf(
  values: Section,
  replaced: Section,
  roles: readonly string[],
  configuration: Configuration,
): FromChart["lists"] {
  if (!roles.includes("db")) {
    const filled = Object.values(COPIED).filter((key) => values.isFilled(key));
    if (filled[0] === undefined) return undefined;
    throw problemAt(
      values.node(filled[0]).place,
      `The values have ${filled.join(" and ")}, but the chart does not run the Database Service: roles is ${plainOrQuoted(roles.join(",") || "kube")}. Add db to roles.`,
    );
  }
  if (values.isFilled(COPIED.azure)) {
    configuration.passOver(values.node(COPIED.azure).place, `${COPIED.azure}: not of AWS, skipped`);
  }
  // Settings of teleportConfig replace those that the chart renders from other values.
  const list = (key: keyof typeof COPIED) =>
    replaced.has(key) ? [] : values.sections(COPIED[key]);
  return { resources: list("resources"), aws: list("aws"), databases: list("databases") };
}

function readKubeAgent(values: Section, configuration: Configuration): void {
  warnOfUnknownKeys(values, kubeAgentKeys, configuration, "The chart");
  const roles = values
    .textOrTexts("roles")
    .flatMap(({ text }) => text.split(/[\s,]/))
    .filter((role) => role !== "");
  const overrides = values.section("teleportConfig");
  readAgent(overrides, configuration, {
    lists: listsOf(values, overrides.section("db_service"), roles, configuration),
    runsDiscoveryService: roles.includes("discovery"),
    // The chart's Discovery Service follows the group of the cluster's name.
    discoveryGroup: values.text("kubeClusterName")?.text,
  });
  const account =
    values.section("serviceAccount").text("name") ?? values.text("serviceAccountName");
  const annotations = values.section("annotations").section("serviceAccount");
  // The chart is installed into a namespace that its values do not name.
  readServiceRole(annotations, account?.text, undefined, configuration);
}

/**
 * Reads what teleport-cluster's processes get beside the cluster's own services: the chart merges
 * `auth.teleportConfig` and `proxy.teleportConfig` into their files.
 *
 * https://goteleport.com/docs/reference/helm-reference/teleport-cluster/
 */
function readCluster(values: Section, configuration: Configuration): void {
  const account = values.section("serviceAccount").text("name")?.text;
  let isSkipped = true;
  for (const component of ["auth", "proxy"]) {
    const own = values.section(component);
    const config = own.section("teleportConfig");
    if (!config.has("db_service") && !config.has("discovery_service")) continue;
    isSkipped = false;
    warnOfUnknownKeys(config, agentKeys, configuration, `${component}.teleportConfig`);
    readAgent(config, configuration);
    for (const each of [own, values]) {
      const annotations = each.section("annotations").section("serviceAccount");
      if (readServiceRole(annotations, account, undefined, configuration)) break;
    }
  }
  if (!isSkipped) return;
  const text =
    "values of the chart teleport-cluster without db_service or discovery_service in auth.teleportConfig or proxy.teleportConfig: skipped";
  configuration.passOver(values.place, text);
}

/** Values of the Helm charts that run agents. */
export const helmValues: Reader = {
  title: "values of the Helm chart teleport-kube-agent or teleport-cluster",
  recognises: (section) =>
    isKubeAgent(valuesOf("teleport-kube-agent", section)) ||
    isCluster(valuesOf("teleport-cluster", section)),
  read: (section, configuration) => {
    const agent = valuesOf("teleport-kube-agent", section);
    const cluster = valuesOf("teleport-cluster", section);
    if (isKubeAgent(agent)) readKubeAgent(agent, configuration);
    if (isCluster(cluster)) readCluster(cluster, configuration);
  },
};

import * as rules from "../../catalog/formats";
import { plainOrQuoted } from "../../text/visible-text";
import { checked } from "../checked";
import type { Configuration } from "../configuration";
import { agentKeys, kubeAgentKeys } from "../known-keys";
import { type ConfigurationDocument, documentOf } from "../parse";
import { type Located, problemAt } from "../place";
import type { Section } from "../section";
import { warnOfUnknownKeys } from "../unknown-keys";
import { ROLE_ANNOTATION } from "./kubernetes";
import type { Reader } from "./reader";
import { type DatabaseService, readAgent } from "./teleport-yaml";

/** Values that teleport-kube-agent copies into `db_service`, and the key that each gets there. */
const copied = {
  databases: "databases",
  awsDatabases: "aws",
  databaseResources: "resources",
  azureDatabases: "azure",
} as const;

/** One of these values. */
type Copied = keyof typeof copied;

const copiedKeys = Object.keys(copied) as Copied[];

/** The chart's own values, or those under its name in the values of a chart around it. */
function valuesOf(
  chart: "teleport-kube-agent" | "teleport-cluster",
  document: ConfigurationDocument,
  warnings: Configuration["warnings"],
): ConfigurationDocument {
  const own = document.root.entries.get(chart)?.value;
  return own?.kind === "mapping" ? documentOf(own, warnings) : document;
}

function isKubeAgent({ section: { keys } }: ConfigurationDocument): boolean {
  return (
    keys.some((key) => copiedKeys.some((known) => known === key)) ||
    (keys.includes("roles") && (keys.includes("proxyAddr") || keys.includes("teleportConfig")))
  );
}

function isCluster({ section: { keys } }: ConfigurationDocument): boolean {
  const has = (key: string) => keys.includes(key);
  return (
    has("clusterName") && ["auth", "proxy", "chartMode", "proxyListenerMode", "acme"].some(has)
  );
}

/** Reads the role of a service account's annotations. */
function readServiceRole(
  annotations: Section,
  serviceAccount: Located | undefined,
  configuration: Configuration,
): void {
  const arn = checked(ROLE_ANNOTATION, annotations.text(ROLE_ANNOTATION), rules.roleArn);
  if (arn === undefined) return;
  // The chart is installed into a namespace that its values do not name.
  configuration.serviceRoles.push({ arn, serviceAccount, namespace: undefined });
}

/** What the values make of `db_service`; nothing if the chart does not run it. */
function chartService(
  values: Section,
  replaced: readonly string[],
  roles: readonly string[],
  configuration: Configuration,
): DatabaseService | undefined {
  const filled = copiedKeys.filter((key) => values.isFilled(key));
  if (!roles.includes("db")) {
    const [first] = filled;
    if (first === undefined) return undefined;
    throw problemAt(
      values.placeOf(first),
      `The values have ${filled.join(" and ")}, but the chart does not run the Database Service: roles is ${plainOrQuoted(roles.join(",") || "kube")}. Add db to roles.`,
    );
  }
  if (values.isFilled("azureDatabases")) {
    const place = values.placeOf("azureDatabases");
    configuration.passedOver.push({ ...place, text: "azureDatabases: not of AWS, passed over" });
  }
  // What teleportConfig has replaces what the chart makes of the other values.
  const sections = (key: Copied) => (replaced.includes(copied[key]) ? [] : values.sections(key));
  return {
    resources: sections("databaseResources"),
    matchers: sections("awsDatabases"),
    databases: sections("databases"),
  };
}

function readKubeAgent(
  { root, section: values }: ConfigurationDocument,
  configuration: Configuration,
): void {
  warnOfUnknownKeys(root, kubeAgentKeys, configuration.warnings, "The chart");
  const roles = values
    .textOrTexts("roles")
    .flatMap(({ text }) => text.split(/[\s,]/))
    .filter((role) => role !== "");
  const overrides = values.section("teleportConfig");
  const replaced = overrides.section("db_service").keys;
  readAgent(overrides, configuration, {
    databaseService: chartService(values, replaced, roles, configuration),
    runsDiscoveryService: roles.includes("discovery"),
    // The chart's Discovery Service follows the group of the cluster's name.
    discoveryGroup: values.text("kubeClusterName")?.text,
  });
  readServiceRole(
    values.section("annotations").section("serviceAccount"),
    values.section("serviceAccount").text("name") ?? values.text("serviceAccountName"),
    configuration,
  );
}

/**
 * Reads what teleport-cluster's processes get beside the cluster's own services: the chart merges
 * `auth.teleportConfig` and `proxy.teleportConfig` into their files.
 *
 * https://goteleport.com/docs/reference/helm-reference/teleport-cluster/
 */
function readCluster(
  { section: values }: ConfigurationDocument,
  configuration: Configuration,
): void {
  for (const component of ["auth", "proxy"]) {
    const own = values.section(component);
    const config = own.section("teleportConfig");
    if (!config.has("db_service") && !config.has("discovery_service")) continue;
    if (config.node !== undefined) {
      warnOfUnknownKeys(
        config.node,
        agentKeys,
        configuration.warnings,
        `${component}.teleportConfig`,
      );
    }
    readAgent(config, configuration);
    const annotations = [own, values]
      .map((each) => each.section("annotations").section("serviceAccount"))
      .find((each) => each.has(ROLE_ANNOTATION));
    if (annotations !== undefined) {
      const name = values.section("serviceAccount").text("name");
      readServiceRole(annotations, name, configuration);
    }
  }
  if (configuration.agents.length === 0) {
    const text =
      "values of the chart teleport-cluster without db_service or discovery_service in auth.teleportConfig or proxy.teleportConfig: passed over";
    configuration.passedOver.push({ ...values.place, text });
  }
}

/** Values of the Helm charts that run agents. */
export const helmValues: Reader = {
  title: "values of the Helm chart teleport-kube-agent or teleport-cluster",
  recognises: (document) =>
    isKubeAgent(valuesOf("teleport-kube-agent", document, [])) ||
    isCluster(valuesOf("teleport-cluster", document, [])),
  read: (document, configuration) => {
    const { warnings } = configuration;
    const agent = valuesOf("teleport-kube-agent", document, warnings);
    const cluster = valuesOf("teleport-cluster", document, warnings);
    if (isKubeAgent(agent)) readKubeAgent(agent, configuration);
    if (isCluster(cluster)) readCluster(cluster, configuration);
  },
};

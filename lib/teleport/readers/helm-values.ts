import * as rules from "../../catalog/formats";
import { checked } from "../checked";
import type { Configuration } from "../configuration";
import { matcherKeys, staticDatabaseKeys } from "../known-keys";
import type { ConfigurationDocument } from "../parse";
import { problemAt } from "../place";
import type { Section } from "../section";
import { ROLE_ANNOTATION } from "./kubernetes";
import type { Reader } from "./reader";
import { readAgent, readDatabaseService, resourceMatcherKeys } from "./teleport-yaml";

const CHART = "teleport-kube-agent";

/** Values that the chart copies as they stand into `db_service`, and the key that each gets there. */
const copied = {
  databases: "databases",
  awsDatabases: "aws",
  databaseResources: "resources",
  azureDatabases: "azure",
} as const;

/** One of these values. */
type Copied = keyof typeof copied;

const copiedKeys = Object.keys(copied) as Copied[];

/**
 * The values of the chart.
 * https://goteleport.com/docs/reference/helm-reference/teleport-kube-agent/
 */
const chartKeys: readonly string[] = [
  ...copiedKeys,
  ...["roles", "proxyAddr", "teleportConfig", "annotations", "serviceAccount"],
  ...["adminClusterRoleBinding", "affinity", "appResources", "apps", "authToken", "caPin"],
  ...["clusterDomain", "clusterRoleBindingName", "clusterRoleName", "dnsConfig", "dnsPolicy"],
  ...["enterprise", "enterpriseImage", "existingDataVolume", "extraArgs", "extraContainers"],
  ...["extraEnv", "extraLabels", "extraVolumeMounts", "extraVolumes", "global"],
  ...["highAvailability", "hostAliases", "hostNetwork", "image", "imagePullPolicy"],
  ...["imagePullSecrets", "initContainers", "initSecurityContext", "insecureSkipProxyTLSVerify"],
  ...["jamfApiEndpoint", "jamfClientId", "jamfClientSecret", "jamfCredentialsSecret"],
  ...["jamfPassword", "jamfUsername", "joinParams", "joinTokenSecret", "kubeClusterName"],
  ...["kubernetesDiscovery", "labels", "log", "logLevel", "nodeSelector", "podMonitor"],
  ...["podSecurityContext", "podSecurityPolicy", "priorityClassName", "probeTimeoutSeconds"],
  ...["rbac", "replicaCount", "resources", "roleBindingName", "roleName", "secretName"],
  ...["securityContext", "serviceAccountName", "storage", "teleportVersionOverride"],
  ...["terminationGracePeriodSeconds", "tls", "tolerations", "topologySpreadConstraints"],
  ...["updater"],
];

/** The chart's own values, or those under its name in the values of a chart around it. */
function ownValues(document: ConfigurationDocument): ConfigurationDocument {
  return document.nested(CHART) ?? document;
}

function isOfThisChart({ keys }: ConfigurationDocument): boolean {
  return (
    keys.some((key) => copiedKeys.some((known) => known === key)) ||
    (keys.includes("roles") && (keys.includes("proxyAddr") || keys.includes("teleportConfig")))
  );
}

/** Reads the role that the agent's service account stands for. */
function readServiceRole(values: Section, configuration: Configuration): void {
  const annotation = values.mapping("annotations").mapping("serviceAccount").text(ROLE_ANNOTATION);
  const arn = checked(ROLE_ANNOTATION, annotation, rules.roleArn);
  if (arn === undefined) return;
  const serviceAccount =
    values.mapping("serviceAccount").text("name") ?? values.text("serviceAccountName");
  // The chart is installed into a namespace that its values do not name.
  configuration.serviceRoles.push({ arn, serviceAccount, namespace: undefined });
}

function read(document: ConfigurationDocument, configuration: Configuration): void {
  const own = ownValues(document);
  const values = own.section(chartKeys);
  const roles = values.textOrTexts("roles").flatMap(({ text }) => text.split(/[\s,]+/));
  const overrides = own.nested("teleportConfig");
  // What teleportConfig says goes over what the chart makes of the other values.
  const replaced = overrides?.nested("db_service")?.keys ?? [];
  const sections = (key: Copied, known: readonly string[]): Section[] =>
    replaced.includes(copied[key]) ? [] : values.sections(key, known);
  const filled = copiedKeys.filter((key) => values.isFilled(key));
  if (roles.includes("db")) {
    readDatabaseService(
      {
        place: values.place,
        resources: sections("databaseResources", resourceMatcherKeys),
        matchers: sections("awsDatabases", matcherKeys),
        databases: sections("databases", staticDatabaseKeys),
      },
      configuration,
    );
    if (values.isFilled("azureDatabases")) {
      const place = values.placeOf("azureDatabases");
      configuration.passedOver.push({ ...place, text: "azureDatabases: not of AWS, passed over" });
    }
  } else if (filled.length > 0) {
    throw problemAt(
      values.placeOf(filled[0] ?? ""),
      `The values have ${filled.join(" and ")}, and the chart runs no Database Service, for its roles are ${roles.join(",") || "kube"}. Add db to roles.`,
    );
  }
  if (overrides !== undefined) readAgent(overrides, configuration);
  readServiceRole(values, configuration);
}

/** Values of the Helm chart that runs agents. */
export const helmValues: Reader = {
  title: `values of the Helm chart ${CHART}`,
  recognises: (document) => isOfThisChart(ownValues(document)),
  read,
};

import { databaseTypes } from "../catalog";
import { variablePrefix } from "../catalog/database-type";

/*
 * The keys of Teleport's configuration, as a tree for each format.
 *
 * https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 * https://github.com/gravitational/teleport/blob/master/lib/config/fileconf.go
 */

/** The keys of a mapping, or of each mapping in a list. `any` is a value that is not looked into. */
export type Keys = { readonly [key: string]: Keys } | "any";

/** Keys, by their names with blanks between them, whose values are not looked into. */
function keys(names: string): Readonly<Record<string, Keys>> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, "any"]));
}

/** The clouds that `discovery_service` and a discovery_config know beside AWS. */
export const otherClouds = ["azure", "gcp", "kube", "kubernetes"] as const;

const hop = keys("assume_role_arn external_id");

const matcher: Keys = {
  ...hop,
  ...keys("types regions tags install install_params ssm integration kube_app_discovery"),
  ...keys("organization setup_access_for_arn"),
  assume_role: keys("role_arn external_id role_name"),
};

const resourceMatcher: Keys = { labels: "any", aws: hop };

/** Keys that a database has in teleport.yaml and in a resource alike. */
const database: Readonly<Record<string, Keys>> = {
  ...keys("protocol uri dynamic_labels oracle"),
  aws: {
    ...hop,
    ...keys("region account_id session_tags iam_policy_status"),
    secret_store: keys("key_prefix kms_key_id"),
    ...Object.fromEntries(
      databaseTypes.flatMap(({ name, configured: { settings } }) =>
        settings === undefined
          ? []
          : [[variablePrefix(name), keys(Object.keys(settings).join(" "))]],
      ),
    ),
  },
  tls: keys("mode server_name ca_cert_file ca_cert trust_system_cert_pool"),
  mysql: keys("server_version"),
  gcp: keys("project_id instance_id alloydb"),
  ad: keys(`keytab_file krb5_file domain spn ldap_cert kdc_host_name
    ldap_service_account_name ldap_service_account_sid`),
  azure: keys("name resource_id is_flexi_server redis"),
  admin_user: keys("name default_database"),
};

const staticDatabase: Keys = {
  ...keys("name description ca_cert_file static_labels"),
  ...database,
};

/** Sections of teleport.yaml. */
export const agentKeys: Readonly<Record<string, Keys>> = {
  ...keys(`version teleport auth_service proxy_service ssh_service app_service debug_service
    jamf_service kubernetes_service metrics_service okta_service plugins relay_service
    tracing_service windows_desktop_service`),
  db_service: {
    ...keys("enabled listen_addr azure"),
    resources: resourceMatcher,
    aws: matcher,
    databases: staticDatabase,
  },
  discovery_service: {
    ...keys(`enabled access_graph discovery_group poll_interval ${otherClouds.join(" ")}`),
    aws: matcher,
  },
};

/**
 * Values of the chart teleport-kube-agent.
 * https://github.com/gravitational/teleport/blob/master/examples/chart/teleport-kube-agent/values.yaml
 */
export const kubeAgentKeys: Keys = {
  ...keys("roles proxyAddr azureDatabases serviceAccountName extraLabels"),
  databases: staticDatabase,
  awsDatabases: matcher,
  databaseResources: resourceMatcher,
  teleportConfig: agentKeys,
  annotations: keys("config deployment pod secret serviceAccount"),
  serviceAccount: keys("create name"),
  log: keys("level output format extraFields"),
  tls: keys("existingSecretName existingCASecretName existingCASecretKeyName"),
  highAvailability: {
    ...keys("replicaCount requireAntiAffinity"),
    podDisruptionBudget: keys("enabled minAvailable"),
  },
  ...keys(`adminClusterRoleBinding affinity appResources apps authToken caPin clusterDomain
    clusterRoleBindingName clusterRoleName dnsConfig dnsPolicy enterprise enterpriseImage
    existingDataVolume extraArgs extraContainers extraEnv extraVolumeMounts extraVolumes
    fullnameOverride global hostAliases hostNetwork image imagePullPolicy imagePullSecrets
    initContainers initSecurityContext insecureSkipProxyTLSVerify jamfApiEndpoint jamfClientId joinParams joinTokenSecret
    jamfClientSecret jamfCredentialsSecret jamfPassword jamfUsername kubeClusterName
    kubernetesDiscovery labels logLevel nameOverride nodeSelector podMonitor podSecurityContext
    podSecurityPolicy priorityClassName probeTimeoutSeconds rbac replicaCount resources
    roleBindingName roleName secretName securityContext storage teleportClusterName
    teleportVersionOverride terminationGracePeriodSeconds tolerations topologySpreadConstraints
    updater`),
};

const resource: Readonly<Record<string, Keys>> = {
  ...keys("kind sub_kind version status id"),
  metadata: keys("name description labels expires id namespace revision"),
};

const databaseSpec: Keys = { ...database, ...keys("ca_cert mongo_atlas resource_id") };

/** Keys of a `kind: db`. */
export const databaseResourceKeys: Keys = { ...resource, spec: databaseSpec };

/** Keys of a `kind: discovery_config`. */
export const discoveryConfigKeys: Keys = {
  ...resource,
  header: "any",
  spec: { ...keys(`access_graph discovery_group ${otherClouds.join(" ")}`), aws: matcher },
};

/**
 * Keys of a TeleportDatabaseV3. What Kubernetes itself keeps in `metadata` is the cluster's concern.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export const databaseManifestKeys: Keys = {
  ...keys("apiVersion kind metadata status"),
  spec: databaseSpec,
};

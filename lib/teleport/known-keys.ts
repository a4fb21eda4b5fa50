import { databaseTypes } from "../catalog";

/*
 * The keys of Teleport's configuration that this program knows, by section.
 * https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */

/** Keys of a hop to another role. */
export const hopKeys: readonly string[] = ["assume_role_arn", "external_id"];

/** Sections of teleport.yaml. */
export const fileKeys: readonly string[] = [
  "version",
  "teleport",
  "auth_service",
  "proxy_service",
  "ssh_service",
  "app_service",
  "db_service",
  "debug_service",
  "discovery_service",
  "jamf_service",
  "kubernetes_service",
  "metrics_service",
  "okta_service",
  "plugins",
  "relay_service",
  "tracing_service",
  "windows_desktop_service",
];

/** Keys of `db_service`. */
export const databaseServiceKeys: readonly string[] = [
  "enabled",
  "listen_addr",
  "resources",
  "aws",
  "azure",
  "databases",
];

/** What `discovery_service` and a discovery_config look for outside of AWS. */
export const otherClouds: readonly string[] = ["azure", "gcp", "kube", "kubernetes"];

/** Keys of `discovery_service`. */
export const discoveryServiceKeys: readonly string[] = [
  "enabled",
  "aws",
  ...otherClouds,
  "access_graph",
  "discovery_group",
  "poll_interval",
];

/** Keys of a matcher of AWS databases. */
export const matcherKeys: readonly string[] = [
  ...hopKeys,
  "assume_role",
  "types",
  "regions",
  "tags",
  "install",
  "install_params",
  "ssm",
  "integration",
  "kube_app_discovery",
  "organization",
  "setup_access_for_arn",
];

/** Keys of a database under `aws`. */
export const databaseAwsKeys: readonly string[] = [
  ...hopKeys,
  "region",
  "account_id",
  "secret_store",
  "session_tags",
  "iam_policy_status",
  ...databaseTypes.flatMap(({ configured }) => configured.settings?.key ?? []),
];

/** Keys that a database has in teleport.yaml and in a resource alike. */
const databaseKeys = [
  "protocol",
  "uri",
  "tls",
  "mysql",
  "dynamic_labels",
  "aws",
  "gcp",
  "ad",
  "azure",
  "admin_user",
  "oracle",
];

/** Keys of a database in teleport.yaml. */
export const staticDatabaseKeys: readonly string[] = [
  ...databaseKeys,
  "name",
  "description",
  "ca_cert_file",
  "static_labels",
];

/** Keys of a database resource's `spec`. */
export const databaseSpecKeys: readonly string[] = [...databaseKeys, "ca_cert", "mongo_atlas"];

/** Keys of `secret_store`. */
export const secretStoreKeys: readonly string[] = ["key_prefix", "kms_key_id"];

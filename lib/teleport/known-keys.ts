import { databaseTypes } from "../catalog";

/*
 * The keys of Teleport's configuration file that this program knows.
 * https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */

const assumeRole = ["assume_role_arn", "external_id"] as const;

/** Keys by section. */
export const knownKeys = {
  file: [
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
  ],
  db_service: ["enabled", "listen_addr", "resources", "aws", "azure", "databases"],
  resource: ["labels", "aws"],
  resourceAws: assumeRole,
  matcher: [
    ...assumeRole,
    "types",
    "regions",
    "tags",
    "install",
    "ssm",
    "integration",
    "kube_app_discovery",
    "setup_access_for_arn",
  ],
  database: [
    "name",
    "description",
    "protocol",
    "uri",
    "ca_cert_file",
    "tls",
    "mysql",
    "static_labels",
    "dynamic_labels",
    "aws",
    "gcp",
    "ad",
    "azure",
    "admin_user",
    "oracle",
  ],
  databaseAws: [
    ...assumeRole,
    "region",
    "account_id",
    "secret_store",
    "session_tags",
    ...databaseTypes.flatMap(({ configured }) => configured.settings?.key ?? []),
  ],
  secretStore: ["key_prefix", "kms_key_id"],
} satisfies Record<string, readonly string[]>;

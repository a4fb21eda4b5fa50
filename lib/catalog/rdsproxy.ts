import { fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { narrowing } from "./narrowing";
import { regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { databases, narrowedBy } from "./statement";

const source = referencePage("rds-proxy");

/** Amazon RDS Proxy. */
export const rdsproxy: DatabaseType = {
  name: "rdsproxy",
  aliases: ["rds-proxy"],
  title: "RDS Proxy",
  purpose: "Connects to RDS proxies with IAM authentication.",
  source,
  statements: [
    {
      sid: "RDSProxyConnect",
      actions: ["rds-db:connect"],
      connects: true,
      resources: narrowedBy({
        variable: "rdsproxy_database_users",
        description: "Database users that Teleport may connect as, by RDS proxy",
        fields: { resource_id: "rds_proxy_resource_id", user_name: "database_user" },
        arns: ["rds-db:{region}:{account}:dbuser:{resource_id}/{user_name}"],
      }),
      purpose: "Generate the authentication token that opens a connection.",
      source:
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
    },
    fetchMetadata("rdsproxy", "RDS proxies", {
      sid: "RDSProxyFetchMetadata",
      actions: ["rds:DescribeDBProxies", "rds:DescribeDBProxyEndpoints"],
      discovery: { actions: ["rds:DescribeDBProxyEndpoints", "rds:ListTagsForResource"], arns: [] },
      resources: {
        ...databases(
          narrowing({
            variable: "rdsproxy_proxies",
            description: "RDS proxies whose metadata may be read",
            fields: { resource_id: "rds_proxy_resource_id" },
            arns: ["rds:{region}:{account}:db-proxy:{resource_id}"],
          }),
          narrowing({
            variable: "rdsproxy_endpoints",
            description: "RDS proxy endpoints whose metadata may be read",
            fields: { endpoint_id: "rds_proxy_endpoint_id" },
            arns: ["rds:{region}:{account}:db-proxy-endpoint:{endpoint_id}"],
          }),
        ),
        name: "rdsproxy_metadata",
      },
      source,
    }),
    finds("RDSProxyDiscovery", "RDS proxies", {
      actions: ["rds:DescribeDBProxies"],
      arns: ["rds:{region}:{account}:db-proxy:{resource_id}"],
    }),
  ],
  configured: {
    hosts: [
      ...regionalHosts("[^.]+\\.(?:endpoint\\.)?proxy-[^.]+", "rds"),
      /\.proxy-[^.]+\.(rds\.)?[^.]+\.(rds\.)?amazonaws\.com(\.cn)?$/,
    ],
    // A proxy's resource ID does not name its custom endpoints, so nothing is narrowed by it.
    settings: { name: null, custom_endpoint_name: null, resource_id: null },
  },
};

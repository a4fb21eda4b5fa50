/** The ARNs of each narrowing, written out by hand from AWS's ARN formats. */
import { ACCOUNT } from "../support/reference-page";

/** A narrowing with one object, and the requests that it must allow. */
export interface NarrowingCase {
  readonly variable: string;
  readonly value: Readonly<Record<string, string>>;
  /** Actions of the statements that the variable narrows. */
  readonly actions: readonly string[];
  /** The ARNs that AWS asks for, all of them for one request. */
  readonly arns: readonly string[];
  /** Text of the ARNs, and what stands in its place in a request that must be denied. */
  readonly others: Readonly<Record<string, string>>;
  /** The module's policy, or the one that the database-user roles of a type carry. */
  readonly carriedBy?: "redshift" | "redshift-serverless";
}

const WORKGROUP = "01234567-89ab-cdef-0123-456789abcdef";
const OTHER_UUID = "fedcba98-89ab-cdef-0123-456789abcdef";

export const narrowingCases: readonly NarrowingCase[] = [
  {
    variable: "rds_database_users",
    value: { region: "us-east-1", resource_id: "db-ABCDEFGHIJKL01234", user_name: "alice" },
    actions: ["rds-db:connect"],
    arns: [`arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:db-ABCDEFGHIJKL01234/alice`],
    others: { alice: "bob", "db-ABCDEFGHIJKL01234": "cluster-ABCDEFGHIJKL01234" },
  },
  {
    variable: "rds_instances",
    value: { region: "us-east-1", instance_name: "orders" },
    actions: ["rds:DescribeDBInstances", "rds:ModifyDBInstance"],
    arns: [`arn:aws:rds:us-east-1:${ACCOUNT}:db:orders`],
    others: { orders: "orders-2" },
  },
  {
    variable: "rds_clusters",
    value: { region: "us-east-1", cluster_name: "ledger" },
    actions: ["rds:DescribeDBClusters", "rds:ModifyDBCluster"],
    arns: [`arn:aws:rds:us-east-1:${ACCOUNT}:cluster:ledger`],
    others: { ledger: "payroll" },
  },
  {
    variable: "rdsproxy_database_users",
    value: { region: "us-east-1", resource_id: "prx-0123456789abcdef0", user_name: "alice" },
    actions: ["rds-db:connect"],
    arns: [`arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:prx-0123456789abcdef0/alice`],
    others: { alice: "bob", "prx-0123456789abcdef0": "prx-fffffffffffffffff" },
  },
  {
    variable: "rdsproxy_proxies",
    value: { region: "us-east-1", resource_id: "prx-0123456789abcdef0" },
    actions: ["rds:DescribeDBProxies"],
    arns: [`arn:aws:rds:us-east-1:${ACCOUNT}:db-proxy:prx-0123456789abcdef0`],
    others: { "prx-0123456789abcdef0": "prx-fffffffffffffffff" },
  },
  {
    variable: "rdsproxy_endpoints",
    value: { region: "us-east-1", endpoint_id: "prx-endpoint-0123456789abcdef0" },
    actions: ["rds:DescribeDBProxyEndpoints"],
    arns: [`arn:aws:rds:us-east-1:${ACCOUNT}:db-proxy-endpoint:prx-endpoint-0123456789abcdef0`],
    others: { "prx-endpoint-0123456789abcdef0": "prx-endpoint-fffffffffffffffff" },
  },
  {
    variable: "redshift_database_users",
    value: {
      region: "us-east-1",
      cluster_name: "warehouse",
      user_name: "analyst",
      database_name: "sales",
    },
    actions: ["redshift:GetClusterCredentials"],
    arns: [
      `arn:aws:redshift:us-east-1:${ACCOUNT}:dbuser:warehouse/analyst`,
      `arn:aws:redshift:us-east-1:${ACCOUNT}:dbname:warehouse/sales`,
    ],
    others: { warehouse: "lake", analyst: "admin", sales: "hr" },
  },
  {
    variable: "redshift_clusters",
    value: { region: "us-east-1", cluster_name: "warehouse" },
    actions: ["redshift:DescribeClusters"],
    arns: [`arn:aws:redshift:us-east-1:${ACCOUNT}:cluster:warehouse`],
    others: { warehouse: "lake" },
  },
  {
    variable: "redshift_databases",
    value: { region: "us-east-1", cluster_name: "warehouse", database_name: "sales" },
    actions: ["redshift:GetClusterCredentialsWithIAM"],
    arns: [`arn:aws:redshift:us-east-1:${ACCOUNT}:dbname:warehouse/sales`],
    others: { warehouse: "lake", sales: "hr" },
    carriedBy: "redshift",
  },
  {
    variable: "redshift_serverless_workgroups",
    value: { region: "us-east-1", workgroup_id: WORKGROUP },
    actions: ["redshift-serverless:GetWorkgroup"],
    arns: [`arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:workgroup/${WORKGROUP}`],
    others: { [WORKGROUP]: OTHER_UUID },
  },
  {
    variable: "redshift_serverless_workgroups",
    value: { region: "us-east-1", workgroup_id: WORKGROUP },
    actions: ["redshift-serverless:GetCredentials"],
    arns: [`arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:workgroup/${WORKGROUP}`],
    others: { [WORKGROUP]: OTHER_UUID },
    carriedBy: "redshift-serverless",
  },
  {
    variable: "redshift_serverless_endpoints",
    value: { region: "us-east-1", endpoint_id: WORKGROUP },
    actions: ["redshift-serverless:GetEndpointAccess"],
    arns: [`arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:managedvpcendpoint/${WORKGROUP}`],
    others: { [WORKGROUP]: OTHER_UUID },
  },
  {
    variable: "elasticache_replication_groups",
    value: { region: "us-east-1", replication_group: "sessions" },
    actions: ["elasticache:DescribeReplicationGroups"],
    arns: [`arn:aws:elasticache:us-east-1:${ACCOUNT}:replicationgroup:sessions`],
    others: { sessions: "carts" },
  },
  {
    variable: "elasticache_connections",
    value: { region: "us-east-1", replication_group: "sessions", user_name: "alice" },
    actions: ["elasticache:Connect"],
    arns: [
      `arn:aws:elasticache:us-east-1:${ACCOUNT}:replicationgroup:sessions`,
      `arn:aws:elasticache:us-east-1:${ACCOUNT}:user:alice`,
    ],
    others: { sessions: "carts", alice: "bob" },
  },
  {
    variable: "elasticache_rotated_users",
    value: { region: "us-east-1", user_name: "rotated" },
    actions: ["elasticache:ModifyUser"],
    arns: [`arn:aws:elasticache:us-east-1:${ACCOUNT}:user:rotated`],
    others: { rotated: "other" },
  },
  {
    variable: "elasticache_serverless_caches",
    value: { region: "us-east-1", cache_name: "quick" },
    actions: ["elasticache:DescribeServerlessCaches"],
    arns: [`arn:aws:elasticache:us-east-1:${ACCOUNT}:serverlesscache:quick`],
    others: { quick: "slow" },
  },
  {
    variable: "elasticache_serverless_connections",
    value: { region: "us-east-1", cache_name: "quick", user_name: "carol" },
    actions: ["elasticache:Connect"],
    arns: [
      `arn:aws:elasticache:us-east-1:${ACCOUNT}:serverlesscache:quick`,
      `arn:aws:elasticache:us-east-1:${ACCOUNT}:user:carol`,
    ],
    others: { quick: "slow", carol: "dave" },
  },
  {
    variable: "memorydb_clusters",
    value: { region: "us-east-1", cluster_name: "ranks" },
    actions: ["memorydb:DescribeClusters"],
    arns: [`arn:aws:memorydb:us-east-1:${ACCOUNT}:cluster/ranks`],
    others: { ranks: "files" },
  },
  {
    variable: "memorydb_connections",
    value: { region: "us-east-1", cluster_name: "ranks", user_name: "alice" },
    actions: ["memorydb:Connect"],
    arns: [
      `arn:aws:memorydb:us-east-1:${ACCOUNT}:cluster/ranks`,
      `arn:aws:memorydb:us-east-1:${ACCOUNT}:user/alice`,
    ],
    others: { ranks: "files", alice: "bob" },
  },
  {
    variable: "memorydb_rotated_users",
    value: { region: "us-east-1", user_name: "rotated" },
    actions: ["memorydb:UpdateUser"],
    arns: [`arn:aws:memorydb:us-east-1:${ACCOUNT}:user/rotated`],
    others: { rotated: "other" },
  },
  {
    variable: "opensearch_domains",
    value: { region: "us-east-1", domain_name: "logs" },
    actions: ["es:DescribeDomains"],
    arns: [`arn:aws:es:us-east-1:${ACCOUNT}:domain/logs`],
    others: { logs: "metrics" },
  },
  {
    variable: "docdb_clusters",
    value: { region: "us-east-1", cluster_name: "papers" },
    actions: ["rds:DescribeDBClusters"],
    arns: [`arn:aws:rds:us-east-1:${ACCOUNT}:cluster:papers`],
    others: { papers: "books" },
  },
];

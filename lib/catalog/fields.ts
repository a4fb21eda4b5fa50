import type { TextRule } from "./text-rule";

/** A placeholder of an ARN format: one field of the objects that a narrowing variable takes. */
export interface Field extends TextRule {
  /** The wildcards that together name every value; absent if `*` alone does. */
  readonly widest?: readonly string[];
  /** The attributes of Terraform's resources that have the value. */
  readonly attribute?: string;
}

/** Every field also takes `*`, and any prefix of a value followed by one `*`. */
const WILDCARD = 'or a prefix of one that ends in "*"';

const identifier = (
  what: string,
  pattern: string,
  more: Pick<Field, "attribute" | "widest"> = {},
): Field => ({
  pattern: `^(${pattern}|\\*)$`,
  allowed: `${what}, ${WILDCARD}`,
  ...more,
});

/** Lower-case letters, digits and hyphens, as most identifiers of AWS databases are. */
const lowerCase = (what: string, maxLength: number, attribute: string): Field =>
  identifier(
    `${what} (lower-case letters, digits and hyphens, at most ${String(maxLength)} characters; not an ARN)`,
    `[a-z][a-z0-9-]{0,${String(maxLength - 1)}}\\*?`,
    { attribute },
  );

const uuid = (what: string, attribute: string): Field =>
  identifier(
    what,
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{1,8}(-[0-9a-f-]{0,28})?\\*",
    { attribute },
  );

/**
 * The placeholders of the catalogue's ARN templates, apart from `{account}`, which every template
 * takes from the account ID and which no caller can set.
 *
 * Formats: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const fields = {
  region: identifier(
    "an AWS region such as us-east-1",
    "[a-z]{2,4}(-[a-z]{3,9}){1,2}-[0-9]{1,2}|[a-z][a-z0-9-]{0,16}\\*",
  ),
  rds_resource_id: identifier(
    "a resource ID: db-… of an instance or cluster-… of an Aurora cluster, with upper-case letters and digits, not a name or an ARN",
    "(db|cluster)-([A-Z0-9]{1,32}|[A-Z0-9]{0,32}\\*)",
    {
      attribute: "aws_db_instance.….resource_id or aws_rds_cluster.….cluster_resource_id",
      widest: ["db-*", "cluster-*"],
    },
  ),
  rds_proxy_resource_id: identifier(
    "a proxy's resource ID: prx-…, not a name or an ARN",
    "prx-([0-9a-f]{8,36}|[A-Z0-9]{8,36}|[0-9a-zA-Z]{0,36}\\*)",
    { attribute: "the last part of aws_db_proxy.….arn", widest: ["prx-*"] },
  ),
  rds_proxy_endpoint_id: identifier(
    "a proxy endpoint's resource ID: prx-endpoint-…, not a name or an ARN",
    "prx-endpoint-([0-9a-f]{8,27}|[A-Z0-9]{8,27}|[0-9a-zA-Z]{0,27}\\*)",
    { attribute: "the last part of aws_db_proxy_endpoint.….arn" },
  ),
  database_user: identifier(
    "the name of a database user (letters, digits and _.@+=,#%-, at most 63 characters)",
    "[\\w.@+=,#%-]{1,63}\\*?",
  ),
  rds_instance_name: lowerCase("the name of an RDS instance", 63, "aws_db_instance.….identifier"),
  rds_cluster_name: lowerCase(
    "the name of an Aurora cluster",
    63,
    "aws_rds_cluster.….cluster_identifier",
  ),
  docdb_cluster_name: lowerCase(
    "the name of a DocumentDB cluster",
    63,
    "aws_docdb_cluster.….cluster_identifier",
  ),
  redshift_cluster_name: lowerCase(
    "the name of a Redshift cluster",
    63,
    "aws_redshift_cluster.….cluster_identifier",
  ),
  redshift_database_name: identifier(
    "the name of a Redshift database (lower-case letters, digits and _$+.@-, at most 64 characters)",
    "[a-z0-9_$+.@-]{1,64}\\*?",
  ),
  redshift_user: identifier(
    "the name of a Redshift database user (lower-case letters, digits and _+.@-, at most 127 characters)",
    "[a-z0-9_+.@-]{1,127}\\*?",
  ),
  redshift_serverless_workgroup_id: uuid(
    "the UUID of a workgroup, not the workgroup's name",
    "aws_redshiftserverless_workgroup.….workgroup_id",
  ),
  redshift_serverless_endpoint_id: uuid(
    "the UUID of a managed VPC endpoint, not the endpoint's name",
    "the last part of aws_redshiftserverless_endpoint_access.….arn",
  ),
  replication_group: lowerCase(
    "the ID of an ElastiCache replication group",
    40,
    "aws_elasticache_replication_group.….replication_group_id",
  ),
  serverless_cache: lowerCase(
    "the name of an ElastiCache serverless cache",
    40,
    "aws_elasticache_serverless_cache.….name",
  ),
  elasticache_user: lowerCase(
    "the ID of an ElastiCache user, which equals its name",
    40,
    "aws_elasticache_user.….user_id",
  ),
  memorydb_cluster: lowerCase("the name of a MemoryDB cluster", 40, "aws_memorydb_cluster.….name"),
  memorydb_user: lowerCase("the name of a MemoryDB user", 40, "aws_memorydb_user.….user_name"),
  opensearch_domain: lowerCase(
    "the name of an OpenSearch domain",
    28,
    "aws_opensearch_domain.….domain_name",
  ),
} satisfies Record<string, Field>;

/** The name of a field that the catalogue defines. */
export type FieldKind = keyof typeof fields;

import type { TextRule } from "../iam/text-rule";

/** A placeholder of an ARN format: one field of the objects that a scope variable takes. */
export interface Field extends TextRule {
  /** The longest value that AWS allows: the size of the policies is planned with it. */
  readonly maxLength: number;
}

/** Every field also takes `*`, and any prefix of a value followed by one `*`. */
const WILDCARD = 'or a prefix of one that ends in "*"';

const identifier = (what: string, pattern: string, maxLength: number): Field => ({
  pattern: `^(${pattern}|\\*)$`,
  maxLength,
  allowed: `${what}, ${WILDCARD}`,
});

/** Lower-case letters, digits and hyphens, as most identifiers of AWS databases are. */
const lowerCase = (what: string, maxLength: number): Field =>
  identifier(
    `${what} (lower-case letters, digits and hyphens, at most ${String(maxLength)} characters; not an ARN)`,
    "[a-z][a-z0-9-]*\\*?",
    maxLength,
  );

const uuid = (what: string): Field =>
  identifier(
    what,
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{1,8}(-[0-9a-f-]*)?\\*",
    36,
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
    "[a-z]{2,4}(-[a-z]+)?-(central|east|west|(north|south)(east|west)?)-[0-9]{1,2}|[a-z][a-z0-9-]*\\*",
    16,
  ),
  rds_resource_id: identifier(
    "a resource ID: db-… of an instance or cluster-… of an Aurora cluster, with upper-case letters and digits (aws_db_instance.resource_id, aws_rds_cluster.cluster_resource_id), not a name or an ARN",
    "(db|cluster)-([A-Z0-9]+|[A-Z0-9]*\\*)",
    40,
  ),
  rds_proxy_resource_id: identifier(
    "a proxy's resource ID: prx-… (the last part of aws_db_proxy.arn), not a name or an ARN",
    "prx-([0-9a-f]{8,}|[A-Z0-9]{8,}|[0-9a-zA-Z]*\\*)",
    40,
  ),
  rds_proxy_endpoint_id: identifier(
    "a proxy endpoint's resource ID: prx-endpoint-… (the last part of aws_db_proxy_endpoint.arn), not a name or an ARN",
    "prx-endpoint-([0-9a-f]{8,}|[A-Z0-9]{8,}|[0-9a-zA-Z]*\\*)",
    40,
  ),
  database_user: identifier(
    "the name of a database user (letters, digits and _.@+=,#%-, at most 63 characters)",
    "[\\w.@+=,#%-]+\\*?",
    63,
  ),
  rds_instance_name: lowerCase("the name of an RDS instance", 63),
  rds_cluster_name: lowerCase("the name of an Aurora cluster", 63),
  docdb_cluster_name: lowerCase("the name of a DocumentDB cluster", 63),
  redshift_cluster_name: lowerCase("the name of a Redshift cluster", 63),
  redshift_database_name: identifier(
    "the name of a Redshift database (lower-case letters, digits and _$+.@-, at most 64 characters)",
    "[a-z0-9_$+.@-]+\\*?",
    64,
  ),
  redshift_user: identifier(
    "the name of a Redshift database user (lower-case letters, digits and _+.@-, at most 127 characters)",
    "[a-z0-9_+.@-]+\\*?",
    127,
  ),
  redshift_serverless_workgroup_id: uuid(
    "the UUID of a workgroup (aws_redshiftserverless_workgroup.workgroup_id), not the workgroup's name",
  ),
  redshift_serverless_endpoint_id: uuid(
    "the UUID of a managed VPC endpoint (the last part of aws_redshiftserverless_endpoint_access.arn), not the endpoint's name",
  ),
  replication_group: lowerCase("the ID of an ElastiCache replication group", 40),
  serverless_cache: lowerCase("the name of an ElastiCache serverless cache", 40),
  elasticache_user: lowerCase("the ID of an ElastiCache user, which equals its name", 40),
  memorydb_cluster: lowerCase("the name of a MemoryDB cluster", 40),
  memorydb_user: lowerCase("the name of a MemoryDB user", 40),
  opensearch_domain: lowerCase("the name of an OpenSearch domain", 28),
} satisfies Record<string, Field>;

/** The name of a field that the catalogue defines. */
export type FieldKind = keyof typeof fields;

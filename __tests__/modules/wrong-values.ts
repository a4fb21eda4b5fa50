/**
 * Values that a module's variables refuse, with the message that they get. A message ends with what
 * is allowed; what stands before it follows from the kind of the variable and the value.
 */

const long = (length: number): string => "x".repeat(length);

const ROLE_ARN = "arn:aws:iam::123456789012:role/teleport";
const PATH =
  'a path of letters, digits and _+=,.@- that begins and ends with "/", at most 512 characters';
const ROLE_NAME_WITH_PATH =
  'the name of an IAM role (1 to 64 letters, digits and _+=,.@-), with its path in front if it has one ("team/name"), at most 512 characters in all, not an ARN';
const ROLE_NAME =
  "the name of an IAM role (1 to 64 letters, digits and _+=,.@-), without its path, not an ARN";
const POLICY_ARN = "the ARN of an IAM managed policy (arn:aws:iam::123456789012:policy/name)";
const ROLE_ARNS = "the ARN of an IAM role (arn:aws:iam::123456789012:role/name)";
const PREFIX = 'or a prefix of one that ends in "*"';
const named = (what: string, length: number): string =>
  `the name of ${what} (lower-case letters, digits and hyphens, at most ${String(length)} characters; not an ARN), ${PREFIX}`;

/** Of no database identifier: case, other characters, wildcards inside, ARNs, emptiness. */
const NO_IDENTIFIER = ["Orders", "my_db", "1st", "a*b", "*a", "", `arn:aws:rds:::x`, "a b"];
const NO_ROLE_NAMES = [ROLE_ARN, "/teleport", "team/", "a b", "role*", "", long(65), "a//b"];
const NO_ROLE_ARNS = [
  ...["", "redshift-user-role", "arn:aws:iam::123456789012:user/alice"],
  ...["arn:aws:iam::12345678901:role/short-account", "arn:aws:iam::123456789012:role/"],
  ...["arn:aws:iam::123456789012:role/*", "arn:aws-iso:iam::123456789012:role/teleport"],
];

/** Variable, what is allowed, wrong values: `<variable> is <value>: it must be <allowed>.` */
export const wrongStrings: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "aws_account_id",
    "the 12 digits of an AWS account ID, in quotes",
    [
      ...["", "12345678901", "1234567890123", "12345678901a", "123456789012\n", "１２３４５６７８９０１２"],
      ...["*", "${var.account}", "%{ if true }123456789012%{ endif }", '123456789012"', long(100_000)],
    ],
  ],
  [
    "aws_partition",
    "aws, aws-cn or aws-us-gov",
    ["", "AWS", "aws ", "aws-gov", "us-east-1", "aws-iso", "aws|aws-cn", "*"],
  ],
  [
    "policy_name",
    "1 to 128 letters, digits and _+=,.@-",
    ["", "two words", "team/policy", "naïve", "policy*", "a\nb", long(129), "${each.key}"],
  ],
  ["policy_path", PATH, ["", "team", "/team", "team/", "//", "/a b/", "/*/", `/${long(511)}/`]],
  ["user_role_path", PATH, ["", "team", "/team", "team/", "/team//", "/ü/"]],
  ["role_name", ROLE_NAME, ["", ROLE_ARN, "team/teleport", "role*", long(65)]],
  ["role_path", PATH, ["", "team/"]],
  ["permissions_boundary_arn", POLICY_ARN, ["", ROLE_ARN, "boundary"]],
  ["user_role_permissions_boundary_arn", POLICY_ARN, ["", "arn:aws:iam::123456789012:policy/"]],
  [
    "trust_teleport_oidc_provider_arn",
    "the ARN of the IAM OIDC provider of a Teleport cluster (arn:aws:iam::123456789012:oidc-provider/example.teleport.sh): its host alone, without a path, which the provider of an EKS cluster has",
    [
      ...["", "example.teleport.sh", "arn:aws:iam::123456789012:oidc-provider/"],
      "arn:aws:iam::123456789012:oidc-provider/https://example.teleport.sh",
      "arn:aws:iam::123456789012:oidc-provider/example.teleport.sh/workload-identity",
      "arn:aws:iam::123456789012:saml-provider/example.teleport.sh",
    ],
  ],
];

/** Variable, what is allowed, wrong items: `<variable> has ["<item>"]: each must be <allowed>.` */
export const wrongItems: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "kms_key_ids",
    "a KMS key's ID (a UUID or mrk-…) or its ARN, not an alias: IAM does not resolve aliases in a policy's Resource",
    [
      ...["", "*", "alias/teleport", "12345678-1234-1234-1234-12345678901G", "mrk-1234"],
      "arn:aws:kms:*:123456789012:key/12345678-1234-1234-1234-123456789012",
    ],
  ],
  [
    "secret_key_prefixes",
    'a prefix of secret names such as "teleport/" (letters, digits and /_+=.@-, at most 256 characters): an empty one, "*" or a leading slash would grant other secrets than Teleport\'s',
    ["", "*", "/", "/teleport", "teleport/*", "a//b", "a b", "tele:port", long(257)],
  ],
  ["services", "database or discovery", ["", "Database", "agent", "database,discovery"]],
  [
    "trusted_principals",
    "the ARN of a role (arn:aws:iam::123456789012:role/name) or of an account (arn:aws:iam::123456789012:root)",
    ["", "*", "123456789012", "teleport", "arn:aws:iam::123456789012:user/alice", "arn:aws:iam::*:root"],
  ],
  ["docdb_user_role_names", ROLE_NAME_WITH_PATH, NO_ROLE_NAMES],
  [
    "redshift_serverless_user_role_names",
    ROLE_NAME_WITH_PATH,
    ["", ROLE_ARN, `${`${long(63)}/`.repeat(8)}name`],
  ],
  ["docdb_user_role_arns", ROLE_ARNS, NO_ROLE_ARNS],
];

/** Variable, what is allowed, wrong values: `<variable> has ["<value>"]: each must be <allowed>.` */
export const wrongMapValues: typeof wrongItems = [
  ["assume_role_arns", ROLE_ARNS, ["", "*", "access", "arn:aws:iam::123456789012:root"]],
  [
    "attach_to_roles",
    ROLE_NAME,
    ["", ROLE_ARN, "team/teleport", "two words", "role*", long(65), "rôle"],
  ],
  ["tags", "a tag value of at most 256 letters, digits, spaces and _.:/=+@-", [long(257), "two\nlines", "a,b", "${x}"]],
];

/** Variable, what is allowed, wrong keys: `<variable> has keys ["<key>"]: each must be <allowed>.` */
export const wrongMapKeys: typeof wrongItems = [
  [
    "tags",
    'a tag key of 1 to 128 letters, digits, spaces and _.:/=+@- that does not begin with "aws:"',
    ["", "aws:cloudformation", "AWS:x", "aWs:x", long(129), "a,b", "${x}"],
  ],
];

/**
 * Variable, field, what is allowed, wrong values:
 * `<variable> has <field> ["<value>"]: each must be <allowed>.`
 */
export const wrongFields: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    "rds_database_users",
    "region",
    `an AWS region such as us-east-1, ${PREFIX}`,
    ["", "EU-WEST-1", "us_east_1", "us-east-1a", "*-east-1", "us-east", "Frankfurt"],
  ],
  [
    "rds_database_users",
    "resource_id",
    `a resource ID: db-… of an instance or cluster-… of an Aurora cluster, with upper-case letters and digits, not a name or an ARN, ${PREFIX}`,
    ["", "orders", "db-abc", "DB-ABC", "cluster-", "prx-0123456789abcdef", "db-A*B"],
  ],
  [
    "rds_database_users",
    "user_name",
    `the name of a database user (letters, digits and _.@+=,#%-, at most 63 characters), ${PREFIX}`,
    ["", "a/b", "a:b", "a b", "a*b", "${user}", "ünal", long(64)],
  ],
  ["rds_clusters", "cluster_name", named("an Aurora cluster", 63), [...NO_IDENTIFIER, long(64)]],
  ["rds_instances", "instance_name", named("an RDS instance", 63), [...NO_IDENTIFIER, long(64)]],
  [
    "rdsproxy_database_users",
    "resource_id",
    `a proxy's resource ID: prx-…, not a name or an ARN, ${PREFIX}`,
    ["", "my-proxy", "prx-", "db-ABCDEFGH", "arn:aws:rds:us-east-1:123456789012:db-proxy:prx-0"],
  ],
  [
    "rdsproxy_endpoints",
    "endpoint_id",
    `a proxy endpoint's resource ID: prx-endpoint-…, not a name or an ARN, ${PREFIX}`,
    ["", "my-endpoint", "prx-0123456789abcdef"],
  ],
  ["docdb_clusters", "cluster_name", named("a DocumentDB cluster", 63), [...NO_IDENTIFIER]],
  ["redshift_clusters", "cluster_name", named("a Redshift cluster", 63), [...NO_IDENTIFIER]],
  [
    "redshift_database_users",
    "user_name",
    `the name of a Redshift database user (lower-case letters, digits and _+.@-, at most 127 characters), ${PREFIX}`,
    ["", "Alice", "a/b", "a*b", long(128)],
  ],
  [
    "redshift_database_users",
    "database_name",
    `the name of a Redshift database (lower-case letters, digits and _$+.@-, at most 64 characters), ${PREFIX}`,
    ["", "Sales", "a/b", "a*b", long(65)],
  ],
  [
    "redshift_serverless_workgroups",
    "workgroup_id",
    `the UUID of a workgroup, not the workgroup's name, ${PREFIX}`,
    ["", "my-workgroup", "12345678-1234-1234-1234-12345678901", "ABCDEF12-1234-1234-1234-123456789012"],
  ],
  [
    "redshift_serverless_endpoints",
    "endpoint_id",
    `the UUID of a managed VPC endpoint, not the endpoint's name, ${PREFIX}`,
    ["", "my-endpoint"],
  ],
  [
    "elasticache_connections",
    "replication_group",
    `the ID of an ElastiCache replication group (lower-case letters, digits and hyphens, at most 40 characters; not an ARN), ${PREFIX}`,
    [...NO_IDENTIFIER, long(41)],
  ],
  [
    "elasticache_connections",
    "user_name",
    `the ID of an ElastiCache user, which equals its name (lower-case letters, digits and hyphens, at most 40 characters; not an ARN), ${PREFIX}`,
    ["", "Alice", "a/b"],
  ],
  [
    "elasticache_serverless_caches",
    "cache_name",
    named("an ElastiCache serverless cache", 40),
    ["", "Cache", long(41)],
  ],
  ["memorydb_connections", "cluster_name", named("a MemoryDB cluster", 40), ["", "Cluster"]],
  ["memorydb_connections", "user_name", named("a MemoryDB user", 40), ["", "Alice", "a:b"]],
  ["opensearch_domains", "domain_name", named("an OpenSearch domain", 28), ["", "A", long(29)]],
];

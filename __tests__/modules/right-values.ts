/** Values that a module's variables take, at the edges of what is allowed: items or fields, by variable. */

const long = (length: number): string => "x".repeat(length);

const ROLE_ARNS = [
  "arn:aws:iam::123456789012:role/teleport",
  "arn:aws-cn:iam::123456789012:role/team/db/teleport",
  `arn:aws-us-gov:iam::000000000000:role/${long(64)}`,
];
const ROLE_NAMES = ["teleport", "team/db/teleport", long(64), "A1_+=,.@-"];

/** Variable and values. */
export const rightStrings: readonly (readonly [string, readonly string[]])[] = [
  ["aws_account_id", ["000000000000", "123456789012"]],
  ["aws_partition", ["aws", "aws-cn", "aws-us-gov"]],
  ["policy_name", ["A", "A1_+=,.@-", long(128)]],
  ["policy_path", ["/", "/team/", "/team/db/", `/${long(510)}/`]],
  ["user_role_path", ["/", "/team/", "/team/db/"]],
  ["role_name", ["A", long(64), "A1_+=,.@-"]],
  ["role_path", ["/", "/team/db/"]],
  [
    "permissions_boundary_arn",
    ["arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::123456789012:policy/a/b"],
  ],
  [
    "trust_teleport_oidc_provider_arn",
    [
      "arn:aws:iam::123456789012:oidc-provider/example.teleport.sh",
      "arn:aws-us-gov:iam::123456789012:oidc-provider/teleport-1.int.example.com",
    ],
  ],
];

/** Variable and items of its list. */
export const rightItems: typeof rightStrings = [
  [
    "kms_key_ids",
    [
      "12345678-1234-1234-1234-123456789012",
      "mrk-1234567890abcdef1234567890abcdef",
      "arn:aws:kms:us-east-1:210987654321:key/12345678-1234-1234-1234-123456789012",
      "arn:aws-cn:kms:cn-north-1:210987654321:key/mrk-1234567890abcdef1234567890abcdef",
    ],
  ],
  ["trusted_principals", [...ROLE_ARNS, "arn:aws:iam::123456789012:root"]],
  ["external_ids", ["ab", "a:/b=,.@-_", long(1224)]],
  ["secret_key_prefixes", ["teleport/", "teleport", "team/teleport/", "a_+=.@-b/", long(256)]],
  ["redshift_user_role_names", ROLE_NAMES],
  ["dynamodb_user_role_arns", ROLE_ARNS],
];

/** Variable and values of its map. */
export const rightMapValues: typeof rightStrings = [
  ["assume_role_arns", ROLE_ARNS],
  ["attach_to_roles", ["teleport-db-service-role", "A1_+=,.@-", long(64)]],
  ["tags", ["", "a b", "é", "_.:/=+@-", "日本語", long(256)]],
];

/** Variable and keys of its map. */
export const rightMapKeys: typeof rightStrings = [
  ["tags", ["a", "aws", "awsome:x", "team/owner", "é", "_.:/=+@-", long(128)]],
];

/** Variable, field and its values; `*` and prefixes are right everywhere. */
export const rightFields: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "rds_database_users",
    "region",
    ["*", "us-east-1", "eu-*", "us-gov-west-1", "cn-northwest-1", "ap-southeast-10", "mx-central-1"],
  ],
  ["rds_database_users", "resource_id", ["*", "db-ABCDEFGHIJKL01234", "cluster-ABC123", "db-*"]],
  ["rds_database_users", "user_name", ["*", "alice", "app-*", "A.b_c@d", long(63)]],
  ["rds_clusters", "cluster_name", ["*", "orders-1", "orders-*", long(63)]],
  ["rdsproxy_database_users", "resource_id", ["*", "prx-0123456789abcdef0", "prx-*"]],
  ["rdsproxy_endpoints", "endpoint_id", ["*", "prx-endpoint-0123456789abcdef0"]],
  ["redshift_database_users", "user_name", ["*", "alice", "alice@example.com", long(127)]],
  ["redshift_database_users", "database_name", ["*", "dev", "my_db$1", long(64)]],
  [
    "redshift_serverless_workgroups",
    "workgroup_id",
    ["*", "12345678-abcd-1234-abcd-123456789012", "12345678-*"],
  ],
  ["elasticache_connections", "user_name", ["*", "alice", "app-*", long(40)]],
  ["memorydb_connections", "cluster_name", ["*", "orders", long(40)]],
  ["opensearch_domains", "domain_name", ["*", "logs", long(28)]],
];

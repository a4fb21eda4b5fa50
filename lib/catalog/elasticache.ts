import { fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { kmsSidDeviation, managedUsers } from "./managed-users";
import { narrowing } from "./narrowing";
import { REGION_CODE } from "./hosts";
import { referencePage } from "./page-urls";
import { databases, narrowedBy } from "./statement";

const source = referencePage("elasticache-for-redis-and-valkey");

/** ARN template of an ElastiCache user; for users of serverless caches too. */
export const elasticacheUserArn = "elasticache:{region}:{account}:user:{user_name}";

const connections = narrowing({
  variable: "elasticache_connections",
  description:
    "ElastiCache replication groups and the users that Teleport may connect as. IAM checks both, so each object allows its group and its user",
  fields: { replication_group: "replication_group", user_name: "elasticache_user" },
  arns: ["elasticache:{region}:{account}:replicationgroup:{replication_group}", elasticacheUserArn],
});

/** Amazon ElastiCache for Redis and Valkey, replication groups. */
export const elasticache: DatabaseType = {
  name: "elasticache",
  title: "ElastiCache for Redis and Valkey",
  purpose: "Connects to replication groups with IAM authentication.",
  source,
  statements: [
    fetchMetadata("elasticache", "ElastiCache replication groups", {
      sid: "ElastiCacheFetchMetadata",
      actions: ["elasticache:DescribeReplicationGroups"],
      discovery: {
        actions: [
          "elasticache:DescribeCacheClusters",
          "elasticache:DescribeCacheSubnetGroups",
          "elasticache:ListTagsForResource",
        ],
        arns: [
          "elasticache:{region}:{account}:cluster:{cluster}",
          "elasticache:{region}:{account}:subnetgroup:{group}",
        ],
      },
      resources: narrowedBy({
        variable: "elasticache_replication_groups",
        description: "ElastiCache replication groups whose metadata may be read",
        fields: { replication_group: "replication_group" },
        arns: ["elasticache:{region}:{account}:replicationgroup:{replication_group}"],
      }),
      source,
    }),
    {
      sid: "ElastiCacheDescribeUsers",
      actions: ["elasticache:DescribeUsers"],
      // Teleport asks about the user that connects. Managed users have a statement of their own.
      resources: databases({ ...connections, arns: [elasticacheUserArn], subset: "user" }),
      purpose: "Find out whether an ElastiCache user can authenticate with IAM.",
      source,
    },
    {
      sid: "ElastiCacheConnect",
      actions: ["elasticache:Connect"],
      connects: true,
      resources: databases(connections),
      purpose: "Connect to a replication group with IAM authentication.",
      source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
    },
    ...managedUsers({
      prefix: "elasticache",
      title: "ElastiCache",
      userActions: [
        "elasticache:DescribeUsers",
        "elasticache:ModifyUser",
        "elasticache:ListTagsForResource",
      ],
      setPassword: "elasticache:ModifyUser",
      userArn: elasticacheUserArn,
    }),
    finds("ElastiCacheDiscovery", "ElastiCache replication groups", {
      actions: ["elasticache:DescribeReplicationGroups"],
      arns: ["elasticache:{region}:{account}:replicationgroup:{replication_group}"],
    }),
  ],
  configured: {
    hosts: [
      "(?<replication_group>[^.]+)\\.[^.]+\\.clustercfg",
      "(?<replication_group>[^.]+?)(?:-[0-9]{4})?(?:-[0-9]{3})?\\.[^.]+\\.[0-9]{4}",
      "(?<replication_group>[^.]+?)(?:-ro)?\\.[^.]+\\.ng\\.[0-9]{4}",
      "[^.]+\\.(?<replication_group>[^.]+)\\.(?!(?:cfg|serverless)\\.)[^.]+",
    ]
      .map((prefix) => new RegExp(`^${prefix}\\.${REGION_CODE}\\.cache\\.amazonaws\\.com(\\.cn)?$`))
      .concat(/^(?!.*\.(serverless|cfg)\.).*\.cache\.amazonaws\.com(\.cn)?$/),
    settings: {
      replication_group_id: "replication_group",
      user_group_ids: null,
      transit_encryption_enabled: null,
      endpoint_type: null,
    },
  },
  deviations: [kmsSidDeviation("ElastiCache")],
};

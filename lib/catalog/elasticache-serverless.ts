import { fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { elasticacheUserArn } from "./elasticache";
import { narrowing } from "./narrowing";
import { REGION_CODE } from "./hosts";
import { referencePage } from "./page-urls";
import { databases, narrowedBy, on } from "./statement";

const source = referencePage("elasticache-serverless-for-redis-and-valkey");

const connections = narrowing({
  variable: "elasticache_serverless_connections",
  description:
    "ElastiCache serverless caches and the users that Teleport may connect as. IAM checks both, so each object allows its cache and its user",
  fields: { cache_name: "serverless_cache", user_name: "elasticache_user" },
  arns: ["elasticache:{region}:{account}:serverlesscache:{cache_name}", elasticacheUserArn],
});

/** Amazon ElastiCache Serverless for Redis and Valkey. */
export const elasticacheServerless: DatabaseType = {
  name: "elasticache-serverless",
  title: "ElastiCache Serverless for Redis and Valkey",
  purpose: "Connects to serverless caches with IAM authentication.",
  source,
  statements: [
    fetchMetadata("elasticache_serverless", "ElastiCache serverless caches", {
      sid: "ElastiCacheServerlessFetchMetadata",
      actions: ["elasticache:DescribeServerlessCaches"],
      discovery: { actions: ["ec2:DescribeSubnets", "elasticache:ListTagsForResource"] },
      resources: narrowedBy({
        variable: "elasticache_serverless_caches",
        description: "ElastiCache serverless caches whose metadata may be read",
        fields: { cache_name: "serverless_cache" },
        arns: ["elasticache:{region}:{account}:serverlesscache:{cache_name}"],
      }),
      source,
    }),
    {
      sid: "ElastiCacheServerlessDescribeUsers",
      actions: ["elasticache:DescribeUsers"],
      resources: databases({ ...connections, arns: [elasticacheUserArn], subset: "user" }),
      purpose: "Find out whether an ElastiCache user can authenticate with IAM.",
      omittable: "Without it, Teleport still connects.",
      switch: on(
        "elasticache_serverless_describe_users",
        "Whether the Database Service may look up the ElastiCache user that connects to a serverless cache. Without it, Teleport still connects.",
      ),
      source,
    },
    {
      sid: "ElastiCacheServerlessConnect",
      actions: ["elasticache:Connect"],
      connects: true,
      resources: databases(connections),
      purpose: "Connect to a serverless cache with IAM authentication.",
      source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
    },
    finds("ElastiCacheServerlessDiscovery", "ElastiCache serverless caches", {
      actions: ["elasticache:DescribeServerlessCaches"],
      arns: ["elasticache:{region}:{account}:serverlesscache:{cache_name}"],
    }),
  ],
  configured: {
    hosts: [
      new RegExp(
        `^(?<cache_name>[^.]+)-[a-z0-9]+\\.(?:public\\.)?serverless\\.${REGION_CODE}\\.cache\\.amazonaws\\.com(?:\\.cn)?$`,
      ),
    ],
    settings: { cache_name: "cache_name" },
  },
};

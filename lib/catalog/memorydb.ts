import type { DatabaseType } from "./database-type";
import {
  fetchMetadataOmittable,
  fetchMetadataPurpose,
  fetchMetadataSwitch,
} from "./fetch-metadata";
import { kmsSidDeviation, managedUsers } from "./managed-users";
import { anyHost, REGION } from "./hosts";
import { scope } from "./scope";
import { referencePage } from "./sources";

const source = referencePage("memorydb");

/** ARN template of a MemoryDB user: with a slash, where the reference page has a colon that IAM denies. */
const userArn = "memorydb:{region}:{account}:user/{user_name}";

/** Amazon MemoryDB. */
export const memorydb: DatabaseType = {
  name: "memorydb",
  title: "MemoryDB",
  purpose: "Connects to clusters with IAM authentication.",
  source,
  statements: [
    {
      sid: "MemoryDBFetchMetadata",
      actions: ["memorydb:DescribeClusters"],
      resources: {
        kind: "databases",
        unrestricted: "*",
        scopes: [
          scope({
            variable: "memorydb_clusters",
            description: "MemoryDB clusters whose metadata may be read",
            fields: { cluster_name: "memorydb_cluster" },
            arns: ["memorydb:{region}:{account}:cluster/{cluster_name}"],
          }),
        ],
      },
      purpose: fetchMetadataPurpose,
      omittable: fetchMetadataOmittable,
      switch: fetchMetadataSwitch("memorydb", "MemoryDB clusters"),
      source,
    },
    {
      sid: "MemoryDBDescribeUsers",
      actions: ["memorydb:DescribeUsers"],
      // Teleport lists all users, so the users cannot be named.
      resources: { kind: "databases", unrestricted: "*", scopes: [], arns: [userArn] },
      purpose: "Find out whether a MemoryDB user can authenticate with IAM.",
      source,
    },
    {
      sid: "MemoryDBConnect",
      actions: ["memorydb:Connect"],
      resources: {
        kind: "databases",
        unrestricted: "*",
        scopes: [
          scope({
            variable: "memorydb_connections",
            description:
              "MemoryDB clusters and the users that may be connected as. IAM asks for both, so each object allows its cluster and its user",
            fields: { cluster_name: "memorydb_cluster", user_name: "memorydb_user" },
            arns: [
              "memorydb:{region}:{account}:cluster/{cluster_name}",
              "memorydb:{region}:{account}:user/{user_name}",
            ],
          }),
        ],
      },
      purpose: "Connect to a cluster with IAM authentication.",
      source: "https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html",
    },
    ...managedUsers({
      prefix: "memorydb",
      sidPrefix: "MemoryDB",
      title: "MemoryDB",
      userActions: ["memorydb:DescribeUsers", "memorydb:UpdateUser", "memorydb:ListTags"],
      userArn,
      source: referencePage("memorydb-managed-users"),
    }),
  ],
  configured: {
    hosts: [
      "(?<cluster_name>[^.]+)\\.[^.]+\\.clustercfg",
      "(?<cluster_name>[^.]+?)(?:-[0-9]{4})?(?:-[0-9]{3})?\\.[^.]+\\.[0-9]{4}",
      "[^.]+\\.(?<cluster_name>[^.]+)\\.[^.]+",
    ]
      .map((prefix) => new RegExp(`^${prefix}\\.memorydb\\.${REGION}\\.amazonaws\\.com(\\.cn)?$`))
      .concat(anyHost("memorydb")),
    settings: {
      key: "memorydb",
      fields: {
        cluster_name: "cluster_name",
        acl_name: null,
        tls_enabled: null,
        endpoint_type: null,
      },
    },
  },
  deviations: [
    "ARNs of clusters and users have a slash: `cluster/{name}` and `user/{name}`. The page has a colon, and IAM denies that form.",
    kmsSidDeviation("MemoryDB"),
  ],
};

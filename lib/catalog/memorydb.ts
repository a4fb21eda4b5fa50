import { fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { kmsSidDeviation, managedUsers } from "./managed-users";
import { narrowing } from "./narrowing";
import { anyHost, REGION } from "./hosts";
import { referencePage } from "./page-urls";
import { databases, narrowedBy } from "./statement";

const source = referencePage("memorydb");

/** ARN template of a MemoryDB user: with a slash, where the reference page has a colon that IAM denies. */
const userArn = "memorydb:{region}:{account}:user/{user_name}";

const connections = narrowing({
  variable: "memorydb_connections",
  description:
    "MemoryDB clusters and the users that Teleport may connect as. IAM checks both, so each object allows its cluster and its user",
  fields: { cluster_name: "memorydb_cluster", user_name: "memorydb_user" },
  arns: ["memorydb:{region}:{account}:cluster/{cluster_name}", userArn],
});

/** Amazon MemoryDB. */
export const memorydb: DatabaseType = {
  name: "memorydb",
  title: "MemoryDB",
  purpose: "Connects to clusters with IAM authentication.",
  source,
  statements: [
    fetchMetadata("memorydb", "MemoryDB clusters", {
      sid: "MemoryDBFetchMetadata",
      actions: ["memorydb:DescribeClusters"],
      discovery: {
        actions: ["memorydb:DescribeSubnetGroups", "memorydb:ListTags"],
        arns: ["memorydb:{region}:{account}:subnetgroup/{group}"],
      },
      resources: narrowedBy({
        variable: "memorydb_clusters",
        description: "MemoryDB clusters whose metadata may be read",
        fields: { cluster_name: "memorydb_cluster" },
        arns: ["memorydb:{region}:{account}:cluster/{cluster_name}"],
      }),
      source,
    }),
    {
      sid: "MemoryDBDescribeUsers",
      actions: ["memorydb:DescribeUsers"],
      // Teleport asks about the user that connects. Managed users have a statement of their own.
      resources: databases({ ...connections, arns: [userArn], subset: "user" }),
      purpose: "Find out whether a MemoryDB user can authenticate with IAM.",
      source,
    },
    {
      sid: "MemoryDBConnect",
      actions: ["memorydb:Connect"],
      connects: true,
      resources: databases(connections),
      purpose: "Connect to a cluster with IAM authentication.",
      source: "https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html",
    },
    ...managedUsers({
      prefix: "memorydb",
      title: "MemoryDB",
      userActions: ["memorydb:DescribeUsers", "memorydb:UpdateUser", "memorydb:ListTags"],
      setPassword: "memorydb:UpdateUser",
      userArn,
    }),
    finds("MemoryDBDiscovery", "MemoryDB clusters", {
      actions: ["memorydb:DescribeClusters"],
      arns: ["memorydb:{region}:{account}:cluster/{cluster_name}"],
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
      cluster_name: "cluster_name",
      acl_name: null,
      tls_enabled: null,
      endpoint_type: null,
    },
  },
  deviations: [
    "ARNs of clusters and users have a slash: `cluster/{name}` and `user/{name}`. The page has a colon, and IAM denies that form.",
    kmsSidDeviation("MemoryDB"),
  ],
};

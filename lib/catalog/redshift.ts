import { connectAsRole, fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { anyHost, regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { narrowedBy, on } from "./statement";

const source = referencePage("redshift");

/** Amazon Redshift, provisioned clusters. */
export const redshift: DatabaseType = {
  name: "redshift",
  title: "Redshift",
  purpose: "Connects to clusters as an existing database user, or as an IAM role that it assumes.",
  source,
  statements: [
    {
      sid: "RedshiftConnectAsDBUser",
      actions: ["redshift:GetClusterCredentials"],
      connects: true,
      resources: narrowedBy({
        variable: "redshift_database_users",
        description:
          "Redshift database users that may be connected as, and their databases: each object allows both",
        fields: {
          cluster_name: "redshift_cluster_name",
          user_name: "redshift_user",
          database_name: "redshift_database_name",
        },
        arns: [
          "redshift:{region}:{account}:dbuser:{cluster_name}/{user_name}",
          "redshift:{region}:{account}:dbname:{cluster_name}/{database_name}",
        ],
      }),
      purpose: "Get temporary credentials of an existing database user.",
      omittable: "Needed only if users connect as a database user.",
      switch: on(
        "redshift_connect_as_database_user",
        "Whether the Database Service may connect to Redshift as an existing database user.",
      ),
      source:
        "https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html",
    },
    connectAsRole({
      sid: "RedshiftConnectAsIAMRole",
      purpose:
        "Assume the IAM role that a user connects as. Its IAM permissions become permissions in the database.",
      omittable: "Needed only if users connect as an IAM role.",
      source,
    }),
    fetchMetadata("redshift", "Redshift clusters", {
      sid: "RedshiftFetchMetadata",
      actions: ["redshift:DescribeClusters"],
      resources: narrowedBy({
        variable: "redshift_clusters",
        description: "Redshift clusters whose metadata may be read",
        fields: { cluster_name: "redshift_cluster_name" },
        arns: ["redshift:{region}:{account}:cluster:{cluster_name}"],
      }),
      source,
    }),
    finds("RedshiftDiscovery", "Redshift clusters", {
      actions: ["redshift:DescribeClusters"],
      arns: ["redshift:{region}:{account}:cluster:{cluster_name}"],
    }),
  ],
  userRole: {
    defaultName: "redshift-user-role",
    dbUserPrefix: "role/",
    statements: [
      {
        sid: "RedshiftConnectWithIAM",
        actions: ["redshift:GetClusterCredentialsWithIAM"],
        resources: narrowedBy({
          variable: "redshift_databases",
          description: "Redshift databases that the database-user roles may connect to",
          fields: {
            cluster_name: "redshift_cluster_name",
            database_name: "redshift_database_name",
          },
          arns: ["redshift:{region}:{account}:dbname:{cluster_name}/{database_name}"],
        }),
        purpose: "Get credentials of the database user of the role.",
        source: referencePage("iam-role-as-a-redshift-database-user"),
      },
    ],
  },
  configured: {
    hosts: [
      ...regionalHosts("(?<cluster_name>(?![^.]*-endpoint-)[^.]+)\\.[^.]+", "redshift"),
      // A managed VPC endpoint has a name of its own.
      ...regionalHosts("[^.]+\\.[^.]+", "redshift"),
      anyHost("redshift"),
    ],
    settings: { cluster_id: "cluster_name" },
  },
  deviations: [
    "If `redshift_database_users` names users, `RedshiftConnectAsDBUser` has the ARNs of the user and of the database, because Teleport names both in its request. The page has `dbgroup`, which only `redshift:JoinGroup` uses.",
    "The page shows an external ID in the trust policy of Redshift's database-user roles. Leave `external_ids` empty: Teleport refuses `external_id` for Redshift without `assume_role_arn`, and with it sends none to these roles.",
  ],
};

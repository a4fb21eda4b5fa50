import { fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { narrowing } from "./narrowing";
import { regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { databases, narrowedBy, on } from "./statement";

const source = referencePage("rds");

/** The instances and clusters that metadata may be read of and IAM authentication turned on for. */
const modifiable = [
  narrowing({
    variable: "rds_clusters",
    description: "Aurora clusters whose metadata may be read and that may be modified",
    fields: { cluster_name: "rds_cluster_name" },
    arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
  }),
  narrowing({
    variable: "rds_instances",
    description: "RDS instances whose metadata may be read and that may be modified",
    fields: { instance_name: "rds_instance_name" },
    arns: ["rds:{region}:{account}:db:{instance_name}"],
  }),
];

/** Amazon RDS and Aurora. */
export const rds: DatabaseType = {
  name: "rds",
  title: "RDS and Aurora",
  purpose: "Connects to RDS instances and Aurora clusters with IAM authentication.",
  source,
  statements: [
    {
      sid: "RDSAutoEnableIAMAuth",
      actions: ["rds:ModifyDBCluster", "rds:ModifyDBInstance"],
      resources: { ...databases(...modifiable), name: "rds_databases" },
      purpose: "Turn on IAM authentication of databases that do not have it.",
      omittable: "Not needed if IAM authentication is already on.",
      switch: on(
        "rds_auto_enable_iam_auth",
        "Whether the Database Service may turn on IAM authentication of RDS databases. This modifies a database at once, and AWS then also applies all pending modifications. For production databases, turn on IAM authentication yourself and set this to false.",
      ),
      source,
    },
    {
      sid: "RDSConnect",
      actions: ["rds-db:connect"],
      connects: true,
      resources: narrowedBy({
        variable: "rds_database_users",
        description:
          "Database users that Teleport may connect as, by RDS instance or Aurora cluster",
        fields: { resource_id: "rds_resource_id", user_name: "database_user" },
        arns: ["rds-db:{region}:{account}:dbuser:{resource_id}/{user_name}"],
      }),
      purpose: "Connect to databases with IAM authentication tokens.",
      omittable: "Not needed for SQL Server and Oracle, which use Kerberos.",
      switch: on(
        "rds_connect",
        "Whether the Database Service may connect to RDS databases with IAM authentication. Set it to false if all databases are SQL Server or Oracle, which use Kerberos.",
      ),
      source:
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
    },
    fetchMetadata("rds", "RDS instances and Aurora clusters", {
      sid: "RDSFetchMetadata",
      actions: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
      resources: { ...databases(...modifiable), name: "rds_databases" },
      source,
    }),
    finds("RDSDiscovery", "RDS instances and Aurora clusters", {
      actions: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
      arns: [
        "rds:{region}:{account}:cluster:{cluster_name}",
        "rds:{region}:{account}:db:{instance_name}",
      ],
    }),
  ],
  configured: {
    hosts: [
      ...regionalHosts("(?<cluster_name>[^.]+)\\.cluster-(?:ro-)?[^.-]+", "rds"),
      ...regionalHosts(
        "(?<instance_name>[^.]+)\\.(?!cluster-|proxy-|shardgrp-|global-)[^.]+",
        "rds",
      ),
      // A custom endpoint, and that of a shard group, have names of their own.
      ...regionalHosts("[^.]+\\.(?:cluster-custom|shardgrp)-[^.]+", "rds"),
      /^(?!.*\.proxy-).*\.rds\.([^.]+\.)?amazonaws\.com(\.cn)?$/,
    ],
    settings: {
      instance_id: "instance_name",
      cluster_id: "cluster_name",
      resource_id: "resource_id",
      iam_auth: null,
      subnets: null,
      security_groups: null,
      vpc_id: null,
    },
    kerberos: {
      protocols: ["sqlserver", "oracle"],
      unneeded: ["RDSConnect", "RDSAutoEnableIAMAuth"],
    },
  },
  deviations: [
    "`RDSAutoEnableIAMAuth` has a switch of its own. It is on, as on the page. It modifies databases at once, with their pending modifications. The newest page warns of it for production databases, and in Teleport's own Terraform module it is off by default.",
  ],
};

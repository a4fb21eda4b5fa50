import type { DatabaseType } from "./database-type";
import {
  fetchMetadataOmittable,
  fetchMetadataPurpose,
  fetchMetadataSwitch,
} from "./fetch-metadata";
import { regionalHosts } from "./hosts";
import { scope } from "./scope";
import { referencePage } from "./sources";

const source = referencePage("rds");

/** The instances and clusters that metadata may be read of and IAM authentication turned on for. */
const databases = [
  scope({
    variable: "rds_clusters",
    description: "Aurora clusters whose metadata may be read and that may be modified",
    fields: { cluster_name: "rds_cluster_name" },
    arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
  }),
  scope({
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
      resources: { kind: "databases", unrestricted: "*", scopes: databases },
      purpose: "Turn on IAM authentication where a database does not have it yet.",
      omittable: "Not needed where IAM authentication is already on.",
      switch: {
        variable: "rds_auto_enable_iam_auth",
        default: true,
        description:
          "Whether the Database Service may turn on IAM authentication of RDS databases. It modifies them at once, and pending modifications are applied along with it: turn it off where IAM authentication is already on.",
      },
      source,
    },
    {
      sid: "RDSConnect",
      actions: ["rds-db:connect"],
      resources: {
        kind: "databases",
        unrestricted: "*",
        scopes: [
          scope({
            variable: "rds_database_users",
            description:
              "Database users that may be connected as, by RDS instance or Aurora cluster",
            fields: { resource_id: "rds_resource_id", user_name: "database_user" },
            arns: ["rds-db:{region}:{account}:dbuser:{resource_id}/{user_name}"],
          }),
        ],
      },
      purpose: "Generate the authentication token that opens a connection.",
      source:
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
    },
    {
      sid: "RDSFetchMetadata",
      actions: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
      resources: { kind: "databases", unrestricted: "*", scopes: databases },
      purpose: fetchMetadataPurpose,
      omittable: fetchMetadataOmittable,
      switch: fetchMetadataSwitch("rds", "RDS instances and Aurora clusters"),
      source,
    },
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
      key: "rds",
      fields: {
        instance_id: "instance_name",
        cluster_id: "cluster_name",
        resource_id: "resource_id",
        iam_auth: null,
        subnets: null,
        security_groups: null,
        vpc_id: null,
      },
    },
    kerberos: {
      protocols: ["sqlserver", "oracle"],
      unneeded: ["RDSConnect", "RDSAutoEnableIAMAuth"],
    },
  },
  deviations: [
    "`RDSAutoEnableIAMAuth` has a switch of its own, because modifying a database takes effect at once and applies its pending modifications too. The page does not say so.",
  ],
};

import { connectAsRole, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { anyHost, regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { narrowedBy, on } from "./statement";

const source = referencePage("documentdb");

/** Amazon DocumentDB. */
export const docdb: DatabaseType = {
  name: "docdb",
  aliases: ["documentdb"],
  title: "DocumentDB",
  purpose: "Connects to clusters with IAM authentication, as an IAM role that it assumes.",
  source,
  statements: [
    connectAsRole({
      sid: "DocumentDBConnectAsIAMRole",
      purpose: "Assume the IAM role that a user of a DocumentDB cluster connects as.",
      source,
    }),
    {
      sid: "DocumentDBCheckDomainURL",
      actions: ["rds:DescribeDBClusters"],
      resources: narrowedBy({
        variable: "docdb_clusters",
        description: "DocumentDB clusters whose endpoint may be looked up",
        fields: { cluster_name: "docdb_cluster_name" },
        arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
      }),
      purpose: "Check that the endpoint of a discovered cluster belongs to the cluster.",
      omittable: "Needed only for clusters that the Discovery Service registers.",
      switch: on(
        "docdb_check_domain_url",
        "Whether the Database Service may look up DocumentDB clusters, to check the endpoints of discovered ones.",
      ),
      source,
    },
    finds("DocumentDBDiscovery", "DocumentDB clusters", {
      actions: ["rds:DescribeDBClusters"],
      arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
    }),
  ],
  userRole: { defaultName: "documentdb-user-role" },
  configured: {
    hosts: [
      ...regionalHosts("(?<cluster_name>[^.]+)\\.cluster-[^.]+", "docdb"),
      ...regionalHosts("[^.]+\\.[^.]+", "docdb"),
      anyHost("docdb"),
    ],
    settings: { cluster_id: "cluster_name", instance_id: null, endpoint_type: null },
  },
};

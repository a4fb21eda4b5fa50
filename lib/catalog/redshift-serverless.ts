import { connectAsRole, fetchMetadata, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { narrowing } from "./narrowing";
import { anyHost, regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { databases } from "./statement";

const source = referencePage("redshift-serverless");

const workgroups = narrowing({
  variable: "redshift_serverless_workgroups",
  description:
    "Redshift Serverless workgroups whose metadata may be read and that the database-user roles may connect to",
  fields: { workgroup_id: "redshift_serverless_workgroup_id" },
  arns: ["redshift-serverless:{region}:{account}:workgroup/{workgroup_id}"],
});

/** Amazon Redshift Serverless. */
export const redshiftServerless: DatabaseType = {
  name: "redshift-serverless",
  title: "Redshift Serverless",
  purpose: "Connects to workgroups as an IAM role that it assumes.",
  source,
  statements: [
    connectAsRole({
      sid: "RedshiftServerlessConnectAsIAMRole",
      purpose: "Assume the IAM role that a user connects as. It becomes the database user.",
      source,
    }),
    fetchMetadata("redshift_serverless", "Redshift Serverless workgroups and endpoints", {
      sid: "RedshiftServerlessFetchMetadata",
      actions: ["redshift-serverless:GetEndpointAccess", "redshift-serverless:GetWorkgroup"],
      discovery: {
        actions: [
          "redshift-serverless:ListEndpointAccess",
          "redshift-serverless:ListTagsForResource",
        ],
        arns: [],
      },
      resources: {
        ...databases(
          narrowing({
            variable: "redshift_serverless_endpoints",
            description: "Redshift Serverless managed VPC endpoints whose metadata may be read",
            fields: { endpoint_id: "redshift_serverless_endpoint_id" },
            arns: ["redshift-serverless:{region}:{account}:managedvpcendpoint/{endpoint_id}"],
          }),
          workgroups,
        ),
        name: "redshift_serverless_metadata",
      },
      source,
    }),
    finds("RedshiftServerlessDiscovery", "Redshift Serverless workgroups", {
      actions: ["redshift-serverless:ListWorkgroups"],
    }),
  ],
  userRole: {
    defaultName: "redshift-serverless-user-role",
    statements: [
      {
        sid: "RedshiftServerlessConnect",
        actions: ["redshift-serverless:GetCredentials"],
        resources: { kind: "databases", narrowings: [workgroups] },
        purpose: "Get credentials of the database user of the role.",
        source: referencePage("iam-role-as-a-redshift-serverless-database-user"),
      },
    ],
  },
  configured: {
    hosts: [
      ...regionalHosts("[^.]+\\.(?<account>[0-9]{12})", "redshift-serverless"),
      anyHost("redshift-serverless"),
    ],
    settings: { workgroup_name: null, endpoint_name: null, workgroup_id: "workgroup_id" },
  },
};

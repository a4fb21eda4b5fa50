import { connectAsRole } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { on, type Switch } from "./statement";
import { API_SUFFIX, REGION } from "./hosts";
import { referencePage } from "./page-urls";

const source = referencePage("dynamodb");

const sessionTags: Switch = on(
  "dynamodb_session_tags",
  "Whether the Database Service may tag the sessions of DynamoDB user roles. Needed only if aws.session_tags is set in Teleport's database configuration.",
);

/** Amazon DynamoDB. */
export const dynamodb: DatabaseType = {
  name: "dynamodb",
  title: "DynamoDB",
  purpose: "Forwards requests to DynamoDB as an IAM role that it assumes.",
  source,
  statements: [
    connectAsRole({
      sid: "DynamoDBConnectAsIAMRole",
      purpose: "Assume the IAM role that sends a user's requests to DynamoDB.",
      source,
    }),
    {
      sid: "DynamoDBSessionTagging",
      actions: ["sts:TagSession"],
      resources: { kind: "user-roles", unrestricted: true },
      purpose: "Put the tags of aws.session_tags on the sessions of the assumed role.",
      omittable: "Needed only if aws.session_tags is set in Teleport's database configuration.",
      switch: sessionTags,
      source,
    },
  ],
  userRole: {
    defaultName: "dynamodb-user-role",
    sessionTags: sessionTags.variable,
  },
  configured: {
    protocol: "dynamodb",
    hosts: [
      new RegExp(`^(?:dynamodb|dynamodb-fips|streams\\.dynamodb|dax)\\.${REGION}\\.${API_SUFFIX}$`),
      new RegExp(`^(?<account>[0-9]{12})\\.ddb(?:-fips)?\\.${REGION}\\.${API_SUFFIX}$`),
      new RegExp(`\\.(?:dynamodb(?:-fips)?|ddb)\\.${REGION}\\.vpce\\.amazonaws\\.com(?:\\.cn)?$`),
      new RegExp(`\\.dax-clusters\\.${REGION}\\.amazonaws\\.com(?:\\.cn)?$`),
    ],
  },
  deviations: [
    "With `dynamodb_session_tags`, the trust policies of the database-user roles have a statement for `sts:TagSession`, and the permissions boundary allows it. The page has only `sts:AssumeRole` in both, and AWS refuses a session with tags then.",
  ],
};

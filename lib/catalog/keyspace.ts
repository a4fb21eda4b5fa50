import { connectAsRole } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { API_SUFFIX, REGION } from "./hosts";
import { referencePage } from "./page-urls";

const source = referencePage("keyspaces");

/** Amazon Keyspaces (for Apache Cassandra). */
export const keyspace: DatabaseType = {
  name: "keyspace",
  aliases: ["keyspaces"],
  title: "Keyspaces",
  purpose: "Forwards requests to Keyspaces as an IAM role that it assumes.",
  source,
  statements: [
    connectAsRole({
      sid: "KeyspacesConnectAsIAMRole",
      purpose: "Assume the IAM role that a user's requests are sent to Keyspaces as.",
      source,
    }),
  ],
  userRole: { defaultName: "keyspaces-user-role" },
  configured: {
    protocol: "cassandra",
    hosts: [
      new RegExp(`^cassandra(?:-fips)?\\.${REGION}\\.${API_SUFFIX}$`),
      new RegExp(`\\.cassandra(?:-fips)?\\.${REGION}\\.vpce\\.amazonaws\\.com(?:\\.cn)?$`),
    ],
  },
};

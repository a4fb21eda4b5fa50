/**
 * Outputs of the modules for Teleport's own resources: database users and settings of databases.
 */
import { type Call, outputsOf, planCalls } from "../support/planned-calls";
import type { Plan } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const DATABASES = "111122223333";
const SERVICE = "444455556666";
const ROLE = `arn:aws:iam::${SERVICE}:role/team/analyst`;

/** The values are HCL. */
const calls: Readonly<Record<string, Call>> = {
  defaults: { values: {} },
  discovery: { values: { services: '["discovery"]' } },
  narrowed: {
    values: {
      user_role_path: '"/teleport/"',
      rds_database_users:
        '[for name in ["reader", "reader", "app-*"] : { region = "*", resource_id = "db-*", user_name = name }]',
      rdsproxy_database_users: "[]",
      elasticache_connections:
        '[{ region = "*", replication_group = "orders", user_name = "alice" }]',
      elasticache_managed_users: "true",
      elasticache_rotated_users: '[{ region = "*", user_name = "rotated" }]',
      memorydb_connections: '[{ region = "*", cluster_name = "orders", user_name = "alice" }]',
      memorydb_managed_users: "true",
      dynamodb_user_role_names: '["readers/dynamodb", "writer"]',
      keyspace_user_role_names: "[]",
      redshift_connect_as_database_user: "false",
      redshift_user_role_names: '["analyst"]',
      redshift_user_role_arns: `["${ROLE}"]`,
      redshift_serverless_user_role_arns: `["${ROLE}"]`,
    },
  },
};

/** Database users by type, as tsh accepts them. A role of Redshift has a prefix. */
const defaultUsers = {
  docdb: ["documentdb-user-role"],
  dynamodb: ["dynamodb-user-role"],
  elasticache: ["*"],
  "elasticache-serverless": ["*"],
  keyspace: ["keyspaces-user-role"],
  memorydb: ["*"],
  opensearch: ["opensearch-user-role"],
  rds: ["*"],
  rdsproxy: ["*"],
  redshift: ["*", "role/redshift-user-role"],
  "redshift-serverless": ["redshift-serverless-user-role"],
};

const dbUsers: Readonly<Record<string, object>> = {
  defaults: defaultUsers,
  discovery: Object.fromEntries(Object.keys(defaultUsers).map((type) => [type, []])),
  narrowed: {
    rds: ["reader", "app-*"],
    rdsproxy: [],
    elasticache: ["alice", "rotated"],
    "elasticache-serverless": ["*"],
    // Of the users that are tagged, Teleport may set any password.
    memorydb: ["alice", "*"],
    dynamodb: ["teleport/readers/dynamodb", "teleport/writer"],
    keyspace: [],
    redshift: ["role/teleport/analyst", ROLE],
    docdb: ["teleport/documentdb-user-role"],
    opensearch: ["teleport/opensearch-user-role"],
    "redshift-serverless": ["teleport/redshift-serverless-user-role", ROLE],
  },
};

describeWithTerraform()("outputs for Teleport's resources", () => {
  let plan: Plan;

  beforeAll(() => {
    plan = planCalls(DATABASES, calls, ["teleport_db_users", "teleport_database_aws"]);
  });

  test.each(Object.keys(dbUsers))("Teleport's roles may allow whom the policy does: %s", (call) => {
    expect(outputsOf(plan, call).teleport_db_users).toEqual(dbUsers[call]);
  });

  test.each(Object.keys(calls))("databases are in the module's account: %s", (call) => {
    const settings = outputsOf(plan, call).teleport_database_aws as Record<string, object>;
    expect(Object.keys(settings)).toEqual(Object.keys(defaultUsers));
    for (const of of Object.values(settings)) expect(of).toMatchObject({ account_id: DATABASES });
  });
});

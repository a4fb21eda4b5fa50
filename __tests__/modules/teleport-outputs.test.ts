/** What the modules put out for Teleport's own resources: join tokens and roles. */
import { type Plan, TerraformRoot } from "../support/terraform";
import { planCalls } from "../support/planned-calls";
import { describeWithTerraform } from "../support/tools";

const DATABASES = "123456789012";
const SERVICE = "210987654321";

/** Module calls by name; the values are HCL. */
const calls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  defaults: {},
  paths: {
    service_role_name: '"team/db/teleport"',
    access_role_name: '"team/access"',
    create_access_role: "true",
    attach_to_roles: '{ other = "other" }',
    service_account_id: `"${SERVICE}"`,
    external_id: '"example-external-id"',
  },
  hop: {
    aws_partition: '"aws-us-gov"',
    attach_to_roles: '{ agent = "agent" }',
    assume_role_arns: `["arn:aws-us-gov:iam::${SERVICE}:role/team/access"]`,
  },
  discovery: { services: '["discovery"]' },
  narrowed: {
    user_role_path: '"/teleport/"',
    rds_database_users:
      '[for name in ["reader", "reader", "app-*"] : { region = "*", resource_id = "db-*", user_name = name }]',
    rdsproxy_database_users: "[]",
    elasticache_connections: '[{ region = "*", replication_group = "orders", user_name = "alice" }]',
    elasticache_managed_users: "true",
    elasticache_rotated_users: '[{ region = "*", user_name = "rotated" }]',
    memorydb_connections: '[{ region = "*", cluster_name = "orders", user_name = "alice" }]',
    memorydb_managed_users: "true",
    dynamodb_user_role_names: '["readers/dynamodb", "writer"]',
    keyspace_user_role_names: "[]",
    redshift_connect_as_database_user: "false",
    redshift_user_role_names: '["analyst"]',
    redshift_user_role_arns: `["arn:aws:iam::${SERVICE}:role/team/analyst"]`,
    redshift_serverless_user_role_arns: `["arn:aws:iam::${SERVICE}:role/team/analyst"]`,
  },
};

const session = (account: string, name: string, partition = "aws"): object => ({
  aws_account: account,
  aws_arn: `arn:${partition}:sts::${account}:assumed-role/${name}/*`,
});

const tokenRules: Readonly<Record<string, object>> = {
  defaults: {
    service_role: session(DATABASES, "teleport-db-service-role"),
    access_role: null,
    attach_to_roles: {},
    assume_role_arns: [],
  },
  // The access role has the policies, so what is attached to is in its account.
  paths: {
    service_role: session(SERVICE, "teleport"),
    access_role: session(DATABASES, "access"),
    attach_to_roles: { other: session(DATABASES, "other") },
    assume_role_arns: [],
  },
  hop: {
    service_role: session(DATABASES, "teleport-db-service-role", "aws-us-gov"),
    access_role: null,
    attach_to_roles: { agent: session(DATABASES, "agent", "aws-us-gov") },
    assume_role_arns: [session(SERVICE, "access", "aws-us-gov")],
  },
};

const ROLE = `arn:aws:iam::${SERVICE}:role/team/analyst`;

/** What users connect as, by type, as tsh takes it: a role of Redshift is told from its other users. */
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
const nobody = Object.fromEntries(Object.keys(defaultUsers).map((type) => [type, []]));

const dbUsers: Readonly<Record<string, object>> = {
  defaults: defaultUsers,
  hop: nobody,
  discovery: nobody,
  narrowed: {
    ...defaultUsers,
    rds: ["reader", "app-*"],
    rdsproxy: [],
    elasticache: ["alice", "rotated"],
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
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    ({ root, plan } = planCalls(DATABASES, calls, { token_rules: "teleport_token_rules", db_users: "teleport_db_users" }));
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(Object.keys(tokenRules))("join tokens allow the sessions of the roles: %s", (call) => {
    expect(outputs(call).token_rules).toEqual(tokenRules[call]);
  });

  test.each(Object.keys(dbUsers))("Teleport's roles may allow whom the policy does: %s", (call) => {
    expect(outputs(call).db_users).toEqual(dbUsers[call]);
  });

  function outputs(call: string): Readonly<Record<string, unknown>> {
    return plan.planned_values.outputs?.[call]?.value as Readonly<Record<string, unknown>>;
  }
});

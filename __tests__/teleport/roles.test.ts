/**
 * The AWS roles that a configuration needs, and the wiring of module calls. What the Discovery Service writes into a database and what the Database Service makes of it:
 * lib/srv/discovery/fetchers/db/aws.go (applyAssumeRole) and lib/srv/db/watcher.go
 * (applyResourceMatchersToDatabase) of gravitational/teleport.
 */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { words } from "../support/words";

const RDS_ROLE = "arn:aws:iam::222222222222:role/teleport-rds";

const file = (text: string, name = "teleport.yaml") => ({ file: name, text });

const read = (...texts: readonly string[]) =>
  readTeleportConfiguration(texts.map((text, index) => file(text, `file-${String(index)}.yaml`)));

/** The calls by name: what each is composed for, its services, its values and wiring. */
function calls(...texts: readonly string[]) {
  return Object.fromEntries(
    read(...texts).modules.map(({ name, module, types, defaults, call }) => [
      name,
      { module, types, ...defaults, ...call },
    ]),
  );
}

const MATCHER = `{ types: [rds], regions: [us-east-1], tags: { "*": "*" }, assume_role_arn: "${RDS_ROLE}", external_id: ext-2 }`;

/** The role of a matcher is reached by the hop, and gets the statements of both services. */
const hopAndBoth = {
  service_role: expect.objectContaining({
    module: "service-role",
    assume_role_arns: "{ teleport_rds = module.access_role_teleport_rds.role_arn }",
  }) as unknown,
  access_role_teleport_rds: {
    module: "access-role",
    types: [],
    aws_account_id: "222222222222",
    role_name: "teleport-rds",
    external_ids: ["ext-2"],
    trusted_principals: "[module.service_role.role_arn]",
  },
  database_access_teleport_rds: {
    module: "database-access",
    types: ["rds"],
    aws_account_id: "222222222222",
    services: ["database", "discovery"],
    attach_to_roles: "{ access = module.access_role_teleport_rds.role_name }",
  },
};

describe("the role of a discovery matcher belongs to the databases that it finds", () => {
  test("one process: the hop, and one module for both services behind it", () => {
    expect(
      calls(`
version: v3
db_service:
  enabled: true
  resources: [{labels: {"*": "*"}}]
discovery_service:
  enabled: true
  aws:
  - ${MATCHER}`),
    ).toEqual(hopAndBoth);
  });

  test("unless the role of the resources that select them is another", () => {
    const found = calls(`
db_service:
  resources: [{ labels: {"*": "*"}, aws: { assume_role_arn: "arn:aws:iam::222222222222:role/connect", external_id: ext-3 } }]
discovery_service:
  aws:
  - ${MATCHER}`);
    expect(found.database_access_connect).toMatchObject({ types: ["rds"] });
    expect(found.database_access_connect).not.toHaveProperty("services");
    expect(found.database_discovery_teleport_rds).toMatchObject({
      types: ["rds"],
      services: ["discovery"],
    });
    expect(found).not.toHaveProperty("database_access_teleport_rds");
  });
});

describe("one role is one object, whatever names it", () => {
  const config = `kind: discovery_config\nmetadata: { name: a }\nspec: { discovery_group: g, aws: [{ types: [memorydb], regions: [us-east-1], assume_role: { role_arn: "${RDS_ROLE}", external_id: ext-2 } }] }`;
  const database = `kind: db\nmetadata: { name: db }\nspec: { protocol: postgres, uri: orders.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "${RDS_ROLE}", external_id: ext-2 } }`;

  test("a database and a discovery_config: created once, with all types", () => {
    const { modules } = read(`${database}\n---\n${config}`);
    expect(modules.filter(({ module }) => module === "access-role")).toHaveLength(1);
    expect(modules.find(({ name }) => name === "database_access_teleport_rds")).toMatchObject({
      types: ["memorydb", "rds"],
      defaults: { services: ["database", "discovery"] },
    });
  });

  test("two external IDs for it are both accepted, and a use without one is a warning", () => {
    const { modules, warnings } = read(
      `${database}\n---\n${config.replace("ext-2", "ext-3")}\n---\n${database.replace("name: db", "name: other").replace(", external_id: ext-2", "")}`,
    );
    expect(modules.find(({ module }) => module === "access-role")?.defaults.external_ids).toEqual([
      "ext-2",
      "ext-3",
    ]);
    expect(warnings).toEqual([
      expect.objectContaining({
        document: 3,
        line: 11,
        text: expect.stringContaining(
          "external_id is missing here, so AWS refuses the call",
        ) as unknown,
      }),
    ]);
  });

  test("a name in two accounts gives two calls of different names", () => {
    const other = database
      .replace("222222222222", "333333333333")
      .replace("name: db", "name: other");
    expect(Object.keys(calls(`${database}\n---\n${other}`))).toEqual([
      ...words("service_role access_role_teleport_rds database_access_teleport_rds"),
      ...words("access_role_teleport_rds_333333333333 database_access_teleport_rds_333333333333"),
    ]);
  });

  test("the service's own role, named as one to assume, assumes itself", () => {
    const found = calls(
      `roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: "${RDS_ROLE}" } }\ndatabases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "${RDS_ROLE}", external_id: ext-2 } }]`,
    );
    expect(Object.keys(found)).toEqual(["service_role", "database_access"]);
    expect(found.service_role).toMatchObject({ assume_itself: true, role_name: "teleport-rds" });
  });
});

describe("one process has one identity", () => {
  const values = (roles: string, more = "") => `
roles: ${roles}
proxyAddr: example.teleport.sh:443
kubeClusterName: east
annotations: { serviceAccount: { eks.amazonaws.com/role-arn: "arn:aws:iam::444444444444:role/agent" } }
${more}`;
  const database =
    "databases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com }]";
  const discovery =
    "teleportConfig: { discovery_service: { aws: [{ types: [rds], regions: [us-east-1] }] } }";
  const both = {
    database_access: expect.objectContaining({
      types: ["rds"],
      aws_account_id: "444444444444",
      services: ["database", "discovery"],
      attach_to_roles: '{ service = "agent" }',
    }) as unknown,
  };

  test("a Helm release that runs both", () => {
    expect(calls(values("db,discovery", `${database}\n${discovery}`))).toEqual(both);
  });

  test("a Helm release whose Discovery Service follows the group of a discovery_config", () => {
    const config =
      "kind: discovery_config\nmetadata: { name: a }\nspec: { discovery_group: GROUP, aws: [{ types: [rds], regions: [us-east-1] }] }";
    expect(calls(values("db,discovery", database), config.replace("GROUP", "east"))).toEqual(both);
    expect(
      Object.keys(calls(values("db,discovery", database), config.replace("GROUP", "west"))),
    ).toEqual(["database_access", "discovery_role", "database_discovery"]);
  });

  test("a file that runs both", () => {
    const text =
      "db_service: { databases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { account_id: '444444444444' } }] }\ndiscovery_service: { aws: [{ types: [rds], regions: ['*'] }] }";
    expect(calls(text)).toMatchObject({
      service_role: { aws_account_id: "444444444444" },
      database_access: { services: ["database", "discovery"], discover_all_regions: true },
    });
    expect(Object.keys(calls(text))).toHaveLength(2);
  });

  test("a service that is switched off, as the chart writes it, is none", () => {
    const database =
      "kind: db\nmetadata: { name: a }\nspec: { protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com }";
    const agent = (service: string) => `${service}: { enabled: no }\nssh_service: { enabled: yes }`;
    expect(Object.keys(calls(agent("db_service"), database))).toEqual([
      "service_role",
      "database_access",
    ]);
    expect(read(agent("discovery_service"), database).warnings).toEqual([]);
  });

  test("the role of an AWS OIDC integration is one of its own", () => {
    const found = calls(
      `discovery_service: { aws: [{ types: [rds], regions: [us-east-1], integration: cloud, assume_role_arn: "${RDS_ROLE}", external_id: ext-2 }] }`,
    );
    expect(found.integration_role_cloud).toMatchObject({
      module: "service-role",
      trust_teleport_oidc_provider_arn: "var.teleport_oidc_provider_arn",
      assume_role_arns: "{ teleport_rds = module.access_role_teleport_rds.role_arn }",
    });
  });
});

describe("a role in another account without an external ID", () => {
  const database = (account: string) =>
    `roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: "arn:aws:iam::${account}:role/agent" } }\ndatabases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "${RDS_ROLE}" } }]`;
  const accessRole = (account: string) =>
    read(database(account)).modules.find(({ module }) => module === "access-role");

  test("is missing, with the place, and is a variable of the call", () => {
    expect(accessRole("444444444444")).toMatchObject({
      missing: [
        "An external ID, because the role that assumes it is in another account: external_ids, and external_id next to assume_role_arn (file-0.yaml, line 4); or a condition on your organization: trust_conditions",
      ],
      call: { external_ids: "[var.teleport_rds_external_id]" },
    });
  });

  test("may be, if the service's account is not known", () => {
    const { modules } = read(
      `db_service: { databases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "${RDS_ROLE}" } }] }`,
    );
    expect(modules.find(({ module }) => module === "access-role")?.missing).toEqual([
      expect.stringContaining("if the Database Service's role is in another account"),
    ]);
  });
});

test("databases of another account, without a role of it", () => {
  const { modules } = read(
    `db_service:\n  databases:\n  - { name: a, protocol: dynamodb, aws: { account_id: "444444444444" } }\n  - { name: b, protocol: dynamodb, aws: { account_id: "555555555555", external_id: ext-5 } }\n  - { name: c, protocol: postgres, uri: c.x.us-east-1.rds.amazonaws.com, aws: { account_id: "555555555555" } }`,
  );
  expect(modules.map(({ name }) => name)).toEqual([
    "service_role",
    "database_access",
    "user_roles_555555555555",
  ]);
  expect(modules[1]).toMatchObject({
    types: ["dynamodb"],
    defaults: {
      dynamodb_user_role_arns: ["arn:aws:iam::555555555555:role/dynamodb-user-role"],
    },
  });
  expect(modules[1]?.missing.join("\n")).toContain(
    "cannot connect to databases of rds outside of account 444444444444",
  );
  expect(modules[2]).toMatchObject({
    defaults: { create_policy: false, create_user_roles: true, external_ids: ["ext-5"] },
    call: { trusted_principals: "[module.service_role.role_arn]" },
  });
});

describe("databases that are all in another account than the service's role", () => {
  const values = (database: string) =>
    `roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: "arn:aws:iam::444444444444:role/agent" } }\ndatabases:\n- { name: a, ${database} }`;

  test.each([
    ["dynamodb", 'protocol: dynamodb, aws: { account_id: "222222222222" }'],
    [
      "redshift_serverless",
      "protocol: postgres, uri: wg.222222222222.us-east-1.redshift-serverless.amazonaws.com",
    ],
  ])("of %s: the policy is for the Database Service", (prefix, database) => {
    const { database_access: access } = calls(values(database));
    expect(access).toMatchObject({
      aws_account_id: "444444444444",
      [`${prefix}_user_role_arns`]: [
        `arn:aws:iam::222222222222:role/${prefix.replace("_", "-")}-user-role`,
      ],
    });
    expect(access).not.toHaveProperty("services");
  });

  test("of a type without roles of its users: the refusal names the line", () => {
    const database =
      'protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { account_id: "222222222222" }';
    expect(() => read(values(database))).toThrow(
      "file-0.yaml, line 5, column 3: the Database Service's role cannot connect to databases of rds outside of account 444444444444. Set assume_role_arn of these databases",
    );
  });
});

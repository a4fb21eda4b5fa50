/**
 * Parts of a configuration that decide the module: refusals as Teleport has them, discovery,
 * Kerberos.
 */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { readingText } from "../../lib/commands/compose/reading-text";
import { readConfiguration } from "../../lib/teleport/read";

const file = (...lines: readonly string[]) => [{ file: "teleport.yaml", text: lines.join("\n") }];

const databases = (...lines: readonly string[]) =>
  file("db_service:", "  databases:", ...lines.map((line) => `  - { name: db, ${line} }`));

const HOSTS: Readonly<Record<string, string>> = {
  docdb: "docs.cluster-x.us-east-1.docdb.amazonaws.com",
  dynamodb: "dynamodb.us-east-1.amazonaws.com",
  elasticache: "master.cache.x.use1.cache.amazonaws.com",
  "elasticache-serverless": "cache-x.serverless.use1.cache.amazonaws.com",
  keyspace: "cassandra.us-east-1.amazonaws.com",
  memorydb: "clustercfg.mem.x.memorydb.us-east-1.amazonaws.com",
  opensearch: "search-logs-x.us-east-1.es.amazonaws.com",
  rds: "orders.x.us-east-1.rds.amazonaws.com",
  rdsproxy: "web.proxy-x.us-east-1.rds.amazonaws.com",
  redshift: "dw.x.us-east-1.redshift.amazonaws.com",
  "redshift-serverless": "wg.123456789012.us-east-1.redshift-serverless.amazonaws.com",
};

/** RequireAWSIAMRolesAsUsers in Teleport's api/types/database.go. */
const ALWAYS_AS_ROLE = ["docdb", "dynamodb", "keyspace", "opensearch", "redshift-serverless"];

describe("an external ID without a role to assume first", () => {
  test.each(Object.entries(HOSTS))("of a database of %s", (type, host) => {
    const read = () =>
      readTeleportConfiguration(databases(`uri: "${host}", aws: { external_id: abc }`));
    if (ALWAYS_AS_ROLE.includes(type)) {
      expect(read().main.defaults).toMatchObject({
        create_user_roles: true,
        external_ids: ["abc"],
      });
    } else {
      const column = `  - { name: db, uri: "${host}", aws: { external_id: `.length + 1;
      expect(read).toThrow(
        `teleport.yaml, line 3, column ${String(column)}: external_id is set without assume_role_arn, and Teleport refuses that for ${type}`,
      );
    }
  });

  test("of a database that is not AWS's", () => {
    expect(() =>
      readTeleportConfiguration(databases("uri: 'localhost:1', aws: { external_id: abc }")),
    ).toThrow("external_id is set without assume_role_arn, and Teleport refuses that. Add");
  });

  test.each([
    ["db_service", "[redshift-serverless, opensearch, docdb]", undefined],
    ["db_service", "[opensearch, rds]", "that for rds"],
    ["discovery_service", "[opensearch, memorydb]", "that for memorydb"],
  ])("of a matcher of %s for %s", (service, types, message) => {
    const text = file(`${service}:`, "  aws:", `  - { types: ${types}, external_id: abc }`);
    const read = () => readConfiguration(text);
    if (message === undefined) expect(read().matchers).toHaveLength(1);
    else expect(read).toThrow(message);
  });

  test("of resources is a warning, and is not sent", () => {
    const { resourceMatchers, warnings } = readConfiguration(
      file(
        "db_service:",
        "  resources:",
        '  - { labels: { "*": "*" }, aws: { external_id: abc } }',
      ),
    );
    expect(resourceMatchers).toMatchObject([{ externalId: undefined }]);
    expect(warnings).toMatchObject([
      { line: 3, text: expect.stringContaining("has no effect without assume_role_arn") as string },
    ]);
  });
});

test.each([
  ["postgress", 'Did you mean "postgres"?'],
  ["mssql", 'Did you mean "mysql"?'],
  ["mongo", 'Did you mean "mongodb"?'],
  ["http", "Protocols: postgres, mysql"],
])("the protocol %s is refused", (protocol, message) => {
  const read = () => readTeleportConfiguration(databases(`protocol: ${protocol}, uri: "x"`));
  expect(read).toThrow(`line 3, column 27: Teleport has no protocol "${protocol}".`);
  expect(read).toThrow(message);
});

test.each([
  [
    "a region other than the host's",
    `uri: "${HOSTS.dynamodb ?? ""}", aws: { region: eu-west-1 }`,
    "region is eu-west-1, and the host is in us-east-1",
  ],
  [
    "a role of another partition",
    `uri: "${HOSTS.rds ?? ""}", aws: { assume_role_arn: 'arn:aws-cn:iam::123456789012:role/x' }`,
    "us-east-1 is in aws, and arn:aws-cn:iam::123456789012:role/x in teleport.yaml, line 3, column 86 is in aws-cn: a role works in one partition only",
  ],
])("%s is refused", (_what, database, message) => {
  expect(() => readTeleportConfiguration(databases(database))).toThrow(message);
});

test.each([
  ["dynamodb", "Teleport does not discover DynamoDB. Add these databases"],
  ["keyspace", "Teleport does not discover Keyspaces. Add these databases"],
  ["ec2", 'Unknown database type "ec2"'],
])("who discovers db_service.aws with %s is refused", (type, message) => {
  expect(() =>
    readTeleportConfiguration(file("db_service:", "  aws:", `  - types: [${type}]`)),
  ).toThrow(`teleport.yaml, line 3, column 13: ${message}`);
});

describe("Kerberos", () => {
  const ad = "ad: { domain: EXAMPLE.COM, keytab_file: x, spn: y }";
  const sqlserver = `protocol: sqlserver, uri: "${HOSTS.rds ?? ""}", ${ad}`;

  test.each([
    ["SQL Server", sqlserver],
    ["Oracle", sqlserver.replace("sqlserver", "oracle")],
  ])("%s needs no IAM authentication, and none turned on", (_what, database) => {
    const { main } = readTeleportConfiguration(databases(database));
    expect(main.defaults).toEqual({
      rds_auto_enable_iam_auth: false,
      rds_connect: false,
      rds_instances: [{ region: "us-east-1", instance_name: "orders" }],
    });
  });

  test.each([
    ["an empty ad block", sqlserver.replace(ad, 'ad: { domain: "" }')],
    ["another protocol", sqlserver.replace("sqlserver", "postgres")],
  ])("not with %s", (_what, database) => {
    const { main } = readTeleportConfiguration(databases(database));
    expect(main.defaults).not.toHaveProperty("rds_auto_enable_iam_auth");
  });

  test("not where another database connects with IAM", () => {
    const { main } = readTeleportConfiguration(
      file(
        "db_service:",
        "  databases:",
        `  - { name: a, ${sqlserver} }`,
        '  - { name: b, protocol: postgres, uri: "b.x.us-east-1.rds.amazonaws.com" }',
      ),
    );
    expect(main.defaults).not.toHaveProperty("rds_auto_enable_iam_auth");
  });
});

test("a narrowing reaches every database, or is left open", () => {
  const id = "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const text = (...others: readonly string[]) =>
    file(
      "db_service:",
      "  databases:",
      `  - { name: a, uri: a.x.us-east-1.rds.amazonaws.com, aws: { rds: { resource_id: ${id} } } }`,
      ...others,
    );
  const { main: alone } = readTeleportConfiguration(text());
  expect(alone.defaults).toEqual({
    rds_instances: [{ region: "us-east-1", instance_name: "a" }],
    rds_database_users: [{ region: "us-east-1", resource_id: id, user_name: "*" }],
  });
  const { main: withOther } = readTeleportConfiguration(
    text("  - { name: b, uri: b.cluster-x.us-east-1.rds.amazonaws.com }"),
  );
  expect(withOther.defaults).toEqual({
    rds_instances: [{ region: "us-east-1", instance_name: "a" }],
    rds_clusters: [{ region: "us-east-1", cluster_name: "b" }],
  });
});

test("MongoDB Atlas: the statement and the trust policy are printed, nothing is composed for it", () => {
  const reading = readTeleportConfiguration(
    file(
      "db_service:",
      "  databases:",
      "  - { name: atlas, protocol: mongodb, uri: 'mongodb+srv://c.x.mongodb.net' }",
      "  - { name: a, uri: a.x.us-east-1.rds.amazonaws.com }",
    ),
  );
  expect(reading.main.types).toEqual(["rds"]);
  const text = readingText(["teleport.yaml"], reading);
  expect(text).toContain('line 3  database "atlas": MongoDB Atlas');
  expect(text).toContain(
    '"Action": "sts:AssumeRole",\n      "Resource": "arn:aws:iam::<account>:role/',
  );
  expect(text).toContain('"Principal": {\n            "AWS": "arn:aws:iam::<account>:role/');
});

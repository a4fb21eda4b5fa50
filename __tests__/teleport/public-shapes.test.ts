/**
 * Shapes of files that teams and Teleport publish, each in words of our own: Teleport's reference of
 * db_service, gravitational/teleport #17826 (17 regions), the chart's own examples (.lint/db.yaml,
 * all-v6.yaml), the tests of tctl (several documents).
 */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";

const read = (...lines: readonly string[]) =>
  readTeleportConfiguration([{ file: "f", text: lines.join("\n") }]);
const texts = (...lines: readonly string[]) =>
  read(...lines).warnings.map(({ line, text }) => `${String(line)} ${text}`);

describe("teleport.yaml", () => {
  test("every setting of the reference is known, and its one role is one call", () => {
    const { modules, warnings } = read(
      "version: v3",
      "db_service:",
      '  enabled: "yes"',
      "  resources:",
      '  - labels: { "*": "*" }',
      "    aws: { assume_role_arn: 'arn:aws:iam::222222222222:role/teleport', external_id: ext-1 }",
      "  aws:",
      "  - types: [rds, rdsproxy, redshift, redshift-serverless, elasticache, memorydb, opensearch]",
      "    regions: [us-west-1, us-east-2]",
      "    assume_role_arn: arn:aws:iam::222222222222:role/teleport",
      "    external_id: ext-1",
      '    tags: { "*": "*" }',
      "  azure: [{ types: [mysql], regions: [eastus] }]",
      "  databases:",
      "  - name: prod",
      "    description: x",
      "    protocol: postgres",
      "    uri: db.example.com:5432",
      "    tls: { mode: verify-full, server_name: x, ca_cert_file: /x }",
      "    mysql: { server_version: 8.0.28 }",
      "    admin_user: { name: admin, default_database: teleport }",
      "    aws:",
      "      region: us-east-1",
      "      assume_role_arn: arn:aws:iam::222222222222:role/teleport",
      "      external_id: ext-1",
      "      rds: { instance_id: orders }",
      "      secret_store: { key_prefix: teleport/ }",
      "      session_tags: { team: data }",
      "    gcp: { project_id: x, instance_id: y }",
      "    ad: { keytab_file: /x, domain: X, spn: x, krb5_file: /y }",
      "    azure: { is_flexi_server: false, resource_id: x }",
      "    static_labels: { env: prod }",
      "    dynamic_labels: [{ name: a, command: [hostname], period: 1m }]",
    );
    expect(warnings).toEqual([]);
    expect(modules.map(({ name }) => name)).toEqual([
      "service_role",
      "access_role_teleport",
      "database_access_teleport",
    ]);
  });

  test("every region by its name is not every region", () => {
    const { main } = read(
      "db_service:",
      "  enabled: yes",
      "  aws:",
      "  - types: [rds]",
      "    regions: [eu-north-1, sa-east-1, ap-south-1, eu-west-3, ap-northeast-3, ca-central-1]",
      '    tags: { "*": "*" }',
    );
    expect(main.defaults).toEqual({ services: ["database", "discovery"] });
  });
});

describe("Helm values", () => {
  test("the chart's example: keys that the chart does not read, with what is meant", () => {
    expect(
      texts(
        "authToken: token",
        "proxyAddr: proxy.example.com:3080",
        "roles: db",
        "aws:",
        "  - types: [rds]",
        "databases:",
        "  - name: aurora",
        "    uri: aurora.x.us-east-1.rds.amazonaws.com:5432",
        "    protocol: postgres",
        "    labels: { database: staging }",
      ),
    ).toEqual([
      '4 The chart has an unknown key "aws", which is not read. Did you mean "awsDatabases"?',
      '10 databases[] has an unknown key "labels", which is not read. Did you mean "static_labels"?',
    ]);
  });

  test("annotations are the user's own", () => {
    expect(
      texts(
        "roles: kube,app,db",
        "kubeClusterName: east",
        "labels: { cluster: testing }",
        "apps: [{ name: grafana, uri: 'http://localhost:3000' }]",
        "databases: [{ name: a, uri: a.x.us-east-1.rds.amazonaws.com, protocol: postgres }]",
        "annotations: { config: { a/b: c }, deployment: { a/b: 2 }, pod: { a/b: 3 } }",
      ),
    ).toEqual([]);
  });
});

test("resources several documents, of which two are not of AWS", () => {
  const { main, conclusions } = read(
    "kind: db\nversion: v3\nmetadata: { name: a }",
    "spec: { protocol: mysql, uri: localhost:3306, tls: { mode: verify-ca } }",
    "---\nkind: db\nmetadata: { name: clone, labels: { dblab: 'true' } }",
    "spec: { protocol: postgres, uri: '127.0.0.1:6000', tls: { mode: insecure } }",
    "---\nkind: db\nmetadata: { name: wh }",
    "spec: { protocol: postgres, uri: wh.x.us-east-1.redshift.amazonaws.com, admin_user: { name: a } }",
  );
  expect(main.types).toEqual(["redshift"]);
  expect(conclusions.map(({ document, text }) => [document, text.split(":")[0]])).toEqual([
    [1, 'database "a"'],
    [2, 'database "clone"'],
    [3, "redshift"],
  ]);
});

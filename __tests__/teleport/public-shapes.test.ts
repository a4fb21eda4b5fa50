/**
 * Shapes of files that teams and Teleport publish, each in words of our own:
 *
 * - teleport.yaml: Teleport's reference of db_service, gravitational/teleport #17826 (17 regions) and
 *   #41354, 18F/identity-gitlab (every service switched off)
 * - Helm values: the chart's own examples (.lint/db.yaml, all-v6.yaml)
 * - manifests: the chart's ConfigMap, the operator's conversion of a `kind: db`
 * - resources: what discovery registers (Teleport's request for discussion of dynamic registration), the
 *   tests of tctl (several documents, a matcher of EC2 alone), a sidecar that registers clones of databases
 * - Terraform: the provider's examples, modules that count and pass a CA, mattermost's roles
 */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";

const read = (...lines: readonly string[]) =>
  readTeleportConfiguration([{ file: "f", text: lines.join("\n") }]);
const texts = (...lines: readonly string[]) =>
  read(...lines).warnings.map(({ line, text }) => `${String(line)} ${text}`);

const plan = (uri: string) =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [
          {
            address: "teleport_database.cluster_endpoint[0]",
            mode: "managed",
            type: "teleport_database",
            values: {
              version: "v3",
              sub_kind: null,
              metadata: {
                name: "docs",
                labels: { "teleport.dev/origin": "dynamic" },
                expires: null,
              },
              spec: { protocol: "mongodb", uri, aws: null, tls: null },
            },
          },
        ],
      },
    },
  });

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

  test("an agent with every service but one switched off has nothing of AWS", () => {
    expect(() =>
      read(
        "teleport: { auth_token: /etc/token }",
        "ssh_service: { enabled: yes }",
        "db_service: { enabled: false }",
        "app_service: { enabled: false }",
      ),
    ).toThrow("f: These files do not configure a Database Service");
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

describe("manifests", () => {
  test("the chart's ConfigMap, which switches off what it does not run", () => {
    const { modules, warnings } = read(
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata: { name: agent, namespace: teleport }",
      "data:",
      "  teleport.yaml: |",
      "    version: v3",
      "    db_service:",
      "      enabled: true",
      "      databases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com }]",
      "    discovery_service: { enabled: false }",
      "    kubernetes_service: { enabled: false }",
    );
    expect(warnings).toEqual([]);
    expect(modules.map(({ name }) => name)).toEqual(["service_role", "database_access"]);
  });

  test("what the operator makes of a database", () => {
    const { main, warnings } = read(
      "apiVersion: resources.teleport.dev/v1",
      "kind: TeleportDatabaseV3",
      "metadata: { name: a, annotations: { description: x }, labels: { env: prod } }",
      "spec: { protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com }",
    );
    expect(warnings).toEqual([]);
    expect(main.types).toEqual(["rds"]);
  });
});

describe("resources", () => {
  test("what discovery registers", () => {
    const { main, warnings } = read(
      "kind: db",
      "version: v3",
      "metadata:",
      "  name: sales",
      "  description: RDS instance in us-west-1",
      '  labels: { account-id: "222222222222", engine-version: "13.3", teleport.dev/origin: cloud }',
      "spec:",
      "  protocol: postgres",
      "  uri: sales.abcdefghijklmnop.us-west-1.rds.amazonaws.com:5432",
      "  aws:",
      '    account_id: "222222222222"',
      "    region: us-west-1",
      "    rds: { iam_auth: true, instance_id: sales, resource_id: db-ABCDEFGHIJKLMNOP }",
    );
    expect(warnings).toEqual([]);
    expect(main.defaults).toMatchObject({
      aws_account_id: "222222222222",
      rds_instances: [{ region: "us-west-1", instance_name: "sales" }],
      rds_database_users: [{ resource_id: "db-ABCDEFGHIJKLMNOP" }],
    });
  });

  test("several documents, of which two are not of AWS", () => {
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

  test("a discovery_config for EC2 alone has no databases", () => {
    expect(() =>
      read(
        "kind: discovery_config\nversion: v1\nmetadata: { name: mine }",
        "spec: { discovery_group: mine, aws: [{ types: [ec2], regions: [eu-west-2] }] }",
      ),
    ).toThrow("f, line 4, column 48: ec2: no databases, skipped");
  });
});

describe("Terraform", () => {
  test("a CA, and labels that the provider adds", () => {
    const text = plan("mine.x.us-east-1.rds.amazonaws.com:3306")
      .replace('"mongodb"', '"mysql"')
      .replace('"tls":null', '"tls":{"ca_cert":"-----BEGIN"}');
    const { main, warnings } = read(text);
    expect(warnings).toEqual([]);
    expect(main.types).toEqual(["rds"]);
  });

  test("the provider's examples have no database of AWS", () => {
    expect(() => read(plan("localhost:5432"))).toThrow(
      'teleport_database.cluster_endpoint[0]: database "docs": not a database of AWS',
    );
  });

  test.each([
    'resource "teleport_database" "a" {',
    '# roles\nmodule "teleport_agent" {',
    "/* several\nlines */\nlocals {",
    "import {\n  to = aws_iam_role.a",
  ])("configuration of Terraform itself: %j", (text) => {
    expect(() => read(text)).toThrow("is Terraform's configuration");
  });
});

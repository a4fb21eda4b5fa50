/** Each source of what is configured, in the shape that its origin gives it, and what comes of it. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { placeText } from "../../lib/teleport/place";
import { UserError } from "../../lib/text/user-error";
import { PROJECT } from "../support/terraform";

const FIXTURES = path.join(__dirname, "..", "fixtures", "teleport-inputs");

const fixture = (file: string) => ({
  file,
  text: fs.readFileSync(path.join(FIXTURES, file), "utf8"),
});

const inline = (...lines: readonly string[]) => ({ file: "file", text: lines.join("\n") });

/** The module for databases, and what was concluded, with places. */
function conclusions(file: string, types?: readonly string[]) {
  const reading = readTeleportConfiguration([fixture(file)], types);
  const { types: names, defaults, call } = reading.main;
  return {
    types: names,
    defaults,
    call,
    places: reading.conclusions.map(
      ({ text, ...place }) => `${placeText(place)}: ${text.split(/[:,]/)[0] ?? ""}`,
    ),
    warnings: reading.warnings.map(({ text, ...place }) => `${placeText(place)}: ${text}`),
  };
}

test("values of the Helm chart", () => {
  expect(conclusions("values.yaml")).toEqual({
    types: ["dynamodb", "rds"],
    defaults: {
      aws_account_id: "123456789012",
      rds_instances: [{ region: "us-east-1", instance_name: "orders" }],
      dynamodb_session_tags: false,
    },
    call: { attach_to_roles: '{ service = "teleport-agent" }' },
    places: ["values.yaml, line 9, column 5: rds", "values.yaml, line 14, column 5: dynamodb"],
    warnings: [],
  });
});

test("what helm template prints: a ConfigMap and the service account with its namespace", () => {
  expect(conclusions("manifests.yaml")).toEqual({
    types: ["rds"],
    defaults: {
      aws_account_id: "123456789012",
      rds_instances: [{ region: "us-east-1", instance_name: "orders" }],
    },
    call: { attach_to_roles: '{ service = "teleport-agent" }' },
    places: [
      "manifests.yaml, document 2, line 25, column 11: rds",
      "manifests.yaml, document 3, line 32, column 1: StatefulSet",
    ],
    warnings: [],
  });
});

test("what tctl get prints, with a `---` at its end", () => {
  expect(conclusions("resources.yaml")).toEqual({
    types: ["rds", "redshift"],
    defaults: {
      aws_account_id: "123456789012",
      // What the Discovery Service finds is used as another role, so this one is narrowed.
      rds_database_users: [
        { region: "us-east-1", resource_id: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ", user_name: "*" },
      ],
      rds_instances: [{ region: "us-east-1", instance_name: "orders" }],
      redshift_clusters: [{ region: "us-east-1", cluster_name: "warehouse" }],
      redshift_database_users: [
        { region: "us-east-1", cluster_name: "warehouse", user_name: "*", database_name: "*" },
      ],
      redshift_databases: [{ region: "us-east-1", cluster_name: "warehouse", database_name: "*" }],
    },
    call: { attach_to_roles: "{ service = module.service_role.role_name }" },
    places: [
      "resources.yaml, document 1, line 1, column 1: redshift",
      "resources.yaml, document 2, line 54, column 1: rds",
      "resources.yaml, document 3, line 85, column 7: rds",
      "resources.yaml, document 3, line 96, column 11: ec2",
      'resources.yaml, document 4, line 101, column 1: discovery_config "agent-copy"',
    ],
    warnings: [],
  });
});

test("what tctl get --format=json prints", () => {
  expect(conclusions("resources.json")).toMatchObject({
    types: ["opensearch", "redshift"],
    defaults: { aws_account_id: "123456789012" },
    places: [
      "resources.json, line 2, column 5: redshift",
      "resources.json, line 34, column 17: opensearch",
    ],
    warnings: [],
  });
});

test("a plan of Terraform, with a count and a module", () => {
  expect(conclusions("plan.json")).toEqual({
    types: ["elasticache", "rds"],
    defaults: {
      aws_account_id: "123456789012",
      elasticache_replication_groups: [{ region: "us-east-1", replication_group: "sessions" }],
      elasticache_connections: [
        { region: "us-east-1", replication_group: "sessions", user_name: "*" },
      ],
    },
    call: { attach_to_roles: "{ service = module.service_role.role_name }" },
    places: [
      'plan.json, teleport_database.rds["orders"]: rds',
      "plan.json, module.cache.teleport_database.this: elasticache",
      "plan.json, teleport_discovery_config.databases: rds",
    ],
    warnings: [],
  });
});

test("a plan that does not know a URI: it is named, nothing is narrowed, and --types says what it is", () => {
  const { types, defaults, warnings } = conclusions("plan-unknown.json", ["redshift"]);
  expect(types).toEqual(["elasticache", "rds", "redshift"]);
  expect(defaults).toEqual({ aws_account_id: "123456789012" });
  expect(warnings).toEqual([
    expect.stringContaining(
      "plan-unknown.json, teleport_database.new: spec.uri is known only after apply",
    ),
  ]);
});

test.each([
  ["values.yaml", "helm-values"],
  ["manifests.yaml", "kubernetes"],
  ["resources.yaml", "resources"],
  ["resources.json", "resources"],
  ["plan.json", "terraform"],
  ["state.json", "terraform"],
] as const)("%s is %s, and nothing else", (file, format) => {
  const read = (given: typeof format) => readTeleportConfiguration([fixture(file)], [], given);
  expect(read(format).main.types).not.toEqual([]);
  const other = format === "terraform" ? "resources" : "terraform";
  expect(() => read(other)).toThrow(`--from-format ${format}`);
});

describe("a Secret", () => {
  const file = "db_service:\n  databases:\n  - { name: a, uri: a.x.us-east-1.rds.amazonaws.com }\n";
  const secret = (...lines: readonly string[]) =>
    inline("apiVersion: v1", "kind: Secret", "metadata: { name: agent }", ...lines);

  test("with data, which has lines of its own", () => {
    const { conclusions: found } = readTeleportConfiguration([
      secret("data:", `  teleport.yaml: ${Buffer.from(file).toString("base64")}`),
    ]);
    expect(found.map(({ text, ...place }) => `${placeText(place)} ${text}`)).toEqual([
      'file, line 5, column 18, line 3, column 5 of teleport.yaml rds: database "a", instance name a, in us-east-1',
    ]);
  });
});

test("a mistake inside a ConfigMap has the line and column of the file around it", () => {
  const read = () =>
    readTeleportConfiguration([
      inline(
        "apiVersion: v1", // 1
        "kind: List",
        "items:",
        "- apiVersion: v1",
        "  kind: ConfigMap",
        "  data:",
        "    teleport.yaml: |",
        "      db_service:",
        "        databases:",
        "        - protocol: postgress", // 10
      ),
    ]);
  expect(read).toThrow('file, line 10, column 21: Teleport has no protocol "postgress".');
});

describe("values of the Helm chart", () => {
  const rds = "databases: [{ name: a, uri: a.x.us-east-1.rds.amazonaws.com }]";

  test.each([
    ["under the chart's name", ["teleport-kube-agent:", "  roles: db", `  ${rds}`]],
    ["with roles as a list", ["roles: [kube, db]", rds]],
    [
      "with teleportConfig, which goes over the chart's own",
      [
        "roles: db",
        "databases: [{ name: b, uri: b.x.us-east-1.redshift.amazonaws.com }]",
        "teleportConfig: { db_service: { databases: [{ name: a, uri: a.x.us-east-1.rds.amazonaws.com }] } }",
      ],
    ],
  ])("%s", (_what, lines) => {
    const { main, warnings } = readTeleportConfiguration([inline(...lines)]);
    expect(main.types).toEqual(["rds"]);
    expect(warnings).toEqual([]);
  });

  test("without the role db they count for nothing, and that is an error", () => {
    expect(() => readTeleportConfiguration([inline("roles: kube,app", rds)])).toThrow(
      "file, line 2, column 12: The values have databases, but the chart does not run the Database Service: roles is kube,app. Add db to roles.",
    );
  });
});

test.each([
  [
    "the cluster's chart without databases",
    "clusterName: x\nchartMode: aws\n",
    "values of the chart teleport-cluster without db_service",
  ],
  ["Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n", "values of the Helm chart"],
  [
    "HCL",
    '# databases\nresource "teleport_database" "x" {\n  version = "v3"\n}\n',
    "terraform plan -out=tfplan, then terraform show -json tfplan",
  ],
  ["a plan's file", "PK\u0003\u0004\u0014\u0000", "terraform show -json tfplan > plan.json"],
  [
    "terraform.tfstate",
    '{ "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "resources": [] }',
    "is Terraform's state file",
  ],
  [
    "a plan without databases",
    '{"format_version":"1.2","planned_values":{"root_module":{}}}',
    "without a teleport_database or teleport_discovery_config",
  ],
  [
    "what agents report",
    "kind: db_server\nversion: v3\n",
    "`tctl get db` prints the database itself",
  ],
  ["Flux", "apiVersion: v2\nkind: HelmRelease\n", "Give --from a file with the values"],
  ["a list of words", "- a\n- b\n", "is not a mapping of keys and values"],
])("%s is named, with the way out", (_what, text, message) => {
  expect(() => readTeleportConfiguration([{ file: "file", text }])).toThrow(UserError);
  expect(() => readTeleportConfiguration([{ file: "file", text }])).toThrow(message);
});

test("what is nested too deeply is refused in one process again and again, and ends none", () => {
  const texts = ["[", "{", "- ", "? ", ": : ", "a: ", "{a: ", "- ? "].map((text) =>
    text.repeat(20_000),
  );
  const program = `
    const { readTeleportConfiguration } = require(${JSON.stringify(path.join(PROJECT, "dist", "index.js"))});
    for (const text of ${JSON.stringify([": : ", ...texts])}) {
      try {
        readTeleportConfiguration([{ file: "a", text }]);
      } catch (error) {
        console.log(error.name, error.message);
      }
    }`;
  const { stdout, status } = spawnSync(process.execPath, ["-"], {
    input: program,
    encoding: "utf8",
  });
  const [first, ...others] = stdout.trim().split("\n");
  expect(status).toBe(0);
  expect(first).toMatch(/^UserError /);
  expect(others).toEqual(texts.map(() => "UserError a: The file is nested too deeply."));
});

test("a role that is known after apply only decides too much to be left open", () => {
  const plan = JSON.parse(fixture("plan-unknown.json").text) as {
    resource_changes: { change: { after_unknown: object } }[];
  };
  for (const { change } of plan.resource_changes) {
    change.after_unknown = { spec: { aws: { assume_role_arn: true } } };
  }
  expect(() =>
    readTeleportConfiguration([{ file: "plan.json", text: JSON.stringify(plan) }]),
  ).toThrow("plan.json, teleport_database.new: spec.aws.assume_role_arn is known only after apply");
});

describe("several files", () => {
  const agent = (...lines: readonly string[]) => ({
    file: "agent.yaml",
    text: ["db_service:", ...lines.map((line) => `  ${line}`)].join("\n"),
  });

  test("are joined: two agents that share a role", () => {
    const { modules, main } = readTeleportConfiguration([
      fixture("values.yaml"),
      agent("databases: [{ name: b, uri: b.x.us-east-1.rds.amazonaws.com }]"),
    ]);
    expect(modules).toEqual([main]);
    expect(main.defaults.rds_instances).toEqual([
      { region: "us-east-1", instance_name: "orders" },
      { region: "us-east-1", instance_name: "b" },
    ]);
  });

  test.each([
    [
      "two roles of the service account",
      {
        file: "other.yaml",
        text: "roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/x' } }",
      },
      "other.yaml, line 3, column 62: The Database Service's role is arn:aws:iam::123456789012:role/x here, and arn:aws:iam::123456789012:role/agents/teleport-agent in values.yaml, line 21, column 33.",
    ],
  ])("%s: an error that names both places", (_what, other, message) => {
    expect(() => readTeleportConfiguration([fixture("values.yaml"), other])).toThrow(message);
  });

  test("an agent's file decides which resources it serves, and as which role", () => {
    const role = "arn:aws:iam::222222222222:role/access";
    const { modules, conclusions: found } = readTeleportConfiguration([
      agent(
        "resources:",
        `- { labels: { env: [dev, "pro*"] }, aws: { assume_role_arn: "${role}", external_id: abc } }`,
      ),
      fixture("plan.json"),
    ]);
    expect(modules.map(({ name, types, defaults }) => ({ name, types, defaults }))).toMatchObject([
      { name: "service_role" },
      { name: "discovery_role" },
      {
        name: "database_discovery",
        types: ["rds"],
        defaults: { policy_name: "DatabaseDiscovery", services: ["discovery"] },
      },
      { name: "access_role_access", defaults: { external_ids: ["abc"] } },
      {
        name: "database_access_access",
        types: ["rds"],
        defaults: { aws_account_id: "222222222222" },
      },
    ]);
    expect(found.map(({ text }) => text)).toContain(
      'database "sessions": no db_service.resources selects its labels, so the agent does not serve it',
    );
  });
});

/** Messages about wrong keys, templates and names. */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { readingText } from "../../lib/commands/compose/reading-text";
import { readConfiguration } from "../../lib/teleport/read";
import { plainOrQuoted, quoted } from "../../lib/text/visible-text";

const read = (...lines: readonly string[]) =>
  readConfiguration([{ file: "file", text: lines.join("\n") }]);

const warnings = (...lines: readonly string[]) =>
  read(...lines).warnings.map(({ line, column, text }) => [line, column, text]);

const HOST = "a.x.us-east-1.rds.amazonaws.com";
const CHART = ["roles: db", `databases: [{ name: a, uri: ${HOST} }]`];

describe("unknown keys, at every level", () => {
  const agent = (more: string) => [
    `db_service: { databases: [{ name: a, uri: ${HOST}, ${more} }] }`,
  ];

  test.each([
    [
      [...CHART, "serviceAccount:", "  create: true", "  annotations: { a: b }"],
      [5, 3, "serviceAccount", "annotations", "annotations.serviceAccount"],
    ],
    [
      [...CHART, "log: { levl: DEBUG }"],
      [3, 8, "log", "levl", "level"],
    ],
    [
      agent("assume_role_arn: x"),
      [
        1,
        76,
        "db_service.databases[]",
        "assume_role_arn",
        "db_service.databases.aws.assume_role_arn",
      ],
    ],
    [
      agent("aws: { rds: { instance: a } }"),
      [1, 90, "db_service.databases[].aws.rds", "instance", "instance_id"],
    ],
    [agent("tls: { mod: insecure }"), [1, 83, "db_service.databases[].tls", "mod", "mode"]],
    [
      ["kind: db", "metadata: { nmae: a }", `spec: { protocol: postgres, uri: ${HOST} }`],
      [2, 13, "metadata", "nmae", "name"],
    ],
    [
      [
        ...["apiVersion: v1", "kind: ConfigMap", "data:", "  teleport.yaml: |", "    db_service:"],
        ...["      resource: []", `      databases: [{ name: a, uri: ${HOST} }]`],
      ],
      [6, 7, "db_service", "resource", "resources"],
    ],
  ] as const)("%j", (lines, [line, column, owner, key, hint]) => {
    const text = `${owner} has an unknown key "${key}", which is not read. Did you mean "${hint}"?`;
    expect(warnings(...lines)).toEqual([[line, column, text]]);
  });

  test("under an anchor, once however many aliases lead to it", () => {
    expect(
      warnings(
        "db_service:",
        "  databases:",
        "  - { name: a, protocol: dynamodb, aws: &aws { regoin: x } }",
        "  - { name: b, protocol: dynamodb, aws: *aws }",
        "  - { name: c, protocol: dynamodb, aws: { <<: *aws } }",
      ),
    ).toHaveLength(1);
  });

  test("none for what Kubernetes and Teleport keep in the metadata", () => {
    const kept = [
      "annotations: { a: b }",
      "creationTimestamp: 2024-01-01T00:00:00Z",
      "finalizers: [x]",
      "generation: 1",
      "managedFields: [{ manager: x }]",
      "ownerReferences: [{ kind: x }]",
      'resourceVersion: "1"',
      "uid: 0a1b",
    ].map((line) => `  ${line}`);
    expect(
      warnings(
        "apiVersion: resources.teleport.dev/v1",
        "kind: TeleportDatabaseV3",
        "metadata:",
        "  name: a",
        ...kept,
        `spec: { protocol: postgres, uri: ${HOST} }`,
        "status: { conditions: [] }",
      ),
    ).toEqual([]);
  });
});

describe("templates", () => {
  test.each([
    [4, ["db_service:", "  databases:", "  # {{ comment }}", "  - name: {{ .Values.name }}"]],
    [2, ["db_service:", "  {{- if .Values.db }}", "  enabled: true", "  {{- end }}"]],
    [3, ["db_service:", "  databases:", '  - uri: "{{ .Values.uri }}:5432"']],
    [2, ["db_service:", "{% for db in dbs %}", "  - name: x", "{% endfor %}"]],
    [3, ["db_service:", "  databases:", "  - name: {{ item.name }}"]],
    [3, ["db_service:", "  databases:", "  - uri: ${db_host}:5432"]],
    [3, ["db_service:", "  databases:", "  %{ for db in dbs ~}", "  - name: x"]],
    [2, ["db_service:", "  databases: ${jsonencode(databases)}"]],
    [2, ["db_service:", "  databases: <%= databases %>"]],
    [1, ["annotations: { serviceAccount: { eks.amazonaws.com/role-arn: '${x}' } }", ...CHART]],
  ] as const)("line %j of %j", (line, lines) => {
    expect(() => read(...lines)).toThrow(`file, line ${String(line)}, column `);
    expect(() => read(...lines)).toThrow("This is a template");
    expect(() => read(...lines)).toThrow("Render it first");
  });

  test("Teleport's own templates are values, and comments are none", () => {
    expect(
      warnings(
        "# {{ not.this }}",
        "app_service:",
        '  apps: [{ name: a, rewrite: { headers: ["X: {{internal.jwt}}"] } }]',
        "db_service:",
        `  databases: [{ name: a, uri: ${HOST} }]`,
      ),
    ).toEqual([]);
  });
});

describe("values of the chart teleport-cluster", () => {
  const cluster = (component: string) => ({
    file: "values.yaml",
    text: [
      "clusterName: teleport.example.com",
      "chartMode: aws",
      "annotations:",
      "  serviceAccount:",
      "    eks.amazonaws.com/role-arn: arn:aws:iam::444444444444:role/teleport-auth",
      `${component}:`,
      "  teleportConfig:",
      "    db_service:",
      "      enabled: true",
      "      databses: []",
      `      databases: [{ name: a, protocol: postgres, uri: ${HOST} }]`,
      "    discovery_service:",
      "      enabled: true",
      "      aws: [{ types: [rds], regions: [us-east-1] }]",
    ].join("\n"),
  });

  test.each(["auth", "proxy"])("%s.teleportConfig is read", (component) => {
    const { main, warnings: found } = readTeleportConfiguration([cluster(component)]);
    expect(main).toMatchObject({
      types: ["rds"],
      defaults: { aws_account_id: "444444444444", services: ["database", "discovery"] },
      call: { attach_to_roles: '{ service = "teleport-auth" }' },
    });
    expect(found).toMatchObject([{ line: 10, column: 7 }]);
  });
});

describe("names from files never reach a log as they are", () => {
  const HIDDEN = "\u202E\u200B\u{E0101}\u3164\u001B[31m";

  test("quoted, with every unseen character by its code", () => {
    expect(quoted(`a${HIDDEN}"`)).toBe('"a\\u{202e}\\u{200b}\\u{e0101}\\u{3164}\\u{1b}[31m\\""');
    expect(quoted("::error::x ::warning::y ##[group]z")).toBe(
      '"\\u{3a}:error::x \\u{3a}:warning::y #\\u{23}[group]z"',
    );
  });

  test.each([
    ["values.yaml", "values.yaml"],
    ["/etc/teleport.yaml", "/etc/teleport.yaml"],
    ['teleport_database.rds["orders"]', 'teleport_database.rds["orders"]'],
    ["::error::x", '"\\u{3a}:error::x"'],
    ["a\nb", '"a\\u{a}b"'],
  ])("%j is shown as %j", (name, shown) => {
    expect(plainOrQuoted(name)).toBe(shown);
  });

  const hostile = `\n::error::x\r##[error]y${HIDDEN}`;
  const isClean = (text: string): boolean =>
    !/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|##\[/u.test(text.replaceAll("\n", "")) &&
    text.split("\n").every((line) => !line.trimStart().startsWith("::"));

  const JSON_HOSTILE = JSON.stringify(hostile);

  test.each([
    [
      "the name of a database",
      `db_service: { databases: [{ name: ${JSON_HOSTILE}, uri: ${HOST} }] }`,
    ],
    ["a key", `db_service: { ${JSON_HOSTILE}: 1, databases: [{ name: a, uri: ${HOST} }] }`],
    ["a type", `db_service: { aws: [{ types: [${JSON_HOSTILE}] }] }`],
    ["a kind", `kind: ${JSON_HOSTILE}`],
    ["an anchor", "db_service: *::error::x"],
    [
      "an address of Terraform",
      JSON.stringify({
        format_version: "1",
        values: {
          root_module: {
            resources: [
              {
                type: "teleport_database",
                address: hostile,
                values: { metadata: { name: hostile }, spec: { protocol: "postgres", uri: HOST } },
              },
            ],
          },
        },
      }),
    ],
  ])("%s", (_what, text) => {
    const said = (): string => {
      try {
        const inputs = [{ file: `${hostile}.yaml`, text }];
        return readingText([`${hostile}.yaml`], readTeleportConfiguration(inputs));
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said()).not.toBe("");
    expect(
      said()
        .split("\n")
        .filter((line) => !isClean(line)),
    ).toEqual([]);
  });
});

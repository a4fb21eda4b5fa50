/** Conclusions from a teleport.yaml: literal files, literal conclusions. */
import { UserError } from "../../lib/text/user-error";
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";

const read = (text: string, types?: readonly string[]) =>
  readTeleportConfiguration([{ file: "teleport.yaml", text }], types);

const database = (...lines: readonly string[]): string =>
  ["db_service:", "  databases:", "  - name: db", ...lines.map((line) => `    ${line}`)].join("\n");

const dynamodb = (aws: string): string => database("protocol: dynamodb", `aws: { ${aws} }`);

/** The types and values of the one module that is composed for databases. */
const only = (text: string, types?: readonly string[]) => {
  const { modules, main } = read(text, types);
  expect(modules.filter(({ module }) => module === "database-access")).toEqual([main]);
  return { types: main.types, defaults: main.defaults };
};

describe("the settings under aws", () => {
  test("account, external ID and session tags", () => {
    const aws = 'account_id: 012345678901, external_id: "abc", session_tags: { team: data }';
    expect(only(dynamodb(aws)).defaults).toEqual({
      aws_account_id: "012345678901",
      create_user_roles: true,
      external_ids: ["abc"],
      dynamodb_session_tags: true,
    });
  });

  test("the secret store turns managed users on", () => {
    const uri = "uri: master.cache.abc.use1.cache.amazonaws.com:6379";
    const key = "12345678-1234-1234-1234-123456789012";
    const store = `aws: { secret_store: { key_prefix: team/teleport, kms_key_id: ${key} } }`;
    expect(only(database(uri, store)).defaults).toMatchObject({
      elasticache_managed_users: true,
      secret_key_prefixes: ["team/teleport"],
      kms_key_ids: [key],
    });
  });

  test("the role that is assumed gets the external ID; the Database Service gets the hop", () => {
    const role = "arn:aws-us-gov:iam::123456789012:role/team/access";
    const { modules } = read(
      database("protocol: dynamodb", `aws: { assume_role_arn: "${role}", external_id: abc }`),
    );
    expect(modules.map(({ name, defaults, call }) => ({ name, defaults, call }))).toEqual([
      {
        name: "service_role",
        defaults: { aws_partition: "aws-us-gov", role_name: "teleport-db-service-role" },
        call: {
          aws_account_id: "var.database_service_account_id",
          trust_ec2: "true",
          assume_role_arns: "{ access = module.access_role_access.role_arn }",
        },
      },
      {
        name: "access_role_access",
        defaults: {
          aws_account_id: "123456789012",
          aws_partition: "aws-us-gov",
          role_name: "access",
          role_path: "/team/",
          external_ids: ["abc"],
        },
        call: { trusted_principals: "[module.service_role.role_arn]" },
      },
      {
        name: "database_access_access",
        defaults: {
          aws_account_id: "123456789012",
          aws_partition: "aws-us-gov",
          dynamodb_session_tags: false,
        },
        call: { attach_to_roles: "{ access = module.access_role_access.role_name }" },
      },
    ]);
  });
});

describe("what the file leaves open stays open", () => {
  const instance = "  - { name: a, uri: a.x.us-east-1.rds.amazonaws.com }";

  test("a matcher finds databases that the file does not name", () => {
    const text = `db_service:\n  aws:\n  - types: [rds]\n  databases:\n${instance}`;
    expect(only(text)).toEqual({
      types: ["rds"],
      defaults: { services: ["database", "discovery"] },
    });
  });

  test("the variables that are the caller's are named", () => {
    const { modules, variables } = read(database("protocol: dynamodb"));
    const missing = modules.flatMap((call) => call.missing).join("\n");
    expect(missing).toContain("aws_account_id");
    expect(missing).toContain("dynamodb_user_role_names");
    expect(missing).toContain("attach_to_roles");
    expect(variables.map(({ name }) => name)).toEqual(["database_service_account_id"]);
  });
});

test("conclusions name their lines, in order", () => {
  const { conclusions } = read(
    [
      "discovery_service:", // 1
      "  enabled: true",
      "db_service:",
      "  databases:",
      "  - name: local",
      "    protocol: postgres",
      "    uri: localhost:5432", // 7
      "  - name: orders",
      "    uri: orders.x.us-east-1.rds.amazonaws.com",
      "  aws:",
      "  - types: [redshift]", // 11
    ].join("\n"),
  );
  expect(
    conclusions.map(({ line, text }) => `${String(line)} ${text.split(":")[0] ?? ""}`),
  ).toEqual(["2 discovery_service", '5 database "local"', "8 rds", "11 redshift"]);
});

test("aliases and merged maps are read", () => {
  const text = [
    "db_service:",
    "  databases:",
    "  - &first",
    "    name: a",
    "    protocol: dynamodb",
    "    aws: &aws { account_id: 123456789012, session_tags: { a: b } }",
    "  - <<: *first",
    "    name: b",
    "    aws: { <<: *aws, session_tags: {} }",
  ].join("\n");
  const { main, warnings } = read(text);
  expect(warnings).toEqual([]);
  expect(main.defaults).toEqual({
    aws_account_id: "123456789012",
    dynamodb_session_tags: true,
  });
});

const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"]
  .concat(
    "bcdefgh"
      .split("")
      .map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index] ?? ""},`.repeat(10)}]`),
  )
  .join("\n");

/** Refused values and their messages. */
const REFUSED: readonly (readonly [text: string, message: string])[] = [
  ["", "The file is empty."],
  ["# nothing\n", "The file is empty."],
  ["- a\n", "is not a mapping of keys and values"],
  ["hello", "is not a mapping of keys and values"],
  ["\u007FELF\0\0", "is not UTF-8 text"],
  ["a: \uFFFD", "is not UTF-8 text"],
  ["db_service:\n  ? { a: b }\n  : c", "line 2, column 5: This key is a mapping or a list"],
  [`#${"x".repeat(1_000_000)}`, "1000001 characters long"],
  ["version: 3\nservices: {}\n", 'it has "version", "services"'],
  ['{"name":"x"}', 'does not configure databases: it has "name"'],
  ["teleport: {}\nssh_service: {}\n", "These files do not configure a Database Service"],
  ["db_service: { enabled: yes }", "The Database Service has no AWS database"],
  [database("uri: localhost:5432"), "The Database Service has no AWS database"],
  ["db_service: { resources: [{ labels: {} }] }", "line 1, column 27: the types are not in"],
  ["db_service:\n  aws: [", "line 2, column 9: This is not YAML"],
  ["db_service:\n\taws: []", "line 2, column 1: This is not YAML"],
  [
    "db_service:\n  aws: []\n  aws: []",
    'line 3, column 3: The key "aws" is duplicate in this mapping. Remove one of the two.',
  ],
  ["db_service: {}\n---\na: [", "document 2, line 3, column 5: This is not YAML"],
  ["db_service: &a\n  databases: [*a]", "line 2, column 15: The alias *a"],
  ["db_service:\n  aws: *b", "line 2, column 8: The anchor &b is missing"],
  [`${bomb}\ndb_service: {}`, "The aliases of this file expand to more than 1,000,000 values"],
  ["db_service: [x]", "line 1, column 13: db_service must be a mapping"],
  ["db_service:\n  databases: {}", "line 2, column 14: db_service.databases must be a list"],
  ["db_service:\n  databases: [x]", "line 2, column 15: db_service.databases[] must be a mapping"],
  [database("protocol: [x]"), "line 4, column 15: db_service.databases[].protocol must be text"],
  ["db_service:\n  aws:\n  - regions: [x]", "line 3, column 5: This matcher has no types"],
  [
    "db_service:\n  aws: [{ types: [rdss] }]",
    'column 19: Unknown database type "rdss". Did you mean "rds"?',
  ],
  [dynamodb("account_id: 12"), 'line 5, column 24: account_id is "12": it must be the 12 digits'],
  [dynamodb("assume_role_arn: role"), "line 5, column 29: assume_role_arn is"],
  [dynamodb('secret_store: { key_prefix: "*" }'), 'key_prefix is "*"'],
  [dynamodb("secret_store: { kms_key_id: alias/x }"), "kms_key_id is"],
  [
    database("uri: x", "aws: { memorydb: { cluster_name: Mem_1 } }"),
    "line 5, column 38: cluster_name is",
  ],
];

test.each(REFUSED)("%j is refused", (text, message) => {
  expect(() => read(text)).toThrow(UserError);
  expect(() => read(text)).toThrow(message);
  expect(() => read(text)).toThrow(/^teleport\.yaml[,:]|^The types .*teleport\.yaml, /s);
});

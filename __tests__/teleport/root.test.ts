/** `compose --from … --root`: the root is planned by real terraform as it is printed. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { composeRoot, writeRoot } from "../../lib/commands/compose/root";
import { rootFiles } from "../../lib/answers/root-files";
import { expression, moduleCall } from "../../lib/files/module-call";
import { quote } from "../../lib/text/hcl";
import { moduleCall as callInHcl, type Plan, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const TWO_ACCOUNTS = `
version: v3
db_service:
  enabled: true
  resources:
  - labels: { "*": "*" }
  databases:
  - name: orders
    protocol: postgres
    uri: orders.abc123.us-east-1.rds.amazonaws.com:5432
    aws: { account_id: "111111111111" }
  - name: events
    protocol: dynamodb
    aws: { account_id: "111111111111", external_id: ext-1 }
discovery_service:
  enabled: true
  aws:
  - types: [rds, memorydb]
    regions: ["*"]
    tags: { "*": "*" }
    assume_role_arn: arn:aws:iam::222222222222:role/teams/teleport-rds
    external_id: ext-2
`;

const read = (text: string) => readTeleportConfiguration([{ file: "teleport.yaml", text }]);
const io = { stdout: () => undefined, stderr: () => undefined, isInteractive: false } as never;
const COMMAND = "teleport-db-iam compose --from teleport.yaml --root infra";

/** Settings for planning without credentials and a network. */
function offline(aliases: readonly string[]): string {
  return aliases
    .map(
      (alias) =>
        `provider "aws" {\n  alias = ${JSON.stringify(alias)}\n  access_key = "none"\n  secret_key = "none"\n  allowed_account_ids = null\n  skip_credentials_validation = true\n  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n}\n`,
    )
    .join("");
}

interface Configured {
  readonly text: string;
  /** For each of them a provider that needs no credentials. */
  readonly aliases: readonly string[];
  /** Values of the root's variables. */
  readonly values: Readonly<Record<string, string>>;
}

/** The configurations whose roots are planned, all as modules of one root. */
const ROOTS: Readonly<Record<string, Configured>> = {
  two_accounts: {
    text: TWO_ACCOUNTS,
    aliases: ["account_111111111111", "account_222222222222"],
    values: {},
  },
  no_external_id: {
    text: `roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: "arn:aws:iam::444444444444:role/agent" } }\ndatabases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "arn:aws:iam::222222222222:role/x" } }]`,
    aliases: ["account_444444444444", "account_222222222222"],
    values: {
      x_external_id: "ext-9",
      eks_oidc_provider_arn:
        "arn:aws:iam::444444444444:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC",
      kubernetes_namespace: "teleport",
      kubernetes_service_account: "agent",
    },
  },
  integration: {
    text: "kind: discovery_config\nmetadata: { name: a }\nspec: { discovery_group: cloud-discovery-group, aws: [{ types: [rds], regions: [us-east-1], integration: prod }] }",
    aliases: ["database_service_account", "integration_prod_account"],
    values: {
      database_service_account_id: "444444444444",
      integration_prod_account_id: "444444444444",
      teleport_oidc_provider_arn: "arn:aws:iam::444444444444:oidc-provider/example.teleport.sh",
    },
  },
};

const QUOTED = [
  ...['${file("x")}', "%{ if true }", "$${a}", "%%{b}", '"\\', "a\nb\r\t"],
  "\b\f\u202E\u{E0101}é→",
];

describeWithTerraform()("a root", () => {
  let plan: Plan;

  beforeAll(() => {
    const root = new TerraformRoot({});
    for (const [name, { text, aliases }] of Object.entries(ROOTS)) {
      const folder = path.join(root.folder, name);
      composeRoot(read(text), folder, COMMAND, false, io);
      root.succeed("fmt", "-check", "-diff", folder);
      root.write({ [`${name}/offline_override.tf`]: offline(aliases) });
    }
    const values = (own: Configured["values"]) =>
      Object.fromEntries(Object.entries(own).map(([key, value]) => [key, quote(value)]));
    root.write({
      "main.tf": [
        ...Object.entries(ROOTS).map(([name, own]) =>
          callInHcl(name, `./${name}`, values(own.values)),
        ),
        ...QUOTED.map(
          (text, index) => `output "t${String(index)}" {\n  value = ${quote(text)}\n}\n`,
        ),
      ].join("\n"),
    });
    plan = root.init().plan();
  });

  const after = (root: string, address: string) =>
    plan.resource_changes?.find((change) => change.address === `module.${root}.${address}`)?.change
      .after;

  test("for a process with its own databases and a role in another account", () => {
    const addresses = plan.resource_changes?.map(({ address }) => address) ?? [];
    expect(addresses).toEqual(
      expect.arrayContaining(
        [
          "access_role_teleport_rds.aws_iam_role.access",
          "database_access.aws_iam_policy.database_access[0]",
          'database_access.aws_iam_role_policy_attachment.database_access["service"]',
          'database_access.aws_iam_role.user["dynamodb/dynamodb-user-role"]',
          'database_access_teleport_rds.aws_iam_role_policy_attachment.database_access["access"]',
          "service_role.aws_iam_role.service",
          "service_role.aws_iam_role_policy.assume_roles[0]",
        ].map((address) => `module.two_accounts.module.${address}`),
      ),
    );
    const role = after("two_accounts", "module.access_role_teleport_rds.aws_iam_role.access");
    expect(role).toMatchObject({ name: "teleport-rds", path: "/teams/" });
    const policy = "module.database_access_teleport_rds.aws_iam_policy.database_access[0]";
    const { Statement } = JSON.parse(String(after("two_accounts", policy)?.policy)) as {
      Statement: { Sid: string }[];
    };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(["RDSConnect", "RDSDiscovery", "MemoryDBDiscovery"]),
    );
  });

  test.each([
    ["another account without an external ID", "no_external_id", "service_role", "agent"],
    ["an integration", "integration", "integration_role_prod", "teleport-discovery-role"],
  ])("for %s: what it misses is a variable", (_, root, module, name) => {
    expect(after(root, `module.${module}.aws_iam_role.service`)).toMatchObject({ name });
  });

  test("quoted text is the text again, whatever is in it", () => {
    const { outputs } = plan.planned_values;
    expect(QUOTED.map((_, index) => outputs?.[`t${String(index)}`]?.value)).toEqual(QUOTED);
  });
});

describe("the printed call", () => {
  test("is laid out as terraform fmt has it, long lists on lines of their own", () => {
    const users = [1, 2, 3].map((number) => ({
      region: "us-east-1",
      name: `n${String(number)}`,
      user_name: "*",
    }));
    expect(
      moduleCall(
        "a",
        "./${x}",
        { b: expression("c"), users: expression(users, "  "), long_name: "var.x" },
        "aws.y",
      ),
    ).toBe(
      [
        'module "a" {',
        '  source = "./$${x}"',
        "",
        "  providers = { aws = aws.y }",
        "",
        '  b = "c"',
        "  users = [",
        '    { region = "us-east-1", name = "n1", user_name = "*" },',
        '    { region = "us-east-1", name = "n2", user_name = "*" },',
        '    { region = "us-east-1", name = "n3", user_name = "*" },',
        "  ]",
        "  long_name = var.x",
        "}",
      ].join("\n"),
    );
  });

  test.each([
    [{}, "{}"],
    [[], "[]"],
    [null, "null"],
    [{ "a b": 1, c_d: true }, '{ "a b" = 1, c_d = true }'],
  ])("%j is %s", (value, text) => {
    expect(expression(value)).toBe(text);
  });
});

describe("a person's files", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-root-"));
  });
  const files = new Map([
    ["main.tf", "# main\n"],
    ["outputs.tf", "# outputs\n"],
  ]);

  test("are never replaced, and nothing is written beside them", () => {
    fs.writeFileSync(path.join(folder, "outputs.tf"), "# mine\n");
    expect(() => writeRoot(folder, files)).toThrow(
      `${folder} already has outputs.tf, with other content`,
    );
    expect(fs.readdirSync(folder)).toEqual(["outputs.tf"]);
    expect(fs.readFileSync(path.join(folder, "outputs.tf"), "utf8")).toBe("# mine\n");
  });

  test("a link that leads nowhere is a person's, too", () => {
    fs.symlinkSync(path.join(folder, "elsewhere"), path.join(folder, "main.tf"));
    expect(() => writeRoot(folder, files)).toThrow();
    expect(fs.existsSync(path.join(folder, "elsewhere"))).toBe(false);
  });
});

test("one provider for each account, and none that is not used", () => {
  const { files } = rootFiles({ ...read(TWO_ACCOUNTS), command: COMMAND });
  const aliases = [...(files.get("providers.tf") ?? "").matchAll(/alias += "(.*)"/g)].map(
    ([, alias]) => alias,
  );
  expect(aliases).toEqual(["account_111111111111", "account_222222222222"]);
  expect([...files.keys()]).toEqual(["main.tf", "outputs.tf", "providers.tf"]);
});

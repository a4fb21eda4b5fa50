/** `compose --from … --root`: the root is planned by real terraform as it is printed. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { composeRoot, writeRoot } from "../../lib/commands/compose/root";
import { rootFiles } from "../../lib/answers/root-files";
import { expression, moduleCall } from "../../lib/files/module-call";
import { quote } from "../../lib/text/hcl";
import { type Plan, TerraformRoot } from "../support/terraform";
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

/** Plans the root that a configuration implies; for each alias a provider that needs no credentials. */
function planned(text: string, aliases: readonly string[], ...args: readonly string[]): Plan {
  const root = new TerraformRoot({});
  try {
    composeRoot(read(text), root.folder, COMMAND, false, io);
    root.succeed("fmt", "-check", "-diff", root.folder);
    root.write({ "offline_override.tf": offline(aliases) });
    return root.init().plan(...args);
  } finally {
    root.dispose();
  }
}

const after = (plan: Plan, address: string) =>
  plan.resource_changes?.find((change) => change.address === address)?.change.after;

describeWithTerraform()("a root", () => {
  test("for a process with its own databases and a role in another account", () => {
    const plan = planned(TWO_ACCOUNTS, ["account_111111111111", "account_222222222222"]);
    expect(plan.resource_changes?.map(({ address }) => address).sort()).toEqual(
      expect.arrayContaining([
        "module.access_role_teleport_rds.aws_iam_role.access",
        "module.database_access.aws_iam_policy.database_access[0]",
        'module.database_access.aws_iam_role_policy_attachment.database_access["service"]',
        'module.database_access.aws_iam_role.user["dynamodb/dynamodb-user-role"]',
        "module.database_access_teleport_rds.aws_iam_policy.database_access[0]",
        'module.database_access_teleport_rds.aws_iam_role_policy_attachment.database_access["access"]',
        "module.service_role.aws_iam_role.service",
        "module.service_role.aws_iam_role_policy.assume_roles[0]",
      ]),
    );
    expect(after(plan, "module.access_role_teleport_rds.aws_iam_role.access")).toMatchObject({
      name: "teleport-rds",
      path: "/teams/",
    });
    const document = String(
      after(plan, "module.database_access_teleport_rds.aws_iam_policy.database_access[0]")?.policy,
    );
    const sids = (JSON.parse(document) as { Statement: { Sid: string }[] }).Statement.map(
      ({ Sid }) => Sid,
    );
    expect(sids).toEqual(
      expect.arrayContaining(["RDSConnect", "RDSDiscovery", "MemoryDBDiscovery"]),
    );
  });

  test("for another account without an external ID: that is a variable, too", () => {
    const text = `roles: db\nproxyAddr: x\nannotations: { serviceAccount: { eks.amazonaws.com/role-arn: "arn:aws:iam::444444444444:role/agent" } }\ndatabases: [{ name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com, aws: { assume_role_arn: "arn:aws:iam::222222222222:role/x" } }]`;
    const plan = planned(
      text,
      ["account_444444444444", "account_222222222222"],
      "-var=x_external_id=ext-9",
      "-var=eks_oidc_provider_arn=arn:aws:iam::444444444444:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC",
      "-var=kubernetes_namespace=teleport",
      "-var=kubernetes_service_account=agent",
    );
    expect(after(plan, "module.service_role.aws_iam_role.service")).toMatchObject({
      name: "agent",
    });
  });

  test("for a Discovery Service of Teleport Cloud: the role of its integration", () => {
    const text =
      "kind: discovery_config\nmetadata: { name: a }\nspec: { discovery_group: cloud-discovery-group, aws: [{ types: [rds], regions: [us-east-1], integration: prod }] }";
    const plan = planned(
      text,
      ["database_service_account", "integration_prod_account"],
      "-var=database_service_account_id=444444444444",
      "-var=integration_prod_account_id=444444444444",
      "-var=teleport_oidc_provider_arn=arn:aws:iam::444444444444:oidc-provider/example.teleport.sh",
    );
    expect(after(plan, "module.integration_role_prod.aws_iam_role.service")).toMatchObject({
      name: "teleport-discovery-role",
    });
  });

  test("quoted text is the text again, whatever is in it", () => {
    const texts = [
      '${file("x")}',
      "%{ if true }",
      "$${a}",
      "%%{b}",
      '"\\',
      "a\nb\r\t",
      "\b\f\u202E\u{E0101}é→",
    ];
    const root = new TerraformRoot({});
    try {
      root.write({
        "main.tf": texts
          .map((text, index) => `output "t${String(index)}" {\n  value = ${quote(text)}\n}\n`)
          .join("\n"),
      });
      const { outputs } = root.init().plan().planned_values;
      expect(texts.map((_, index) => outputs?.[`t${String(index)}`]?.value)).toEqual(texts);
    } finally {
      root.dispose();
    }
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
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
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

  test("that are the same are left, and the rest is added", () => {
    fs.writeFileSync(path.join(folder, "main.tf"), "# main\n");
    expect(writeRoot(folder, files)).toEqual(["outputs.tf"]);
    expect(writeRoot(folder, files)).toEqual([]);
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

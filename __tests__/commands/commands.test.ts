/** Output, streams and exit status of each command. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import Ajv from "ajv/dist/2020";
import { databaseTypes } from "../../lib/catalog";
import { shellWord } from "../../lib/files/command-line";
import { printedSchema } from "../support/printed-schema";
import { contentOf } from "../support/content-of";
import { runCommand } from "../support/command";
import { PROGRAM } from "../support/terminal";
import { ACCOUNT, filledPolicy, meaning } from "../support/reference-page";

const names = databaseTypes.map(({ name }) => name);
const sids = databaseTypes.flatMap(({ statements }) => statements.map(({ sid }) => sid));

const fixture = path.join(__dirname, "..", "fixtures", "teleport-yaml", "direct.yaml");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-cli-"));
});

describe("help", () => {
  test("names every command, and the exit statuses", async () => {
    const { status, stdout, stderr } = await runCommand("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of ["compose", "list", "explain", "print-iam", "schema", "completion"]) {
      expect(stdout).toContain(`teleport-db-iam ${name} `);
    }
    expect(stdout).toMatch(/Exit status: 0 .* 1 .* 2 /);
  });

  test.each([
    ["help", "list"],
    ["list", "-h"],
  ])("of a command is what %s %s prints", async (...args) => {
    expect(await runCommand(...args)).toEqual(await runCommand("list", "--help"));
  });

  test.each(["version", "--version"])("%s is the package's", async (word) => {
    const { version } = JSON.parse(
      fs.readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8"),
    ) as { version: string };
    expect(await runCommand(word)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("is in English whatever $LANG says", async () => {
    const before = process.env.LANG;
    process.env.LANG = "de_DE.UTF-8";
    try {
      expect((await runCommand("compose", "--help")).stdout).toContain("Show help");
    } finally {
      if (before === undefined) delete process.env.LANG;
      else process.env.LANG = before;
    }
  });
});

describe("list", () => {
  test("has every type and every Sid", async () => {
    const { status, stdout, stderr } = await runCommand("list");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const word of [...names, ...sids]) expect(stdout).toContain(word);
  });

  test("says by name which databases of AWS Teleport does not support", async () => {
    const { stdout } = await runCommand("list");
    const [, others = ""] = /\n(Teleport does not support [^]*)$/.exec(stdout) ?? [];
    const words = others.replace(/\s+/g, " ");
    for (const one of [
      "Aurora DSQL (dsql, aurora-dsql)",
      "OpenSearch Serverless (opensearch-serverless, aoss)",
      "Neptune (neptune",
      "Timestream (timestream",
    ]) {
      expect(words).toContain(one);
    }
    expect(words).toMatch(/so they have no module\. $/);
  });
});

describe("explain", () => {
  test.each([...names, ...sids])("%s", async (name) => {
    const { status, stdout, stderr } = await runCommand("explain", name);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(name);
    expect(stdout).toContain("https://");
  });

  test("says when a statement can be left out, and by which variable", async () => {
    const { stdout } = await runCommand("explain", "RDSAutoEnableIAMAuth");
    expect(stdout).toContain("Not needed if IAM authentication is already on.");
    expect(stdout).toContain("Variable: rds_auto_enable_iam_auth (default: true)");
    expect(stdout).toContain("arn:{partition}:rds:{region}:{account}:db:{instance_name}");
    expect(stdout).not.toContain("RDSConnect");
  });

  test.each([
    ["RDSConnect", '["*"]', '["{rds_database_users.user_name}"]'],
    [
      "RedshiftConnectAsIAMRole",
      '["role/redshift-user-role"]',
      '["role/{redshift_user_role_names}",\n              "{redshift_user_role_arns}"]',
    ],
    [
      "DynamoDBConnectAsIAMRole",
      '["dynamodb-user-role"]',
      '["{dynamodb_user_role_names}",\n              "{dynamodb_user_role_arns}"]',
    ],
  ])("says what Teleport's role must allow: %s", async (sid, preset, named) => {
    const { stdout } = await runCommand("explain", sid);
    expect(stdout).toContain(`  db_users:  ${preset}\n`);
    expect(stdout).toContain(`  or         ${named}\n`);
  });

  test("takes several, in their order", async () => {
    const { stdout } = await runCommand("explain", "redshift,RDSConnect", "--format", "json");
    const found = JSON.parse(stdout) as { type: string; statements: unknown[] }[];
    expect(found.map(({ type }) => type)).toEqual(["redshift", "rds"]);
    expect(found[1]?.statements).toHaveLength(1);
  });

  test("says what values make of each statement", async () => {
    const { stdout } = await runCommand(
      "explain",
      "rds,redshift",
      "--set",
      "rds_connect=false",
      "--set",
      'rds_instances=[{"region":"eu-central-1","instance_name":"orders"}]',
      "--set",
      "rds_clusters=[]",
      "--set",
      "aws_account_id=123456789012",
      "--format",
      "json",
    );
    const [rds, redshift] = JSON.parse(stdout) as {
      statements: { sid: string; granted: { Resource: unknown }[] }[];
    }[];
    const granted = (type: typeof rds): unknown =>
      Object.fromEntries(
        (type?.statements ?? []).map(({ sid, granted: all }) => [
          sid,
          all.map(({ Resource }) => Resource),
        ]),
      );
    const orders = ["arn:aws:rds:eu-central-1:123456789012:db:orders"];
    expect(granted(rds)).toMatchObject({ RDSFetchMetadata: [orders], RDSConnect: [] });
    expect(granted(redshift)).toMatchObject({ RedshiftConnectAsDBUser: [expect.anything()] });
  });

  test.each([
    ["rds", "redshift_connect=true", /The module rds has no variable "redshift_connect"/],
    ["RDSConnect", "rds_connect=yes", /rds_connect.*true or false/],
  ])("of %s refuses %s", async (name, assignment, message) => {
    const { status, stderr } = await runCommand("explain", name, "--set", assignment);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  const answer = async (word: string) => {
    const { stdout } = await runCommand("explain", word, "--format", "json");
    const { type, statements, variables } = JSON.parse(stdout) as {
      type: string | null;
      statements: { sid: string }[];
      variables: { name: string; module: string; default: string | null }[];
    };
    return { type, sids: statements.map(({ sid }) => sid), variables };
  };

  test.each([
    ["aurora", "rds"],
    ["postgres", "rds"],
    ["mongodb", "docdb"],
    ["documentdb", "docdb"],
  ])("takes %s for %s", async (word, type) => {
    expect(await answer(word)).toEqual(await answer(type));
  });

  test("of an action has the statements of the type that grant it", async () => {
    expect(await answer("rds:ModifyDBInstance")).toEqual({
      type: "rds",
      sids: ["RDSAutoEnableIAMAuth"],
      variables: [],
    });
    expect((await answer("redshift:DescribeClusters")).sids).toEqual([
      "RedshiftFetchMetadata",
      "RedshiftDiscovery",
    ]);
    expect((await answer("account:ListRegions")).sids).toEqual(["DiscoveryListRegions"]);
  });

  test("of a variable has the statements that it decides", async () => {
    const { type, sids, variables } = await answer("rds_instances");
    expect([type, sids]).toEqual(["rds", ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"]]);
    expect(variables).toMatchObject([{ name: "rds_instances", module: "rds", default: "null" }]);
    expect((await answer("dynamodb_user_role_names")).sids).toEqual([
      "DynamoDBConnectAsIAMRole",
      "DynamoDBSessionTagging",
    ]);
  });

  test("of a role module has its statements and variables", async () => {
    const { sids, variables } = await answer("service-role");
    expect(sids).toEqual(["AssumeAccessRole", "AssumeOwnRole"]);
    expect(variables.map(({ name }) => name)).toContain("trust_eks_pod_identity");
    const { stdout } = await runCommand("explain", "access-role");
    expect(stdout).toMatch(/trusted_principals\n[^]*?Module +access-role\n[^]*?none: required/);
  });

  test.each([
    ["redis", '"redis" is ambiguous: elasticache, elasticache-serverless, memorydb. '],
    ["rds:DescribeDBProxies", undefined],
    [
      "rds:DescribeDBClusters",
      '"rds:DescribeDBClusters" is ambiguous: DocumentDBCheckDomainURL, DocumentDBDiscovery, RDSFetchMetadata, RDSDiscovery. ',
    ],
  ])("of %s lists the candidates if it is ambiguous", async (word, message) => {
    const { status, stderr } = await runCommand("explain", word);
    expect(status).toBe(message === undefined ? 0 : 2);
    expect(stderr).toContain(message ?? "");
    // The advice works.
    const [, advice] = /teleport-db-iam explain (\S+)$/m.exec(stderr) ?? [];
    expect((await runCommand("explain", advice ?? word)).status).toBe(0);
  });

  test("tells what the database-user roles carry from the policy", async () => {
    const { stdout } = await runCommand("explain", "redshift", "--format", "json");
    const { statements } = JSON.parse(stdout) as { statements: { sid: string; carrier: string }[] };
    expect(Object.fromEntries(statements.map(({ sid, carrier }) => [sid, carrier]))).toEqual({
      RedshiftConnectAsDBUser: "policy",
      RedshiftConnectAsIAMRole: "policy",
      RedshiftFetchMetadata: "policy",
      RedshiftDiscovery: "policy",
      RedshiftConnectWithIAM: "user-role",
    });
  });
});

describe("print-iam", () => {
  test.each(names)("%s is the page's policy", async (name) => {
    const { stdout } = await runCommand(
      ...["print-iam", "--types", name, "--account-id", ACCOUNT, "--policy"],
    );
    expect(meaning(stdout)).toEqual(meaning(filledPolicy(name)));
  });

  test("keeps what was not given as a visible placeholder, and says so on stderr", async () => {
    const { stdout, stderr } = await runCommand("print-iam", "--types", "docdb", "--policy");
    expect(stdout).toContain("arn:aws:iam::aws-account-id:role/documentdb-user-role");
    expect(stderr).toBe("Placeholders to replace: aws-account-id.\n");
  });

  const trust = (...args: readonly string[]) =>
    runCommand("print-iam", "--types", "docdb", "--trust", "--role", ...args);
  const trustStatement = (principal: string, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: [principal] }, Action: ["sts:AssumeRole"], ...more },
    ],
  });

  test.each([
    ["a name with its path", "team/agent", "arn:aws:iam::210987654321:role/team/agent"],
    [
      "an ARN of another partition",
      "arn:aws-cn:iam::210987654321:role/agent",
      "arn:aws-cn:iam::210987654321:role/agent",
    ],
  ])("trusts the role that --role gives as %s", async (_, role, principal) => {
    const { stdout } = await trust(role, "--account-id", "210987654321");
    expect(JSON.parse(stdout)).toEqual(trustStatement(principal));
  });

  test("refuses a bare name of a role without an account, and says what to type", async () => {
    expect(await trust("agent")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "Error: --role agent is a name without an account. Add --account-id, or give the role's ARN: arn:aws:iam::123456789012:role/agent\n",
    });
  });

  test("demands an external ID of a role in another account", async () => {
    const principal = "arn:aws:iam::111122223333:role/agent";
    const { stdout, stderr } = await trust(principal, "--account-id", "210987654321");
    expect(JSON.parse(stdout)).toEqual(
      trustStatement(principal, {
        Condition: { StringEquals: { "sts:ExternalId": ["example-external-id"] } },
      }),
    );
    expect(stderr).toBe("Placeholders to replace: example-external-id.\n");
  });

  test("takes names, with path, and ARNs of the roles to assume", async () => {
    const { stdout } = await runCommand(
      ...["print-iam", "--types", "keyspace", "--policy", "--account-id", "123456789012"],
      ...["--assumes-roles", "team/reader,arn:aws:iam::210987654321:role/writer"],
    );
    const { Statement } = JSON.parse(stdout) as { Statement: { Resource: string[] }[] };
    expect(Statement[0]?.Resource).toEqual([
      "arn:aws:iam::123456789012:role/team/reader",
      "arn:aws:iam::210987654321:role/writer",
    ]);
  });

  test("takes any variable of the module", async () => {
    const { stdout } = await runCommand(
      ...["print-iam", "--types", "rds", "--policy", "--account-id", "123456789012"],
      ...["--set", "rds_auto_enable_iam_auth=false", "--set", "rds_fetch_metadata=false"],
      ...["--set", 'rds_database_users=[{"region":"*","resource_id":"db-ABC","user_name":"app"}]'],
    );
    expect(JSON.parse(stdout)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "RDSConnect",
          Effect: "Allow",
          Action: ["rds-db:connect"],
          Resource: ["arn:aws:rds-db:*:123456789012:dbuser:db-ABC/app"],
        },
      ],
    });
  });
});

describe("schema", () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajv.addSchema(printedSchema(), "schema");
  const problems = (command: string, output: string): unknown => {
    ajv.validate(`schema#/$defs/${command}`, JSON.parse(output));
    return ajv.errors;
  };

  test("is what the command prints, and a valid schema itself", () => {
    const { stdout } = spawnSync(process.execPath, [PROGRAM, "schema"], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual(printedSchema());
    expect(ajv.validateSchema(printedSchema())).toBe(true);
  });

  test.each([
    ["list", ["list", "--format", "json"]],
    ...[...names, ...sids].map(
      (name) => ["explain", ["explain", name, "--format", "json"]] as const,
    ),
    ["explain", ["explain", "rds,RedshiftFetchMetadata", "--format", "json"]],
    ["explain", ["explain", "AssumeAccessRole", "--format", "json"]],
    ["explain", ["explain", "service-role", "--format", "json"]],
    ["explain", ["explain", "trusted_principals", "--format", "json"]],
    [
      "explain",
      ["explain", "elasticache", "--set", "restrict_to_account=true", "--format", "json"],
    ],
    ["print-iam", ["print-iam", "--types", "all"]],
    ["print-iam", ["print-iam", "--types", "rds", "--policy"]],
    ["print-iam", ["print-iam", "--types", "rds", "--boundary"]],
    [
      "print-iam",
      [
        ...["print-iam", "--types", "dynamodb", "--trust", "--set", 'external_ids=["abc","def"]'],
        ...["--role", "agent", "--account-id", "210987654321"],
      ],
    ],
  ] as const)("%s of %j", async (command, args) => {
    expect(problems(command, (await runCommand(...args)).stdout)).toBeNull();
  });

  test.each([
    ["list", '[{"name":"rds"}]'],
    ["list", "[1]"],
    ["explain", '{"type":"mysql"}'],
    ["print-iam", '{"Version":"2012-10-17"}'],
    ["print-iam", '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"x"}]}'],
  ])("of %s refuses %s", (command, output) => {
    expect(problems(command, output)).not.toBeNull();
  });
});

describe("compose", () => {
  const read = (): Record<string, string> => contentOf(folder);
  const variable = (name: string): Record<string, unknown> | undefined => {
    const module = JSON.parse(read()["variables.tf.json"] ?? "") as {
      variable: Record<string, Record<string, unknown>>;
    };
    return module.variable[name];
  };
  const compose = (...args: readonly string[]) =>
    runCommand("compose", "--types", "redshift,rds", "--output", folder, ...args);

  test("--dry-run lists the files with their sizes and writes nothing", async () => {
    const { status, stdout } = await compose("--dry-run");
    expect(status).toBe(0);
    expect(fs.readdirSync(folder)).toEqual([]);
    await compose();
    const sizes = Object.entries(read()).map(([name, content]) => [
      name,
      Buffer.byteLength(content),
    ]);
    const listed = stdout
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, size, name] = /^ *(\d+) bytes {2}(.+)$/.exec(line) ?? [];
        return [name, Number(size)];
      });
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(sizes));
  });

  test("--check says yes with 0, and no with 1 and the files; it writes nothing", async () => {
    await compose();
    expect(await compose("--check")).toMatchObject({ status: 0, stdout: "" });
    fs.writeFileSync(path.join(folder, "main.tf.json"), "{}");
    fs.rmSync(path.join(folder, "outputs.tf.json"));
    const before = read();
    const { status, stdout } = await compose("--check");
    expect(status).toBe(1);
    expect(stdout).toContain(
      `missing:  ${folder}/outputs.tf.json\ndiffers:  ${folder}/main.tf.json\noutput added: permissions_boundary_json\n`,
    );
    expect(read()).toEqual(before);
  });

  test("--check names a foreign file that Terraform reads, unless --force wants it", async () => {
    await compose();
    const file = path.join(folder, "main_override.tf");
    fs.writeFileSync(file, "");
    const found = `${folder} differs from what this command writes. Move main_override.tf out of the folder, because Terraform reads it as part of the module. To keep it there, use --force`;
    expect(await compose("--check")).toEqual({
      status: 1,
      stdout: `foreign:  ${file}\n`,
      stderr: `${found}.\n`,
    });
    expect(await compose("--check", "--force")).toMatchObject({ status: 0, stdout: "" });
    fs.rmSync(path.join(folder, "README.md"));
    expect(await compose("--check")).toMatchObject({
      status: 1,
      stdout: `missing:  ${folder}/README.md\nforeign:  ${file}\n`,
      stderr: `${found}; then run it without --check.\n`,
    });
  });

  test("--set makes a default, and a required variable optional", async () => {
    await compose(
      ...["--set", "aws_account_id=123456789012", "--set", "rds_fetch_metadata=false"],
      ...["--set", "redshift_user_role_names=reader"],
      ...["--set", 'tags={"team":"data"}', '--set=policy_name="quoted"'],
    );
    expect(variable("aws_account_id")).toMatchObject({ default: "123456789012" });
    expect(variable("rds_fetch_metadata")).toMatchObject({ default: false });
    expect(variable("redshift_user_role_names")).toMatchObject({ default: ["reader"] });
    expect(variable("tags")).toMatchObject({ default: { team: "data" } });
    expect(variable("policy_name")).toMatchObject({ default: "quoted" });
  });

  test("--from says what it read from which line, and --set has the last word", async () => {
    const { status, stderr } = await runCommand(
      ...["compose", "--from", fixture, "--set", "aws_account_id=210987654321"],
      ...["--output", folder],
    );
    expect(status).toBe(0);
    expect(stderr).toContain(`Read ${fixture}:\n  line 8   rds: database "orders"`);
    expect(stderr).toContain("Missing (set these yourself):");
    expect(variable("aws_account_id")?.default).toBe("210987654321");
    expect(variable("rds_instances")?.default).toEqual([
      { region: "us-east-1", instance_name: "orders" },
    ]);
    expect(read()["main.tf.json"]).toContain(
      `compose --from ${shellWord(fixture)} --set aws_account_id=`,
    );
  });

  test("the marker has the command that writes the same again, whatever was typed", async () => {
    const own = `statement_conditions={"RDSConnect":{"StringEquals":{"aws:username":["it's $HOME"]}}}`;
    await compose("--set", "policy_path=it's", "--name", "Databases").then(({ status }) => {
      expect(status).toBe(2);
    });
    await compose(
      ...["--set", own, "--set", "restrict_to_account=true"],
      ...["--name", "Databases"],
    );
    const first = read();
    const { "//": marker } = JSON.parse(first["main.tf.json"] ?? "") as { "//": string };
    expect(marker).toContain(
      `"teleport-db-iam compose --types rds,redshift --name Databases --set restrict_to_account=true --set 'statement_conditions={"RDSConnect":{"StringEquals":{"aws:username":["it'\\''s $HOME"]}}}'"`,
    );
    await runCommand(
      ...["compose", "--types", "rds", "redshift", "--name", "Databases", "--output", folder],
      ...["--set", "restrict_to_account=true", own],
    );
    expect(read()).toEqual(first);
  });
});

/** The script of examples/pull-request, run as CI runs it: two commits to one pull request. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { FakeGitHub, MARKER } from "../support/fake-github";
import { Moto } from "../support/moto";
import { PROJECT, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const EXAMPLE = path.join(PROJECT, "examples", "pull-request");

const access = (values: string): string => `
module "access" {
  source          = "${readyModule("redshift")}"
  aws_account_id  = "123456789012"
  attach_to_roles = { service = aws_iam_role.service.name }
  ${values}
}
resource "aws_iam_role" "service" {
  name = "teleport-db-service-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Sid = "Agent", Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}`;

const AS_ROLE =
  "(Assume the IAM role that a user connects as. Its IAM permissions become permissions in the database.)";
const AS_USER = "(Get temporary credentials of an existing database user.)";
const METADATA =
  "(Read settings that the database's configuration does not have, such as its region, and import its AWS tags as labels.)";
const POLICY = "module.access.aws_iam_policy.database_access[0]";

const COMMITS: Record<string, { values: string; status: number; comment: string }> = {
  "the first creates": {
    values: 'redshift_user_role_names = ["analyst"]',
    status: 1,
    comment: `### IAM review: this plan grants new access to new roles, users or groups only

Verdict: broadened. 3 changes in 1 plan with 2 IAM resources.

| Risk | Who | What | By |
| --- | --- | --- | --- |
| **Manage permissions** | new role \`teleport-db-service-role\`, trusted by \`ec2.amazonaws.com\` | Gains \`sts:AssumeRole\` on \`arn:aws:iam::123456789012:role/analyst\`<br>A way to more permissions: assume other roles (\`sts:AssumeRole\`)<br>For example \`sts:AssumeRole\` on \`arn:aws:iam::123456789012:role/analyst\` | \`RedshiftConnectAsIAMRole\` in \`${POLICY}\` |
| **Secrets and credentials** | new role \`teleport-db-service-role\`, trusted by \`ec2.amazonaws.com\` | Gains \`redshift:GetClusterCredentials\` on \`*\`<br>For example \`redshift:GetClusterCredentials\` on \`arn:aws:redshift:us-east-1:123456789012:example\` | \`RedshiftConnectAsDBUser\` in \`${POLICY}\` |
| **List** | new role \`teleport-db-service-role\`, trusted by \`ec2.amazonaws.com\` | Gains \`redshift:DescribeClusters\` on \`*\`<br>For example \`redshift:DescribeClusters\` on \`arn:aws:redshift:us-east-1:123456789012:example\` | \`RedshiftFetchMetadata\` in \`${POLICY}\` |

<details><summary>What changes, by resource</summary>

#### trust policy of \`aws_iam_role.service\`, created: broadened

- Size: 141 of 2,048 characters.

In \`Agent\`:

- **Granted:** Allow \`sts:AssumeRole\` for \`Service: ec2.amazonaws.com\`

#### managed policy of \`${POLICY}\`, created: broadened

- Size: 389 of 6,144 characters.

In \`RedshiftConnectAsDBUser\` ${AS_USER}:

- **Granted:** Allow \`redshift:GetClusterCredentials\` on \`*\`

In \`RedshiftConnectAsIAMRole\` ${AS_ROLE}:

- **Granted:** Allow \`sts:AssumeRole\` on \`arn:aws:iam::123456789012:role/analyst\`

In \`RedshiftFetchMetadata\` ${METADATA}:

- **Granted:** Allow \`redshift:DescribeClusters\` on \`*\`

#### attachment of \`module.access.aws_iam_role_policy_attachment.database_access["service"]\`, created: broadened

- Attached to \`role teleport-db-service-role\`: \`(known after apply)\`

</details>
`,
  },
  "the second narrows": {
    values: `redshift_user_role_names = ["analyst"]
      redshift_database_users  = [{ region = "us-east-1", cluster_name = "sales", user_name = "reader", database_name = "*" }]
      redshift_fetch_metadata  = false`,
    status: 0,
    comment: `### IAM review: this plan removes access and grants none

Verdict: narrowed. 1 change in 1 plan with 2 IAM resources.

| Risk | Who | What | By |
| --- | --- | --- | --- |
| **Secrets and credentials** | role \`teleport-db-service-role\` | Loses \`redshift:GetClusterCredentials\` on \`*\`<br>For example \`redshift:GetClusterCredentials\` on \`arn:aws:redshift:us-east-1:123456789012:example\` | \`RedshiftConnectAsDBUser\` in \`${POLICY}\` |
| **List** | role \`teleport-db-service-role\` | Loses \`redshift:DescribeClusters\` on \`*\`<br>For example \`redshift:DescribeClusters\` on \`arn:aws:redshift:us-east-1:123456789012:dbuser:sales/reader\` | \`RedshiftFetchMetadata\` in \`${POLICY}\` |

<details><summary>What changes, by resource</summary>

#### managed policy of \`${POLICY}\`, updated: narrowed

- Size: 399 of 6,144 characters, 389 before.

In \`RedshiftConnectAsDBUser\` ${AS_USER}:

- **Changed from:** Allow \`redshift:GetClusterCredentials\` on \`*\`
  **to:** Allow \`redshift:GetClusterCredentials\` on \`arn:aws:redshift:us-east-1:123456789012:dbuser:sales/reader\`, \`arn:aws:redshift:us-east-1:123456789012:dbname:sales/*\`

In \`RedshiftFetchMetadata\` ${METADATA}:

- **Removed:** Allow \`redshift:DescribeClusters\` on \`*\`

</details>
`,
  },
};

describeWithMoto()("the script of a pull request", () => {
  let moto: Moto;
  let root: TerraformRoot;
  let github: FakeGitHub;
  const results: Record<string, { status: number | null; comment: string }> = {};

  beforeAll(async () => {
    moto = await Moto.start();
    root = new TerraformRoot({ "provider.tf": moto.provider });
    github = new FakeGitHub(path.join(root.folder, "github"));
    for (const [commit, { values }] of Object.entries(COMMITS)) {
      root.write({ "main.tf": access(values) });
      const { status, stderr } = script("review.sh", ["comment.md", "."]);
      if (status === 2) throw new Error(stderr);
      const comment = fs.readFileSync(path.join(root.folder, "comment.md"), "utf8");
      results[commit] = { status, comment };
      expect(script("comment.sh", ["team/infra", "7", commit, "comment.md"])).toMatchObject({
        status: 0,
      });
      if (commit === "the first creates") root.succeed("apply", "-auto-approve");
    }
  }, 300000);

  afterAll(() => {
    moto.stop();
    root.dispose();
  });

  test.each(Object.entries(COMMITS))("%s", (commit, { status, comment }) => {
    expect(results[commit]).toEqual({ status, comment: `${comment}\n` });
  });

  test("one comment is replaced each time, and nobody else's is", () => {
    expect(github.comments()).toEqual([
      { id: 1, user: { login: "mallory" }, body: `${MARKER}\nLooks good.` },
      { id: 2, user: { login: "github-actions[bot]" }, body: "Another workflow's." },
      {
        id: 3,
        user: { login: "github-actions[bot]" },
        body: `${MARKER}\n\nPlan of commit \`the second narrows\`\n\n${COMMITS["the second narrows"]?.comment ?? ""}\n\n`,
      },
    ]);
  });

  test("nothing of the plan stays behind", () => {
    const left = fs.readdirSync(root.folder).filter((name) => /plan|review|\.json/.test(name));
    expect(left).toEqual([]);
  });

  test("a root that fails does not look like a broadening", () => {
    root.write({ "main.tf": access('redshift_user_role_names = [""]') });
    const { status, stderr } = script("review.sh", ["comment.md", "."]);
    expect(status).toBe(2);
    expect(stderr).toContain("review.sh: this failed: terraform validate");
    expect(fs.readFileSync(path.join(root.folder, "comment.md"), "utf8")).toMatch(
      /^### IAM review: failed\n/,
    );
  });

  test("modules that are out of date fail before the plan", () => {
    const { status, stderr } = script("review.sh", ["comment.md", "."], { SYNTH_CHECK: "exit 1" });
    expect(status).toBe(2);
    expect(stderr).not.toContain("Initializing");
  });

  function script(
    name: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): { status: number | null; stderr: string } {
    const { status, stderr } = spawnSync(path.join(EXAMPLE, name), args, {
      cwd: root.folder,
      encoding: "utf8",
      env: {
        ...root.environment,
        PATH: `${github.folder}:${process.env.PATH ?? ""}`,
        TELEPORT_DB_IAM: `${process.execPath} ${path.join(PROJECT, "dist", "teleport-db-iam.js")}`,
        ...environment,
      },
    });
    return { status, stderr };
  }
});

describe("the workflows of a pull request", () => {
  const workflow = (name: string): string =>
    fs.readFileSync(path.join(EXAMPLE, "github", name), "utf8");

  test.each(["plan.yml", "comment.yml"])("%s pins every action by its commit", (name) => {
    const uses = workflow(name).match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(line))).toEqual(
      [],
    );
  });

  test("the one that runs the pull request's code may write nothing", () => {
    expect(workflow("plan.yml")).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(workflow("plan.yml")).not.toMatch(/: write|pull_request_target|secrets\./);
  });

  test("the one that may write checks out nothing of the pull request", () => {
    expect(workflow("comment.yml")).toMatch(/^permissions: \{\}$/m);
    expect(workflow("comment.yml").match(/\w+: write/g)).toEqual(["requests: write"]);
    expect(workflow("comment.yml")).not.toMatch(/ref:|pull_request_target|secrets\./);
  });
});

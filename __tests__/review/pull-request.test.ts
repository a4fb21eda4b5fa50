/** The script of examples/pull-request with real terraform: a commit that creates, and one that fails. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { OFFLINE_PROVIDER, PROJECT, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const EXAMPLE = path.join(PROJECT, "examples", "pull-request");

const access = (values: string): string => `
${OFFLINE_PROVIDER}
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

const COMMENT = `### IAM review: this plan grants new access to new roles, users or groups only

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
`;

describeWithTerraform()("the script of a pull request", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    root = new TerraformRoot({ "main.tf": access('redshift_user_role_names = ["analyst"]') });
  });

  test("says what the plan grants, and leaves nothing of the plan behind", () => {
    expect(script()).toMatchObject({ status: 1, comment: `${COMMENT}\n` });
    const left = fs.readdirSync(root.folder).filter((name) => /plan|review|\.json/.test(name));
    expect(left).toEqual([]);
  });

  test("a root that fails does not look like a broadening", () => {
    root.write({ "main.tf": access('redshift_user_role_names = [""]') });
    const { status, stderr, comment } = script();
    expect(status).toBe(2);
    expect(stderr).toContain("review.sh: this failed: terraform validate");
    expect(comment).toMatch(/^### IAM review: failed\n/);
  });

  test("modules that are out of date fail before the plan", () => {
    const { status, stderr } = script({ SYNTH_CHECK: "exit 1" });
    expect(status).toBe(2);
    expect(stderr).not.toContain("Initializing");
  });

  function script(environment: NodeJS.ProcessEnv = {}) {
    const run = spawnSync(path.join(EXAMPLE, "review.sh"), ["comment.md", "."], {
      cwd: root.folder,
      encoding: "utf8",
      env: {
        ...root.environment,
        TELEPORT_DB_IAM: `${process.execPath} ${path.join(PROJECT, "dist", "teleport-db-iam.js")}`,
        ...environment,
      },
    });
    const comment = fs.readFileSync(path.join(root.folder, "comment.md"), "utf8");
    return { status: run.status, stderr: run.stderr, comment };
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

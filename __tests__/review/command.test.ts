import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { build } from "esbuild";
import { reviewPlan } from "../../lib/review";
import { runCommand } from "../support/command";
import { PROJECT } from "../support/terraform";
import { planned, planOfResources, policyChange } from "../support/iam-plan";

const BUNDLE = path.join(PROJECT, "dist", "teleport-db-iam.js");

const document = (action: string): object => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "RedshiftFetchMetadata", Effect: "Allow", Action: action, Resource: "*" }],
});

const plan = (before: object | undefined, after: object): string =>
  planOfResources([policyChange(before, after)]);
const one = document("redshift:DescribeClusters");
const broadened = plan(one, document("redshift:*"));
const narrowed = plan(document("redshift:*"), one);
const unknown = plan(undefined, { Statement: "not one" });

describe("teleport-db-iam review", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-review-"));

  const review = (...args: readonly string[]) => runCommand("review", ...args);

  function file(content: string | Buffer): string {
    const name = path.join(folder, "plan.json");
    fs.writeFileSync(name, content);
    return name;
  }

  test("says it in Markdown", async () => {
    expect(await review(file(broadened))).toEqual({
      status: 0,
      stderr: "",
      stdout: `### IAM review: this plan grants new access

Verdict: broadened. 1 change in 1 plan with 1 IAM resource.

| Risk | Who | What | By |
| --- | --- | --- | --- |
| **Manage permissions** | whoever has \`aws_iam_policy.x\` outside of the plan | Gains \`redshift:*\` on \`*\`<br>A way to more permissions: manage permissions (\`redshift:AuthorizeDataShare\`)<br>For example \`redshift:GetClusterCredentials\` on \`arn:aws:redshift:us-east-1:111122223333:example\` | \`RedshiftFetchMetadata\` in \`aws_iam_policy.x\` |

<details><summary>What changes, by resource</summary>

#### managed policy of \`aws_iam_policy.x\`, updated: broadened

- Size: 124 of 6,144 characters, 139 before.

In \`RedshiftFetchMetadata\` (Read settings that the database's configuration does not have, such as its region, and import its AWS tags as labels.):

- **Changed from:** Allow \`redshift:DescribeClusters\` on \`*\`
  **to:** Allow \`redshift:*\` on \`*\`

</details>
`,
    });
  });

  test("says it as text", async () => {
    expect((await review(file(narrowed), "--format", "text")).stdout)
      .toBe(`IAM review: this plan removes access and grants none.
Verdict: narrowed. 1 change in 1 plan with 1 IAM resource.

Manage permissions: whoever has "aws_iam_policy.x" outside of the plan
  Loses "redshift:*" on "*"
  For example "redshift:GetClusterCredentials" on "arn:aws:redshift:us-east-1:111122223333:example"
  By "RedshiftFetchMetadata" in "aws_iam_policy.x"

managed policy of "aws_iam_policy.x", updated: narrowed
  Size: 139 of 6,144 characters, 124 before.
In "RedshiftFetchMetadata" (Read settings that the database's configuration does not have, such as its region, and import its AWS tags as labels.):
  Changed from: Allow "redshift:*" on "*"
    to: Allow "redshift:DescribeClusters" on "*"
`);
  });

  test("says it in JSON", async () => {
    const reason = 'it depends on 2008-10-17 "not one", which cannot be read';
    const cannotBeRead = { answer: "undecided", reason };
    expect(JSON.parse((await review(file(unknown), "--format=json")).stdout)).toEqual({
      formatVersion: 2,
      verdict: "unknown",
      broadens: false,
      narrows: false,
      unknown: true,
      plans: [path.join(folder, "plan.json")],
      documents: 1,
      rows: [
        {
          change: "undecided",
          isPublic: false,
          who: [{ kind: "managed policy", name: "aws_iam_policy.x", isNew: true }],
          what: [],
          says: [`what is gained, because ${reason}`, `what is lost, because ${reason}`],
          escalation: [],
          waitsFor: [],
          by: [],
        },
      ],
      access: [
        {
          kind: "managed policy",
          name: "aws_iam_policy.x",
          verdict: "unknown",
          gained: cannotBeRead,
          lost: cannotBeRead,
        },
      ],
      items: [
        {
          address: "aws_iam_policy.x",
          action: "create",
          kind: "managed policy",
          verdict: "unknown",
          reasons: [
            "The document after the change cannot be compared: its Statement is not an object.",
          ],
          size: { limit: 6144, after: 22 },
          differences: [],
        },
      ],
      findings: [
        {
          broadens: false,
          narrows: false,
          unknown: true,
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
          text: `managed policy aws_iam_policy.x: undecided, because ${reason}`,
          isPublic: false,
          escalation: [`undecided: ${reason}`],
          isForbidden: false,
        },
      ],
      entries: [],
    });
  });

  test.each<[string, string[], string, number]>([
    ["nothing asked for", [], broadened, 0],
    ["broadened, asked for", ["--fail-on", "broadened"], broadened, 1],
    ["narrowed, and all asked for", ["--fail-on", "broadened,unknown"], narrowed, 0],
    [
      "unknown, asked for among others",
      ["--fail-on", "broadened", "--fail-on", "unknown"],
      unknown,
      1,
    ],
  ])("exit status: %s", async (_, flags, text, status) => {
    expect((await review(...flags, file(text))).status).toBe(status);
  });

  test.each([[[]], [["-"]]])("reads the standard input with %j", (args) => {
    const { status, stdout } = run(["--fail-on=broadened", ...args], broadened);
    expect([status, stdout.split("\n", 1)]).toEqual([
      1,
      ["### IAM review: this plan grants new access"],
    ]);
  });

  test("reads what Windows PowerShell writes", async () => {
    for (const text of [Buffer.from(`\uFEFF${broadened}`, "utf16le"), `\uFEFF${broadened}`]) {
      expect((await review(file(text))).stdout).toContain("IAM review: this plan grants");
    }
  });

  const zip = Buffer.from("504b03041400080008000000000000000000", "hex");
  const binary = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256));

  test.each<[string, Buffer, string]>([
    ["a saved plan", zip, "It is a saved plan, which only Terraform can read."],
    ["binary data", binary, "It is not JSON."],
    ["deep nesting", Buffer.from("[".repeat(200000)), "It is not JSON."],
  ])("refuses %s", async (_, content, problem) => {
    const { status, stdout, stderr } = await review(file(content));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Error: .*plan\.json is not a Terraform plan in JSON\. /);
    expect(stderr).toContain(problem);
  });

  test.each<[string, string, string]>([
    ["nothing", "", "It is empty."],
    ["no JSON", "resource {}", "It is not JSON."],
    [
      "a log in JSON lines",
      '{"@level":"info"}\n{"@level":"info"}\n',
      "It is a stream of JSON lines",
    ],
    [
      "a state that is shown",
      '{"format_version":"1.0","values":{"root_module":{}}}',
      "It is a state",
    ],
    ["an empty state that is shown", '{"format_version":"1.0"}', "It has no resource changes"],
    ["null", "null", "It has no resource changes"],
    [
      "a newer format",
      broadened.replace('"1.2"', '"2.0"'),
      'Its format_version is "2.0"; this version supports 0.1, 0.2 and 1.x.',
    ],
    ["a failed run", broadened.replace("{", '{"errored":true,'), "Its terraform plan failed"],
    [
      "changes that are none",
      '{"format_version":"1.2","resource_changes":[{}]}',
      "Its resource_changes are invalid.",
    ],
  ])("refuses %s", (_, content, problem) => {
    expect(() => reviewPlan(content, "plan.json")).toThrow(problem);
  });

  test.each<[string, string[], string]>([
    [
      "a file that is not there",
      ["/no/such/plan.json"],
      "/no/such/plan.json: no such file or directory (ENOENT).",
    ],
    ["a folder", [os.tmpdir()], `${os.tmpdir()} is a folder.`],
    [
      "an unknown format",
      ["--format", "html"],
      '--format is "html". Choices: "markdown", "text", "json", "sarif", "github".',
    ],
    [
      "an unknown verdict",
      ["--fail-on", "wider"],
      '--fail-on is "wider". Choices: "broadened", "both", "unknown", "narrowed", "unchanged", "public", "escalation".',
    ],
    ["a file twice", ["a.json", "b.json", "a.json"], "a.json is named twice."],
  ])("refuses %s", async (_, args, problem) => {
    const { status, stdout, stderr } = await review(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });

  test("reads a large plan whose resources are none of IAM's", () => {
    const tags = { note: "x".repeat(1000) };
    const instances = Array.from({ length: 50000 }, (_, index) =>
      planned("aws_instance", null, { tags }, { index }),
    );
    expect(run([file(planOfResources(instances))]).stdout).toBe(
      "### IAM review: this plan changes no access\n\nVerdict: unchanged. 0 changes in 1 plan with 0 IAM resources.\n",
    );
  });

  test("needs nothing of CDKTF", async () => {
    const { metafile } = await build({
      entryPoints: [path.join(PROJECT, "lib", "review", "index.ts")],
      bundle: true,
      platform: "node",
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain("lib/review/compare/compare-access.ts");
    const packages = inputs.flatMap((input) => /node_modules\/([^/]+)/.exec(input)?.[1] ?? []);
    expect(packages).toEqual(["ipaddr.js"]);
  });
});

function run(
  args: readonly string[],
  input = "",
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, "review", ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

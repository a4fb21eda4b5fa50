/**
 * docs/adopt.md, followed on the AWS API: each block's plan ends as the page says, nothing is detached
 * or deleted, no role loses access, and the next plan is empty.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { AwsApi } from "../support/aws-api";
import { losses } from "../support/aws-api/losses";
import { Registry } from "../support/registry";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const page = fs.readFileSync(path.join(PROJECT, "docs", "adopt.md"), "utf8");

/** The text below a heading of the page. */
function sectionOf(heading: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/adopt.md has no section ${heading}`);
  return section;
}

/** The blocks of a section in one language, in their order. */
function blocks(heading: string, language: string): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...sectionOf(heading).matchAll(pattern)].map(([, text = ""]) => text);
}

/** Calls that take a policy from a role, or delete it; a deleted old version of a policy is none. */
const TAKES_AWAY = /^(Detach|Delete(?!PolicyVersion))/;

describeWithMoto()("docs/adopt.md", () => {
  let registry: Registry;
  let api: AwsApi;

  beforeAll(async () => {
    registry = await Registry.start();
  });
  afterAll(() => {
    registry.stop();
  });
  beforeEach(async () => {
    api = await AwsApi.start();
  });
  afterEach(() => {
    api.stop();
  });

  function newRoot(main: string): TerraformRoot {
    const root = new TerraformRoot({ "main.tf": main, "provider.tf": api.provider });
    registry.serve(root);
    return root;
  }

  /** Applies a root's next configuration, whose plan must end as the page says, and plans again. */
  function expectAdopted(root: TerraformRoot, main: string, summary: string): void {
    root.write({ "main.tf": main });
    root.init();
    const plan = root.succeed("plan", "-out=tfplan");
    expect(plan).toContain(summary.trim());
    root.succeed("apply", "tfplan");
    expect(root.succeed("plan")).toContain("No changes.");
  }

  async function expectNothingLost(from: number): Promise<void> {
    const calls = await api.calls();
    const taken = calls.slice(from).filter(({ action }) => TAKES_AWAY.test(action));
    expect(taken).toEqual([]);
    expect(losses(calls, from)).toEqual([]);
  }

  test("written by hand in the same root", async () => {
    const heading = "Written by hand in the same root";
    const [before = "", policy = "", role = ""] = blocks(heading, "hcl");
    const [policyPlan = "", rolePlan = ""] = blocks(heading, "text");
    const root = newRoot(before);
    root.init().succeed("apply", "-auto-approve");
    const { length: from } = await api.calls();
    expectAdopted(root, policy, policyPlan);
    expectAdopted(root, role, rolePlan);
    await expectNothingLost(from);
    // Ten runs of terraform.
  }, 1_200_000);

  test("in another root or state", async () => {
    const heading = "In another root or state";
    const [before = ""] = blocks("Written by hand in the same root", "hcl");
    const [forget = "", adopt = ""] = blocks(heading, "hcl");
    const [forgetPlan = "", adoptPlan = ""] = blocks(heading, "text");
    const other = newRoot(before);
    other.init().succeed("apply", "-auto-approve");
    const { length: from } = await api.calls();
    const [role = ""] = /^resource "aws_iam_role"[^]*?^}\n/m.exec(before) ?? [];
    expectAdopted(other, `${role}${forget}`, forgetPlan);
    expectAdopted(newRoot(adopt), adopt, adoptPlan);
    await expectNothingLost(from);
  });

  test("made by Teleport's commands", async () => {
    const heading = "Made by Teleport's commands";
    const [adopt = ""] = blocks(heading, "hcl");
    const [summary = ""] = blocks(heading, "text");
    const iam = new IAM({
      endpoint: api.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const allow = (Action: string | string[], more: object) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, ...more }],
      });
    await iam.createRole({
      RoleName: "teleport-agent",
      AssumeRolePolicyDocument: allow("sts:AssumeRole", {
        Principal: { Service: "ec2.amazonaws.com" },
      }),
    });
    const { Policy } = await iam.createPolicy({
      PolicyName: "DatabaseAccess",
      Description: "Teleport",
      PolicyDocument: allow(["rds-db:connect", "rds:DescribeDBInstances"], { Resource: "*" }),
      Tags: [{ Key: "teleport", Value: "" }],
    });
    await iam.attachRolePolicy({ RoleName: "teleport-agent", PolicyArn: Policy?.Arn });
    const { length: from } = await api.calls();
    expectAdopted(newRoot(adopt), adopt, summary);
    await expectNothingLost(from);
  });
});

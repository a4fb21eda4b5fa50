/**
 * Effects of a module call on the root around it, seen from outside: in plans, and on an API that
 * refuses what AWS refuses. All steps are of one root in one account.
 */
import { type AttachedPolicy, type IAM } from "@aws-sdk/client-iam";
import { AwsApi } from "../support/aws-api";
import { accepted } from "../support/aws-api/call";
import { fixtureRoot, rootFile } from "../support/fixture-root";
import { ProviderProcess } from "../support/provider-process";
import type { TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const ACCOUNT = "210987654321";
/** Options with which everything that the modules depend on is replaced. */
const NEXT = ["-var", "generation=2"];
const ROOT = rootFile("guards", "main.tf");
const REFUSED = rootFile("guards", "refused.tf");

describeWithMoto()("guards, on an AWS API", () => {
  let api: AwsApi;
  let iam: IAM;
  let root: TerraformRoot;
  let provider: ProviderProcess;

  beforeAll(async () => {
    api = await AwsApi.start({ account: ACCOUNT });
    iam = await api.client();
    root = fixtureRoot("guards", { "provider.tf": api.provider }).init();
    provider = await ProviderProcess.attach(root);
    root.succeed("apply", "-auto-approve");
    const PolicyArn = policyArn("DatabaseAccess-rds");
    const foreign = { RoleName: "foreign", AssumeRolePolicyDocument: TRUST };
    await iam.createRole(foreign);
    await iam.attachRolePolicy({ RoleName: "foreign", PolicyArn });
    await iam.createUser({ UserName: "foreign" });
    await iam.attachUserPolicy({ UserName: "foreign", PolicyArn });
  });

  afterAll(() => {
    provider.stop();
    api.stop();
  });

  test("everything that the modules depend on is destroyed before it is created again, and all keep the policy: also what somebody else attached", async () => {
    root.write({ "main.tf": ROOT.replace('"reports"', '"analyst"') });
    const { resource_changes: changes = [] } = root.plan(...NEXT);
    const replaced = changes.filter(({ change }) => change.actions.length === 2);
    expect(replaced.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        "aws_iam_role.agent",
        ...["account", "database", "key", "other"].map((name) => `terraform_data.${name}`),
      ]),
    );
    expect(replaced.filter(({ change }) => change.actions[0] === "create")).toEqual([]);
    root.succeed("apply", "tfplan");
    const namesOf = ({ AttachedPolicies: all = [] }: { AttachedPolicies?: AttachedPolicy[] }) =>
      all.map(({ PolicyName }) => PolicyName).sort();
    const ofRole = async (RoleName: string) =>
      namesOf(await iam.listAttachedRolePolicies({ RoleName }));
    expect(await ofRole("foreign")).toEqual(["DatabaseAccess-rds"]);
    expect(namesOf(await iam.listAttachedUserPolicies({ UserName: "foreign" }))).toEqual([
      "DatabaseAccess-rds",
    ]);
    // The replaced role is passed by its id.
    expect(await ofRole("agent")).toEqual(["DatabaseAccess-memorydb", "DatabaseAccess-rds"]);
    expect(root.run("plan", "-detailed-exitcode", ...NEXT).status).toBe(0);
  });

  test("each mistake gets one message, nothing is attached in a wrong account, and no open role is made", async () => {
    const from = (await api.calls()).length;
    root.write({ "refused.tf": REFUSED, "wrong.tf": rootFile("guards", "wrong.tf") });
    root.init();
    const errors = errorsOf(root.run("apply", "-auto-approve", "-json", ...NEXT).stdout);
    expect([...new Set(errors)].sort()).toEqual([
      expect.stringMatching(/^Policy DatabaseAccess-docdb in account 999999999999: .*created in/),
      expect.stringMatching(
        /^Policy DatabaseAccess-dynamodb in account .* another account, but external_ids is empty/,
      ),
      expect.stringMatching(/^Policy empty in account .* no statement/),
      expect.stringMatching(
        /^Role open-access in account .* another account, but external_ids is empty/,
      ),
      // What AWS refuses shows AWS's error alone.
      expect.stringContaining("EntityAlreadyExists: A policy called DatabaseAccess-rds already"),
      expect.stringContaining("EntityAlreadyExists: Role with name foreign already exists."),
    ]);
    const made = (await api.calls())
      .slice(from)
      .filter((call) => accepted(call) && /^(Create|Attach)/.test(call.action))
      .map(({ action, parameters }) => `${action} ${parameters.PolicyName ?? ""}`);
    expect(made).toEqual(["CreatePolicy DatabaseAccess-docdb"]);
  });

  test("what AWS refused to create can be repeated, under the same name and another", () => {
    root.write({ "wrong.tf": "" });
    const errors = errorsOf(root.run("apply", "-auto-approve", "-json", ...NEXT).stdout);
    expect(errors.sort()).toEqual([
      expect.stringContaining("EntityAlreadyExists: A policy called DatabaseAccess-rds already"),
      expect.stringContaining("EntityAlreadyExists: Role with name foreign already exists."),
    ]);
    root.write({ "refused.tf": REFUSED.replace(/"(DatabaseAccess-rds|foreign)"/g, '"free"') });
    root.succeed("apply", "-auto-approve", ...NEXT);
  });

  test("destroying works once nobody else has the policy", async () => {
    const PolicyArn = policyArn("DatabaseAccess-rds");
    await iam.detachRolePolicy({ RoleName: "foreign", PolicyArn });
    await iam.detachUserPolicy({ UserName: "foreign", PolicyArn });
    root.succeed("destroy", "-auto-approve", ...NEXT);
    expect(root.succeed("state", "list")).toBe("");
  });
});

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

function policyArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:policy/${name}`;
}

/** The errors of `terraform … -json`, without the place of the rule. */
function errorsOf(stdout: string): string[] {
  return stdout
    .split("\n")
    .filter((line) => line.includes('"severity":"error"'))
    .map((line) => {
      const { diagnostic } = JSON.parse(line) as {
        diagnostic: { summary: string; detail: string };
      };
      return diagnostic.detail === "" ? diagnostic.summary : diagnostic.detail;
    });
}

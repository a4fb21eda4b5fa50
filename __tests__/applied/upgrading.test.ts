/** The ways of docs/upgrading.md, on an API that refuses what AWS refuses. */
import * as fs from "node:fs";
import * as path from "node:path";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { compose } from "../../lib/answers/compose";
import { AwsApi } from "../support/aws-api";
import { losses, type Loss } from "../support/aws-api/losses";
import { moduleCall, PROJECT, readFolder, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const ROLE = "agent";
const account = { aws_account_id: '"123456789012"' };
const attached = { ...account, attach_to_roles: `{ service = "${ROLE}" }` };
const first = path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0");
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

describeWithMoto()("docs/upgrading.md", () => {
  let api: AwsApi;
  let root: TerraformRoot;

  beforeEach(async () => {
    api = await AwsApi.start({ delay: 20 });
    root = new TerraformRoot({ "provider.tf": api.provider });
    const role = { RoleName: ROLE, AssumeRolePolicyDocument: trust };
    await iam().send(new CreateRoleCommand(role));
  });

  afterEach(() => {
    root.dispose();
    api.stop();
  });

  test("from a ready module of 0.1.0: nothing is created anew, and nothing is lost", async () => {
    put("m", readFolder(path.join(first, "rds")));
    await apply(moduleCall("rds", "./m", attached));
    put("m", readFolder(readyModule("rds")));
    const { lost, actions } = await apply(moduleCall("rds", "./m", attached));
    expect(lost).toEqual([]);
    expect(actions.filter((action) => /Delete|Detach|CreatePolicy$/.test(action))).toEqual([]);
    expect(leftToDo()).toEqual([]);
  });

  test("from a composed module of 0.1.0 that was split: unsplit there, split again here", async () => {
    put("m", readFolder(path.join(first, "composed")));
    const split = { ...attached, split_policy_by_type: "true" };
    await apply(moduleCall("all", "./m", split));
    await apply(moduleCall("all", "./m", attached));
    put("m", Object.fromEntries(compose({ types: ["rds", "redshift"] })));
    for (const values of [attached, split]) {
      const { lost } = await apply(moduleCall("all", "./m", values));
      expect(lost).toEqual([]);
      expect(leftToDo()).toEqual([]);
    }
  });

  test("from a ready module to a composed one, and from one composition to another", async () => {
    put("m", readFolder(readyModule("rds")));
    await apply(moduleCall("rds", "./m", attached));
    const kept = { ...attached, policy_name: '"DatabaseAccess-rds"' };
    const moved = "moved {\n  from = module.rds\n  to   = module.all\n}\n";
    for (const types of [["rds", "redshift"], ["redshift", "dynamodb"], ["dynamodb"]]) {
      put("m", Object.fromEntries(compose({ types })));
      const { lost, actions } = await apply(moduleCall("all", "./m", kept) + moved);
      expect(lost).toEqual([]);
      expect(actions.filter((action) => /DeletePolicy$|Detach|CreatePolicy$/.test(action))).toEqual(
        [],
      );
      expect(leftToDo()).toEqual([]);
    }
  });

  test("from a policy that was written by hand: it is taken over", async () => {
    await iam().send(
      new CreatePolicyCommand({
        PolicyName: "teleport-databases",
        Description: "By hand.",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "rds-db:connect", Resource: "*" }],
        }),
      }),
    );
    put("m", readFolder(readyModule("rds")));
    const { lost, actions } = await apply(
      `${moduleCall("rds", "./m", { ...attached, policy_name: '"teleport-databases"' })}import {
  to = module.rds.aws_iam_policy.database_access["merged"]
  id = "arn:aws:iam::123456789012:policy/teleport-databases"
}
`,
    );
    expect(lost).toEqual([]);
    expect(actions).toContain("CreatePolicyVersion");
    expect(actions).not.toContain("CreatePolicy");
    expect(leftToDo()).toEqual([]);
  });

  test("a role that exists: it is taken over without a change", async () => {
    const limit = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    };
    await iam().send(
      new CreatePolicyCommand({ PolicyName: "limit", PolicyDocument: JSON.stringify(limit) }),
    );
    await iam().send(
      new CreateRoleCommand({
        RoleName: "agent-of-team-a",
        Path: "/team/",
        Description: "The agent of team A.",
        MaxSessionDuration: 7200,
        PermissionsBoundary: "arn:aws:iam::123456789012:policy/limit",
        AssumeRolePolicyDocument: trust,
      }),
    );
    const profile = { InstanceProfileName: "agent-of-team-a" };
    await iam().send(new CreateInstanceProfileCommand({ ...profile, Path: "/team/" }));
    await iam().send(
      new AddRoleToInstanceProfileCommand({ ...profile, RoleName: "agent-of-team-a" }),
    );
    put("modules/rds", readFolder(readyModule("rds")));
    root.write({
      "main.tf": block("A role that exists").replaceAll(/agent"/g, 'agent-of-team-a"'),
    });
    root.init();
    expect(root.succeed("plan", "-no-color")).toContain(
      "Plan: 2 to import, 4 to add, 0 to change, 0 to destroy.",
    );
    root.succeed("apply", "-auto-approve");
    expect(leftToDo()).toEqual([]);
  });

  /** The first block of HCL in a section of the page. */
  function block(heading: string): string {
    const [, section = ""] = fs
      .readFileSync(path.join(PROJECT, "docs", "upgrading.md"), "utf8")
      .split(`## ${heading}\n`);
    return /^```hcl\n(.*?)^```$/ms.exec(section)?.[1] ?? "";
  }

  function iam(): IAMClient {
    return new IAMClient({
      endpoint: api.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  }

  function put(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      if (name.endsWith(".tf.json")) root.write({ [path.join(folder, name)]: content });
    }
  }

  /** @returns what the apply took away for a while, and the calls that it made */
  async function apply(
    calls: string,
  ): Promise<{ readonly lost: readonly Loss[]; readonly actions: readonly string[] }> {
    const from = (await api.calls()).length;
    root.write({ "main.tf": calls });
    root.init();
    root.succeed("apply", "-auto-approve");
    const all = await api.calls();
    return { lost: losses(all, from), actions: all.slice(from).map(({ action }) => action) };
  }

  function leftToDo(): readonly string[] {
    return (root.plan().resource_changes ?? [])
      .filter(({ change }) => change.actions.some((action) => action !== "no-op"))
      .map(({ address, change }) => `${change.actions.join(" ")} ${address}`);
  }
});

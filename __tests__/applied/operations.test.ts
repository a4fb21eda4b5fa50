/**
 * The page about changes without an outage, followed on the AWS API: every block is applied, and
 * after every call what the section is about is allowed.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { compose } from "../../lib/answers/compose";
import { AwsApi } from "../support/aws-api";
import type { Call } from "../support/aws-api/call";
import { principals, type Statement, statements, values } from "../support/aws-api/document";
import { isCovered, permissionsOf } from "../support/aws-api/permissions";
import { applyCall, emptyState, type IamState } from "../support/aws-api/state";
import { PROJECT, readFolder, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

/** What holds after every call from the end of the step `from` to the end of the step `to`. */
interface Need {
  readonly name: string;
  /** The block that the section begins with is step 0. */
  readonly from: number;
  readonly to: number;
  readonly holds: (account: IamState) => boolean;
}

const users =
  "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-ABCDEFGHIJKL01234567890123/reports";
const connect = (role: string): ((account: IamState) => boolean) =>
  grants(role, "rds-db:connect", users);
const orders = "arn:aws:iam::123456789012:role/orders";

const needs: Readonly<Record<string, readonly Need[]>> = {
  "Rotate an external ID": [
    {
      name: "an agent that sends the old external ID gets in, until none does",
      from: 0,
      to: 1,
      holds: trusts("teleport-db-access-role", "role/teleport-db-service-role", "first-secret"),
    },
    {
      name: "an agent that sends the new one gets in, once both are accepted",
      from: 1,
      to: 2,
      holds: trusts("teleport-db-access-role", "role/teleport-db-service-role", "second-secret"),
    },
    { name: "it may connect", from: 0, to: 2, holds: connect("teleport-db-access-role") },
  ],
  "Change where the service runs": [
    {
      name: "instances have the role, until none runs",
      from: 0,
      to: 1,
      holds: (account) =>
        trusts("teleport-db-service-role", "ec2.amazonaws.com")(account) &&
        account.profiles.has("teleport-db-service-role"),
    },
    {
      name: "tasks have the role, once both places are trusted",
      from: 1,
      to: 2,
      holds: trusts("teleport-db-service-role", "ecs-tasks.amazonaws.com"),
    },
    { name: "it may connect", from: 0, to: 2, holds: connect("teleport-db-service-role") },
  ],
  "Rename the service's role": [
    {
      name: "who has the old role may connect, until none has it",
      from: 0,
      to: 1,
      holds: connect("teleport-agent"),
    },
    {
      name: "who has the new one may, once it is there",
      from: 1,
      to: 2,
      holds: (account) =>
        connect("teleport-databases")(account) && account.profiles.has("teleport-databases"),
    },
  ],
  "Rename the role behind database-user roles": [
    {
      name: "the old role gets to the users' role, until the agents have moved",
      from: 0,
      to: 1,
      holds: both(
        grants("teleport-agent-a", "sts:AssumeRole", orders),
        trusts("orders", "role/teleport-agent-a"),
      ),
    },
    {
      name: "the new role gets there, once both carry the policy",
      from: 1,
      to: 2,
      holds: both(
        grants("teleport-agent-b", "sts:AssumeRole", orders),
        trusts("orders", "role/teleport-agent-b"),
      ),
    },
  ],
  "Move databases to another account": [
    {
      name: "databases of the old account are within reach, until none is left",
      from: 0,
      to: 1,
      holds: connect("teleport-agent-a"),
    },
    {
      name: "databases of the new account are, once the hop is there",
      from: 1,
      to: 2,
      holds: both(
        grants(
          "teleport-agent-a",
          "sts:AssumeRole",
          "arn:aws:iam::210987654321:role/teleport-db-access-role",
        ),
        both(
          trusts("teleport-db-access-role", "role/teleport-agent-a", "one-secret"),
          connect("teleport-db-access-role"),
        ),
      ),
    },
  ],
  "A second Database Service for the same databases": [
    { name: "the first may connect", from: 0, to: 1, holds: connect("teleport-agent-a") },
    { name: "the second may, at the end", from: 1, to: 1, holds: connect("teleport-agent-b") },
  ],
  "A second region": [
    { name: "the first region's may be used", from: 0, to: 1, holds: connect("teleport-agent-a") },
    {
      name: "the second region's may, at the end",
      from: 1,
      to: 1,
      holds: grants(
        "teleport-agent-a",
        "rds-db:connect",
        "arn:aws:rds-db:us-west-2:123456789012:dbuser:db-BCDEFGHIJKLM01234567890123/reports",
      ),
    },
  ],
  "From a ready module to a composed one, and a type less": [
    { name: "the type that stays may be used", from: 0, to: 4, holds: connect("teleport-agent-a") },
    {
      name: "the type that comes and goes may, from step 1 to step 3",
      from: 1,
      to: 3,
      holds: grants(
        "teleport-agent-a",
        "redshift:DescribeClusters",
        "arn:aws:redshift:us-east-1:123456789012:cluster:orders",
      ),
    },
  ],
};

const page = fs.readFileSync(path.join(PROJECT, "docs", "operations.md"), "utf8");
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    heading: text.split("\n")[0] ?? "",
    steps: [...text.matchAll(/^```hcl\n(.*?)^```$/gms)].map(([, block = ""]) => block),
    /** What the page shows of the plan of each step but the one that the section begins with. */
    plans: [...text.matchAll(/^```text\n(.*?)^```$/gms)].map(([, plan = ""]) => plan.trimEnd()),
  }));

test("every section of the page says what must hold", () => {
  expect(sections.map(({ heading }) => heading)).toEqual(Object.keys(needs));
});

describeWithMoto()("the page about operations", () => {
  describe.each(sections)("$heading", ({ heading, steps, plans }) => {
    const calls: Call[] = [];
    const planned: string[] = [];
    /** How many calls there were at the end of each step. */
    const ends: number[] = [];

    beforeAll(async () => {
      // An API for each account: names meet in one account only, and the steps name no role twice.
      const apis = [await AwsApi.start({ delay: 50 })];
      if (steps.some((block) => block.includes("alias"))) apis.push(await AwsApi.start());
      const [api, other] = apis as [AwsApi, AwsApi?];
      const taken = apis.map(() => 0);
      const root = new TerraformRoot({ "provider.tf": api.provider });
      try {
        // In the other account, too, which does not take a principal that does not exist.
        for (const { url } of apis) await createAgents(url);
        for (const block of steps) {
          for (const [, source = ""] of block.matchAll(/source += "\.\/(.*)"/g)) {
            root.addModule(source, moduleOf(source));
          }
          root.write({ "main.tf": withProvider(block, (other ?? api).provider) });
          root.init();
          planned.push(planOf(root.succeed("apply", "-auto-approve", "-no-color")));
          // The other account's first: they make the agents, which the home account's then give access.
          for (const [index, each] of [...apis.entries()].reverse()) {
            const news = await each.calls(taken[index]);
            taken[index] = (taken[index] ?? 0) + news.length;
            calls.push(...news);
          }
          ends.push(calls.length);
        }
      } finally {
        root.dispose();
        for (const each of apis) each.stop();
      }
    });

    test("the plans are as the page shows them", () => {
      expect(planned.slice(1)).toEqual(plans);
    });

    test.each(needs[heading] ?? [])("$name", ({ from, to, holds }) => {
      const account = emptyState();
      const moments = calls.flatMap((call, index) => {
        applyCall(account, call);
        const isMeant = index >= (ends[from] ?? 0) - 1 && index < (ends[to] ?? 0);
        return isMeant ? [{ call: call.action, holds: holds(account) }] : [];
      });
      expect(moments.length).toBeGreaterThan(0);
      expect(moments.filter((moment) => !moment.holds)).toEqual([]);
    });
  });
});

/** What a plan says will happen, a line for each resource, and how many in sum. */
function planOf(output: string): string {
  return output
    .split("\n")
    .filter((line) => /^ *# \S+ (will be|must be|has moved)|^Plan: /.test(line))
    .map((line) => line.trim())
    .join("\n");
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** Creates the roles of agents that are there before. */
async function createAgents(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const iam = new IAMClient({ endpoint, region: "us-east-1", credentials });
  for (const RoleName of ["teleport-agent-a", "teleport-agent-b"]) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
  }
}

/** The module that a block names: a ready one, or composed for the types in its name. */
function moduleOf(source: string): ReadonlyMap<string, string> {
  const ready = /^modules\/(.*)$/.exec(source)?.[1];
  const files =
    ready === undefined
      ? [...compose({ types: source.split(",") })]
      : Object.entries(readFolder(readyModule(ready)));
  return new Map(files.filter(([name]) => /^[^/]*\.tf\.json$/.test(name)));
}

/** A block whose providers talk to the test's API, each in its own account. */
function withProvider(block: string, provider: string): string {
  return block.replace(/^provider "aws" \{\n(?<own>.*?)^\}\n/ms, (_, own: string) =>
    provider.replace("{\n", `{\n${own.replace(/^ *region.*\n/m, "")}`),
  );
}

function both(
  first: (account: IamState) => boolean,
  second: (account: IamState) => boolean,
): (account: IamState) => boolean {
  return (account) => first(account) && second(account);
}

/** That a role's policies allow an action. */
function grants(role: string, action: string, target: string): (account: IamState) => boolean {
  return (account) =>
    isCovered({ kind: "grant", action, target, condition: "" }, permissionsOf(account, role));
}

/** That a role's trust policy lets a service, or a role or its whole account, assume it. */
function trusts(
  role: string,
  principal: string,
  externalId?: string,
): (account: IamState) => boolean {
  return (account) =>
    statements(account.roles.get(role)?.trust ?? "").some(
      (statement) =>
        values(statement.Action).includes("sts:AssumeRole") &&
        principals(statement).some(
          ({ name }) =>
            name.endsWith(principal) || (principal.includes("role") && name.endsWith(":root")),
        ) &&
        (externalId === undefined || externalIds(statement).includes(externalId)),
    );
}

function externalIds({ Condition = {} }: Statement): readonly string[] {
  const { StringEquals = {} } = Condition as {
    StringEquals?: Readonly<Record<string, string | readonly string[]>>;
  };
  return values(StringEquals["sts:ExternalId"]);
}

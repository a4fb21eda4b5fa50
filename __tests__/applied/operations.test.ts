/**
 * Every section of docs/operations.md, followed on an API that refuses what AWS refuses: after every call,
 * what the section is about is allowed. All sections are calls of one root, in accounts of their own.
 */
import { AwsApi } from "../support/aws-api";
import type { Call } from "../support/aws-api/call";
import { principals, type Statement, statements, values } from "../support/aws-api/document";
import { isCovered, permissionsOf } from "../support/aws-api/permissions";
import { applyCall, emptyState, type IamState } from "../support/aws-api/state";
import {
  callsOf,
  DATABASES,
  pageSections,
  plannedLines,
  rootOf,
  writeBlock,
} from "../support/page-sections";
import { ProviderProcess } from "../support/provider-process";
import { TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

/**
 * Access that exists after every call from the end of the step `from` to the end of the step `to`.
 */
interface Need {
  readonly name: string;
  /** The block that the section begins with is step 0. */
  readonly from: number;
  readonly to: number;
  readonly holds: (account: IamState) => boolean;
}

const connect = (role: string): ((account: IamState) => boolean) =>
  grants(role, "rds-db:connect", "arn:aws:rds-db:us-east-1:111122223333:dbuser:db-ABC/reports");

const needs: Readonly<Record<string, readonly Need[]>> = {
  "Rotate an external ID": [
    {
      name: "a service that sends the old external ID may assume the role, until none does",
      from: 0,
      to: 1,
      holds: trusts("teleport-db-access-role", ":root", "first-id"),
    },
    {
      name: "a service that sends the new one may, once both are accepted",
      from: 1,
      to: 2,
      holds: trusts("teleport-db-access-role", ":root", "second-id"),
    },
  ],
  "Move the service to another platform": [
    {
      name: "instances have the role, until none runs",
      from: 0,
      to: 1,
      holds: both(trusts("teleport-db-service-role", "ec2.amazonaws.com"), ({ profiles }) =>
        profiles.has("teleport-db-service-role"),
      ),
    },
    {
      name: "tasks have the role, once both platforms are trusted",
      from: 1,
      to: 2,
      holds: trusts("teleport-db-service-role", "ecs-tasks.amazonaws.com"),
    },
  ],
  "Rename the service's role": [
    { name: "the old role may connect", from: 0, to: 1, holds: connect("teleport-agent") },
    {
      name: "the new role may connect, once it exists",
      from: 1,
      to: 2,
      holds: both(
        connect("teleport-databases"),
        trusts("teleport-databases", "ecs-tasks.amazonaws.com"),
      ),
    },
  ],
  "Rename a key of attach_to_roles": [
    { name: "the role may connect", from: 0, to: 1, holds: connect("agent") },
  ],
  "Rename the policy": [{ name: "the role may connect", from: 0, to: 2, holds: connect("agent") }],
  "Add a type": [
    { name: "the role may connect", from: 0, to: 1, holds: connect("agent") },
    {
      name: "the role may read the new type, at the end",
      from: 1,
      to: 1,
      holds: grants("agent", "redshift:DescribeClusters", "*"),
    },
  ],
};

const sections = pageSections("operations.md");
const STEPS = Math.max(...sections.map(({ blocks }) => blocks.length));

test("every section says what holds", () => {
  expect(Object.keys(needs)).toEqual(sections.map(({ heading }) => heading));
});

describeWithMoto()("docs/operations.md", () => {
  let calls: readonly Call[];
  const plans: string[] = [];
  /** The number of calls at the end of each step. */
  const ends: number[] = [];

  beforeAll(async () => {
    const api = await AwsApi.start({ delay: 50, account: DATABASES });
    const root = new TerraformRoot({ "main.tf": rootOf(api, sections) });
    let provider: ProviderProcess | undefined;
    try {
      for (let step = 0; step < STEPS; step += 1) {
        for (const section of sections) {
          const block = section.blocks[step];
          if (block !== undefined) writeBlock(root, section, block);
        }
        root.init();
        provider ??= await ProviderProcess.attach(root);
        plans.push(root.succeed("apply", "-auto-approve"));
        ends.push((await api.calls()).length);
      }
      calls = await api.calls();
    } finally {
      provider?.stop();
      api.stop();
    }
  }, 900_000);

  describe.each(sections)("$heading", (section) => {
    test("plans what the page shows", () => {
      const steps = section.blocks.slice(1).map((_, index) => index + 1);
      const lines = steps.map((step) => plannedLines(plans[step] ?? "", section));
      expect(lines).toEqual(section.plans);
    });

    test.each(needs[section.heading] ?? [])("$name", ({ from, to, holds }) => {
      const account = emptyState();
      const until = (step: number): number =>
        callsOf(calls.slice(0, ends[step]), section, DATABASES).length;
      const own = callsOf(calls, section, DATABASES);
      for (const call of own.slice(0, until(from))) applyCall(account, call);
      const moments = [{ call: "the step's end", holds: holds(account) }];
      for (const call of own.slice(until(from), until(to))) {
        applyCall(account, call);
        moments.push({ call: call.action, holds: holds(account) });
      }
      expect(moments.filter((moment) => !moment.holds)).toEqual([]);
    });
  });
});

function both(
  first: (account: IamState) => boolean,
  second: (account: IamState) => boolean,
): (account: IamState) => boolean {
  return (account) => first(account) && second(account);
}

/** Checks that a role's policies allow an action. */
function grants(role: string, action: string, target: string): (account: IamState) => boolean {
  return (account) =>
    isCovered({ kind: "grant", action, target, condition: "" }, permissionsOf(account, role));
}

/** Checks that a role's trust policy lets a service, or a role or its whole account, assume it. */
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

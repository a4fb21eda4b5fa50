/**
 * Users who join and leave groups, planned by real terraform on moto: one configuration is applied, changed,
 * applied, and changed again. What each plan does to its user was written down by hand, with the reason.
 */
import { reviewPlan } from "../../lib/review";
import type { Report } from "../../lib/review/report/report";
import { Moto } from "../support/moto";
import { TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const user = (name: string): string => `
resource "aws_iam_user" "${name}" {
  name = "${name}"
}`;

const group = (key: string, statement: string, name = key): string => `
resource "aws_iam_group" "${key}" {
  name = "${name}"
}
resource "aws_iam_group_policy" "${key}" {
  name   = "own"
  group  = aws_iam_group.${key}.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [${statement}] })
}`;

/** A resource that deletes all other policies of the group. */
const nothingElse = (key: string): string => `
resource "aws_iam_group_policies_exclusive" "${key}" {
  group_name   = aws_iam_group.${key}.name
  policy_names = [aws_iam_group_policy.${key}.name]
}
resource "aws_iam_group_policy_attachments_exclusive" "${key}" {
  group_name  = aws_iam_group.${key}.name
  policy_arns = []
}`;

const members = (key: string, ...users: readonly string[]): string => `
resource "aws_iam_group_membership" "${key}" {
  name  = "${key}"
  group = aws_iam_group.${key}.name
  users = [${users.map((name) => `aws_iam_user.${name}.name`).join(", ")}]
}`;

const groupOf = (key: string): string => `
resource "aws_iam_user_group_membership" "${key}" {
  user   = aws_iam_user.${key}.name
  groups = [aws_iam_group.${key}.name]
}`;

const READ = '{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }';
const NO_READ = '{ Effect = "Deny", Action = "s3:GetObject", Resource = "*" }';

interface Change {
  /** The configuration as it is first, then, and at last. */
  readonly states: readonly [string, string, string];
  /**
   * The verdicts of both changes for the user of this name; "unchanged" also if the user is
   * missing.
   */
  readonly verdicts: readonly [string, string];
  readonly why: string;
}

const three = (all: string, first: string, then: string, last: string): Change["states"] => [
  all + first,
  all + then,
  all + last,
];

/** By the name of the user. */
const CHANGES: Readonly<Record<string, Change>> = {
  inandout: {
    states: three(
      user("inandout") + group("inandout", READ),
      members("inandout", "other"),
      members("inandout", "other", "inandout"),
      members("inandout", "other"),
    ),
    verdicts: ["broadened", "unknown"],
    why: "s3:GetObject is new; with the group goes a Deny, if it has one that is not in the plan",
  },
  whole: {
    states: three(
      user("whole") + group("whole", READ) + nothingElse("whole"),
      members("whole", "other"),
      members("whole", "other", "whole"),
      members("whole", "other"),
    ),
    verdicts: ["broadened", "narrowed"],
    why: "s3:GetObject is new, and gone again; there is no other policy that could have a Deny",
  },
  denied: {
    states: three(
      user("denied") + group("denied", NO_READ) + nothingElse("denied"),
      "",
      groupOf("denied"),
      "",
    ),
    verdicts: ["narrowed", "broadened"],
    why: "what else the user has may allow s3:GetObject, which the group's Deny takes and gives back",
  },
  together: {
    states: ["", user("together") + group("together", READ) + members("together", "together"), ""],
    verdicts: ["broadened", "narrowed"],
    why: "user, group and membership are created together, and deleted together",
  },
  renamed: {
    states: [
      user("renamed") + group("renamed", READ, "old") + members("renamed", "renamed"),
      user("renamed") + group("renamed", READ, "new") + members("renamed", "renamed"),
      user("renamed") + group("renamed", READ, "new") + members("renamed", "renamed"),
    ],
    verdicts: ["unchanged", "unchanged"],
    why: "a group with another name is the same group",
  },
  moved: {
    states: three(
      user("moved") + group("moved", READ),
      members("moved", "moved"),
      members("moved", "moved"),
      groupOf("moved"),
    ),
    verdicts: ["unchanged", "unchanged"],
    why: "the same user is in the same group by another resource",
  },
};

describeWithMoto()("plans of users who join and leave groups", () => {
  let moto: Moto;
  let root: TerraformRoot;
  const reports: Report[] = [];

  beforeAll(async () => {
    moto = await Moto.start();
    root = new TerraformRoot({});
    const write = (state: 0 | 1 | 2): void => {
      const all = Object.values(CHANGES).map(({ states }) => states[state]);
      root.write({ "main.tf": [moto.provider, user("other"), ...all].join("\n") });
    };
    const review = (): Report => reviewPlan(JSON.stringify(root.plan()), "plan");
    write(0);
    root.init().succeed("apply", "-auto-approve");
    write(1);
    reports.push(review());
    root.succeed("apply", "-auto-approve");
    write(2);
    reports.push(review());
  }, 900000);

  afterAll(() => {
    moto.stop();
    root.dispose();
  });

  const cases = Object.entries(CHANGES).flatMap(([name, { verdicts, why }]) =>
    verdicts.map((verdict, index) => [name, verdict, why, index] as const),
  );

  test.each(cases)("the user %s is %s: %s", (name, verdict, _, index) => {
    const found = reports[index]?.access.find((one) => one.kind === "user" && one.name === name);
    expect(found?.verdict ?? "unchanged").toBe(verdict);
  });

  test("what is replaced because its group has another name is unchanged", () => {
    const items = reports[0]?.items.filter(({ address }) => address.endsWith(".renamed"));
    expect(items?.map(({ verdict }) => verdict)).toEqual(["unchanged"]);
  });

  test("no member who stays is named", () => {
    const names = reports.flatMap(({ access }) => access.map(({ name }) => name));
    expect(names.filter((name) => name === "other")).toEqual([]);
  });
});

/** Effects of joining and leaving groups on the users. */
import { renderers } from "../../lib/review";
import type { Report } from "../../lib/review/report/report";
import { type PlannedResource, review, who } from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";

const READ = allow("s3:GetObject", "arn:aws:s3:::logs/*");
const LIST = allow("s3:ListBucket", "arn:aws:s3:::logs");
const DELETE = allow("s3:DeleteObject", "arn:aws:s3:::logs/*");
const NO_DELETE = deny("s3:Delete*", "*");

type Values = NonNullable<PlannedResource["before"]>;

/** A resource by what it is before and after; null where it is not. */
const change = (
  type: string,
  name: string,
  before: Values | null,
  after: Values | null,
): PlannedResource => ({ type, name, before, after });

/** The inline policy of a user or group, by what it says before and after. */
const policyChange = (kind: string, name: string, before?: object, after?: object) => {
  const values = (content?: object): Values | null =>
    content === undefined ? null : { name: "own", [kind]: name, policy: JSON.stringify(content) };
  return change(`aws_iam_${kind}_policy`, name, values(before), values(after));
};

/** A group with an inline policy, which the plan creates. */
const group = (name: string, content: object): PlannedResource[] => [
  change("aws_iam_group", name, null, { name }),
  policyChange("group", name, undefined, content),
];

/** The policy of a group that is there and is no resource of the plan. */
const policyOf = (name: string, content: object): PlannedResource =>
  policyChange("group", name, content, content);

/** A resource that deletes all policies of a group except `inline`. */
const nothingElse = (name: string, inline: readonly string[]): PlannedResource[] => {
  const names = { group_name: name, policy_names: inline };
  const arns = { group_name: name, policy_arns: [] };
  return [
    change("aws_iam_group_policies_exclusive", name, names, names),
    change("aws_iam_group_policy_attachments_exclusive", name, arns, arns),
  ];
};

/** The members of a group, before and after; undefined where there is no such resource. */
const members = (
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  of = "team",
): PlannedResource => {
  const values = (users: readonly string[] | undefined): Values | null =>
    users === undefined ? null : { name, group: of, users };
  return change("aws_iam_group_membership", name, values(before), values(after));
};

/** The groups of a user, before and after; undefined where there is no such resource. */
const groupsOf = (
  user: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): PlannedResource => {
  const values = (groups: readonly string[] | undefined): Values | null =>
    groups === undefined ? null : { user, groups };
  return change("aws_iam_user_group_membership", user, values(before), values(after));
};

const own = (user: string, content: object): PlannedResource =>
  policyChange("user", user, content, content);

const TEAM = policyOf("team", document(READ));
const CLOSED = [TEAM, ...nothingElse("team", ["own"])];
const GUARDED = policyOf("team", document(NO_DELETE));
const bobJoins = members("team", ["ann"], ["ann", "bob"]);
const bobLeaves = members("team", ["ann", "bob"], ["ann"]);
const annJoins = members("team", undefined, ["ann"]);
const annLeaves = members("team", ["ann"], undefined);

/** The verdict of a plan in which the access of these changes. */
function verdictOf(changes: readonly string[]): string {
  const kinds = new Set(changes.map((one) => one.split(": ")[1]));
  kinds.delete("unchanged");
  return kinds.size > 1 ? "both" : ([...kinds][0] ?? "unchanged");
}

describe("a user", () => {
  /** Everybody whose access is not the same text by text, and the plan. */
  test.each<[string, string[], PlannedResource[]]>([
    ["who joins", ["user bob: broadened"], [TEAM, bobJoins]],
    ["who leaves a group that has nothing else", ["user bob: narrowed"], [...CLOSED, bobLeaves]],
    ["who leaves a group that may have a Deny", ["user bob: unknown"], [TEAM, bobLeaves]],
    [
      "whose place another one takes",
      ["user ann: narrowed", "user bob: broadened"],
      [...CLOSED, members("team", ["ann"], ["bob"])],
    ],
    [
      "who joins a group that the plan does not show",
      ["user bob: unknown"],
      [groupsOf("bob", ["other"], ["other", "team"])],
    ],
    ["who stays while another one joins", ["user bob: unknown"], [bobJoins]],
    [
      "whose membership becomes their own resource",
      [],
      [TEAM, annLeaves, groupsOf("ann", undefined, ["team"])],
    ],
    ["whose membership is deleted", ["user ann: narrowed"], [...CLOSED, annLeaves]],
    [
      "who is deleted too has nothing left to gain",
      ["user ann: narrowed"],
      [
        policyOf("team", document(READ, NO_DELETE)),
        change("aws_iam_user", "ann", { name: "ann" }, null),
        annLeaves,
      ],
    ],
    [
      "who joins a new group with a Deny",
      ["user ann: narrowed"],
      [...group("team", document(NO_DELETE)), own("ann", document(DELETE)), annJoins],
    ],
    [
      "who leaves a group with a Deny, whatever else it has",
      ["user ann: broadened"],
      [GUARDED, annLeaves],
    ],
    [
      "who has already what the group brings",
      ["user ann: unchanged"],
      [...group("team", document(READ)), own("ann", document(READ, DELETE)), annJoins],
    ],
    [
      "of a group that is created with them",
      ["user ann: broadened", "user bob: broadened"],
      [...group("team", document(READ)), members("team", undefined, ["ann", "bob"])],
    ],
    [
      "who goes to another group with the same policy",
      [],
      [
        ...[...CLOSED, policyOf("crew", document(READ)), ...nothingElse("crew", ["own"])],
        groupsOf("ann", ["team"], ["crew"]),
      ],
    ],
    [
      "who joins a group as it is after the plan",
      ["group team: narrowed", "user ann: narrowed", "user bob: unchanged"],
      [
        policyChange("group", "team", document(READ, DELETE), document(READ)),
        ...[...nothingElse("team", ["own"]), own("bob", document(READ, LIST)), bobJoins],
      ],
    ],
    ["whose membership Terraform forgets", [], [TEAM, { ...annLeaves, actions: ["forget"] }]],
  ])("%s: %j", (_, changes, resources) => {
    const report = review(...resources);
    expect([report.verdict, ...who(report)]).toEqual([verdictOf(changes), ...changes]);
  });

  test("who joins is shown with a request, and so is the group", () => {
    const report = review(TEAM, members("team", ["ann"], ["ann", "bob"]));
    expect(report.items).toEqual([
      {
        address: "aws_iam_group_membership.team",
        action: "update",
        kind: "group membership",
        verdict: "broadened",
        reasons: [],
        differences: [],
        group: { after: "team" },
        holder: "user bob",
      },
    ]);
    expect(renderers.text(report)).toContain(`
Read data: user "bob"
  Gains "s3:GetObject" on "arn:aws:s3:::logs/*"
  For example "s3:GetObject" on "arn:aws:s3:::logs/example"
  By "aws_iam_group_policy.team"
`);
    expect(renderers.text(report)).toContain(`
group membership of "aws_iam_group_membership.team", updated: broadened
  Added to the group "team": "user bob"
`);
  });
});

describe("a group that has nothing else", () => {
  test("may have members outside of the plan, who lose its Deny", () => {
    const report = review(
      policyChange("group", "team", document(READ, NO_DELETE), document(READ)),
      ...nothingElse("team", ["own"]),
    );
    expect([report.verdict, ...who(report)]).toEqual(["broadened", "group team: broadened"]);
  });

  test.each<[string, PlannedResource[]]>([
    ["an inline policy is not in the plan", nothingElse("team", ["own", "other"])],
    ["only inline policies are listed", nothingElse("team", ["own"]).slice(0, 1)],
    [
      "a list is new, which deletes others only then",
      nothingElse("team", ["own"]).map((resource) => ({ ...resource, before: null })),
    ],
    ["a list goes", nothingElse("team", ["own"]).map((resource) => ({ ...resource, after: null }))],
  ])("is not known to be one where %s", (_, lists) => {
    const report = review(TEAM, ...lists, members("team", ["ann", "bob"], ["ann"]));
    expect(report.access).toMatchObject([{ name: "bob", verdict: "unknown" }]);
  });
});

describe("a group that is renamed", () => {
  const policy = (name: string): Values => ({
    name: "own",
    group: name,
    policy: JSON.stringify(document(READ)),
  });
  const renamed = change("aws_iam_group", "team", { name: "old" }, { name: "team" });
  const replaced = (resource: PlannedResource): PlannedResource => ({
    ...resource,
    actions: ["delete", "create"],
  });
  const membership = (users: readonly string[]): PlannedResource =>
    replaced(
      change(
        "aws_iam_group_membership",
        "team",
        { group: "old", users: ["ann"] },
        { group: "team", users },
      ),
    );

  test("keeps its members and what it has", () => {
    const report = review(
      renamed,
      replaced(change("aws_iam_group_policy", "team", policy("old"), policy("team"))),
      membership(["ann"]),
    );
    expect([report.verdict, ...who(report)]).toEqual(["unchanged"]);
  });

  test("is not the one that is created with its old name", () => {
    const report = review(
      renamed,
      ...group("old", document(DELETE)),
      change("aws_iam_group_membership", "new", null, { group: "old", users: ["bob"] }),
      change("aws_iam_group_policy", "team", policy("old"), null),
    );
    expect(who(report)).toEqual(["group team: narrowed", "user bob: broadened"]);
  });
});

test("a group that is made anew no longer has a Deny that the plan may not show", () => {
  const anew = change("aws_iam_group", "team", { name: "team" }, { name: "team" });
  const report = review(
    { ...anew, actions: ["delete", "create"] },
    policyChange("group", "team", document(READ, DELETE), document(READ)),
    members("team", ["ann"], ["ann"]),
  );
  // A Deny that the group had besides may have denied READ to her.
  expect(who(report)).toEqual(["group team: unknown", "user ann: unknown"]);
});

describe("what the plan does not tell", () => {
  const unresolved = { ...members("team", ["ann"], ["ann"]), unknown: ["users"] };

  test("users who are known only after apply: somebody may gain it, who was a member may lose it", () => {
    const report = review(TEAM, unresolved);
    expect([report.verdict, ...who(report)]).toEqual([
      "unknown",
      "user (known after apply) in aws_iam_group_membership.team: unknown",
      "user ann: unknown",
    ]);
    expect(report.items).toMatchObject([
      {
        verdict: "unknown",
        holder: "user (known after apply)",
        reasons: ["The membership is known only after apply."],
      },
    ]);
  });

  test.each<[string, PlannedResource, Report["verdict"]]>([
    ["a group with a Deny, of which the users are known only after apply", unresolved, "unknown"],
    [
      "a group with a Deny, of which the users are sensitive and change",
      { ...members("team", ["ann"], ["bob"]), sensitive: ["users"] },
      "unknown",
    ],
    [
      "a sensitive group with a known user who joins",
      { ...members("team", ["ann"], ["ann", "bob"]), sensitive: ["group"] },
      "unknown",
    ],
  ])("%s", (_, membership, verdict) => {
    expect(review(policyOf("team", document(NO_DELETE)), membership).verdict).toBe(verdict);
  });

  test("a sensitive name is not shown", () => {
    const report = review(TEAM, {
      ...members("team", ["ann"], ["ann", "secret"]),
      sensitive: ["users"],
    });
    expect(renderers.json(report)).not.toMatch(/secret|ann\b/);
    expect(report.items).toMatchObject([
      { reasons: ["The membership is marked sensitive."] },
      { reasons: ["The membership is marked sensitive."] },
    ]);
  });

  test("a member who may stay is not said to lose what the group allows", () => {
    const report = review(...CLOSED, unresolved);
    expect(report.access.find(({ name }) => name === "ann")).toMatchObject({
      verdict: "narrowed",
      gained: { answer: "no" },
      lost: {
        answer: "undecided",
        reason:
          "it depends on the members of aws_iam_group_membership.team, after, which cannot be read",
      },
    });
  });
});

describe("names that are known only after apply", () => {
  const later = (type: string, name: string): PlannedResource => ({
    ...change(type, name, null, { name: null }),
    unknown: ["name"],
  });
  const create = (
    unknown: readonly string[],
    references: NonNullable<PlannedResource["references"]>,
  ): PlannedResource => ({
    ...change("aws_iam_group_membership", "team", null, {
      group: unknown.includes("group") ? null : "team",
      users: unknown.includes("users") ? [null] : ["ann"],
    }),
    unknown: unknown.filter((attribute) => attribute !== "users"),
    references,
  });

  test("are those of the user that the expression refers to", () => {
    const report = review(
      TEAM,
      later("aws_iam_user", "new"),
      create(["users"], { users: ["aws_iam_user.new.name", "aws_iam_user.new"] }),
    );
    expect([report.verdict, ...who(report)]).toEqual([
      "broadened",
      "user aws_iam_user.new: broadened",
    ]);
  });

  test("are those of the group that the expression refers to", () => {
    const policy = {
      ...change("aws_iam_group_policy", "new", null, {
        group: null,
        policy: JSON.stringify(document(READ)),
      }),
      unknown: ["group"],
      references: { group: ["aws_iam_group.new.name", "aws_iam_group.new"] },
    };
    const report = review(
      later("aws_iam_group", "new"),
      policy,
      create(["group"], { group: ["aws_iam_group.new.name", "aws_iam_group.new"] }),
    );
    expect([report.verdict, ...who(report)]).toEqual(["broadened", "user ann: broadened"]);
  });

  test("are not in a list that is unknown as a whole, which may have others, too", () => {
    const report = review(
      TEAM,
      later("aws_iam_user", "new"),
      own("aws_iam_user.new", document(READ)),
      {
        ...create([], { users: ["aws_iam_user.new.name", "aws_iam_user.new"] }),
        unknown: ["users"],
      },
    );
    expect(report.verdict).toBe("unknown");
  });

  test.each<[string, readonly string[]]>([
    ["of one of two users", ["aws_iam_user.new.name", "aws_iam_user.other.name"]],
    ["of a local", ["local.users"]],
  ])("may be those %s", (_, users) => {
    const report = review(
      TEAM,
      later("aws_iam_user", "new"),
      later("aws_iam_user", "other"),
      create(["users"], { users }),
    );
    expect([report.verdict, ...who(report)]).toEqual([
      "unknown",
      "user (known after apply) in aws_iam_group_membership.team: unknown",
    ]);
  });
});

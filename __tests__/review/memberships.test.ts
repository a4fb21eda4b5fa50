/** Effects of joining and leaving groups on the users. */
import { renderers } from "../../lib/review";
import {
  inlinePolicy,
  planned,
  type PlannedResource,
  replaced,
  review,
  same,
  type Values,
  who,
} from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";

const READ = allow("s3:GetObject", "arn:aws:s3:::logs/*");
const LIST = allow("s3:ListBucket", "arn:aws:s3:::logs");
const DELETE = allow("s3:DeleteObject", "arn:aws:s3:::logs/*");
const NO_DELETE = deny("s3:Delete*", "*");

/** The inline policy of a user or group, by what it says before and after. */
const policyChange = (
  kind: "user" | "group",
  name: string,
  before?: object,
  after?: object,
): PlannedResource => ({ ...inlinePolicy(name, "own", before, after, kind), name });

/** A group with an inline policy, which the plan creates. */
const group = (name: string, content: object): PlannedResource[] => [
  planned("aws_iam_group", null, { name }, { name }),
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
    same("aws_iam_group_policies_exclusive", names, { name }),
    same("aws_iam_group_policy_attachments_exclusive", arns, { name }),
  ];
};

/** The members of a group, before and after; undefined if there is no such resource. */
const members = (
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): PlannedResource => {
  const values = (users: readonly string[] | undefined): Values | null =>
    users === undefined ? null : { name, group: "team", users };
  return planned("aws_iam_group_membership", values(before), values(after), { name });
};

/** The groups of a user, before and after; undefined if there is no such resource. */
const groupsOf = (
  user: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): PlannedResource => {
  const values = (groups: readonly string[] | undefined): Values | null =>
    groups === undefined ? null : { user, groups };
  return planned("aws_iam_user_group_membership", values(before), values(after), { name: user });
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
        planned("aws_iam_user", { name: "ann" }, null),
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
  const renamed = planned("aws_iam_group", { name: "old" }, { name: "team" });
  const policy = policyChange("group", "old", document(READ), document(READ));

  test("keeps its members and what it has", () => {
    const after = { group: "team", users: ["ann"] };
    const report = review(
      renamed,
      replaced({ ...policy, after: { ...policy.after, group: "team" } }),
      replaced(planned("aws_iam_group_membership", { ...after, group: "old" }, after)),
    );
    expect([report.verdict, ...who(report)]).toEqual(["unchanged"]);
  });

  test("is not the one that is created with its old name", () => {
    const report = review(
      renamed,
      ...group("old", document(DELETE)),
      planned("aws_iam_group_membership", null, { group: "old", users: ["bob"] }),
      { ...policy, name: "team", after: null },
    );
    expect(who(report)).toEqual(["group team: narrowed", "user bob: broadened"]);
  });
});

test("a group that is made anew no longer has a Deny that the plan may not show", () => {
  const report = review(
    replaced(same("aws_iam_group", { name: "team" })),
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

  test.each<[string, PlannedResource]>([
    ["of which the users are known only after apply", unresolved],
    [
      "of which the users are sensitive and change",
      { ...members("team", ["ann"], ["bob"]), sensitive: ["users"] },
    ],
    ["that is sensitive, with a known user who joins", { ...bobJoins, sensitive: ["group"] }],
  ])("a group with a Deny %s", (_, membership) => {
    expect(review(GUARDED, membership).verdict).toBe("unknown");
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
  const later = (type: string, name: string): PlannedResource =>
    planned(type, null, { name: null }, { name, unknown: ["name"] });
  const [user, other] = [later("aws_iam_user", "new"), later("aws_iam_user", "other")];
  const create = (values: Values, more: Partial<PlannedResource>): PlannedResource =>
    planned("aws_iam_group_membership", null, values, { name: "team", ...more });
  const ofUsers = (...users: string[]): PlannedResource =>
    create({ group: "team", users: [null] }, { references: { users } });

  test("are those of the user that the expression refers to", () => {
    const report = review(TEAM, user, ofUsers("aws_iam_user.new.name", "aws_iam_user.new"));
    expect([report.verdict, ...who(report)]).toEqual([
      "broadened",
      "user aws_iam_user.new: broadened",
    ]);
  });

  test("are those of the group that the expression refers to", () => {
    const ofGroup = {
      unknown: ["group"],
      references: { group: ["aws_iam_group.new.name", "aws_iam_group.new"] },
    };
    const policy = policyChange("group", "new", undefined, document(READ));
    const report = review(
      later("aws_iam_group", "new"),
      { ...policy, ...ofGroup, after: { ...policy.after, group: null } },
      create({ group: null, users: ["ann"] }, ofGroup),
    );
    expect([report.verdict, ...who(report)]).toEqual(["broadened", "user ann: broadened"]);
  });

  test("are not in a list that is unknown as a whole, which may have others, too", () => {
    const list = ofUsers("aws_iam_user.new.name", "aws_iam_user.new");
    const has = own("aws_iam_user.new", document(READ));
    expect(review(TEAM, user, has, { ...list, unknown: ["users"] }).verdict).toBe("unknown");
  });

  test.each<[string, readonly string[]]>([
    ["of one of two users", ["aws_iam_user.new.name", "aws_iam_user.other.name"]],
    ["of a local", ["local.users"]],
  ])("may be those %s", (_, users) => {
    const report = review(TEAM, user, other, ofUsers(...users));
    expect([report.verdict, ...who(report)]).toEqual([
      "unknown",
      "user (known after apply) in aws_iam_group_membership.team: unknown",
    ]);
  });
});

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

/** A group with an inline policy, which the plan creates unless it is there before. */
const group = (name: string, content: object, existed = false): PlannedResource[] => {
  const policy = { name: "own", group: name, policy: JSON.stringify(content) };
  return [
    change("aws_iam_group", name, existed ? { name } : null, { name }),
    change("aws_iam_group_policy", name, existed ? policy : null, policy),
  ];
};

/** The policy of a group that is there and is no resource of the plan. */
const policyOf = (name: string, content: object): PlannedResource => {
  const policy = { name: "own", group: name, policy: JSON.stringify(content) };
  return change("aws_iam_group_policy", name, policy, policy);
};

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

const own = (user: string, content: object): PlannedResource => {
  const policy = { name: "own", user, policy: JSON.stringify(content) };
  return change("aws_iam_user_policy", user, policy, policy);
};

interface Case {
  readonly resources: readonly PlannedResource[];
  readonly verdict: Report["verdict"];
  /** All whose access is not the same text by text. */
  readonly who: readonly string[];
}

const TEAM = policyOf("team", document(READ));
const CLOSED = [TEAM, ...nothingElse("team", ["own"])];

describe("a user", () => {
  test.each<[string, Case]>([
    [
      "who joins a group of the plan is broadened",
      {
        resources: [TEAM, members("team", ["ann"], ["ann", "bob"])],
        verdict: "broadened",
        who: ["user bob: broadened"],
      },
    ],
    [
      "who joins by a resource of their own is broadened",
      {
        resources: [TEAM, groupsOf("bob", undefined, ["team"])],
        verdict: "broadened",
        who: ["user bob: broadened"],
      },
    ],
    [
      "who leaves a group that has nothing else is narrowed",
      {
        resources: [...CLOSED, members("team", ["ann", "bob"], ["ann"])],
        verdict: "narrowed",
        who: ["user bob: narrowed"],
      },
    ],
    [
      "who leaves a group that may have a Deny besides is unknown",
      {
        resources: [TEAM, members("team", ["ann", "bob"], ["ann"])],
        verdict: "unknown",
        who: ["user bob: unknown"],
      },
    ],
    [
      "is narrowed where another one takes the place",
      {
        resources: [...CLOSED, members("team", ["ann"], ["bob"])],
        verdict: "both",
        who: ["user ann: narrowed", "user bob: broadened"],
      },
    ],
    [
      "who joins a group that the plan does not show is unknown",
      {
        resources: [groupsOf("bob", ["other"], ["other", "team"])],
        verdict: "unknown",
        who: ["user bob: unknown"],
      },
    ],
    [
      "who leaves a group that the plan does not show is unknown",
      {
        resources: [groupsOf("bob", ["other", "team"], ["other"])],
        verdict: "unknown",
        who: ["user bob: unknown"],
      },
    ],
    [
      "whose group the plan does not show is the same where another one joins it",
      {
        resources: [members("team", ["ann"], ["ann", "bob"])],
        verdict: "unknown",
        who: ["user bob: unknown"],
      },
    ],
    [
      "who moves between two resources of the same group is unchanged",
      {
        resources: [TEAM, members("a", ["ann"], []), members("b", [], ["ann"])],
        verdict: "unchanged",
        who: [],
      },
    ],
    [
      "whose membership becomes a resource of their own is unchanged",
      {
        resources: [
          TEAM,
          members("team", ["ann"], undefined),
          groupsOf("ann", undefined, ["team"]),
        ],
        verdict: "unchanged",
        who: [],
      },
    ],
    [
      "whose membership is deleted is narrowed",
      {
        resources: [...CLOSED, members("team", ["ann"], undefined)],
        verdict: "narrowed",
        who: ["user ann: narrowed"],
      },
    ],
    [
      "who is deleted, too, has nothing left to gain",
      {
        resources: [
          policyOf("team", document(READ, NO_DELETE)),
          change("aws_iam_user", "ann", { name: "ann" }, null),
          members("team", ["ann"], undefined),
        ],
        verdict: "narrowed",
        who: ["user ann: narrowed"],
      },
    ],
    [
      "who joins a new group with a Deny is narrowed",
      {
        resources: [
          ...group("team", document(NO_DELETE)),
          own("ann", document(DELETE)),
          members("team", undefined, ["ann"]),
        ],
        verdict: "narrowed",
        who: ["user ann: narrowed"],
      },
    ],
    [
      "who leaves a group with a Deny is broadened",
      {
        resources: [
          policyOf("team", document(NO_DELETE)),
          ...nothingElse("team", ["own"]),
          own("ann", document(DELETE)),
          members("team", ["ann"], undefined),
        ],
        verdict: "broadened",
        who: ["user ann: broadened"],
      },
    ],
    [
      "who leaves a group with a Deny is broadened, whatever else the group has",
      {
        resources: [policyOf("team", document(NO_DELETE)), members("team", ["ann"], undefined)],
        verdict: "broadened",
        who: ["user ann: broadened"],
      },
    ],
    [
      "who has already what the group brings is unchanged",
      {
        resources: [
          ...group("team", document(READ)),
          own("ann", document(READ, DELETE)),
          members("team", undefined, ["ann"]),
        ],
        verdict: "unchanged",
        who: ["user ann: unchanged"],
      },
    ],
    [
      "whose own Deny takes back what the group brings is unchanged",
      {
        resources: [
          ...CLOSED,
          own("ann", document(deny("s3:*", "*"))),
          members("team", [], ["ann"]),
        ],
        verdict: "unchanged",
        who: ["user ann: unchanged"],
      },
    ],
    [
      "of a group that is created with them stands for it",
      {
        resources: [...group("team", document(READ)), members("team", undefined, ["ann", "bob"])],
        verdict: "broadened",
        who: ["user ann: broadened", "user bob: broadened"],
      },
    ],
    [
      "who is created with the membership is broadened",
      {
        resources: [
          TEAM,
          change("aws_iam_user", "new", null, { name: "new" }),
          members("team", ["ann"], ["ann", "new"]),
        ],
        verdict: "broadened",
        who: ["user new: broadened"],
      },
    ],
    [
      "who goes from one group to another with the same policy is unchanged",
      {
        resources: [
          ...CLOSED,
          policyOf("crew", document(READ)),
          ...nothingElse("crew", ["own"]),
          groupsOf("ann", ["team"], ["crew"]),
        ],
        verdict: "unchanged",
        who: [],
      },
    ],
    [
      "who gets a group instead of a policy with the same text is unchanged",
      {
        resources: [
          ...CLOSED,
          change(
            "aws_iam_user_policy",
            "ann",
            { name: "own", user: "ann", policy: JSON.stringify(document(READ)) },
            null,
          ),
          groupsOf("ann", undefined, ["team"]),
        ],
        verdict: "unchanged",
        who: [],
      },
    ],
    [
      "joins a group as it is after the plan",
      {
        resources: [
          change(
            "aws_iam_group_policy",
            "team",
            { name: "own", group: "team", policy: JSON.stringify(document(READ, DELETE)) },
            { name: "own", group: "team", policy: JSON.stringify(document(READ)) },
          ),
          ...nothingElse("team", ["own"]),
          own("bob", document(READ, LIST)),
          members("team", ["ann"], ["ann", "bob"]),
        ],
        verdict: "narrowed",
        who: ["group team: narrowed", "user ann: narrowed", "user bob: unchanged"],
      },
    ],
    [
      "whose membership Terraform forgets keeps it",
      {
        resources: [TEAM, { ...members("team", ["ann"], undefined), actions: ["forget"] }],
        verdict: "unchanged",
        who: [],
      },
    ],
  ])("%s", (_, { resources, ...expected }) => {
    const report = review(...resources);
    expect({ verdict: report.verdict, who: who(report) }).toEqual(expected);
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

  test("who leaves is shown in Markdown", () => {
    const report = review(...CLOSED, members("team", ["ann", "bob"], ["ann"]));
    expect(renderers.markdown(report)).toContain(`
#### group membership of \`aws_iam_group_membership.team\`, updated: narrowed

- Removed from the group \`team\`: \`user bob\`
`);
  });
});

describe("a group that has nothing else", () => {
  test("may have members outside of the plan, who lose its Deny", () => {
    const policy = (content: object): Values => ({
      name: "own",
      group: "team",
      policy: JSON.stringify(content),
    });
    const report = review(
      change(
        "aws_iam_group_policy",
        "team",
        policy(document(READ, NO_DELETE)),
        policy(document(READ)),
      ),
      ...nothingElse("team", ["own"]),
    );
    expect([report.verdict, ...who(report)]).toEqual(["broadened", "group team: broadened"]);
  });

  test.each<[string, PlannedResource[]]>([
    ["an inline policy is not in the plan", nothingElse("team", ["own", "other"])],
    ["only inline policies are listed", nothingElse("team", ["own"]).slice(0, 1)],
    ["only attached policies are listed", nothingElse("team", ["own"]).slice(1)],
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

  test("may have a Deny besides, which who leaves it loses", () => {
    const report = review(renamed, membership(["bob"]));
    expect(who(report)).toEqual(["user ann: unknown", "user bob: unknown"]);
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
    change(
      "aws_iam_group_policy",
      "team",
      { name: "own", group: "team", policy: JSON.stringify(document(READ, DELETE)) },
      { name: "own", group: "team", policy: JSON.stringify(document(READ)) },
    ),
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

  test("one user of several who is known only after apply", () => {
    const report = review(TEAM, {
      ...members("team", ["ann"], undefined),
      after: { name: "team", group: "team", users: ["ann", null] },
    });
    expect([report.verdict, ...who(report)]).toEqual([
      "unknown",
      "user (known after apply) in aws_iam_group_membership.team: unknown",
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
      "a group with a Deny, of which the users are sensitive and stay",
      { ...members("team", ["ann"], ["ann"]), sensitive: ["users"] },
      "unchanged",
    ],
    [
      "a sensitive group with a known user who joins",
      { ...members("team", ["ann"], ["ann", "bob"]), sensitive: ["group"] },
      "unknown",
    ],
    [
      "sensitive groups of a user, which change",
      { ...groupsOf("ann", ["team"], ["other"]), sensitive: ["groups"] },
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

  test("a member who may go may lose a Deny", () => {
    const denying = [policyOf("team", document(NO_DELETE)), ...nothingElse("team", ["own"])];
    expect(review(...denying, unresolved).verdict).toBe("both");
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

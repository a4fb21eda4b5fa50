/** Effects of an apply in AWS that the plan's texts alone do not show. */
import {
  ACCOUNT,
  arnOf,
  attachment,
  inlinePolicy,
  managedPolicy,
  planned,
  type PlannedResource,
  replaced,
  review,
  role,
  same,
} from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";

const ALL = document(allow("s3:*", "*"));
const NOTHING = document(deny("s3:*", "*"));
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";

const remade = (resource: PlannedResource): PlannedResource => ({
  ...replaced(resource),
  unknown: ["arn", "managed_policy_arns", "inline_policy"],
});

const withInline = (
  before: Readonly<Record<string, object>>,
  after: Readonly<Record<string, object>>,
): PlannedResource => ({
  ...role("app", { inline: before }),
  after: role("app", { inline: after }).after,
});

/** A holder of s3:* with a Deny, which it loses by the change. */
const GUARDED = { inline: { all: ALL, guard: NOTHING } };
const GUARDED_BY_POLICY = { inline: { all: ALL }, attached: [arnOf("guard")] };
const guard = managedPolicy("guard", NOTHING, NOTHING);

test.each<[string, PlannedResource[]]>([
  [
    "a role that is made anew is not attached again what a resource had attached",
    [
      remade(role("app", GUARDED_BY_POLICY)),
      replaced(inlinePolicy("app", "all", ALL, ALL)),
      guard,
      attachment("app", "guard", "both"),
    ],
  ],
  [
    "nor does it have what AWS reported of it, while something else of it is narrowed",
    [
      remade(role("app", { inline: { all: ALL }, attached: [DENY_ALL] })),
      replaced(inlinePolicy("app", "all", ALL, document(allow("s3:Get*", "*")))),
    ],
  ],
  [
    "an attachment that one resource deletes is gone, though another one names it",
    [
      role("app", GUARDED_BY_POLICY),
      inlinePolicy("app", "all", ALL, ALL),
      guard,
      attachment("app", "guard", "before"),
      { ...attachment("app", "guard", "both"), name: "twice" },
    ],
  ],
  [
    "or a role whose managed_policy_arns may be null, and lists what AWS reports",
    [
      {
        ...role("app", GUARDED_BY_POLICY),
        references: { managed_policy_arns: ["var.managed"] },
      },
      inlinePolicy("app", "all", ALL, ALL),
      guard,
      attachment("app", "guard", "before"),
    ],
  ],
  [
    "an inline policy that a role takes out of its blocks is gone, though a resource has its name",
    [
      {
        ...withInline(GUARDED.inline, { all: ALL }),
        references: { inline_policy: ["local.policies"] },
      },
      inlinePolicy("app", "guard", NOTHING, NOTHING),
    ],
  ],
  [
    "an inline policy is replaced by a new one of its name",
    [
      role("app", GUARDED),
      inlinePolicy("app", "all", ALL, ALL),
      inlinePolicy("app", "guard", NOTHING, NOTHING),
      { ...inlinePolicy("app", "guard", undefined, ALL), name: "again" },
    ],
  ],
  [
    "an inline policy whose name is sensitive is one of those that AWS reports",
    [
      role("app", GUARDED),
      inlinePolicy("app", "all", ALL, ALL),
      { ...inlinePolicy("app", "guard", NOTHING, undefined), sensitive: ["name"] },
    ],
  ],
  [
    "a user whom one resource takes out of a group is out of it, though another one names them",
    [
      inlinePolicy("ann", "all", ALL, ALL, "user"),
      inlinePolicy("guarded", "guard", NOTHING, NOTHING, "group"),
      same("aws_iam_user_group_membership", { user: "ann", groups: ["guarded"] }),
      planned("aws_iam_group_membership", { group: "guarded", users: ["ann"] }, null),
    ],
  ],
  [
    "an exclusive list of inline policies that goes to another role deletes the policies of that",
    [
      role("app", GUARDED),
      inlinePolicy("app", "all", ALL, ALL),
      inlinePolicy("app", "guard", NOTHING, NOTHING),
      replaced(
        planned(
          "aws_iam_role_policies_exclusive",
          { role_name: "other", policy_names: ["all"] },
          { role_name: "app", policy_names: ["all"] },
        ),
      ),
    ],
  ],
])("%s", (_, resources) => {
  const { verdict, broadens, unknown } = review(...resources);
  expect([verdict, broadens || unknown]).toEqual([
    expect.stringMatching(/^(broadened|both|unknown)$/),
    true,
  ]);
});

test.each<[string, Readonly<Record<string, object>>, Readonly<Record<string, object>>]>([
  ["adds one", { read: document(allow("s3:Get*", "*")) }, { all: ALL }],
  ["takes one with a Deny away", GUARDED.inline, { all: ALL }],
])("a dynamic block, which the plan's configuration does not have, %s", (_, before, after) => {
  expect(review(withInline(before, after)).broadens).toBe(true);
});

test("a dynamic block that is known gives a new role what it says", () => {
  const created = { ...role("app", undefined), after: role("app", { inline: { all: ALL } }).after };
  expect(review({ ...created, unknown: ["arn"] })).toMatchObject({ broadens: true });
});

test("a list of ARNs that is unknown as a whole can have what no expression refers to", () => {
  const { verdict } = review(
    {
      ...role("app", { attached: [arnOf("old")] }),
      after: { ...role("app", {}).after, managed_policy_arns: null },
      unknown: ["managed_policy_arns"],
      // [aws_iam_policy.new.arn, "arn:aws:iam::aws:policy/AdministratorAccess"]
      references: { managed_policy_arns: ["aws_iam_policy.new.arn", "aws_iam_policy.new"] },
    },
    managedPolicy("old", ALL, undefined),
    managedPolicy("new", undefined, ALL),
  );
  expect(verdict).toMatch(/^(broadened|both|unknown)$/);
});

describe("two accounts that have a role of the same name", () => {
  const inAccount = (account: string, resource: PlannedResource): PlannedResource => {
    const text = JSON.stringify({ ...resource, name: `${resource.name}-${account}` });
    const own = JSON.parse(text.replaceAll(ACCOUNT, account)) as PlannedResource;
    return { ...own, provider: `aws.${account}` };
  };
  const guarded = role("app", { inline: { all: ALL }, attached: [DENY_ALL] });
  const denied = attachment("app", DENY_ALL, "both");
  const [ONE, OTHER] = ["123456789012", "210987654321"];

  test("are two, and one keeps its Deny where the other loses it", () => {
    const report = review(
      inAccount(ONE, guarded),
      inAccount(ONE, denied),
      inAccount(OTHER, guarded),
      { ...inAccount(OTHER, denied), after: null },
    );
    expect(report.verdict).toBe("broadened");
  });

  test("one provider with an alias is one account where its roles say so", () => {
    const state = { inline: { all: ALL } };
    const report = review(
      { ...role("app", state), provider: "aws" },
      { ...role("other", {}), provider: "aws.again" },
      { ...inlinePolicy("app", "all", ALL, document(allow("s3:Get*", "*"))), provider: "aws" },
      { ...inlinePolicy("app", "b", undefined, ALL), provider: "aws.again" },
    );
    expect(report.verdict).toBe("unchanged");
  });
});

describe("tags of who calls", () => {
  const ASKS = document({
    ...allow("s3:*", "*"),
    Condition: { StringEquals: { "aws:PrincipalTag/Admin": "true" } },
  });
  const tagged = (before: object, after: object, unknown?: string[]): PlannedResource => {
    const { before: old, after: next, ...own } = role("app", { inline: { asks: ASKS } });
    return {
      ...own,
      before: { ...old, tags: before },
      after: { ...next, tags: after },
      ...(unknown === undefined ? {} : { unknown, actions: ["update"] }),
    };
  };
  const asks = inlinePolicy("app", "asks", ASKS, ASKS);

  test.each<[string, PlannedResource, string]>([
    ["a tag that a document asks for", tagged({}, { admin: "true" }), "tag admin changes"],
    ["a tag that goes", tagged({ admin: "true" }, {}), "tag admin changes"],
    ["tags that are not known yet", tagged({}, {}, ["tags"]), "tags change"],
  ])("%s", (_, resource, what) => {
    expect(review(resource, asks)).toMatchObject({
      verdict: "unknown",
      items: [
        {
          address: "aws_iam_role.app",
          reasons: [expect.stringMatching(new RegExp(`^Its ${what}, .*aws:PrincipalTag/admin`))],
        },
      ],
    });
  });

  test("another tag changes nothing", () => {
    expect(review(tagged({}, { team: "a" }), asks).verdict).toBe("unchanged");
  });
});

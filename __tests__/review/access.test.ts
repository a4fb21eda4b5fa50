/** Changes of roles, users and groups, with all their documents together. */
import { renderers, reviewPlan } from "../../lib/review";
import {
  ACCOUNT,
  arnOf,
  attachment,
  inlinePolicy,
  managedPolicy,
  planned,
  type PlannedResource,
  planOfResources,
  replaced,
  review,
  who,
  role,
  same,
} from "../support/iam-plan";
import { allow, deny, document, trust } from "../support/policy-documents";

const READ = allow("s3:GetObject", "arn:aws:s3:::logs/*");
const WRITE = allow("s3:PutObject", "arn:aws:s3:::logs/*");
const DELETE = allow("s3:DeleteObject", "arn:aws:s3:::logs/*");
const NO_DELETE = deny("s3:Delete*", "*");
const ALL = document(allow("s3:*", "*"));
/** Not in the table of AWS-managed policies. */
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyOfTomorrow";

test.each<[string, PlannedResource[]]>([
  [
    "a new Allow that a policy takes back of which only the role's state tells",
    [
      role("app", { inline: { a: document(READ), elsewhere: document(NO_DELETE) } }),
      inlinePolicy("app", "a", document(READ), document(READ, DELETE)),
    ],
  ],
  [
    "a policy attached by one resource more",
    [
      role("app", { attached: [READ_ONLY] }),
      attachment("app", READ_ONLY, "both"),
      { ...attachment("app", READ_ONLY, "after"), name: "again" },
    ],
  ],
])("what is written in another place is unchanged %s", (_, resources) => {
  const report = review(...resources);
  expect({ verdict: report.verdict, items: report.items.map(({ verdict }) => verdict) }).toEqual({
    verdict: "unchanged",
    items: report.items.map(() => "unchanged"),
  });
});

describe("what is gained is shown with a request", () => {
  test("by the statement that gives it", () => {
    const report = review(
      role("app", { inline: { a: document(READ) } }),
      inlinePolicy("app", "a", document(READ), document(READ, { ...DELETE, Sid: "Tidy" })),
    );
    expect(report.access).toEqual([
      {
        kind: "role",
        name: "app",
        verdict: "broadened",
        gained: {
          answer: "yes",
          witnesses: [
            {
              action: "s3:DeleteObject",
              resource: "arn:aws:s3:::logs/example",
              context: {},
              assumes: [],
              statement: { address: "aws_iam_role_policy.a", sid: "Tidy", effect: "Allow" },
            },
          ],
        },
        lost: { answer: "no" },
      },
    ]);
    expect(renderers.text(report)).toContain(
      'Change data: role "app"\n  Gains "s3:DeleteObject" on "arn:aws:s3:::logs/*"\n  For example "s3:DeleteObject" on "arn:aws:s3:::logs/example"\n  By "Tidy" in "aws_iam_role_policy.a"\n',
    );
  });

  test("by the Deny that goes, with what the role may have besides", () => {
    const report = review(inlinePolicy("app", "a", document(READ, NO_DELETE), document(READ)));
    expect(report.verdict).toBe("broadened");
    expect(renderers.text(report)).toMatch(
      /Gains what a Deny took: "s3:Delete\*" on "\*"\n[^]*For example "s3:Delete\w*" on "[^"]*" if "what else the role app has" allows it\n {2}By "aws_iam_role_policy.a"/,
    );
  });
});

describe("a managed policy that the plan changes", () => {
  const resources = (attachments: number): PlannedResource[] => [
    role("app", { attached: [arnOf("a")], inline: { b: document(DELETE) } }),
    managedPolicy("a", document(READ), document(READ, DELETE), attachments),
    attachment("app", "a", "both"),
  ];

  test("is its role's alone where AWS counts no other", () => {
    expect(who(review(...resources(1)))).toEqual(["role app: unchanged"]);
  });

  test("is compared alone, too, where AWS counts one more", () => {
    const report = review(...resources(2));
    expect(report.verdict).toBe("broadened");
    expect(who(report)).toEqual([`managed policy ${arnOf("a")}: broadened`, "role app: unchanged"]);
  });
});

describe("what the plan does not show", () => {
  test("and comes, is broadened", () => {
    const report = review(role("app", {}), attachment("app", READ_ONLY, "after"));
    expect(report.access[0]?.gained).toEqual({
      answer: "undecided",
      reason: `it depends on ${READ_ONLY}, which cannot be read`,
    });
    expect(report.verdict).toBe("broadened");
  });

  test("and goes, is unknown where it may have had a Deny, and narrowed where nothing is left to deny", () => {
    const detached = attachment("app", READ_ONLY, "before");
    const nothing = review(role("app", { attached: [READ_ONLY] }), detached);
    expect(nothing.verdict).toBe("narrowed");
    const more = { attached: [READ_ONLY], inline: { a: document(READ) } };
    expect(review(role("app", more), detached).verdict).toBe("unknown");
    expect(review(detached).verdict).toBe("unknown");
  });

  test("and goes with a user who is made anew, may have had a Deny", () => {
    const report = review(
      replaced(same("aws_iam_user", { name: "ann" })),
      inlinePolicy("ann", "own", document(READ, WRITE), document(READ), "user"),
    );
    expect(report.verdict).toBe("unknown");
  });

  test.each(["role", "user", "group"])("and goes with the %s is narrowed", (kind) => {
    const attached = { [kind]: "gone", policy_arn: READ_ONLY };
    const { items } = review(
      planned(`aws_iam_${kind}`, { name: "gone" }, null),
      planned(`aws_iam_${kind}_policy_attachment`, attached, null),
    );
    expect(items.find(({ address }) => address.includes("attachment"))?.verdict).toBe("narrowed");
  });

  test("has the name of its role, though roles alike are compared once", () => {
    const { access } = review(
      ...["one", "two"].map((name) => ({
        ...inlinePolicy(name, "own", document(NO_DELETE), document(READ)),
        name,
      })),
    );
    const besides = access.map(
      ({ gained }) => JSON.stringify(gained).match(/what else the role \w+ has/g) ?? [],
    );
    expect(besides).toEqual([["what else the role one has"], ["what else the role two has"]]);
  });

  test("a new policy that is not known yet, attached to a new role, takes nothing away", () => {
    const policy = managedPolicy("new", undefined, document(READ));
    const { verdict, broadens, narrows, unknown } = review(
      role("app", undefined),
      { ...policy, unknown: [...(policy.unknown ?? []), "policy"] },
      planned(
        "aws_iam_policy_attachment",
        null,
        {},
        {
          unknown: ["policy_arn", "roles"],
          references: { policy_arn: ["aws_iam_policy.new.arn", "aws_iam_policy.new"] },
        },
      ),
    );
    expect([verdict, broadens, narrows, unknown]).toEqual(["broadened", true, false, true]);
  });
});

describe("a role, user or group that is not told", () => {
  const attached = (before: string, after: string): PlannedResource => ({
    ...attachment("x", READ_ONLY, "both"),
    before: { role: before, policy_arn: READ_ONLY },
    after: { role: after, policy_arn: READ_ONLY },
    sensitive: ["role"],
  });

  test("is another one where a sensitive name changes", () => {
    const report = review(attached("app", "web"));
    expect(report.verdict).toBe("both");
    expect(renderers.json(report)).not.toMatch(/app|web/);
  });

  test("may be one more than a list refers to that is unknown as a whole", () => {
    const report = review(
      { ...role("new", undefined), unknown: ["name", "arn", "managed_policy_arns"] },
      managedPolicy("a", document(READ), document(READ)),
      planned(
        "aws_iam_policy_attachment",
        { policy_arn: arnOf("a"), roles: [] },
        { policy_arn: arnOf("a"), roles: null },
        {
          unknown: ["roles"],
          references: { roles: ["aws_iam_role.new.name", "aws_iam_role.new"] },
        },
      ),
    );
    expect(who(report)).toEqual([
      "role (known after apply) in aws_iam_policy_attachment.x: broadened",
      "trust policy aws_iam_role.new: broadened",
    ]);
  });
});

test("a sensitive document is not compared, and not shown", () => {
  const own = inlinePolicy("app", "a", document(READ), document(WRITE));
  const report = review({ ...own, sensitive: ["policy"] });
  expect(report).toMatchObject({
    verdict: "unknown",
    items: [
      {
        reasons: [
          "The document before the change is marked sensitive.",
          "The document after the change is marked sensitive.",
        ],
      },
    ],
  });
  expect(renderers.json(report)).not.toContain("logs");
});

test("a resource that moved is named with its old address", () => {
  const moved = inlinePolicy("app", "a", document(READ), document(WRITE));
  const { items } = review({ ...moved, previousAddress: "module.old.x.a" });
  expect(items).toMatchObject([{ previousAddress: "module.old.x.a" }]);
});

describe("a user with another name", () => {
  const own = (user: string) => inlinePolicy(user, "own", document(READ), document(READ), "user");
  const user = planned("aws_iam_user", { name: "ann" }, { name: "beth" });
  const policy = replaced({ ...own("ann"), after: own("beth").after });

  test("is the same user", () => {
    expect(review(user, policy).verdict).toBe("unchanged");
  });

  test("is not the user who is created with the old name", () => {
    const other = planned("aws_iam_user", null, { name: "ann" }, { name: "new" });
    const report = review(other, { ...own("ann"), before: null, name: "new" }, user, policy);
    expect(who(report)).toEqual(["user ann: broadened"]);
  });
});

describe("an ARN that is known only after apply", () => {
  const old = { inline: { a: document(READ) } };
  const gone = inlinePolicy("app", "a", document(READ), undefined);
  const through = (references: readonly string[]): PlannedResource => ({
    ...attachment("app", "new", "after", true),
    references: { policy_arn: references },
  });

  /** The configuration of an attachment whose ARN an expression gives. */
  const attaching = ({ name }: PlannedResource, reference: string): object => ({
    address: `aws_iam_role_policy_attachment.${name}`,
    expressions: { policy_arn: { references: [reference] } },
  });
  /** The configuration of a module that gives the ARN of its policy. */
  const making = {
    module: { outputs: { arn: { expression: { references: ["aws_iam_policy.x.arn"] } } } },
  };

  test.each<[string, readonly string[], string]>([
    [
      "is that of the policy it refers to",
      ["aws_iam_policy.new.arn", "aws_iam_policy.new"],
      "unchanged",
    ],
    ["may be of another source", ["aws_iam_policy.new.arn", "terraform_data.x.output"], "both"],
    ["may be of any policy where a local gives it", ["local.arn"], "both"],
    [
      "may be that of each policy it refers to",
      ["aws_iam_policy.new.arn", "aws_iam_policy.other.arn"],
      "both",
    ],
  ])("%s", (_, references, verdict) => {
    const other = managedPolicy("other", undefined, ALL);
    const report = review(
      role("app", old),
      gone,
      managedPolicy("new", undefined, document(READ)),
      ...(references.join().includes("other") ? [other] : []),
      through(references),
    );
    expect(report.verdict).toBe(verdict);
  });

  test("is that of the instance with the same key", () => {
    const keyed = (resource: PlannedResource, index: string): PlannedResource => ({
      ...resource,
      index,
      name: "keyed",
    });
    const attached = (to: string, key: string): PlannedResource => ({
      ...keyed(attachment(to, "x", "after", true), key),
      references: { policy_arn: ["aws_iam_policy.keyed", "each.key"] },
    });
    const report = review(
      role("app", old),
      role("web", {}),
      gone,
      keyed(managedPolicy("a", undefined, document(READ)), "app"),
      keyed(managedPolicy("b", undefined, ALL), "web"),
      attached("app", "app"),
      attached("web", "web"),
    );
    expect(who(report)).toEqual(["role web: broadened"]);
    expect(report.narrows).toBe(false);
  });

  test.each(["größe", "gr"])("is that of the policy with the whole name %s", (name) => {
    const report = review(
      role("app", old),
      gone,
      managedPolicy("gr", undefined, document(READ)),
      managedPolicy("größe", undefined, ALL),
      through([`aws_iam_policy.${name}.arn`, `aws_iam_policy.${name}`]),
    );
    expect(who(report).includes("role app: broadened")).toBe(name === "größe");
    expect(report.narrows).toBe(false);
  });

  test("is that of the policy in the module with the whole name", () => {
    const inModule = (module: string, content: object): PlannedResource => ({
      ...managedPolicy("x", undefined, content),
      module,
    });
    const attached = through([]);
    const text = planOfResources(
      [
        ...[role("app", old), gone, attached],
        ...[inModule("module.gr", document(READ)), inModule("module.größe", ALL)],
      ],
      {
        configuration: {
          root_module: {
            resources: [attaching(attached, "module.größe.arn")],
            module_calls: { gr: making, größe: making },
          },
        },
      },
    );
    expect(who(reviewPlan(text, "plan"))).toContain("role app: broadened");
  });

  test.each(['["\\q"]', "[01]"])("may be of any policy where the key is %s", (key) => {
    const report = review(
      role("app", old),
      gone,
      managedPolicy("new", undefined, document(READ)),
      through([`aws_iam_policy.new${key}.arn`]),
    );
    expect(report.verdict).toBe("both");
  });

  test("is followed through the input of a module", () => {
    const inModule = { ...attachment("app", "x", "after", true), module: "module.attach" };
    const attach = {
      expressions: { arn: { references: ["aws_iam_policy.new.arn", "aws_iam_policy.new"] } },
      module: { resources: [attaching(inModule, "var.arn")] },
    };
    const text = planOfResources(
      [role("app", old), gone, managedPolicy("new", undefined, document(READ)), inModule],
      { configuration: { root_module: { module_calls: { attach } } } },
    );
    expect(reviewPlan(text, "plan").verdict).toBe("unchanged");
  });
});

describe("a permissions boundary", () => {
  const state = { inline: { a: document(READ) }, boundary: arnOf("old") };
  const boundaries = [managedPolicy("old", ALL, ALL, 0), managedPolicy("wide", ALL, ALL, 0)];

  test("for another with the same text changes nothing", () => {
    expect(review(role("app", state, arnOf("wide")), ...boundaries).verdict).toBe("unchanged");
  });

  test("that is lost broadens, whatever the role has: it limits policies of resources, too", () => {
    const bound = role("app", { boundary: arnOf("old") });
    const lost = { ...bound, after: { ...bound.after, permissions_boundary: "" } };
    expect(review(lost, ...boundaries).verdict).toBe("broadened");
  });
});

describe("who may assume a role", () => {
  const trusting = (before: string, after: string): PlannedResource => {
    const { after: values, ...own } = role("app", {});
    return {
      ...own,
      before: { ...values, assume_role_policy: before },
      after: { ...values, assume_role_policy: after },
    };
  };
  const OTHER = { AWS: "444455556666" };

  test("is shown with a caller", () => {
    const report = review(trusting(trust({ AWS: ACCOUNT }), trust(OTHER)));
    expect(report.verdict).toBe("both");
    expect(renderers.text(report)).toMatch(
      /Manage permissions: "444455556666"\n {2}Gains "sts:AssumeRole" on "role app"\n {2}For example "sts:AssumeRole" by "arn:aws:\w+::444455556666:/,
    );
  });

  test("is unchanged where a condition is written in another way", () => {
    const external = (operator: string): string =>
      trust(OTHER, { Condition: { [operator]: { "sts:ExternalId": "a" } } });
    const report = review(trusting(external("StringEquals"), external("StringLike")));
    expect(report.verdict).toBe("unchanged");
  });
});

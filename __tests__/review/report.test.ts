/** The table of a report: who gains what, the riskiest first, and what is accepted. */
import { readAccepted, renderers, reviewPlan, withFindings } from "../../lib/review";
import { withAccepted } from "../../lib/review/gate/accepted";
import type { Report } from "../../lib/review/report/report";
import {
  attachment,
  inlinePolicy,
  managedPolicy,
  planOfResources,
  role,
} from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";
import { planOf } from "../support/plan-json";

const OLD = document(allow("s3:GetObject", "arn:aws:s3:::logs/*"));
const gaining = (...actions: string[]): Report =>
  reviewPlan(
    planOfResources([
      role("app", { inline: { a: OLD } }),
      inlinePolicy("app", "a", OLD, document(...OLD.Statement, allow(actions, "*"))),
    ]),
    "plan.json",
  );
const bucketPolicy = (name: string, Principal: unknown) => ({
  address: `aws_s3_bucket_policy.${name}`,
  type: "aws_s3_bucket_policy",
  actions: ["create"],
  before: null,
  after: {
    bucket: "logs",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" },
      ],
    }),
  },
});
const risksOf = ({ rows }: Report): string[] =>
  rows.map(({ change, risk }) => `${change} ${risk ?? "?"}`);
const first = (report: Report): string => renderers.text(report).split("\n", 1)[0] ?? "";

describe("the table", () => {
  test("has the riskiest first", () => {
    const report = gaining(
      ...["ec2:DescribeInstances", "s3:GetObjectAcl", "sqs:SendMessage"],
      ...["kms:Decrypt", "iam:PutRolePolicy"],
    );
    expect(risksOf(report)).toEqual(
      ["permissions", "secrets", "write", "read", "list"].map((risk) => `gained ${risk}`),
    );
  });

  test("never hides kms:Decrypt behind a count", () => {
    const many = Array.from({ length: 60 }, (_, index) => `sqs:Action${String(index)}`);
    const markdown = renderers.markdown(gaining(...many, "kms:Decrypt"));
    expect(markdown).toMatch(
      /^\| \*\*Secrets and credentials\*\* \| role `app` \| Gains `kms:Decrypt` on `\*`<br>For example `kms:Decrypt` on /m,
    );
    expect(markdown).toMatch(/\*\*Change data\*\* .* and 48 more on/);
  });

  test("has equal changes of several roles as one row with a count", () => {
    const names = ["a", "b", "c"];
    const report = reviewPlan(
      planOfResources(
        names
          .flatMap((name) => [
            role(name, { inline: { p: OLD } }),
            inlinePolicy(name, "p", OLD, document(...OLD.Statement, allow("sqs:SendMessage", "*"))),
          ])
          .map((one, index) => ({ ...one, index })),
      ),
      "plan.json",
    );
    expect(report.rows).toHaveLength(1);
    expect(renderers.markdown(report)).toContain("| 3 alike: role `a`, role `b`, role `c` |");
  });

  test("names a way to more permissions that is gained", () => {
    const report = gaining("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction");
    expect(risksOf(report)).toEqual(["gained permissions"]);
    expect(renderers.text(report)).toContain(
      'A way to more permissions: start a function with another role ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction")',
    );
  });

  test("has gains, then what is undecided, then losses, and a Deny that goes as a gain", () => {
    const report = reviewPlan(
      planOfResources([
        role("app", {
          inline: { a: document(allow("s3:*", "*"), deny("s3:PutObject", "*")), b: OLD },
        }),
        inlinePolicy(
          "app",
          "a",
          document(allow("s3:*", "*"), deny("s3:PutObject", "*")),
          document(allow("s3:Get*", "*"), allow("s3:PutObject", "*")),
        ),
        inlinePolicy("other", "a", OLD, { Statement: "not one" }),
      ]),
      "plan.json",
    );
    const order = ["gained", "undecided", "lost"];
    const found = report.rows.map(({ change }) => change);
    expect([...new Set(found)]).toEqual(order);
    expect(found).toEqual([...found].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  });

  test("has public access first, and says so in the first line", () => {
    const report = reviewPlan(JSON.stringify(planOf([bucketPolicy("x", "*")])), "plan.json");
    expect(report.rows[0]).toMatchObject({ isPublic: true, risk: "read" });
    expect(first(report)).toBe("IAM review: this plan grants new access to anyone in the world.");
  });
});

describe("the first line", () => {
  const created = [role("app", undefined), inlinePolicy("app", "a", undefined, OLD)];
  test.each<[string, Report]>([
    ["this plan grants new access", gaining("sqs:SendMessage")],
    [
      "this plan grants new access to new roles, users or groups only",
      reviewPlan(planOfResources(created), "p"),
    ],
    // Nobody has the policy yet, and anybody can get it.
    [
      "this plan grants new access",
      reviewPlan(planOfResources([managedPolicy("new", undefined, OLD, 0)]), "p"),
    ],
    [
      "this plan removes access and grants none",
      reviewPlan(planOfResources([inlinePolicy("app", "a", OLD, undefined)]), "p"),
    ],
    ["this plan changes no access", reviewPlan(planOfResources([]), "p")],
    [
      "not all of this plan can be compared, and the rest grants nothing new",
      reviewPlan(planOfResources([inlinePolicy("app", "a", OLD, { Statement: "not one" })]), "p"),
    ],
  ])("%s", (line, report) => {
    expect(first(report)).toBe(`IAM review: ${line}.`);
  });

  test("a new role is told with who may assume it", () => {
    const { rows } = reviewPlan(planOfResources(created), "plan.json");
    expect(rows.map(({ who }) => who)).toEqual([
      [{ kind: "role", name: "app", isNew: true, trusts: ["111122223333"] }],
    ]);
  });
});

describe("accepted findings", () => {
  const report = gaining("sqs:SendMessage");
  const [entry] = withFindings([], report.findings, "2026-11-30");
  const accepted = { ...entry, reason: "The orders | need it.", owner: "data team" };
  const old = { ...accepted, fingerprint: "0".repeat(32), text: "role gone" };
  const shown = (today: string): Report =>
    withAccepted(
      report,
      readAccepted(JSON.stringify({ accepted: [accepted, old] }), "a.json"),
      today,
    );

  test("are shown with who accepted them, why and until when, and unused ones are named", () => {
    const text = renderers.text(shown("2026-11-30"));
    expect(text).toContain(
      'Accepted by "data team" until 2026-12-30: "role app: gains sqs:SendMessage on *". Reason: "The orders | need it."',
    );
    expect(text).toMatch(/Accepted entry 0{32} is unused .* 2026-12-30: "role gone"/);
    expect(renderers.markdown(shown("2026-11-30"))).toContain(
      "- Accepted by `data team` until 2026-12-30",
    );
  });

  test("name what --never forbids", () => {
    const plan = planOfResources([
      inlinePolicy("app", "a", undefined, document(allow("iam:PassRole", "*"))),
    ]);
    const forbidden = reviewPlan(plan, "plan.json", { never: ["iam:*"] });
    expect(renderers.text(forbidden)).toContain(
      'Forbidden by --never: "role app: gains iam:PassRole on *"',
    );
  });
});

test("the day of the table of AWS-managed policies is told", () => {
  const report = reviewPlan(
    planOfResources([
      role("app", { attached: [] }),
      managedPolicy("p", OLD, OLD),
      attachment("app", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "after"),
    ]),
    "plan.json",
  );
  expect(renderers.text(report)).toMatch(
    /AWS-managed policies are compared as of \d{4}-\d\d-\d\d\./,
  );
});

test("each row about ReadOnlyAccess has a request for one of its own actions as the example", () => {
  const plan = planOfResources([
    role("app", { attached: [] }),
    attachment("app", "arn:aws:iam::aws:policy/ReadOnlyAccess", "after"),
  ]);
  const { rows } = reviewPlan(plan, "plan.json");
  expect(rows.length).toBeGreaterThan(3);
  for (const { what, example } of rows) {
    const starts = what
      .flatMap(({ actions = [] }) => actions)
      .map((one) => one.split("*")[0] ?? "");
    expect(starts.filter((start) => example?.action.startsWith(start))).not.toEqual([]);
  }
});

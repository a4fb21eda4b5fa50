/** The table of a report: who gains what, the riskiest first, and what is accepted. */
import { readAccepted, renderers, reviewPlan, withFindings } from "../../lib/review";
import { withAccepted } from "../../lib/review/gate/accepted";
import type { Report } from "../../lib/review/report/report";
import {
  attachment,
  inlinePolicy,
  managedPolicy,
  planned,
  planOfResources,
  review,
  role,
} from "../support/iam-plan";
import { allow, deny, document, policyText } from "../support/policy-documents";

const OLD = document(allow("s3:GetObject", "arn:aws:s3:::logs/*"));
const gaining = (...actions: string[]): Report =>
  review(
    role("app", { inline: { a: OLD } }),
    inlinePolicy("app", "a", OLD, document(...OLD.Statement, allow(actions, "*"))),
  );
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
    const more = document(...OLD.Statement, allow("sqs:SendMessage", "*"));
    const resources = ["a", "b", "c"].flatMap((name) => [
      role(name, { inline: { p: OLD } }),
      inlinePolicy(name, "p", OLD, more),
    ]);
    const report = review(...resources.map((one, index) => ({ ...one, index })));
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
    const guarded = document(allow("s3:*", "*"), deny("s3:PutObject", "*"));
    const report = review(
      role("app", { inline: { a: guarded, b: OLD } }),
      inlinePolicy("app", "a", guarded, document(allow(["s3:Get*", "s3:PutObject"], "*"))),
      inlinePolicy("other", "a", OLD, { Statement: "not one" }),
    );
    const order = ["gained", "undecided", "lost"];
    const found = report.rows.map(({ change }) => change);
    expect([...new Set(found)]).toEqual(order);
    expect(found).toEqual([...found].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  });

  test("has public access first, and says so in the first line", () => {
    const policy = policyText({ Principal: "*", ...OLD.Statement[0] });
    const report = review(planned("aws_s3_bucket_policy", null, { bucket: "logs", policy }));
    expect(report.rows[0]).toMatchObject({ isPublic: true, risk: "read" });
    expect(first(report)).toBe("IAM review: this plan grants new access to anyone in the world.");
  });
});

describe("the first line", () => {
  const created = [role("app", undefined), inlinePolicy("app", "a", undefined, OLD)];
  test.each<[string, Report]>([
    ["this plan grants new access", gaining("sqs:SendMessage")],
    ["this plan grants new access to new roles, users or groups only", review(...created)],
    // Nobody has the policy yet, and anybody can get it.
    ["this plan grants new access", review(managedPolicy("new", undefined, OLD, 0))],
    ["this plan removes access and grants none", review(inlinePolicy("app", "a", OLD, undefined))],
    ["this plan changes no access", review()],
    [
      "not all of this plan can be compared, and the rest grants nothing new",
      review(inlinePolicy("app", "a", OLD, { Statement: "not one" })),
    ],
  ])("%s", (line, report) => {
    expect(first(report)).toBe(`IAM review: ${line}.`);
  });

  test("a new role is told with who may assume it", () => {
    const { rows } = review(...created);
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
  const report = review(
    role("app", { attached: [] }),
    attachment("app", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "after"),
  );
  expect(renderers.text(report)).toMatch(
    /AWS-managed policies are compared as of \d{4}-\d\d-\d\d\./,
  );
});

test("each row about ReadOnlyAccess has a request for one of its own actions as the example", () => {
  const { rows } = review(
    role("app", { attached: [] }),
    attachment("app", "arn:aws:iam::aws:policy/ReadOnlyAccess", "after"),
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const { what, example } of rows) {
    const starts = what
      .flatMap(({ actions = [] }) => actions)
      .map((one) => one.split("*")[0] ?? "");
    expect(starts.filter((start) => example?.action.startsWith(start))).not.toEqual([]);
  }
});

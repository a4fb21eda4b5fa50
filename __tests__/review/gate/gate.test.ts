/** Conditions of a gate, and each way in which it could wrongly let a plan pass. */
import { fails, type GateCondition, reviewPlan } from "../../../lib/review";
import { readAccepted, withAccepted, withFindings } from "../../../lib/review/gate/accepted";
import type { Report } from "../../../lib/review/report/report";
import { allow, document, policyText, trust } from "../../support/policy-documents";
import { inlinePolicy, planned, planOfResources, review, role } from "../../support/iam-plan";

const TODAY = "2026-11-30";
const OLD = document(allow("s3:GetObject", "*"));

/** A plan that gives the role app what `statements` allow, and what it reports. */
const given = (after: object, never: readonly string[] = []): Report =>
  reviewPlan(
    planOfResources([role("app", { inline: { a: OLD } }), inlinePolicy("app", "a", OLD, after)]),
    "plan",
    { never },
  );

const isFailing = (report: Report, ...failOn: GateCondition[]): boolean => fails(report, failOn);

const bucketPolicy = (statement: object): Report => {
  const after = { bucket: "logs", policy: policyText(statement) };
  return review(planned("aws_s3_bucket_policy", null, after));
};
const READ_LOGS = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" };

describe("--fail-on", () => {
  const broadened = given(document(allow("s3:*", "*")));
  const narrowed = given(document(allow("s3:GetObject", "arn:aws:s3:::logs/*")));
  const both = given(document(allow("s3:PutObject", "*")));

  test.each<[string, Report, GateCondition[]]>([
    ["broadened", broadened, ["broadened"]],
    ["narrowed", narrowed, ["narrowed"]],
    ["both", both, ["broadened", "both", "narrowed"]],
    ["unchanged", given(OLD), ["unchanged"]],
  ])("a plan that is %s fails on it only", (_, report, expected) => {
    const all: GateCondition[] = ["broadened", "both", "unknown", "narrowed", "unchanged"];
    expect(all.filter((condition) => isFailing(report, condition))).toEqual(expected);
  });

  test("what is broadened in one place and unknown in another fails on both", () => {
    const report = review(
      inlinePolicy("app", "a", OLD, document(allow("s3:*", "*"))),
      inlinePolicy("other", "a", OLD, { Statement: "not one" }),
    );
    expect([isFailing(report, "broadened"), isFailing(report, "unknown")]).toEqual([true, true]);
  });

  test("public is what anybody in the world gains", () => {
    const own = { AWS: "arn:aws:iam::444455556666:role/app" };
    expect(isFailing(bucketPolicy({ ...READ_LOGS, Principal: "*" }), "public")).toBe(true);
    expect(isFailing(bucketPolicy({ ...READ_LOGS, Principal: own }), "public")).toBe(false);
  });

  const trusting = (condition: object): Report => {
    const before = { name: "app", assume_role_policy: trust({ Service: "ec2.amazonaws.com" }) };
    const assume_role_policy = trust({ AWS: "*" }, condition);
    return review(planned("aws_iam_role", before, { ...before, assume_role_policy }));
  };

  const anybody = { ...READ_LOGS, Principal: "*" };

  test.each<[string, object, boolean]>([
    ["nothing", {}, true],
    ["an external ID", { StringEquals: { "sts:ExternalId": "a" } }, true],
    ["one organisation", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, false],
    ["all organisations", { StringLike: { "aws:PrincipalOrgID": "*" } }, true],
    ["organisations by a beginning", { StringLike: { "aws:PrincipalOrgID": "o-a*" } }, true],
    ["all but one organisation", { StringNotEquals: { "aws:PrincipalOrgID": "o-a" } }, true],
    ["sessions of a role", { StringLike: { "aws:userid": "AROAEXAMPLEEXAMPLE12:*" } }, false],
  ])("a role and a bucket that %s protects are public: %p", (_, Condition, expected) => {
    const reports = [trusting({ Condition }), bucketPolicy({ ...anybody, Condition })];
    expect(reports.map((report) => isFailing(report, "public"))).toEqual([expected, expected]);
  });

  test.each<[string, string[], boolean]>([
    ["an action that manages permissions", ["iam:PutRolePolicy"], true],
    ["a way that takes three", ["iam:PassRole", "lambda:CreateFunction", "lambda:Invoke*"], true],
    ["two of three", ["iam:PassRole", "lambda:CreateFunction"], false],
    ["reading", ["iam:GetRole", "s3:Get*"], false],
  ])("escalation: %s", (_, actions, expected) => {
    expect(isFailing(given(document(allow(actions, "*"))), "escalation")).toBe(expected);
  });

  test("a way that the plan completes is an escalation", () => {
    const part = document(allow(["iam:PassRole", "lambda:CreateFunction"], "*"));
    const report = review(
      inlinePolicy("app", "a", part, part),
      inlinePolicy("app", "b", undefined, document(allow("lambda:InvokeFunction", "*"))),
    );
    expect(isFailing(report, "escalation")).toBe(true);
  });

  test("a role of which the plan does not show the rest may have the rest of a way", () => {
    const part = document(allow(["iam:PassRole", "lambda:CreateFunction"], "*"));
    expect(isFailing(review(inlinePolicy("app", "a", OLD, part)), "escalation")).toBe(true);
  });

  test("what was there before is none", () => {
    const before = document(allow("iam:*", "*"));
    const after = document(allow(["iam:*", "s3:GetObject"], "*"));
    const report = review(inlinePolicy("app", "a", before, after));
    expect(isFailing(report, "broadened")).toBe(true);
    expect(isFailing(report, "escalation")).toBe(false);
  });

  test.each<GateCondition>(["public", "escalation"])(
    "%s includes what cannot be compared",
    (name) => {
      expect(isFailing(bucketPolicy({ Effect: "Maybe" }), name)).toBe(true);
    },
  );
});

describe("--never", () => {
  test.each<[string, string[], string[], boolean]>([
    ["the action itself", ["kms:PutKeyPolicy"], ["kms:PutKeyPolicy"], true],
    ["a wildcard of the option", ["iam:GetRole"], ["iam:*"], true],
    ["a wildcard of the document", ["*"], ["kms:PutKeyPolicy"], true],
    ["another action", ["kms:Decrypt"], ["iam:*", "kms:PutKeyPolicy"], false],
  ])("%s", (_, actions, never, expected) => {
    expect(isFailing(given(document(allow(actions, "*")), never))).toBe(expected);
  });

  test("an action that was allowed before passes", () => {
    const before = document(allow("iam:*", "*"));
    const plan = planOfResources([
      inlinePolicy("app", "a", before, document(allow(["iam:*", "s3:*"], "*"))),
    ]);
    const report = reviewPlan(plan, "plan", { never: ["iam:*"] });
    expect([report.verdict, isFailing(report)]).toEqual(["broadened", false]);
  });

  test("NotAction does not hide it", () => {
    const statement = { Effect: "Allow", NotAction: "s3:*", Resource: "*" } as const;
    expect(isFailing(given(document(statement), ["iam:*"]))).toBe(true);
  });

  test("a document that cannot be read fails", () => {
    expect(isFailing(given({ Statement: "not one" }, ["iam:*"]))).toBe(true);
  });
});

describe("accepted findings", () => {
  const report = given(document(allow("s3:*", "*")));
  const [entry] = withFindings([], report.findings, TODAY);
  if (entry === undefined) throw new Error("There is no finding.");
  const file = (accepted: readonly object[]): string => JSON.stringify({ accepted });
  const complete = { ...entry, reason: "The migration needs it.", owner: "data team" };
  const isOpen = (accepted: object, today = TODAY, other = report): boolean =>
    fails(withAccepted(other, readAccepted(file([accepted]), "accepted.json"), today), [
      "broadened",
    ]);

  test("one is not failed on until its last day", () => {
    const days = [TODAY, "2026-12-30", "2026-12-31"];
    expect(days.map((day) => isOpen(complete, day))).toEqual([false, false, true]);
  });

  test.each(["reason", "owner"])("one without %s accepts nothing", (field) => {
    expect(isOpen({ ...complete, [field]: " " })).toBe(true);
  });

  test("the plan made again has the same fingerprints", () => {
    const again = given(document(allow("s3:*", "*")));
    expect(again.findings).toEqual(report.findings);
    expect(isOpen(complete, TODAY, again)).toBe(false);
  });

  test.each<[string, object]>([
    ["action", document(allow(["s3:*", "sqs:*"], "*"))],
    ["resource", document(allow("s3:*", "arn:aws:s3:::logs/*"), allow("s3:GetObject", "*"))],
    [
      "condition",
      document({ ...allow("s3:*", "*"), Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    ],
  ])("another %s has another one", (_, after) => {
    expect(isOpen(complete, TODAY, given(after))).toBe(true);
  });

  test("another principal has another one", () => {
    const [one, other] = ["444455556666", "777788889999"].map((account) =>
      bucketPolicy({ ...READ_LOGS, Principal: { AWS: account } }).findings.map(
        (own) => own.fingerprint,
      ),
    );
    expect(one).not.toEqual(other);
  });

  test("a finding about a sensitive document cannot be accepted", () => {
    const own = inlinePolicy("app", "a", OLD, document(allow("s3:*", "*")));
    const { findings } = review({ ...own, sensitive: ["policy"] });
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual([undefined]);
    expect(withFindings([], findings, TODAY)).toEqual([]);
  });

  test("states name what accepts nothing", () => {
    const other = { ...complete, fingerprint: "0".repeat(32) };
    const states = (today: string): string[] =>
      withAccepted(report, [complete, other], today).entries.map(({ state }) => state);
    expect([states(TODAY), states("2027-01-31")]).toEqual([["unused"], ["expired", "unused"]]);
  });

  test("entries that are there stay as they are", () => {
    expect(withFindings([complete], report.findings, "2027-06-01")).toEqual([complete]);
  });

  test.each<[string, string, string]>([
    ["no JSON", "nothing", "accepted.json is not JSON."],
    ["a list", "[]", 'accepted.json is not of the form {"accepted": […]}.'],
    [
      "an entry without expiry",
      JSON.stringify({ accepted: [{ ...complete, expires: undefined }] }),
      "has no expires, which must be text",
    ],
    [
      "an entry with a key more",
      JSON.stringify({ accepted: [{ ...complete, expiry: "x" }] }),
      'unknown key "expiry"',
    ],
    [
      "a day that is none",
      JSON.stringify({ accepted: [{ ...complete, expires: "2026-02-30" }] }),
      'expires is "2026-02-30"',
    ],
    [
      "another fingerprint",
      JSON.stringify({ accepted: [{ ...complete, fingerprint: "*" }] }),
      "32 hexadecimal digits",
    ],
    ["an entry twice", JSON.stringify({ accepted: [complete, complete] }), "twice"],
  ])("refuses %s", (_, text, problem) => {
    expect(() => readAccepted(text, "accepted.json")).toThrow(problem);
  });
});

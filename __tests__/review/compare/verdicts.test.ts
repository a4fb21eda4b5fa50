import { compareAccess, compareTrust, readDocument } from "../../../lib/review/compare";
import type { ReportGrant } from "../../../lib/review/report/report";
import { statementDifferences } from "../../../lib/review/report/statement-differences";

type Verdict = "broadened" | "narrowed" | "both" | "unchanged" | "unknown";

type Statement = Readonly<Record<string, unknown>>;

const allow = (Action: unknown, Resource: unknown = "*", rest: Statement = {}): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...rest,
});
const deny = (Action: unknown, Resource: unknown = "*", rest: Statement = {}): Statement => ({
  ...allow(Action, Resource, rest),
  Effect: "Deny",
});
const trust = (Principal: unknown, rest: Statement = {}): Statement => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...rest,
});
const when = (Condition: unknown): Statement => ({ Condition });

const ROLE = "arn:aws:iam::123456789012:role/app";
const ID = { "sts:ExternalId": "a" };

type Case = [why: string, before: Statement[], after: Statement[], verdict: Verdict];

describe("the verdict on two documents", () => {
  describe.each<[string, Case[]]>([
    [
      "actions",
      [
        [
          "a new one",
          [allow("s3:GetObject")],
          [allow(["s3:GetObject", "s3:PutObject"])],
          "broadened",
        ],
        [
          "one fewer",
          [allow(["s3:GetObject", "s3:PutObject"])],
          [allow("s3:GetObject")],
          "narrowed",
        ],
        ["one for another", [allow("s3:GetObject")], [allow("s3:PutObject")], "both"],
        ["text and a list of one", [allow("s3:GetObject")], [allow(["s3:GetObject"])], "unchanged"],
        ["another case", [allow("s3:GetObject")], [allow("S3:getobject")], "unchanged"],
        ["a wildcard that covers more", [allow("s3:Get*")], [allow("s3:*")], "broadened"],
        ["a wildcard that covers less", [allow("s3:*")], [allow("s3:Get?bject")], "narrowed"],
        [
          "an action that a wildcard has already",
          [allow("s3:Get*")],
          [allow(["s3:Get*", "s3:GetObject"])],
          "unchanged",
        ],
        ["wildcards that only overlap", [allow("s3:Get*")], [allow("s3:*Object")], "both"],
        ["two ways to write one wildcard", [allow("s3:Get*?")], [allow("s3:Get?*")], "unchanged"],
        ["a prefix is no match", [allow("s3:GetObject")], [allow("s3:GetObjectAcl")], "both"],
        [
          "NotAction with one exception fewer",
          [{ Effect: "Allow", NotAction: ["iam:*", "s3:*"], Resource: "*" }],
          [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
          "broadened",
        ],
        [
          "NotAction instead of everything",
          [allow("*")],
          [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
          "narrowed",
        ],
        [
          "an action that NotAction left in",
          [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
          [allow("s3:GetObject")],
          "narrowed",
        ],
        [
          "an action that NotAction took out",
          [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
          [allow("iam:GetRole")],
          "both",
        ],
        [
          "a wildcard that meets what NotAction took out",
          [{ Effect: "Allow", NotAction: "iam:Get*", Resource: "*" }],
          [allow("iam:*Role")],
          "both",
        ],
      ],
    ],
    [
      "resources",
      [
        [
          "everything instead of one",
          [allow("s3:GetObject", "arn:aws:s3:::a/*")],
          [allow("s3:GetObject")],
          "broadened",
        ],
        [
          "one instead of everything",
          [allow("s3:GetObject")],
          [allow("s3:GetObject", "arn:aws:s3:::a/*")],
          "narrowed",
        ],
        [
          "a further bucket",
          [allow("s3:GetObject", "arn:aws:s3:::a/*")],
          [allow("s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"])],
          "broadened",
        ],
        [
          "another case is another resource",
          [allow("s3:GetObject", "arn:aws:s3:::a/x")],
          [allow("s3:GetObject", "arn:aws:s3:::a/X")],
          "both",
        ],
        [
          "any region instead of one",
          [allow("rds:*", "arn:aws:rds:us-east-1:1:db:x")],
          [allow("rds:*", "arn:aws:rds:*:1:db:x")],
          "broadened",
        ],
        [
          "one type instead of a wildcard in the resource type",
          [allow("rds:*", "arn:aws:rds:*:1:d*:x")],
          [allow("rds:*", "arn:aws:rds:*:1:db:x")],
          "narrowed",
        ],
        [
          "a variable is narrower than a wildcard",
          [allow("s3:GetObject", "arn:aws:s3:::a/*")],
          [allow("s3:GetObject", "arn:aws:s3:::a/${aws:username}")],
          "narrowed",
        ],
        [
          "a wildcard is wider than a variable",
          [allow("s3:GetObject", "arn:aws:s3:::a/${aws:username}/*")],
          [allow("s3:GetObject", "arn:aws:s3:::a/*")],
          "broadened",
        ],
        [
          "another variable",
          [allow("s3:GetObject", "arn:aws:s3:::a/${aws:username}")],
          [allow("s3:GetObject", "arn:aws:s3:::a/${aws:userid}")],
          "both",
        ],
        [
          "an escaped asterisk is a character",
          [allow("s3:GetObject", "arn:aws:s3:::a/${*}")],
          [allow("s3:GetObject", "arn:aws:s3:::a/b")],
          "both",
        ],
        [
          "NotResource with an exception more",
          [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::a" }],
          [{ Effect: "Allow", Action: "s3:*", NotResource: ["arn:aws:s3:::a", "arn:aws:s3:::b"] }],
          "narrowed",
        ],
      ],
    ],
    [
      "statements",
      [
        [
          "one split in two",
          [allow(["s3:GetObject", "s3:PutObject"])],
          [allow("s3:GetObject"), allow("s3:PutObject")],
          "unchanged",
        ],
        [
          "two crossed: each action gets the other's resource",
          [allow("s3:GetObject", "arn:aws:s3:::a"), allow("s3:PutObject", "arn:aws:s3:::b")],
          [allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a", "arn:aws:s3:::b"])],
          "broadened",
        ],
        [
          "the same twice",
          [allow("s3:GetObject")],
          [allow("s3:GetObject"), allow("s3:GetObject")],
          "unchanged",
        ],
        ["none left", [allow("s3:GetObject")], [], "narrowed"],
        [
          "moved to another Sid",
          [allow("s3:GetObject", "*", { Sid: "A" })],
          [allow("s3:GetObject", "*", { Sid: "B" })],
          "unchanged",
        ],
      ],
    ],
    [
      "denies",
      [
        ["a lost one", [allow("s3:*"), deny("s3:Delete*")], [allow("s3:*")], "broadened"],
        ["a new one", [allow("s3:*")], [allow("s3:*"), deny("s3:Delete*")], "narrowed"],
        ["a narrower one", [deny("s3:*")], [deny("s3:Delete*")], "broadened"],
        ["a wider one", [deny("s3:Delete*")], [deny("s3:*")], "narrowed"],
        [
          "one under a condition",
          [deny("s3:*")],
          [deny("s3:*", "*", when({ Bool: { "aws:SecureTransport": "false" } }))],
          "broadened",
        ],
        ["one that became an Allow", [deny("s3:*")], [allow("s3:*")], "broadened"],
        [
          "an exception more in a Deny's NotAction",
          [{ Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
          [{ Effect: "Deny", NotAction: ["s3:*", "iam:*"], Resource: "*" }],
          "broadened",
        ],
      ],
    ],
    [
      "conditions",
      [
        [
          "a lost one",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [trust({ AWS: ROLE })],
          "broadened",
        ],
        [
          "a new one",
          [trust({ AWS: ROLE })],
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          "narrowed",
        ],
        [
          "a further test",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [
            trust(
              { AWS: ROLE },
              when({ StringEquals: ID, Bool: { "aws:MultiFactorAuthPresent": true } }),
            ),
          ],
          "narrowed",
        ],
        [
          "another value",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [trust({ AWS: ROLE }, when({ StringEquals: { "sts:ExternalId": "b" } }))],
          "both",
        ],
        [
          "a value more",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [trust({ AWS: ROLE }, when({ StringEquals: { "sts:ExternalId": ["a", "b"] } }))],
          "broadened",
        ],
        [
          "a value more that must not be",
          [allow("s3:*", "*", when({ StringNotEquals: { "aws:PrincipalAccount": "1" } }))],
          [allow("s3:*", "*", when({ StringNotEquals: { "aws:PrincipalAccount": ["1", "2"] } }))],
          "narrowed",
        ],
        [
          "a value less that must not be",
          [
            allow(
              "s3:*",
              "*",
              when({ "ForAnyValue:StringNotLike": { "aws:TagKeys": ["a", "b"] } }),
            ),
          ],
          [allow("s3:*", "*", when({ "ForAnyValue:StringNotLike": { "aws:TagKeys": ["a"] } }))],
          "broadened",
        ],
        [
          "a key in another case",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [trust({ AWS: ROLE }, when({ StringEquals: { "STS:externalid": "a" } }))],
          "unchanged",
        ],
        [
          "another operator that holds for the same values",
          [trust({ AWS: ROLE }, when({ StringEquals: ID }))],
          [trust({ AWS: ROLE }, when({ StringLike: ID }))],
          "unchanged",
        ],
        [
          "true as text and as a boolean",
          [allow("s3:*", "*", when({ Bool: { "aws:SecureTransport": true } }))],
          [allow("s3:*", "*", when({ Bool: { "aws:SecureTransport": "true" } }))],
          "unchanged",
        ],
      ],
    ],
    [
      "principals",
      [
        [
          "a new one",
          [trust({ AWS: ROLE })],
          [trust({ AWS: [ROLE, "999999999999"] })],
          "broadened",
        ],
        ["everyone", [trust({ AWS: ROLE })], [trust("*")], "broadened"],
        ["no longer everyone", [trust("*")], [trust({ AWS: ROLE })], "narrowed"],
        [
          "an account's ID and its root",
          [trust({ AWS: "123456789012" })],
          [trust({ AWS: "arn:aws:iam::123456789012:root" })],
          "unchanged",
        ],
        ["two ways to write everyone", [trust("*")], [trust({ AWS: "*" })], "unchanged"],
        [
          "a role instead of its account needs no permission of its own",
          [trust({ AWS: "123456789012" })],
          [trust({ AWS: ROLE })],
          "both",
        ],
        [
          "a service, which the principal * covers",
          [trust("*")],
          [trust({ Service: "ec2.amazonaws.com" })],
          "narrowed",
        ],
        [
          "NotPrincipal, which depends on sessions and boundaries",
          [{ Effect: "Deny", NotPrincipal: { AWS: [ROLE, "1"] }, Action: "*" }],
          [{ Effect: "Deny", NotPrincipal: { AWS: ROLE }, Action: "*" }],
          "unknown",
        ],
      ],
    ],
  ])("%s", (_, cases) => {
    test.each(cases)("%s", (_why, before, after, verdict) => {
      expect(verdictBetween(before, after)).toBe(verdict);
    });
  });

  test("a policy variable is text in a document of the old version", () => {
    const Statement = allow("s3:GetObject", "arn:aws:s3:::a/${aws:username}");
    const [before = {}, after = {}] = ["2008-10-17", "2012-10-17"].map((Version) => ({
      Version,
      Statement,
    }));
    const { gained, lost } = compareAccess({ policies: [before] }, { policies: [after] });
    expect([gained.answer, lost.answer]).toEqual(["yes", "yes"]);
  });
});

describe("the differences of two documents", () => {
  const differences = (before: Statement[], after: Statement[]): string[] =>
    statementDifferences(read(before).statements, read(after).statements).map(
      ({ kind, sid, movedFrom, before: was, after: is }) =>
        [kind, sid, ...(movedFrom ?? []).map((old) => `from ${old}`), brief(was), brief(is)]
          .filter((text) => text !== "")
          .join(" | "),
    );

  test.each<[string, Statement[], Statement[], string[]]>([
    [
      "only what is new is granted",
      [allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a"], { Sid: "A" })],
      [allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a", "arn:aws:s3:::b"], { Sid: "A" })],
      ["granted | A | s3:GetObject, s3:PutObject on arn:aws:s3:::b"],
    ],
    [
      "a wildcard that covers less is changed, not removed",
      [allow("s3:*", "*", { Sid: "A" })],
      [allow(["s3:Get*", "s3:List*"], "*", { Sid: "A" })],
      ["changed | A | s3:* on * | s3:Get*, s3:List* on *"],
    ],
    [
      "another condition is one change",
      [allow("s3:*", "*", { Sid: "A", ...when({ StringEquals: ID }) })],
      [allow("s3:*", "*", { Sid: "A", ...when({ StringEquals: { "sts:ExternalId": "b" } }) })],
      ["changed | A | s3:* on * if a | s3:* on * if b"],
    ],
    [
      "a Sid that is renamed is moved",
      [allow("s3:*", "*", { Sid: "A" })],
      [allow("s3:*", "*", { Sid: "B" })],
      ["moved | B | from A | s3:* on *"],
    ],
    [
      "an action that goes to another statement is removed and granted",
      [allow(["s3:GetObject", "s3:PutObject"], "*", { Sid: "A" })],
      [allow("s3:GetObject", "*", { Sid: "A" }), allow("s3:PutObject", "*", { Sid: "B" })],
      ["removed | A | s3:PutObject on *", "granted | B | s3:PutObject on *"],
    ],
    [
      "a copy is granted: an edit, whatever it allows",
      [allow("s3:GetObject", "*", { Sid: "A" })],
      [allow("s3:GetObject", "*", { Sid: "A" }), allow("s3:GetObject", "*", { Sid: "B" })],
      ["granted | B | s3:GetObject on *"],
    ],
    [
      "statements without a Sid do not move when their order changes",
      [allow("s3:GetObject"), allow("rds:DescribeDBClusters")],
      [allow("rds:DescribeDBClusters"), allow("s3:GetObject")],
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });
});

const read = (Statement: Statement[]): ReturnType<typeof readDocument> =>
  readDocument({ Version: "2012-10-17", Statement }, "identity", "document");

/** Denies take nothing from what is not allowed, so that everything is allowed besides them. */
const EVERYTHING: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const EVERYONE: Statement = { Effect: "Allow", Principal: "*", Action: "*" };

function verdictBetween(before: Statement[], after: Statement[]): Verdict {
  const all = [...before, ...after];
  const isTrust = all.some((one) => "Principal" in one || "NotPrincipal" in one);
  const denies = all.every(({ Effect }) => Effect === "Deny");
  const document = (own: Statement[]): object => ({
    Version: "2012-10-17",
    Statement: denies ? [...own, isTrust ? EVERYONE : EVERYTHING] : own,
  });
  const { gained, lost } = isTrust
    ? compareTrust(document(before), document(after), { account: "123456789012" })
    : compareAccess({ policies: [document(before)] }, { policies: [document(after)] });
  if (gained.answer === "undecided" || lost.answer === "undecided") return "unknown";
  if (gained.answer === "yes") return lost.answer === "yes" ? "both" : "broadened";
  return lost.answer === "yes" ? "narrowed" : "unchanged";
}

function brief(grant: ReportGrant | undefined): string {
  if (grant === undefined) return "";
  const { actions = [], resources = [], condition = [] } = grant;
  const values = condition.flatMap((test) => [...test.values]).join(", ");
  const test = values === "" ? "" : ` if ${values}`;
  return `${actions.join(", ")} on ${resources.join(", ")}${test}`;
}

import { type Access, compareAccess } from "../../../lib/review/compare";
import type { PlainStatement } from "../../support/plain-iam-evaluator";
import { allow, deny, document, largeStatements } from "../../support/policy-documents";

const BUCKET = "arn:aws:s3:::logs";
const OBJECTS = "arn:aws:s3:::logs/*";

type Statements = PlainStatement | readonly PlainStatement[];
type Condition = NonNullable<PlainStatement["Condition"]>;

/** One document on each side, of which `before` and `after` are a part. */
function inDocument(before: Statements, after: Statements): [Access, Access] {
  const side = (own: Statements): Access => ({
    policies: [document(...largeStatements, ...[own].flat())],
  });
  return [side(before), side(after)];
}

/** An Allow whose condition is written in another way. */
const condition = (before: Condition, ...after: Condition[]): [Access, Access] =>
  inDocument(
    allow("s3:GetObject", OBJECTS, before),
    after.map((own) => allow("s3:GetObject", OBJECTS, own)),
  );

const unconditional = (...after: Condition[]): [Access, Access] =>
  inDocument(
    allow("s3:GetObject", OBJECTS),
    after.map((own) => allow("s3:GetObject", OBJECTS, own)),
  );

const own = largeStatements;
const all: Access = { policies: [document(...own)] };
const bounded = (
  policies: readonly PlainStatement[],
  ...boundary: readonly PlainStatement[]
): Access => ({ policies: [document(...policies)], boundary: [document(...boundary)] });
const tag = (operator: string, ...values: string[]): Condition => ({
  [operator]: { "aws:RequestTag/team": values },
});
const ip = (operator: string, ...values: string[]): Condition => ({
  [operator]: { "aws:SourceIp": values },
});
const age = (operator: string, ...values: string[]): Condition => ({
  [operator]: { "aws:MultiFactorAuthAge": values },
});
const at = (operator: string, ...values: string[]): Condition => ({
  [operator]: { "aws:CurrentTime": values },
});
const arn = (operator: string, ...values: string[]): Condition => ({
  [operator]: { "aws:PrincipalArn": values },
});

const changes: Readonly<Record<string, [Access, Access]>> = {
  "a document that another one contains": [
    all,
    { policies: [...all.policies, document(...own.slice(0, 5))] },
  ],
  "a statement split by resource": inDocument(allow("s3:*", [BUCKET, OBJECTS]), [
    allow("s3:*", BUCKET),
    allow("s3:*", OBJECTS),
  ]),
  "a list of one": inDocument(allow("s3:GetObject", "*"), allow(["s3:GetObject"], ["*"])),
  "wildcards side by side": inDocument(allow("s3:Get*?", "*"), allow("s3:Get?*", "*")),
  "a short ARN written out": inDocument(
    allow("sqs:SendMessage", "arn:aws:sqs"),
    allow("sqs:SendMessage", "arn:aws:sqs:*:*:*"),
  ),
  "a wildcard by its first letters": inDocument(allow("s3:GetObject", "arn:aws:s3:::logs/*"), [
    allow("s3:GetObject", "arn:aws:s3:::logs/"),
    allow("s3:GetObject", "arn:aws:s3:::logs/?*"),
  ]),
  "an Allow that a Deny of another document cancels": [
    { policies: [document(...own), document(deny("iam:*", "*"))] },
    { policies: [document(...own, allow("iam:Get*", "*")), document(deny("iam:*", "*"))] },
  ],
  "a wider Allow and a Deny of the rest": inDocument(
    allow("s3:GetObject", "arn:aws:s3:::logs/a/*"),
    [
      allow("s3:GetObject", "arn:aws:s3:::logs/*"),
      { Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::logs/a/*" },
    ],
  ),
  "NotAction as everything and a Deny": inDocument(
    { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "arn:aws:s3:::x" },
    [allow("*", "arn:aws:s3:::x"), deny(["iam:*", "sts:*"], "arn:aws:s3:::x")],
  ),
  "a boundary that grows beyond the policies": [
    bounded(own, allow("rds:*", "*")),
    bounded(own, allow(["rds:*", "s3:*"], "*")),
  ],
  "an Allow outside the boundary": [
    bounded(own, allow("rds:*", "*")),
    bounded([...own, allow("iam:*", "*")], allow("rds:*", "*")),
  ],
  "a Deny moved from the policies to the boundary": [
    bounded([...own, deny("rds:Modify*", "*")], allow("*", "*")),
    bounded(own, allow("*", "*"), deny("rds:Modify*", "*")),
  ],
  // Conditions on text.
  "StringLike without a wildcard": condition(tag("StringLike", "a"), tag("StringEquals", "a")),
  "IgnoreCase in another case": condition(
    tag("StringEqualsIgnoreCase", "Data"),
    tag("StringEqualsIgnoreCase", "dATA"),
  ),
  "IgnoreCase of digits": condition(
    tag("StringEqualsIgnoreCase", "123"),
    tag("StringEquals", "123"),
  ),
  "IfExists where Not says it already": condition(
    tag("StringNotEquals", "a"),
    tag("StringNotEqualsIfExists", "a"),
  ),
  "IfExists where the key must be there": condition(
    { ...tag("StringEquals", "a"), Null: { "aws:RequestTag/team": "false" } },
    { ...tag("StringEqualsIfExists", "a"), Null: { "aws:RequestTag/team": "false" } },
  ),
  "IfExists as two statements": condition(
    tag("StringEqualsIfExists", "a"),
    tag("StringEquals", "a"),
    { Null: { "aws:RequestTag/team": "true" } },
  ),
  "Null where another test implies it": condition(tag("StringEquals", "a"), {
    ...tag("StringEquals", "a"),
    Null: { "aws:RequestTag/team": "false" },
  }),
  "any value as a test that the key is there": condition(tag("StringLike", "*"), {
    Null: { "aws:RequestTag/team": "false" },
  }),
  "a test and its opposite, which cover everything": unconditional(
    tag("StringEquals", "a"),
    tag("StringNotEquals", "a"),
  ),
  "a second test that the first implies": condition(tag("StringEquals", "abc"), {
    ...tag("StringEquals", "abc"),
    ...tag("StringLike", "a*"),
  }),
  "a number for its text": condition(
    { NumericLessThan: { "s3:max-keys": "10" } },
    { NumericLessThan: { "s3:max-keys": 10 as unknown as string } },
  ),
  // Conditions on other types.
  "True for true": condition(
    { Bool: { "aws:SecureTransport": "true" } },
    { Bool: { "aws:SecureTransport": "True" } },
  ),
  "Bool as text": condition(
    { Bool: { "aws:SecureTransport": "true" } },
    { StringEquals: { "aws:SecureTransport": "true" } },
  ),
  "true, false and absent": unconditional(
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  ),
  "a CIDR block in halves": condition(
    ip("IpAddress", "10.0.0.0/8"),
    ip("IpAddress", "10.0.0.0/9", "10.128.0.0/9"),
  ),
  "a CIDR block by another of its addresses": condition(
    ip("IpAddress", "10.0.0.0/8"),
    ip("IpAddress", "10.1.2.3/8"),
  ),
  "an IPv6 block in halves": condition(
    ip("IpAddress", "2001:db8::/32"),
    ip("IpAddress", "2001:db8::/33", "2001:DB8:8000::/33"),
  ),
  "addresses inside and outside": unconditional(
    ip("IpAddress", "10.0.0.0/8"),
    ip("NotIpAddress", "10.0.0.0/8"),
  ),
  "at most as less or equal": condition(
    age("NumericLessThanEquals", "300"),
    age("NumericLessThan", "300"),
    age("NumericEquals", "300"),
  ),
  "bounds that meet": unconditional(
    age("NumericLessThan", "300"),
    age("NumericGreaterThanEqualsIfExists", "300"),
  ),
  "a decimal for an integer": condition(age("NumericEquals", "300"), age("NumericEquals", "300.0")),
  "dates that meet": condition(
    at("DateLessThan", "2027-01-01T00:00:00Z"),
    at("DateLessThan", "2026-06-01T00:00:00Z"),
    {
      DateGreaterThanEquals: { "aws:CurrentTime": "2026-06-01T00:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
    },
  ),
  "a date in another zone": condition(
    at("DateLessThan", "2027-01-01T00:00:00Z"),
    at("DateLessThan", "2027-01-01T02:00:00+02:00"),
  ),
  "a date in seconds": condition(
    at("DateLessThan", "2027-01-01T00:00:00Z"),
    at("DateLessThan", "1798761600"),
  ),
  "ArnLike for ArnEquals": condition(
    arn("ArnEquals", "arn:aws:iam::*:role/app-*"),
    arn("ArnLike", "arn:aws:iam::*:role/app-*"),
  ),
  "ARNs split": condition(
    arn("ArnLike", "arn:aws:iam::111122223333:role/*"),
    arn("ArnLike", "arn:aws:iam::111122223333:role/a*"),
    {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" },
      ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a*" },
    },
  ),
  "not all as any other": unconditional(
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    { "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a", "b"] } },
  ),
  // Variables and versions.
  "a variable in another case": inDocument(
    allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"),
    allow("s3:*", "arn:aws:s3:::home/${AWS:UserName}/*"),
  ),
  "the older version, without variables": [
    { policies: [document(...own)] },
    { policies: [{ Version: "2008-10-17", Statement: own }] },
  ],
  "an escaped wildcard in the older version's spelling": [
    { policies: [document(allow("s3:GetObject", "*", tag("StringLike", "a${?}")))] },
    { policies: [document(allow("s3:GetObject", "*", tag("StringEquals", "a?")))] },
  ],
  // Documents that are not known.
  "an unknown document on both sides": [
    { policies: [{ unknown: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, document(...own)] },
    {
      policies: [
        document(...[...own].reverse()),
        { unknown: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      ],
    },
  ],
  "a statement that cannot be read, moved": [
    { policies: [document(...own, allow("s3:GetObject", "a bucket"))] },
    { policies: [document(allow("s3:GetObject", "a bucket"), ...own)] },
  ],
};

describe("a change that leaves access as it is", () => {
  test("is seen in documents of real size", () => {
    const size = JSON.stringify(document(...largeStatements)).length;
    expect(size).toBeGreaterThan(5000);
    expect(size).toBeLessThanOrEqual(6144);
  });

  test.each(Object.entries(changes))("%s", (_, [before, after]) => {
    expect(compareAccess(before, after)).toEqual({
      gained: { answer: "no" },
      lost: { answer: "no" },
    });
  });
});

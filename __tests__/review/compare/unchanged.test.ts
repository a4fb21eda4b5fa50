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
const half = own.length / 2;
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
  // Where statements stand.
  "the statements in another order": [all, { policies: [document(...[...own].reverse())] }],
  "a document split in two": [
    all,
    { policies: [document(...own.slice(0, half)), document(...own.slice(half))] },
  ],
  "two documents merged": [
    { policies: [document(...own.slice(0, half)), document(...own.slice(half))] },
    all,
  ],
  "a statement moved to another document": [
    { policies: [document(...own.slice(0, 3)), document(...own.slice(3))] },
    { policies: [document(...own.slice(0, 4)), document(...own.slice(4))] },
  ],
  "a document attached twice": [all, { policies: [...all.policies, ...all.policies] }],
  "a document that another one contains": [
    all,
    { policies: [...all.policies, document(...own.slice(0, 5))] },
  ],
  "a document for each statement": [all, { policies: own.map((one) => document(one)) }],
  "a Deny in a document of its own": [
    { policies: [document(...own, deny("s3:*", "*"))] },
    { policies: [document(...own), document(deny("s3:*", "*"))] },
  ],
  // How statements are cut.
  "a statement split by action": inDocument(allow(["s3:GetObject", "s3:PutObject"], OBJECTS), [
    allow("s3:GetObject", OBJECTS),
    allow("s3:PutObject", OBJECTS),
  ]),
  "a statement split by resource": inDocument(allow("s3:*", [BUCKET, OBJECTS]), [
    allow("s3:*", BUCKET),
    allow("s3:*", OBJECTS),
  ]),
  "a statement split both ways": inDocument(
    allow(["s3:GetObject", "s3:PutObject"], [BUCKET, OBJECTS]),
    [
      allow("s3:GetObject", BUCKET),
      allow("s3:GetObject", OBJECTS),
      allow("s3:PutObject", [BUCKET, OBJECTS]),
    ],
  ),
  "a Deny split by action": inDocument(deny(["s3:GetObject", "s3:PutObject"], OBJECTS), [
    deny("s3:GetObject", OBJECTS),
    deny("s3:PutObject", OBJECTS),
  ]),
  "an action that a wildcard has": inDocument(
    allow("s3:Get*", OBJECTS),
    allow(["s3:Get*", "s3:GetObject"], OBJECTS),
  ),
  "a resource that a wildcard has": inDocument(allow("s3:GetObject", OBJECTS), [
    allow("s3:GetObject", OBJECTS),
    allow("s3:GetObject", "arn:aws:s3:::logs/a/*"),
  ]),
  "actions in another case": inDocument(allow("s3:GetObject", "*"), allow("S3:getobject", "*")),
  "a list of one": inDocument(allow("s3:GetObject", "*"), allow(["s3:GetObject"], ["*"])),
  "a Sid given": inDocument(allow("s3:GetObject", "*"), {
    Sid: "Read",
    ...allow("s3:GetObject", "*"),
  }),
  "an action twice": inDocument(allow("s3:Get*", "*"), allow(["s3:Get*", "s3:get*"], "*")),
  "wildcards side by side": inDocument(allow("s3:Get*?", "*"), allow("s3:Get?*", "*")),
  "a short ARN written out": inDocument(
    allow("sqs:SendMessage", "arn:aws:sqs"),
    allow("sqs:SendMessage", "arn:aws:sqs:*:*:*"),
  ),
  "a wildcard by its first letters": inDocument(allow("s3:GetObject", "arn:aws:s3:::logs/*"), [
    allow("s3:GetObject", "arn:aws:s3:::logs/"),
    allow("s3:GetObject", "arn:aws:s3:::logs/?*"),
  ]),
  "overlapping wildcards": inDocument(
    allow("s3:*", ["arn:aws:s3:::a*", "arn:aws:s3:::*b"]),
    allow("s3:*", ["arn:aws:s3:::a*", "arn:aws:s3:::*b", "arn:aws:s3:::a*b"]),
  ),
  // Allow and Deny.
  "an Allow that a Deny cancels": inDocument(deny("iam:*", "*"), [
    deny("iam:*", "*"),
    allow("iam:PassRole", "*"),
  ]),
  "an Allow that a Deny of another document cancels": [
    { policies: [document(...own), document(deny("iam:*", "*"))] },
    { policies: [document(...own, allow("iam:Get*", "*")), document(deny("iam:*", "*"))] },
  ],
  "an Allow and a Deny of the same": inDocument([], [allow("iam:*", "*"), deny("iam:*", "*")]),
  "a Deny of what nothing allows": inDocument([], deny("organizations:*", "*")),
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
  "NotResource as everything and a Deny": [
    {
      policies: [
        document({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }),
      ],
    },
    {
      policies: [
        document(allow("s3:GetObject", "*"), deny("s3:GetObject", "arn:aws:s3:::secret/*")),
      ],
    },
  ],
  "a Deny by NotAction as two": inDocument(
    { Effect: "Deny", NotAction: ["s3:*", "kms:*"], Resource: BUCKET },
    [
      { Effect: "Deny", NotAction: ["s3:*", "kms:*", "iam:*"], Resource: BUCKET },
      deny("iam:*", BUCKET),
    ],
  ),
  "a Deny that a wider one contains": inDocument(deny("s3:*", "*"), [
    deny("s3:*", "*"),
    deny("s3:DeleteObject", OBJECTS),
  ]),
  // Boundaries.
  "a boundary of the same text": [all, bounded(own, ...own)],
  "a boundary of everything": [all, bounded(own, allow("*", "*"))],
  "a boundary wider than the policies": [
    all,
    bounded(
      own,
      ...[
        "rds",
        "redshift",
        "elasticache",
        "memorydb",
        "dynamodb",
        "kms",
        "secretsmanager",
        "lambda",
      ].map((service) => allow(`${service}:*`, "*")),
    ),
  ],
  "a boundary that grows beyond the policies": [
    bounded(own, allow("rds:*", "*")),
    bounded(own, allow(["rds:*", "s3:*"], "*")),
  ],
  "an Allow outside the boundary": [
    bounded(own, allow("rds:*", "*")),
    bounded([...own, allow("iam:*", "*")], allow("rds:*", "*")),
  ],
  "a Deny that the boundary has already": [
    bounded(own, allow("*", "*"), deny("rds:Modify*", "*")),
    bounded([...own, deny("rds:ModifyDBInstance", "*")], allow("*", "*"), deny("rds:Modify*", "*")),
  ],
  "a Deny moved from the policies to the boundary": [
    bounded([...own, deny("rds:Modify*", "*")], allow("*", "*")),
    bounded(own, allow("*", "*"), deny("rds:Modify*", "*")),
  ],
  "a boundary split": [
    bounded(own, allow(["rds:*", "kms:*"], "*")),
    bounded(own, allow("rds:*", "*"), allow("kms:*", "*")),
  ],
  // Conditions on text.
  "StringLike without a wildcard": condition(tag("StringLike", "a"), tag("StringEquals", "a")),
  "StringNotLike without a wildcard": condition(
    tag("StringNotLike", "a"),
    tag("StringNotEquals", "a"),
  ),
  "values in another order": condition(
    tag("StringEquals", "a", "b"),
    tag("StringEquals", "b", "a"),
  ),
  "values split into statements": condition(
    tag("StringEquals", "a", "b"),
    tag("StringEquals", "a"),
    tag("StringEquals", "b"),
  ),
  "a value that a wildcard has": condition(
    tag("StringLike", "a*"),
    tag("StringLike", "a*", "ab*", "abc"),
  ),
  "IgnoreCase in another case": condition(
    tag("StringEqualsIgnoreCase", "Data"),
    tag("StringEqualsIgnoreCase", "dATA"),
  ),
  "IgnoreCase of digits": condition(
    tag("StringEqualsIgnoreCase", "123"),
    tag("StringEquals", "123"),
  ),
  "a key in another case": condition(tag("StringEquals", "a"), {
    StringEquals: { "AWS:requesttag/Team": "a" },
  }),
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
  "wildcards that cover everything together": unconditional(
    tag("StringLike", "a*"),
    tag("StringNotLike", "a*"),
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
  "a CIDR block within another": condition(
    ip("IpAddress", "10.0.0.0/8"),
    ip("IpAddress", "10.0.0.0/8", "10.1.0.0/16"),
  ),
  "a CIDR block by another of its addresses": condition(
    ip("IpAddress", "10.0.0.0/8"),
    ip("IpAddress", "10.1.2.3/8"),
  ),
  "one address as a CIDR block": condition(
    ip("IpAddress", "10.0.0.1"),
    ip("IpAddress", "10.0.0.1/32"),
  ),
  "an IPv6 block in halves": condition(
    ip("IpAddress", "2001:db8::/32"),
    ip("IpAddress", "2001:db8::/33", "2001:DB8:8000::/33"),
  ),
  "addresses inside and outside": unconditional(
    ip("IpAddress", "10.0.0.0/8"),
    ip("NotIpAddress", "10.0.0.0/8"),
  ),
  "the lower of two bounds": condition(
    age("NumericLessThan", "300"),
    age("NumericLessThan", "300", "60"),
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
  // Keys with several values.
  "all values, in another order": condition(
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["b", "a", "a"] } },
  ),
  "any value, split": condition(
    { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
    { "ForAnyValue:StringEquals": { "aws:TagKeys": "b" } },
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
  "a resource that a variable has": inDocument(
    allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"),
    [
      allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"),
      allow("s3:*", "arn:aws:s3:::home/${aws:username}/docs/*"),
    ],
  ),
  "a variable that a wildcard has": inDocument(
    allow("s3:*", "arn:aws:s3:::home/*"),
    allow("s3:*", ["arn:aws:s3:::home/*", "arn:aws:s3:::home/${aws:username}/*"]),
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
  test("comes in 60 kinds and more", () => {
    expect(Object.keys(changes).length).toBeGreaterThanOrEqual(60);
  });

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

import { type Access, Budget, compareAccess, evaluate } from "../../../lib/review/compare";
import type { PlainStatement } from "../../support/plain-iam-evaluator";
import { allow, deny, document, largeStatements } from "../../support/policy-documents";

const access = (...statements: PlainStatement[]): Access => ({
  policies: [document(...statements)],
});
const nothing: Access = { policies: [] };
const NO = { answer: "no" };

describe("a gain", () => {
  test("has one witness for each statement that gives something", () => {
    const before = access(...largeStatements);
    const after = access(
      ...largeStatements,
      { Sid: "One", ...allow("s3:GetObject", "arn:aws:s3:::one/*") },
      { Sid: "Two", ...allow("sqs:*", "arn:aws:sqs:eu-west-1:111122223333:jobs") },
    );
    const { gained } = compareAccess(before, after);
    if (gained.answer !== "yes") throw new Error(gained.answer);
    expect(gained.witnesses.map(({ statement }) => statement)).toEqual([
      expect.objectContaining({ side: "after", list: "policies", document: 0, sid: "One" }),
      expect.objectContaining({ side: "after", list: "policies", document: 0, sid: "Two" }),
    ]);
    for (const witness of gained.witnesses) {
      const request = { ...witness, resource: witness.resource ?? "" };
      expect(evaluate(request, after)).toBe(true);
      expect(evaluate(request, before)).toBe(false);
    }
  });

  test("by a Deny that is gone refers to the Deny", () => {
    const before = access(allow("s3:*", "*"), { Sid: "Guard", ...deny("s3:Delete*", "*") });
    const { gained } = compareAccess(before, access(allow("s3:*", "*")));
    expect(gained).toMatchObject({
      answer: "yes",
      witnesses: [
        {
          action: "s3:DeleteObject",
          statement: { side: "before", effect: "Deny", statement: 1, sid: "Guard" },
        },
      ],
    });
  });

  test("by a wider boundary refers to the boundary", () => {
    const policies = [document(allow("*", "*"))];
    const { gained } = compareAccess(
      { policies, boundary: [document(allow("s3:*", "*"))] },
      { policies, boundary: [document(allow(["s3:*", "sqs:SendMessage"], "*"))] },
    );
    expect(gained).toMatchObject({
      witnesses: [{ action: "sqs:SendMessage", statement: { list: "boundary", side: "after" } }],
    });
  });

  test("under a condition shows the context that it takes", () => {
    const limited = allow("s3:GetObject", "*", { StringEquals: { "aws:RequestTag/Team": "data" } });
    const { gained } = compareAccess(nothing, access(limited));
    expect(gained).toMatchObject({ witnesses: [{ context: { "aws:RequestTag/Team": "data" } }] });
  });

  test("by a policy variable shows a value of it", () => {
    const home = allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/x");
    const { gained } = compareAccess(nothing, access(home));
    expect(gained).toMatchObject({
      witnesses: [
        { resource: "arn:aws:s3:::home/example/x", context: { "aws:username": "example" } },
      ],
    });
  });
});

test("a policy variable whose case no longer counts is not the same", () => {
  const test = (operator: string): Access =>
    access(allow("s3:*", "*", { [operator]: { "aws:PrincipalTag/Team": "${aws:username}" } }));
  const { gained } = compareAccess(test("StringEquals"), test("StringEqualsIgnoreCase"));
  expect(gained.answer).not.toBe("no");
});

test("a NotResource with a variable without a value matches nothing, however long it is", () => {
  const others = Array.from({ length: 20 }, (_, index) => `arn:aws:s3:::other${String(index)}/*`);
  const own = {
    policies: [
      document({
        Effect: "Allow",
        Action: "s3:GetObject",
        NotResource: [...others, "arn:aws:s3:::teams/${aws:PrincipalTag/team}/*"],
      }),
    ],
  };
  const request = { action: "s3:GetObject", resource: "arn:aws:s3:::photos/a", assumes: [] };
  expect(evaluate({ ...request, context: {} }, own)).toBe(false);
  expect(evaluate({ ...request, context: { "aws:PrincipalTag/team": "blue" } }, own)).toBe(true);
});

describe("what is not known", () => {
  const admin = { unknown: "arn:aws:iam::aws:policy/AdministratorAccess" };

  test("is undecided where only one side has it", () => {
    const { gained, lost } = compareAccess({ policies: [admin] }, { policies: [{ unknown: "x" }] });
    expect(gained).toEqual({
      answer: "undecided",
      reason: "it depends on x, which cannot be read",
    });
    expect(lost.answer).toBe("undecided");
  });

  test("is assumed to allow what a boundary held of it", () => {
    const boundary = [document(allow("s3:*", "*"))];
    const { gained } = compareAccess({ policies: [admin], boundary }, { policies: [admin] });
    expect(gained).toMatchObject({
      witnesses: [{ assumes: [{ name: admin.unknown, effect: "Allow" }] }],
    });
  });

  test.each<[string, object]>([
    ["no document", {}],
    ["an unknown version", { Version: "2030-01-01", Statement: [] }],
    ["an element that IAM does not know", { Statement: [], Statements: [] }],
    ["a statement that is none", { Statement: [7] }],
    ["no action", { Statement: { Effect: "Allow", Resource: "*" } }],
    ["Action and NotAction", { Statement: { ...allow("s3:*", "*"), NotAction: "s3:*" } }],
    ["an action without a service", { Statement: allow("GetObject", "*") }],
    ["a wildcard in the service", { Statement: allow("s*:GetObject", "*") }],
    ["a resource that is no ARN", { Statement: allow("s3:*", "logs") }],
    ["an operator that IAM does not know", { Statement: allow("s3:*", "*", { Like: { a: "b" } }) }],
    ["a date that is none", { Statement: allow("s3:*", "*", { DateLessThan: { a: "soon" } }) }],
    [
      "a year that could be seconds",
      { Statement: allow("s3:*", "*", { DateLessThan: { a: "2026" } }) },
    ],
    [
      "a CIDR block that is none",
      { Statement: allow("s3:*", "*", { IpAddress: { a: "10.0.0.0/64" } }) },
    ],
    [
      "a variable in the account of an ARN",
      {
        Version: "2012-10-17",
        Statement: allow("s3:*", "arn:aws:s3::${aws:PrincipalAccount}:x"),
      },
    ],
  ])("is a document with %s: the same is the same, another one is undecided", (_, unreadable) => {
    const policies = [unreadable];
    const more = [unreadable, document(allow("s3:GetObject", "*"))];
    expect(compareAccess({ policies }, { policies })).toEqual({ gained: NO, lost: NO });
    expect(compareAccess(nothing, { policies }).gained.answer).not.toBe("no");
    expect(compareAccess({ policies: more }, { policies }).gained).toEqual(NO);
  });
});

/** A formula of three literals a clause: a Deny for each clause that is not met. */
function denials(variables: number, clauses: number): PlainStatement[] {
  return Array.from({ length: clauses }, (_, clause) => {
    const condition: Record<string, Record<string, string>> = {};
    for (const literal of [1, 2, 3]) {
      const mixed = Math.imul(clause * 3 + literal, 0x9e3779b1) >>> 0;
      const operator = mixed % 2 === 0 ? "StringEquals" : "StringNotEquals";
      const key = `aws:RequestTag/v${String((mixed >>> 8) % variables)}`;
      condition[operator] = { ...condition[operator], [key]: "1" };
    }
    return deny("*", "*", condition);
  });
}

describe("a budget", () => {
  const hard = access(allow("s3:GetObject", "*"), ...denials(40, 260));

  test("that is spent leaves it undecided, after the same steps every time", () => {
    const answers = [1, 2].map(() => compareAccess(nothing, hard, new Budget(3000)).gained);
    expect(answers[0]).toEqual({
      answer: "undecided",
      reason: "the comparison takes more steps than its budget has",
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  test.each<[string, Access, Access]>([
    ["a formula in Deny conditions", nothing, access(allow("*", "*"), ...denials(150, 640))],
    [
      "twenty patterns that cover in every combination",
      access(
        ...Array.from({ length: 20 }, (_, index) => {
          const letter = String.fromCharCode(97 + index);
          return allow("s3:*", `arn:aws:s3:::*${letter}*${letter}*${letter}*`);
        }),
      ),
      access(
        allow("s3:*", "*"),
        ...Array.from({ length: 20 }, (_, index) => {
          const letter = String.fromCharCode(97 + index);
          return {
            ...deny("s3:*", "*"),
            Resource: undefined,
            NotResource: `arn:aws:s3:::*${letter}*`,
          };
        }).map((statement) => JSON.parse(JSON.stringify(statement)) as PlainStatement),
      ),
    ],
  ])("ends for %s", (_, before, after) => {
    const { gained } = compareAccess(before, after, new Budget(2_000_000));
    expect(["yes", "undecided"]).toContain(gained.answer);
  });
});

describe("the work that a comparison takes", () => {
  /** The fewest steps, of a doubling number, that settle both answers. */
  function stepsOf(before: Access, after: Access): number {
    for (let steps = 100; ; steps *= 2) {
      const { gained, lost } = compareAccess(before, after, new Budget(steps));
      if (gained.answer !== "undecided" && lost.answer !== "undecided") return steps;
    }
  }

  const many = (name: string, count: number): PlainStatement[] =>
    Array.from({ length: count }, (_, index) =>
      allow(["s3:GetObject", "s3:PutObject"], `arn:aws:s3:::${name}-${String(index)}/*`),
    );

  test("is little for documents as large as IAM takes", () => {
    const changed = largeStatements.map((one) => ({ ...one, Action: "rds:*" }));
    expect(stepsOf(access(...largeStatements), access(...changed))).toBeLessThanOrEqual(6400);
  });

  test("grows with the number of statements, not with its square", () => {
    const steps = [50, 400].map((count) =>
      stepsOf(access(...many("a", count)), access(...many("b", count))),
    );
    expect(steps[1]).toBeLessThanOrEqual(16 * (steps[0] ?? 0));
  });
});

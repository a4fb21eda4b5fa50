/**
 * The promise of a review, held against the IAM simulator: whatever the simulator allows after and
 * did not allow before, the comparison calls broadened.
 */
import { createValidatedPolicy } from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import fc from "fast-check";
import { compareAccess, compareTrust } from "../../../lib/review/compare";

const ACCOUNT = "123456789012";
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const SERVICE_ROLE = `arn:aws:iam::${ACCOUNT}:role/service`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/service/session`;
const STRANGER = "arn:aws:iam::999999999999:role/stranger";

type Element = string | string[];
interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Action?: Element;
  NotAction?: Element;
  Resource?: Element;
  NotResource?: Element;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Condition?: Record<string, Record<string, Element>>;
}
interface Document {
  Version: "2012-10-17";
  Statement: Statement[];
}

const document = (Statement: Statement[]): Document => ({ Version: "2012-10-17", Statement });

type Comparison = (before: Document, after: Document) => { gained: { answer: string } };

const policies: Comparison = (before, after) =>
  compareAccess({ policies: [before] }, { policies: [after] });

const boundaries: Comparison = (before, after) =>
  compareAccess(
    { policies: [EVERYTHING], boundary: [before] },
    { policies: [EVERYTHING], boundary: [after] },
  );

const trusts: Comparison = (before, after) => compareTrust(before, after, { account: ACCOUNT });

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, string | string[]>;
}

/** Text over a tiny alphabet, so that random patterns meet random resources often. */
const glob = fc
  .array(fc.constantFrom("a", "b", "*", "?", "/"), { maxLength: 5 })
  .map((parts) => parts.join(""));

const action = fc.oneof(
  fc.constantFrom(
    "*",
    "s3:*",
    "s3:Get*",
    "S3:getobject",
    "s3:GetObject",
    "s3:?etObject",
    "s3:*Object",
    "s3:PutObject",
    "s3:PutObject*",
    "rds:*",
    "rds:Describe*",
    "rds:DescribeDBClusters",
    "*:GetObject",
  ),
  glob.map((text) => `s3:${text}`),
);

const resource = fc.oneof(
  fc.constantFrom(
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::a/b",
    "arn:*:s3:::*",
    "arn:aws:s3:::a/${aws:username}",
    "arn:aws:s3:::a/${aws:username}/*",
    "arn:aws:s3:::a/${s3:prefix}",
    "arn:aws:s3:::a/${*}",
    `arn:aws:rds:*:${ACCOUNT}:*`,
    `arn:aws:rds:*:${ACCOUNT}:cluster:*`,
    `arn:aws:rds:us-*:${ACCOUNT}:cluster:a?`,
    `arn:aws:rds:us-east-1:${ACCOUNT}:c*:ab`,
    `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:ab`,
  ),
  glob.map((text) => `arn:aws:s3:::${text}`),
  glob.map((text) => `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:${text}`),
);

const values = (...of: string[]): fc.Arbitrary<Element> =>
  fc.oneof(fc.constantFrom(...of), fc.subarray(of, { minLength: 1 }));

const condition = fc.oneof(
  fc
    .constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLike")
    .chain((operator) =>
      fc.constantFrom("", "IfExists").chain((suffix) =>
        values("ann", "a*", "*", "${aws:PrincipalTag/team}", "bob").map((value) => ({
          [operator + suffix]: { "aws:username": value },
        })),
      ),
    ),
  fc
    .constantFrom(
      "ForAllValues:StringEquals",
      "ForAnyValue:StringEquals",
      "ForAllValues:StringNotEquals",
      "ForAnyValue:StringNotLike",
    )
    .chain((operator) =>
      values("x", "y", "x*").map((value) => ({ [operator]: { "AWS:TagKeys": value } })),
    ),
  values("true", "false").map((value) => ({ Null: { "aws:username": value } })),
  values("true", "false").map((value) => ({ Bool: { "aws:MultiFactorAuthPresent": value } })),
  values("10.0.0.0/8", "10.1.0.0/16").map((value) => ({ IpAddress: { "aws:SourceIp": value } })),
  values("10.0.0.0/8", "10.1.0.0/16").map((value) => ({ NotIpAddress: { "aws:SourceIp": value } })),
  values("10", "20").map((value) => ({ NumericLessThan: { "s3:max-keys": value } })),
  values("10", "20").map((value) => ({ NumericNotEquals: { "s3:max-keys": value } })),
);

const conditions = fc
  .array(condition, { maxLength: 2 })
  .map((list) =>
    list.length === 0 ? undefined : (Object.assign({}, ...list) as Statement["Condition"]),
  );

const several = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

const effect = fc.constantFrom<Statement["Effect"][]>("Allow", "Allow", "Deny");
const sid = fc.constantFrom("A", "B", undefined);

const identityStatement: fc.Arbitrary<Statement> = fc
  .record({
    sid,
    effect,
    action: several(action),
    resource: several(resource),
    conditions,
    not: fc.constantFrom("", "", "", "Action", "Resource"),
  })
  .map(({ sid: Sid, effect: Effect, not, conditions: Condition, ...part }) => ({
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    [not === "Action" ? "NotAction" : "Action"]: part.action,
    [not === "Resource" ? "NotResource" : "Resource"]: part.resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));

const principal = fc.oneof(
  fc.constant("*"),
  several(
    fc.constantFrom(
      "*",
      USER,
      SERVICE_ROLE,
      STRANGER,
      SESSION,
      ACCOUNT,
      `arn:aws:iam::${ACCOUNT}:root`,
    ),
  ).map((AWS) => ({ AWS })),
  fc.constant({ Service: "ec2.amazonaws.com" }),
);

const trustStatement: fc.Arbitrary<Statement> = fc
  .record({ sid, effect, principal, conditions, not: fc.constantFrom(false, false, false, true) })
  .map(({ sid: Sid, effect: Effect, principal: named, conditions: Condition, not }) => ({
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    [not && Effect === "Deny" ? "NotPrincipal" : "Principal"]: named,
    Action: "sts:AssumeRole",
    ...(Condition === undefined ? {} : { Condition }),
  }));

/** A pair in which most of the one is in the other, so that many pairs are not broadened. */
function pairs(statement: fc.Arbitrary<Statement>): fc.Arbitrary<[Document, Document]> {
  return fc.array(statement, { minLength: 1, maxLength: 4 }).chain((before) =>
    fc
      .tuple(
        fc.array(
          fc.tuple(
            fc.constantFrom(...before),
            statement,
            fc.subarray(
              [
                "Action",
                "Resource",
                "NotAction",
                "NotResource",
                "Principal",
                "NotPrincipal",
                "Condition",
              ] as const,
              { maxLength: 2 },
            ),
            fc.boolean(),
          ),
          { maxLength: 3 },
        ),
        fc.boolean(),
      )
      .map(([edits, keepDenies]): [Document, Document] => {
        const after = edits.map(([old, fresh, names]) => {
          const edited: Record<string, unknown> = { ...old };
          // Only an element that both have can be swapped; a condition may also appear or go.
          for (const name of names) {
            if (name === "Condition" ? true : name in old && name in fresh) {
              if (fresh[name] === undefined) Reflect.deleteProperty(edited, name);
              else edited[name] = fresh[name];
            }
          }
          return edited as unknown as Statement;
        });
        const denies = keepDenies ? before.filter(({ Effect }) => Effect === "Deny") : [];
        return [document(before), document([...after, ...denies])];
      }),
  );
}

const contexts: Request["context"][] = [
  {},
  { "aws:username": "ann", "aws:SourceIp": "10.1.2.3", "aws:MultiFactorAuthPresent": "true" },
  { "aws:username": "b", "aws:TagKeys": ["x", "y"], "s3:max-keys": "15", "s3:prefix": "b" },
  {
    "aws:username": "bob",
    "aws:TagKeys": ["z"],
    "aws:SourceIp": "10.9.9.9",
    "aws:PrincipalTag/team": "bob",
    "s3:max-keys": "5",
  },
  {
    "aws:username": "anna",
    "aws:TagKeys": ["x1"],
    "aws:SourceIp": "192.0.2.1",
    "aws:MultiFactorAuthPresent": "false",
  },
];

const identityRequests: Request[] = [
  ...["s3:GetObject", "s3:PutObject", "s3:aab", "s3:PutObjectAcl"].flatMap((name) =>
    ["a/b", "a/ann", "a/*", "ab", "a/b/a", "b"].map((key) => ({
      action: name,
      resource: `arn:aws:s3:::${key}`,
    })),
  ),
  ...["ab", "a", "b/a"].map((key) => ({
    action: "rds:DescribeDBClusters",
    resource: `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:${key}`,
  })),
  { action: "rds:DescribeDBClusters", resource: `arn:aws:rds:eu-west-1:${ACCOUNT}:db:ab` },
].flatMap((request) => contexts.map((context) => ({ ...request, context })));

function simulate(
  request: Request,
  policies: { identity?: Document; trust?: Document; boundary?: Document },
  who: string,
): boolean {
  const named = (policy: Document | undefined): { name: string; policy: Document }[] =>
    policy === undefined ? [] : [{ name: "policy", policy }];
  return (
    runUnsafeSimulation(
      {
        request: {
          principal: who,
          action: request.action,
          resource: { resource: request.resource, accountId: ACCOUNT },
          contextVariables: request.context,
        },
        identityPolicies: named(policies.identity),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        // The simulator names the policy in its answer, which needs this wrapper.
        resourcePolicy:
          policies.trust === undefined
            ? undefined
            : createValidatedPolicy(policies.trust, () => [], { name: "trust" }),
        ...(policies.boundary === undefined
          ? {}
          : { permissionBoundaryPolicies: named(policies.boundary) }),
      },
      {},
    ) === "Allowed"
  );
}

const ASSUME: Request[] = contexts.map((context) => ({
  action: "sts:AssumeRole",
  resource: `arn:aws:iam::${ACCOUNT}:role/target`,
  context,
}));

const MAY_ASSUME = document([{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }]);
const EVERYTHING = document([{ Effect: "Allow", Action: "*", Resource: "*" }]);
const UNRELATED = document([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);

/** The number of checked pairs, by answer of the comparison. */
interface Tally {
  broadened: number;
  notBroadened: number;
  lessAllowed: number;
}

function check(
  compare: Comparison,
  pairsOfDocuments: fc.Arbitrary<[Document, Document]>,
  allowed: (policy: Document) => boolean[],
): Tally {
  const tally: Tally = { broadened: 0, notBroadened: 0, lessAllowed: 0 };
  fc.assert(
    fc.property(pairsOfDocuments, ([before, after]) => {
      if (compare(before, after).gained.answer !== "no") {
        tally.broadened += 1;
        return;
      }
      tally.notBroadened += 1;
      const was = allowed(before);
      const is = allowed(after);
      if (was.some((each, index) => each && is[index] === false)) tally.lessAllowed += 1;
      expect(is.map((each, index) => each && was[index] === false)).not.toContain(true);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  return tally;
}

/** Fixed, so that a run says the same each time; raise RUNS to search further. */
const SEED = Number(process.env.REVIEW_SEED ?? 8);
const RUNS = Number(process.env.REVIEW_RUNS ?? 250);

/** A tally that shows that the property was tried on enough pairs of each kind. */
function assertTried({ broadened, notBroadened, lessAllowed }: Tally): void {
  expect(broadened).toBeGreaterThan(RUNS / 10);
  expect(notBroadened).toBeGreaterThan(RUNS / 10);
  expect(lessAllowed).toBeGreaterThan(RUNS / 100);
}

describe("what the simulator allows after and not before is called broadened", () => {
  test("identity policies", () => {
    assertTried(
      check(policies, pairs(identityStatement), (identity) =>
        identityRequests.map((request) => simulate(request, { identity }, USER)),
      ),
    );
  });

  test("permissions boundaries", () => {
    assertTried(
      check(boundaries, pairs(identityStatement), (boundary) =>
        identityRequests.map((request) =>
          simulate(request, { identity: EVERYTHING, boundary }, USER),
        ),
      ),
    );
  });

  test("trust policies, for principals with and without a permission of their own", () => {
    assertTried(
      check(trusts, pairs(trustStatement), (trust) =>
        ASSUME.flatMap((request) =>
          [USER, SERVICE_ROLE, SESSION, STRANGER].flatMap((who) => [
            simulate(request, { trust, identity: MAY_ASSUME }, who),
            simulate(request, { trust }, who),
            simulate(request, { trust, identity: MAY_ASSUME, boundary: UNRELATED }, who),
          ]),
        ),
      ),
    );
  });
});

/** The comparison on random documents, against IAM's rules written plainly and against the IAM simulator. */
import { createValidatedPolicy } from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import {
  type AccessComparison,
  type Answer,
  compareAccess,
  compareTrust,
  type Witness,
} from "../../../lib/review/compare";
import {
  isAllowedPlainly,
  type PlainAccess,
  type PlainDocument,
  type PlainRequest,
} from "../../support/plain-iam-evaluator";
import { allow, document } from "../../support/policy-documents";
import { Random } from "../../support/random-choices";
import { cases, figures, firstCase, requestsPerCase, timeout } from "../../support/random-cases";
import { randomPair, RequestSource } from "../../support/random-policies";
import { randomTrustPair, randomTrustRequest, trustAccount } from "../../support/random-trust";

const SIMULATED_REQUESTS = 40;

/** Two sides, how the engine answers, and requests to hold it against. */
interface Case {
  readonly before: PlainAccess;
  readonly after: PlainAccess;
  readonly answers: AccessComparison;
  readonly request: () => PlainRequest;
  /** The simulator's answers to a request, one for each set of permissions that its caller may have. */
  readonly simulate: (side: PlainAccess, request: PlainRequest) => boolean[];
}

/** The simulator's answer. Its checks that actions and keys exist are left out. */
function simulate(
  { policies, boundary }: PlainAccess,
  { action, resource, context, caller }: PlainRequest,
  trust?: PlainDocument,
): boolean {
  const named = (list: readonly PlainDocument[]): { name: string; policy: PlainDocument }[] =>
    list.map((policy, index) => ({ name: String(index), policy }));
  const entries = Object.entries(context).map(([key, value]) => [
    key,
    typeof value === "string" ? value : [...value],
  ]);
  const result = runUnsafeSimulation(
    {
      request: {
        principal: caller?.name ?? `arn:aws:iam::${trustAccount}:user/example`,
        action,
        resource: { resource, accountId: trustAccount },
        contextVariables: Object.fromEntries(entries) as Record<string, string>,
      },
      identityPolicies: named(policies),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // The simulator names the policy in its answer, which needs this wrapper.
      resourcePolicy: trust && createValidatedPolicy(trust, () => [], { name: "trust" }),
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: named(boundary) }),
    },
    {},
  );
  return result === "Allowed";
}

function identityCase(random: Random, variables: number): Case {
  const [before, after] = randomPair(random, { variables });
  const source = new RequestSource([before, after]);
  return {
    before,
    after,
    answers: compareAccess(before, after),
    request: () => source.random(random),
    simulate: (side, request) => [simulate(side, request)],
  };
}

const MAY_ASSUME = [document(allow("sts:*", "*"))];
const CALLERS: readonly PlainAccess[] = [
  { policies: MAY_ASSUME },
  { policies: [] },
  { policies: MAY_ASSUME, boundary: [document(allow("s3:*", "*"))] },
];

function trustCase(random: Random): Case {
  const [before, after] = randomTrustPair(random);
  return {
    before: { policies: [before] },
    after: { policies: [after] },
    answers: compareTrust(before, after, { account: trustAccount }),
    request: () => randomTrustRequest(random),
    simulate: ({ policies: [trust] }, request) => {
      const role = { ...request, resource: `arn:aws:iam::${trustAccount}:role/target` };
      return CALLERS.map((caller) => simulate(caller, role, trust));
    },
  };
}

/** Known differences between the simulator and AWS's documentation, or gaps in it. */
const CAUSES: readonly (readonly [string, (text: string, request: PlainRequest) => boolean])[] = [
  [
    "it reads policy variables in documents of 2008-10-17 too",
    (text) => text.includes("2008-10-17"),
  ],
  ["a short ARN never excludes in NotResource", (text) => text.includes('"arn:aws:s3"')],
  ["it does not read ${*} as a letter", (text) => text.includes("${*}")],
  [
    "a variable without a value never excludes in NotResource",
    (text) => /"NotResource":[^\]}]*\$\{/.test(text),
  ],
  [
    "it takes no wildcard in what it takes for a resource type",
    (text) => /"arn:[^"/]*[*?$][^"/]*\//.test(text),
  ],
  [
    "an IPv6 address is not outside of a block of IPv4 addresses",
    (_, { context }) => Object.values(context).some((value) => /^[0-9a-f]+:/.test(String(value))),
  ],
  ["it finds addresses outside of 0.0.0.0/0", (text) => text.includes("0.0.0.0/0")],
  ["a request on no resource", (_, { resource, caller }) => resource === "*" && !caller],
  [
    "it has no callers but those of AWS",
    (_, { caller }) => caller?.type.startsWith("AWS") === false,
  ],
];

/** A witness as a request; in a trust policy, the type of the caller shows in its name. */
function requestOf({ action, resource = "*", principal, context }: Witness): PlainRequest {
  if (principal === undefined) return { action, resource, context };
  const isAws = /^arn:aws:(iam|sts)::\d+:(user|assumed-role)\//.test(principal);
  const type = isAws ? "AWS" : principal.endsWith(".amazonaws.com") ? "Service" : "Federated";
  return { action, resource, context, caller: { type, name: principal } };
}

interface Kind {
  readonly make: (random: Random) => Case;
  /**
   * The most that may be undecided where nothing is gained, beside one case of a short run. In trust
   * policies, what hangs on who "*" is or on a session that is named is left open, and the plain
   * evaluator takes one side.
   */
  readonly mostUndecided: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  "documents and boundaries": {
    make: (random) => identityCase(random, 0),
    mostUndecided: 0.01,
  },
  "documents with policy variables": {
    make: (random) => identityCase(random, 0.4),
    mostUndecided: 0.01,
  },
  "trust policies": { make: trustCase, mostUndecided: 0.02 },
};

describe.each(Object.entries(KINDS))("random %s", (name, { make, mostUndecided }) => {
  const wrong: unknown[] = [];
  const unproven: unknown[] = [];
  const counts = { yes: 0, no: 0, undecided: 0, witnesses: 0, confirmed: 0, unreal: 0 };
  let undecidedNothing = 0;

  function judge(answer: Answer, from: PlainAccess, to: PlainAccess, one: Case): void {
    const text = JSON.stringify([from, to]);
    const isKnown = (request: PlainRequest): boolean =>
      CAUSES.some(([, explains]) => explains(text, request));
    const isGained = (request: PlainRequest): boolean =>
      isAllowedPlainly(to, request) && !isAllowedPlainly(from, request);
    const isGainedInSimulator = (request: PlainRequest): boolean => {
      const then = one.simulate(from, request);
      return one.simulate(to, request).some((now, index) => now && then[index] === false);
    };
    counts[answer.answer] += 1;
    const requests = Array.from({ length: requestsPerCase }, one.request);
    const found = requests.find(isGained);
    if (answer.answer === "undecided" && found === undefined) undecidedNothing += 1;
    if (answer.answer === "no") {
      if (found !== undefined) wrong.push({ from, to, found });
      const more = requests
        .slice(0, SIMULATED_REQUESTS)
        .filter((request) => !isKnown(request) && isGainedInSimulator(request));
      wrong.push(...more.map((request) => ({ from, to, request })));
    }
    for (const witness of answer.answer === "yes" ? answer.witnesses : []) {
      const request = requestOf(witness);
      // The plain evaluator takes every caller for one with a permission of its own.
      const isProven = witness.withoutPermission === true || isGained(request);
      const isConfirmed = isGainedInSimulator(request);
      counts.witnesses += 1;
      if (isConfirmed) counts.confirmed += 1;
      if (isProven && (isConfirmed || isKnown(request))) continue;
      // A session that is named does not show the path of its role: the one found may have another path.
      if (witness.principal?.endsWith(":assumed-role/app/s1") === true) counts.unreal += 1;
      else unproven.push({ from, to, witness });
    }
  }

  beforeAll(() => {
    for (let number = firstCase; number < firstCase + cases; number += 1) {
      const one = make(new Random(number * 7919 + name.length));
      judge(one.answers.gained, one.before, one.after, one);
      judge(one.answers.lost, one.after, one.before, one);
    }
    figures(`random ${name}, gained and lost`, {
      ...counts,
      wrong: wrong.length,
      "undecided where nothing was gained": undecidedNothing,
      "witnesses not confirmed": unproven.length,
    });
  }, timeout);

  test("are never said to gain nothing where a request is gained", () => {
    expect(wrong).toEqual([]);
  });

  test("come with witnesses that another evaluator confirms", () => {
    expect(unproven).toEqual([]);
    expect(counts.confirmed / counts.witnesses).toBeGreaterThanOrEqual(0.9);
    expect(counts.unreal / counts.witnesses).toBeLessThanOrEqual(0.05);
  });

  test("are hardly ever undecided", () => {
    expect(undecidedNothing).toBeLessThanOrEqual(1 + counts.no * mostUndecided);
  });

  test("are of every kind", () => {
    expect(counts.yes).toBeGreaterThan(cases / 5);
    expect(counts.no).toBeGreaterThan(cases / 5);
  });
});

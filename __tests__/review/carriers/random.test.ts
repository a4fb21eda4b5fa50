/** Policies of resources against AWS's rules written plainly, and against the IAM simulator. */
import { runSimulation } from "@cloud-copilot/iam-simulate";
import {
  compareResourcePolicies,
  principalOf,
  type ResourceComparison,
} from "../../../lib/review/compare/resource-access";
import { CALLER } from "../../../lib/review/compare/callers";
import { type Answer, Budget, type Witness } from "../../../lib/review/compare";
import type { PlainDocument } from "../../support/plain-iam-evaluator";
import { cases, figures, firstCase, requestsPerCase, timeout } from "../../support/random-cases";
import { Random } from "../../support/random-choices";
import {
  BUCKET_OWNER,
  isAllowedByResource,
  isOfStranger,
  keysOfCaller,
  principalArn,
  type PlainResourceRequest,
  randomResourcePair,
  randomResourceRequest,
} from "../../support/random-resource-policies";

const EFFECTS = ["either", "policy only"] as const;

function compared(
  before: PlainDocument,
  after: PlainDocument,
  effect: (typeof EFFECTS)[number],
): ResourceComparison {
  const side = (document: PlainDocument) => ({ documents: [document], isWhole: true });
  const budget = new Budget(20_000_000);
  return compareResourcePolicies(side(before), side(after), {
    effect,
    account: BUCKET_OWNER,
    services: ["s3"],
    budget,
  });
}

/** The request of a witness, with the keys that AWS fills in by who calls. */
function requestOf(witness: Witness): PlainResourceRequest {
  const { action, resource = "*", context } = witness;
  const { [CALLER]: caller = "", ...others } = context;
  const [kind = ""] = String(caller).split(":");
  const [arn = "", session = ""] =
    principalOf(witness) === "anyone"
      ? []
      : String(caller)
          .replace(/^[^:]*:/, "")
          .split("#");
  const isAws = ["own", "named", "held"].includes(kind);
  const [, account, role] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?(\w+)$/.exec(arn) ?? [];
  const name =
    role === undefined ? arn : `arn:aws:sts::${account ?? ""}:assumed-role/${role}/${session}`;
  const type = isAws
    ? "AWS"
    : kind === "service"
      ? "Service"
      : kind === "federated"
        ? "Federated"
        : "Anonymous";
  return {
    action,
    resource,
    caller: {
      type,
      name: type === "Anonymous" ? "" : name,
      isPermitted: kind === "own",
      isHeld: kind === "held",
    },
    context: {
      ...(others as PlainResourceRequest["context"]),
      ...keysOfCaller({ type, name }),
      ...(isAws ? { "aws:PrincipalArn": arn } : {}),
    },
  };
}

const REAL =
  /^(anyone|service:[\w.]+|federated:arn:.*|(own|named|held):arn:aws:iam::\d{12}:(user\/\w+|role\/[\w/]+#\w+).*)$/;

/**
 * True if there can be such a request. A caller that was found may represent all of an account, and a
 * service may have a key that only accounts have: the comparison then calls a gain what is none.
 */
function isReal(witness: Witness): boolean {
  const { caller, context } = requestOf(witness);
  // A session does not show the path of its role, which the plain rules know by its name.
  const isPath = caller.type !== "AWS" || context["aws:PrincipalArn"] === principalArn(caller.name);
  const isService = caller.type === "Service" && context["aws:PrincipalOrgID"] !== undefined;
  return REAL.test(String(witness.context[CALLER])) && isPath && !isService;
}

describe.each(EFFECTS)("random policies of a resource, with the effect %s", (effect) => {
  const wrong: unknown[] = [];
  const unproven: unknown[] = [];
  const notPublic: unknown[] = [];
  const refuted: unknown[] = [];
  const counts = { yes: 0, no: 0, undecided: 0, public: 0, unreal: 0 };
  const toSimulate: { from: PlainDocument; to: PlainDocument; request: PlainResourceRequest }[] =
    [];
  const simulated = { witnesses: 0, confirmed: 0 };

  const allowed = (document: PlainDocument, request: PlainResourceRequest): boolean =>
    isAllowedByResource(document, request, effect === "policy only");

  /** The answer of the simulator; undefined if it knows no such request. */
  const simulate = async (
    policy: PlainDocument,
    { caller, action, resource, context }: PlainResourceRequest,
  ): Promise<boolean | undefined> => {
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    const identity = { Version: "2012-10-17", Statement: [everything] };
    const result = await runSimulation(
      {
        request: {
          principal: caller.name,
          action,
          resource: { resource, accountId: BUCKET_OWNER },
          contextVariables: { ...context } as Record<string, string>,
        },
        identityPolicies: caller.isPermitted ? [{ name: "own", policy: identity }] : [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: policy,
      },
      {},
    );
    return result.resultType === "error" ? undefined : result.overallResult === "Allowed";
  };

  const judge = (
    answer: Answer,
    from: PlainDocument,
    to: PlainDocument,
    requests: readonly PlainResourceRequest[],
  ): void => {
    counts[answer.answer] += 1;
    if (answer.answer === "no") {
      const found = requests.find((request) => allowed(to, request) && !allowed(from, request));
      if (found !== undefined) wrong.push({ from, to, found });
    }
    if (answer.answer !== "yes") return;
    for (const witness of answer.witnesses) {
      if (!isReal(witness)) {
        counts.unreal += 1;
        continue;
      }
      const request = requestOf(witness);
      if (!allowed(to, request) || allowed(from, request))
        unproven.push({ from, to, witness, request });
      if (effect !== "either" || request.caller.type !== "AWS") continue;
      toSimulate.push({ from, to, request });
    }
  };

  beforeAll(async () => {
    for (let number = firstCase; number < firstCase + cases; number += 1) {
      const random = new Random(number * 7907 + effect.length);
      const [before, after] = randomResourcePair(random);
      const answers = compared(before, after, effect);
      const requests = Array.from({ length: requestsPerCase }, () => randomResourceRequest(random));
      judge(answers.gained, before, after, requests);
      judge(answers.lost, after, before, requests);
      if (answers.publicly.answer === "yes") counts.public += 1;
      if (answers.publicly.answer === "no") {
        const found = requests.find(
          (request) =>
            isOfStranger(request) && allowed(after, request) && !allowed(before, request),
        );
        if (found !== undefined) notPublic.push({ before, after, found });
      }
    }
    for (const { from, to, request } of toSimulate.slice(0, 100)) {
      const [now, then] = [await simulate(to, request), await simulate(from, request)];
      if (now === undefined || then === undefined) continue;
      simulated.witnesses += 1;
      if (now && !then) simulated.confirmed += 1;
      else refuted.push({ from, to, request });
    }
    figures(`random policies of resources, ${effect}`, {
      ...counts,
      wrong: wrong.length,
      unproven: unproven.length,
      ...simulated,
    });
  }, timeout);

  test("are never said to give nothing if a request is gained", () => {
    expect(wrong).toEqual([]);
  });

  test("are never said not to be public if a stranger gains a request", () => {
    expect(notPublic).toEqual([]);
  });

  test("come with requests that are gained by the rules", () => {
    expect(unproven).toEqual([]);
  });

  test("come with requests that the simulator confirms", () => {
    expect(refuted).toEqual([]);
  });

  test("are decided, and of every kind", () => {
    expect(counts.undecided).toBeLessThanOrEqual(1 + cases / 50);
    expect(counts.yes).toBeGreaterThan(cases / 5);
    expect(counts.no).toBeGreaterThan(cases / 5);
    expect(counts.public).toBeGreaterThan(0);
  });
});

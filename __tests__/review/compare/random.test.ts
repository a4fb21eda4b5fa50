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
import { Random } from "../../support/random-choices";
import { cases, figures, firstCase, requestsPerCase, timeout } from "../../support/random-cases";
import { randomPair, RequestSource } from "../../support/random-policies";
import { randomTrustPair, randomTrustRequest, trustAccount } from "../../support/random-trust";

/** One case: two sides, how the engine answers, and requests to hold it against. */
interface Case {
  readonly before: PlainAccess;
  readonly after: PlainAccess;
  readonly answers: AccessComparison;
  readonly request: () => PlainRequest;
}

/** A wrong answer, and the facts to judge it by. */
interface Judged {
  readonly answer: Answer;
  /** A request that was gained, found by trying. */
  readonly found: PlainRequest | undefined;
  readonly from: PlainAccess;
  readonly to: PlainAccess;
}

function judged({ before, after, answers, request }: Case): Judged[] {
  let gained: PlainRequest | undefined;
  let lost: PlainRequest | undefined;
  for (let count = 0; count < requestsPerCase; count += 1) {
    const one = request();
    const [then, now] = [isAllowedPlainly(before, one), isAllowedPlainly(after, one)];
    if (now && !then) gained ??= one;
    if (then && !now) lost ??= one;
  }
  return [
    { answer: answers.gained, found: gained, from: before, to: after },
    { answer: answers.lost, found: lost, from: after, to: before },
  ];
}

/** A witness of trust as a request; the type of the caller shows in its name. */
function requestOf({ action, resource = "*", principal, context }: Witness): PlainRequest {
  if (principal === undefined) return { action, resource, context };
  const isAws = /^arn:aws:(iam|sts)::\d+:(user|assumed-role)\//.test(principal);
  const type = isAws ? "AWS" : principal.endsWith(".amazonaws.com") ? "Service" : "Federated";
  return { action, resource, context, caller: { type, name: principal } };
}

function unproven({ answer, from, to }: Judged): Witness[] {
  if (answer.answer !== "yes") return [];
  // The plain evaluator takes every caller for one with a permission of its own.
  const witnesses = answer.witnesses.filter(({ withoutPermission }) => withoutPermission !== true);
  return witnesses.filter((witness) => {
    const request = requestOf(witness);
    return !isAllowedPlainly(to, request) || isAllowedPlainly(from, request);
  });
}

const kinds: Readonly<Record<string, (random: Random) => Case>> = {
  "documents and boundaries": (random) => {
    const [before, after] = randomPair(random, { variables: 0 });
    const source = new RequestSource([before, after]);
    return {
      before,
      after,
      answers: compareAccess(before, after),
      request: () => source.random(random),
    };
  },
  "documents with policy variables": (random) => {
    const [before, after] = randomPair(random, { variables: 0.4 });
    const source = new RequestSource([before, after]);
    return {
      before,
      after,
      answers: compareAccess(before, after),
      request: () => source.random(random),
    };
  },
  "trust policies": (random) => {
    const pair = randomTrustPair(random);
    const answers = compareTrust(...pair, { account: trustAccount });
    const [before, after] = pair.map((document: PlainDocument) => ({ policies: [document] }));
    if (before === undefined || after === undefined) throw new Error("A pair has two sides");
    return { before, after, answers, request: () => randomTrustRequest(random) };
  },
};

/**
 * The most that may be undecided where nothing is gained, beside one case of a short run. In trust
 * policies, what hangs on who "*" is or on a session that is named is left open, and the plain evaluator
 * takes one side.
 */
const mostUndecided = (name: string): number => (name === "trust policies" ? 0.02 : 0.01);

describe.each(Object.entries(kinds))("random %s", (name, make) => {
  const wrong: Judged[] = [];
  const unconfirmed: Witness[] = [];
  const counts = { yes: 0, no: 0, undecided: 0 };
  let undecidedNothing = 0;

  beforeAll(() => {
    for (let number = firstCase; number < firstCase + cases; number += 1) {
      for (const one of judged(make(new Random(number * 7919 + name.length)))) {
        const { answer } = one.answer;
        counts[answer] += 1;
        if (answer === "no" && one.found !== undefined) wrong.push(one);
        if (answer === "undecided" && one.found === undefined) undecidedNothing += 1;
        unconfirmed.push(...unproven(one));
      }
    }
    figures(`random ${name}, gained and lost`, {
      ...counts,
      wrong: wrong.length,
      "undecided where nothing was gained": undecidedNothing,
      "witnesses not confirmed": unconfirmed.length,
    });
  }, timeout);

  test("are never said to gain nothing where a request is gained", () => {
    expect(wrong).toEqual([]);
  });

  test("come with witnesses that another evaluator confirms", () => {
    expect(unconfirmed).toEqual([]);
  });

  test("are hardly ever undecided", () => {
    expect(undecidedNothing).toBeLessThanOrEqual(1 + counts.no * mostUndecided(name));
  });

  test("are of every kind", () => {
    expect(counts.yes).toBeGreaterThan(cases / 5);
    expect(counts.no).toBeGreaterThan(cases / 5);
  });
});

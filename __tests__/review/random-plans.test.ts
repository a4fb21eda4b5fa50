/**
 * The promise of a review, held against IAM's rules: what a random plan adds to what a role, a user or a
 * workload may do is never called unchanged or narrowed.
 */
import { reviewPlan } from "../../lib/review";
import type { Verdict } from "../../lib/review/verdict";
import { isAllowedPlainly, type PlainRequest } from "../support/plain-iam-evaluator";
import { cases, figures, firstCase, requestsPerCase, timeout } from "../support/random-cases";
import { Random } from "../support/random-choices";
import { type RandomMemberships, randomMembershipPlan } from "../support/random-memberships";
import { randomPartialPlan, randomPlan, randomWorkloadPlan } from "../support/random-plans";
import { RequestSource } from "../support/random-policies";

interface Tried {
  readonly plan: string;
  readonly people: RandomMemberships["people"];
  readonly verdict: Verdict;
  readonly gained: PlainRequest | undefined;
  readonly lost: PlainRequest | undefined;
}

function tried({ plan, people }: RandomMemberships, random: Random): Tried {
  const { verdict } = reviewPlan(plan, "plan");
  const source = new RequestSource(people.flatMap(({ before, after }) => [before, after]));
  let gained: PlainRequest | undefined;
  let lost: PlainRequest | undefined;
  for (let count = 0; count < requestsPerCase; count += 1) {
    const request = source.random(random);
    for (const { before, after } of people) {
      const [then, now] = [before, after].map((side) => isAllowedPlainly(side, request));
      if (now === true && then === false) gained ??= request;
      if (then === true && now === false) lost ??= request;
    }
  }
  return { plan, people, verdict, gained, lost };
}

interface Kind {
  readonly plan: (random: Random) => RandomMemberships;
  /** At least how many in a hundred are decided, and at most how many are unknown. */
  readonly atLeast: Readonly<Record<"same or less" | "more", number>>;
  readonly unknown: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  "a role": {
    plan: (random) => {
      const { plan, before, after } = randomPlan(random);
      return { plan, people: [{ before, after }] };
    },
    atLeast: { "same or less": 20, more: 20 },
    unknown: 1,
  },
  "members of groups": {
    plan: randomMembershipPlan,
    atLeast: { "same or less": 10, more: 20 },
    unknown: 50,
  },
  "documents that are known in part": {
    plan: randomPartialPlan,
    atLeast: { "same or less": 5, more: 20 },
    unknown: 50,
  },
  "functions that run as another role": {
    plan: randomWorkloadPlan,
    atLeast: { "same or less": 2, more: 20 },
    unknown: 5,
  },
};

describe.each(Object.entries(KINDS))("random plans of %s", (title, { plan, atLeast, unknown }) => {
  const broadenedButNotSaid: Tried[] = [];
  const changedButNotSaid: Tried[] = [];
  const counts: Record<Verdict, number> = {
    broadened: 0,
    both: 0,
    unknown: 0,
    narrowed: 0,
    unchanged: 0,
  };

  beforeAll(() => {
    for (let number = firstCase; number < firstCase + cases; number += 1) {
      const random = new Random(number * 15485863);
      const one = tried(plan(random), random);
      counts[one.verdict] += 1;
      const saysNoGain = one.verdict === "unchanged" || one.verdict === "narrowed";
      if (saysNoGain && one.gained !== undefined) broadenedButNotSaid.push(one);
      if (one.verdict === "unchanged" && one.lost !== undefined) changedButNotSaid.push(one);
    }
    figures(`random plans of ${title}`, { ...counts, wrong: broadenedButNotSaid.length });
  }, timeout);

  test("are not called unchanged or narrowed where something is gained", () => {
    expect(broadenedButNotSaid).toEqual([]);
  });

  test("are not called unchanged where something is lost", () => {
    expect(changedButNotSaid).toEqual([]);
  });

  test("are of every kind, and not unknown too often", () => {
    const share = (percent: number): number => (cases * percent) / 100;
    expect(counts.unchanged + counts.narrowed).toBeGreaterThan(share(atLeast["same or less"]));
    expect(counts.broadened + counts.both).toBeGreaterThan(share(atLeast.more));
    expect(counts.unknown).toBeLessThanOrEqual(1 + share(unknown));
  });
});

/**
 * The promise of a review, held against IAM's rules: what a random plan adds to what a role may do is
 * never called unchanged or narrowed.
 */
import { reviewPlan } from "../../lib/review";
import type { Verdict } from "../../lib/review/verdict";
import { isAllowedPlainly, type PlainRequest } from "../support/plain-iam-evaluator";
import { cases, figures, firstCase, requestsPerCase, timeout } from "../support/random-cases";
import { Random } from "../support/random-choices";
import { randomPlan, type RandomPlan } from "../support/random-plans";
import { RequestSource } from "../support/random-policies";

interface Tried extends RandomPlan {
  readonly verdict: Verdict;
  readonly gained: PlainRequest | undefined;
  readonly lost: PlainRequest | undefined;
}

function tried(random: Random): Tried {
  const plan = randomPlan(random);
  const { verdict } = reviewPlan(plan.plan, "plan");
  const source = new RequestSource([plan.before, plan.after]);
  let gained: PlainRequest | undefined;
  let lost: PlainRequest | undefined;
  for (let count = 0; count < requestsPerCase; count += 1) {
    const request = source.random(random);
    const [then, now] = [plan.before, plan.after].map((side) => isAllowedPlainly(side, request));
    if (now === true && then === false) gained ??= request;
    if (then === true && now === false) lost ??= request;
  }
  return { ...plan, verdict, gained, lost };
}

describe("random plans of a role", () => {
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
      const one = tried(new Random(number * 15485863));
      counts[one.verdict] += 1;
      const saysNoGain = one.verdict === "unchanged" || one.verdict === "narrowed";
      if (saysNoGain && one.gained !== undefined) broadenedButNotSaid.push(one);
      if (one.verdict === "unchanged" && one.lost !== undefined) changedButNotSaid.push(one);
    }
    figures("random plans of a role", { ...counts, wrong: broadenedButNotSaid.length });
  }, timeout);

  test("are not called unchanged or narrowed where something is gained", () => {
    expect(broadenedButNotSaid).toEqual([]);
  });

  test("are not called unchanged where something is lost", () => {
    expect(changedButNotSaid).toEqual([]);
  });

  test("are of every kind, and hardly ever unknown", () => {
    expect(counts.unchanged + counts.narrowed).toBeGreaterThan(cases / 5);
    expect(counts.broadened + counts.both).toBeGreaterThan(cases / 5);
    expect(counts.unknown).toBeLessThanOrEqual(1 + cases / 100);
  });
});

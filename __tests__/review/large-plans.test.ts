/** Plans that are large or hard to compare end in a verdict, after work that is bounded. */
import { performance } from "node:perf_hooks";
import { reviewPlan } from "../../lib/review";
import { Budget, compareAccess } from "../../lib/review/compare";
import {
  inlinePolicy,
  managedPolicy,
  type PlannedResource,
  planOfResources,
  role,
} from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";

const BUCKET = "arn:aws:s3:::";

test("130,000 policies of one role are compared", () => {
  const policy = JSON.stringify(document(allow("s3:GetObject", `${BUCKET}photos/*`)));
  const many = Array.from({ length: 130_000 }, (_, index): PlannedResource => {
    const name = `p${String(index)}`;
    const values = { name, role: "app", policy };
    return { type: "aws_iam_role_policy", name, before: null, after: values };
  });
  const report = reviewPlan(planOfResources(many), "plan");
  expect(report.access).toMatchObject([{ name: "app", verdict: "broadened" }]);
});

/** Values that are slow to match: many places in which each wildcard may end. */
const SLOW = ["${aws:username}*", "${aws:username}${aws:userid}*", "*a?", "?*"].map((unit) =>
  unit.repeat(Math.floor(5700 / unit.length)),
);

describe.each(SLOW)("%.20s… repeated in two policies of ten roles", (slow) => {
  const inResource = (end: string) => document(allow("s3:GetObject", BUCKET + slow + end));
  const inCondition = (end: string) =>
    document(
      allow("s3:GetObject", "*", { ArnLike: { "aws:SourceArn": BUCKET + slow + end } }),
      allow("s3:PutObject", "*", { StringLike: { "s3:prefix": slow + end } }),
    );

  test.each([
    ["a resource", inResource],
    ["conditions", inCondition],
  ])("in %s", (_, made) => {
    const roles = Array.from({ length: 10 }, (_role, index) => `role${String(index)}`);
    const resources = roles.flatMap((name) => [
      { ...inlinePolicy(name, "one", made("a"), made("b")), name: `${name}-one` },
      { ...inlinePolicy(name, "two", made("c"), made("d")), name: `${name}-two` },
    ]);
    const start = performance.now();
    const report = reviewPlan(planOfResources(resources), "plan");
    // It takes seconds. Without a count of all steps it took more than a minute on a machine at rest.
    expect(performance.now() - start).toBeLessThan(60_000);
    for (const { gained } of report.access) {
      if (gained.answer === "undecided") expect(gained.reason).toMatch(/^\w+( \S+){5}/);
    }
    expect(report.access).toHaveLength(10);
  });
});

test("a matcher that tries again and again counts its steps", () => {
  const long = "a".repeat(3000);
  const before = { policies: [document(allow("s3:GetObject", `${BUCKET}${"*a".repeat(100)}b`))] };
  const after = { policies: [document(allow("s3:GetObject", BUCKET + long))] };
  // Each letter is the end of one wildcard, a hundred times over.
  expect(compareAccess(before, after, new Budget(20)).gained).toMatchObject({
    answer: "undecided",
    reason: expect.stringContaining("more steps") as string,
  });
  expect(compareAccess(before, after, new Budget(20_000_000)).gained.answer).toBe("yes");
});

describe("work grows as the plan does", () => {
  /** Roles with a new policy each, in the shape of a plan of `for_each`. */
  const plan = (count: number): string => {
    const resources = Array.from({ length: count }, (_, index): PlannedResource[] => {
      const name = `n${String(index)}`;
      const wider = document(
        allow("s3:GetObject", `${BUCKET}${name}/*`),
        allow(["iam:PassRole", "lambda:*"], "*"),
      );
      const policy = managedPolicy(
        name,
        document(allow("s3:GetObject", `${BUCKET}${name}/*`)),
        wider,
      );
      const arn = policy.before?.arn;
      return [
        { ...policy, name: "p", index: name },
        { ...role(name, { attached: [String(arn)] }), name: "r", index: name },
        {
          type: "aws_iam_role_policy_attachment",
          name: "a",
          index: name,
          before: null,
          after: { role: name },
          unknown: ["policy_arn", "id"],
          references: { policy_arn: ["aws_iam_policy.p", "each.key"] },
        },
      ];
    });
    return planOfResources(resources.flat());
  };

  test("5,000 attachments that may give any of 5,000 policies take seconds, and are gains", () => {
    const names = Array.from({ length: 5000 }, (_, index) => `n${String(index)}`);
    const read = document(allow("s3:GetObject", "*"));
    const resources = names.flatMap((name): PlannedResource[] => [
      { ...managedPolicy(name, read, read), name: "p", index: name },
      {
        type: "aws_iam_role_policy_attachment",
        name: "a",
        index: name,
        before: null,
        after: { role: name },
        unknown: ["policy_arn", "id"],
        references: { policy_arn: ["aws_iam_policy.p", "each.value.policy", "each.value"] },
      },
    ]);
    const text = planOfResources(resources);
    const { user: start } = process.cpuUsage();
    const roles = reviewPlan(text, "plan").access.filter(({ kind }) => kind === "role");
    expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(30);
    expect(roles).toHaveLength(5000);
    expect(roles.every(({ verdict }) => verdict === "broadened")).toBe(true);
  });

  test("10,000 changed resources are reviewed in less than four times the time of 5,000", () => {
    const seconds = [1667, 3333].map((count) => {
      const text = plan(count);
      const { user: start } = process.cpuUsage();
      const report = reviewPlan(text, "plan", { never: ["iam:*"] });
      expect(report.access).toHaveLength(count);
      expect(report.findings.every(({ isForbidden }) => isForbidden)).toBe(true);
      return (process.cpuUsage().user - start) / 1e6;
    });
    const [small = 0, large = 0] = seconds;
    expect(large).toBeLessThan(4 * small);
    expect(large).toBeLessThan(60);
  });
});

/** The rows of a report about roles that somebody else may assume. */
import type { ReportRow } from "../../lib/review/report/report";
import { review } from "../support/iam-plan";

const ACCOUNT = "210987654321";
const EC2 = { Service: "ec2.amazonaws.com" };

const trust = (Principal: unknown): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }],
  });

function rows(before: unknown, after: unknown): readonly ReportRow[] {
  const role = (Principal: unknown) => ({
    name: "app",
    arn: `arn:aws:iam::${ACCOUNT}:role/app`,
    assume_role_policy: trust(Principal),
  });
  const [old, next] = [role(before), role(after)];
  return review({ type: "aws_iam_role", name: "app", before: old, after: next }).rows;
}

test.each<[string, unknown, string, string]>([
  [
    "a service",
    { Service: [EC2.Service, "lambda.amazonaws.com"] },
    "lambda.amazonaws.com",
    "lambda.amazonaws.com",
  ],
  [
    "an account",
    { ...EC2, AWS: "444455556666" },
    "444455556666",
    "arn:aws:iam::444455556666:user/example",
  ],
])("%s that is added is the only one that gains", (_, after, who, principal) => {
  const all = rows(EC2, after);
  expect(all.map((row) => [row.change, row.who.map(({ name }) => name)])).toEqual([
    ["gained", [who]],
  ]);
  expect(all[0]?.example?.principal).toBe(principal);
});

test("everybody includes the service that was trusted before", () => {
  expect(rows(EC2, "*").map(({ change, isPublic }) => [change, isPublic])).toEqual([
    ["gained", true],
  ]);
});

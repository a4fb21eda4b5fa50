/** The rows of a report about roles that somebody else may assume. */
import type { ReportRow } from "../../lib/review/report/report";
import { planned, review } from "../support/iam-plan";
import { trust } from "../support/policy-documents";

const EC2 = { Service: "ec2.amazonaws.com" };

function rows(before: unknown, after: unknown): readonly ReportRow[] {
  const role = (Principal: unknown) => ({
    name: "app",
    arn: "arn:aws:iam::210987654321:role/app",
    assume_role_policy: trust(Principal),
  });
  return review(planned("aws_iam_role", role(before), role(after))).rows;
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

import * as path from "node:path";
import type { PagePolicy, PageStatement } from "./page";
import { type ExpectedStatement, statementDifferences } from "./statements";

/** The ARN of a role on the pages. */
const ROLE = "arn:aws:iam::{account}:role/{role}";

/** The examples that the reference page repeats for every type that connects as an IAM role. */
const EXAMPLES: Readonly<Record<string, readonly ExpectedStatement[]>> = {
  "trust policy": [
    { actions: ["sts:AssumeRole"], arns: [ROLE] },
    { actions: ["sts:AssumeRole"], arns: ["arn:aws:iam::{account}:root"] },
    {
      actions: ["sts:AssumeRole"],
      arns: [ROLE],
      condition: '{"StringEquals":{"sts:ExternalId":"example-external-id"}}',
    },
  ],
  boundary: [{ actions: ["sts:AssumeRole"], arns: ["*"] }],
  "policy to assume the role": [{ actions: ["sts:AssumeRole"], arns: [ROLE] }],
};

/** The part of the page that has the examples and names no type. */
export function isPartWithExamples({ file, headings }: PagePolicy): boolean {
  return headings.length === 0 && path.basename(file) === "iam_role_trust_relationship.mdx";
}

/** True for a trust policy, and for the policies without a Sid that allow to assume a role. */
export function isExample({ sid, actions, principals }: PageStatement): boolean {
  return (
    principals !== undefined ||
    (sid === undefined && actions.some((action) => action.startsWith("sts:")))
  );
}

/** The differences between an example of a page and the most similar one that is known, in words. */
export function exampleDifferences(found: PageStatement): string[] {
  const name =
    found.principals !== undefined
      ? "trust policy"
      : found.resources.join() === "*"
        ? "boundary"
        : "policy to assume the role";
  const [nearest = []] = (EXAMPLES[name] ?? [])
    .map((example) => statementDifferences(found, example))
    .sort((one, other) => one.length - other.length);
  return nearest.map((text) => `${name}: ${text}`);
}

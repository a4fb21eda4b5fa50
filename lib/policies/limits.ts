import { renderArn } from "../iam/arn";
import { quotas } from "../iam/quotas";
import { type DatabaseType } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import type { Statement } from "../catalog/statement";

/** What an ARN is planned with where its parts have no limit worth planning with, such as a path. */
const TYPICAL_ARN_LENGTH = 128;

/** How many ARNs of roles one policy holds, for a statement of its own. */
export const roleArnsPerPolicy = Math.floor((quotas.managedPolicy - 200) / TYPICAL_ARN_LENGTH);

/** The longest values of the placeholders that every ARN has. */
const LONGEST = { partition: "aws-us-gov", account: "123456789012" };

function longestArn({ resources }: Statement): number {
  if (resources.kind !== "databases") return TYPICAL_ARN_LENGTH;
  const lengths = resources.scopes.flatMap((scope) =>
    scope.arns.map((template) => {
      const longest: Record<string, string> = { ...LONGEST };
      for (const [name, kind] of Object.entries(scope.fields)) {
        longest[name] = "x".repeat(fields[kind].maxLength);
      }
      return renderArn(template, (placeholder) => longest[placeholder] ?? "").length;
    }),
  );
  return Math.max(0, ...lengths);
}

/**
 * How many ARNs one policy of `type` can hold for certain, whatever their lengths. It depends on the
 * catalogue alone, so that the number of policies is known before any ARN is.
 */
export function arnsPerPolicy(type: DatabaseType): number {
  const frame = { Version: "2012-10-17", Statement: [] as object[] };
  frame.Statement = type.statements.map(({ sid, actions }) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [],
  }));
  const quotesAndComma = 3;
  const longest = Math.max(...type.statements.map(longestArn)) + quotesAndComma;
  return Math.floor((quotas.managedPolicy - JSON.stringify(frame).length) / longest);
}

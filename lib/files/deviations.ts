import type { DatabaseType } from "../catalog/database-type";
import { anyRole } from "../catalog/shared-statements";
import { code } from "../text/markdown";

/** The differences of every module from the reference page. */
const shared: readonly string[] = [
  `ARNs begin with ${code("arn:")} and ${code("aws_partition")}. The page has ${code("arn:aws:")}, which is wrong in AWS GovCloud (US) and in China.`,
  `The permissions boundary names actions, and no resource that a caller narrows. A copy of the policy would make every role wait for the databases. Its statement ${code(anyRole.sid)} has a Sid of this project.`,
];

/** The differences of a module for `types` from the reference page and their reasons, a Markdown paragraph each. */
export function deviations(types: readonly DatabaseType[]): string[] {
  return [...types.flatMap((type) => type.deviations ?? []), ...shared];
}

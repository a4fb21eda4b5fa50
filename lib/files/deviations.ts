import type { DatabaseType } from "../catalog/database-type";
import { anyRole } from "../catalog/shared-statements";
import { code } from "../text/markdown";

/** The differences of every module from the reference page. */
const shared: readonly string[] = [
  `ARNs begin with ${code("arn:")} and ${code("aws_partition")}. The page has ${code("arn:aws:")}, which is wrong in AWS GovCloud (US) and in China.`,
  `The permissions boundary lists actions without naming databases. The page repeats the policy, and such a boundary would make every role wait for the databases. The Sid ${code(anyRole.sid)} is of this project.`,
];

/** The differences of a module for `types` from the reference page and their reasons, a Markdown paragraph each. */
export function deviations(types: readonly DatabaseType[]): string[] {
  return [...types.flatMap((type) => type.deviations ?? []), ...shared];
}

import type { DatabaseType } from "../catalog/database-type";
import { ANY_ROLE_SID } from "../policies/policy";
import { ACCESS_ROLE_SID } from "../policies/statements";
import { code } from "../text/markdown";

/** Where every module differs from the reference page. */
const shared: readonly string[] = [
  `ARNs begin with ${code("arn:")} and ${code("aws_partition")}. The page has ${code("arn:aws:")}, which names nothing in AWS GovCloud (US) or in China.`,
  `The statements ${code(ACCESS_ROLE_SID)} and ${code(ANY_ROLE_SID)} have Sids of this project. The page gives them none.`,
  `The permissions boundary names actions and no resources that a caller narrows. The page repeats the policy; a boundary that named databases would make every role wait for them.`,
];

/** Where a module for `types` differs from the reference page and why, a Markdown paragraph each. */
export function deviations(types: readonly DatabaseType[]): string[] {
  return [...types.flatMap((type) => type.deviations ?? []), ...shared];
}

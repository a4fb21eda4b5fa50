import { type Compared, compared } from "./access";
import { compareTrust } from "./compare";
import type { Comparisons } from "./comparisons";
import { accountOf, type Accounts } from "./plan/accounts";
import type { ResourceDifference, Side } from "./plan/difference";
import type { AccessSide } from "./plan/planned-access";
import type { PlannedDocuments } from "./plan/planned-documents";
import { textOf } from "./plan/value";

/** A role before and after, which are two resources if it is deleted and created again. */
type RoleSides = Readonly<Record<Side, ResourceDifference>>;

/** Compares who may assume a role of the plan. */
function comparedTrust(
  { before, after }: RoleSides,
  texts: PlannedDocuments,
  accounts: Accounts,
  by: Comparisons,
): Compared {
  const name = textOf(after.value("after", "name")) ?? textOf(before.value("before", "name"));
  const subject = {
    kind: "trust policy",
    name: name ?? after.address,
    account: accounts.nameOf(after),
    resources: new Set([before, after]),
  } as const;
  const side = (role: ResourceDifference, which: Side): AccessSide => {
    return { policies: texts.held(role, "assume_role_policy", which, "trust"), boundary: [] };
  };
  const account = accountOf(before) ?? accountOf(after);
  return compared(
    subject,
    { before: side(before, "before"), after: side(after, "after") },
    {
      shared: { by, kind: `trust ${account ?? ""}` },
      compare: ({ policies: [old] }, { policies: [next] }) =>
        compareTrust(old, next, { account, budget: by.budget }),
    },
  );
}

/**
 * Compares the trust policies of a plan.
 *
 * @param recreated resources that are deleted, by what they are created again as
 */
export function comparedTrusts(
  resources: readonly ResourceDifference[],
  recreated: ReadonlyMap<ResourceDifference, ResourceDifference>,
  texts: PlannedDocuments,
  accounts: Accounts,
  by: Comparisons,
): Compared[] {
  const again = new Set(recreated.values());
  return resources
    .filter(({ type, action }) => type === "aws_iam_role" && action !== "none")
    .filter((role) => !again.has(role))
    .map((role) => {
      const sides = { before: role, after: recreated.get(role) ?? role };
      return comparedTrust(sides, texts, accounts, by);
    });
}

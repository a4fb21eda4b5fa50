import type { DatabaseType } from "../catalog/database-type";
import { ANY_ROLE_SID } from "../catalog/shared-statements";
import { managedUserSwitches } from "../inputs/type-variables";
import { interpolate, list, quote } from "../text/hcl";
import { shown } from "./rules";

/** A condition (an expression) and its message. */
type Condition = readonly [condition: string, message: string];

/** The rules that span variables and protect the policy of a module for `types`. */
export function policyRules(types: readonly DatabaseType[]): readonly Condition[] {
  const ofUserRoles = types.flatMap(({ userRole }) => userRole?.statements ?? []);
  // The boundary has a statement of its own, too.
  const otherSids = [ANY_ROLE_SID, ...ofUserRoles.map(({ sid }) => sid)].map(quote);
  const rules: Condition[] = [
    [
      "length(local.policy_statements) > 0",
      "it would have no statement, which IAM rejects: every list is empty, or every switch is false. Name a database, or remove this call of the module.",
    ],
    [
      "alltrue([for sid in keys(var.statement_conditions) : contains(local.policy_statements[*].Sid, sid)])",
      `statement_conditions has a Sid that the policy does not contain. Its Sids: ${interpolate(shown('join(", ", local.policy_statements[*].Sid)'))}.`,
    ],
    [
      `length(setintersection(concat(local.statements[*].Sid, ${list(otherSids)}), var.additional_statements[*].Sid)) == 0`,
      "additional_statements has a Sid of the module's own statements. Choose another Sid.",
    ],
  ];
  const switches = managedUserSwitches(types);
  if (switches.length > 0) {
    rules.push([
      `length(var.kms_key_ids) == 0 || ${switches.map((name) => `var.${name}`).join(" || ")}`,
      `kms_key_ids has no effect without managed users. Set ${switches.join(" or ")} to true, or kms_key_ids = [].`,
    ]);
  }
  return rules;
}

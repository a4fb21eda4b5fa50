import type { Construct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import { accessRoleVariables } from "../inputs/role-variables";
import { expression, localsOf } from "../policies/terraform";
import { accessRoleTrust } from "../policies/trust";
import { interpolate } from "../text/hcl";
import { RoleStack } from "./role-stack";
import { documentOf, externalIdHasItsVariable, protectsOtherAccounts, trustLocals } from "./rules";

/** The module of the role in the databases' account that the Database Service assumes. */
export class AccessRoleStack extends RoleStack {
  /** @param defaults values that replace the defaults of the module's variables */
  constructor(scope: Construct, id: string, marker: string, defaults: Inputs = {}) {
    super(scope, id, marker, accessRoleVariables, defaults);
    this.addLocals({
      ...localsOf([accessRoleTrust]),
      trust_policy_json: interpolate(documentOf(expression(accessRoleTrust))),
      ...trustLocals,
    });
    this.addRole({
      resource: "access",
      description: "Assumed by Teleport's Database Service.",
      arnDescription:
        "ARN of the role: assume_role_arn in Teleport's configuration, and assume_role_arns of the service role.",
      preconditions: [protectsOtherAccounts, externalIdHasItsVariable],
    });
    this.addOutput(
      "teleport_database_aws",
      "The aws settings of a database in Teleport's configuration that match the role, with the first external ID.",
      "${merge({ account_id = var.aws_account_id, assume_role_arn = aws_iam_role.access.arn }, length(var.external_ids) > 0 ? { external_id = var.external_ids[0] } : {})}",
    );
    this.addTokenRules();
  }
}

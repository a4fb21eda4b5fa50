import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import { accessRoleVariables } from "../inputs/role-variables";
import { expression, localsOf } from "../policies/terraform";
import { accessRoleTrust } from "../policies/trust";
import { interpolate } from "../text/hcl";
import { ModuleStack } from "./module-stack";
import {
  createdInAccount,
  documentOf,
  externalIdHasItsVariable,
  LABEL,
  protectsOtherAccounts,
  THIS_ROLE,
  trustLocals,
  trustPolicyFits,
} from "./rules";
import { TOKEN_RULES, TOKEN_RULES_DESCRIPTION } from "./teleport-configuration";

/** The module of the role in the databases' account that the Database Service assumes. */
export class AccessRoleStack extends ModuleStack {
  /**
   * @param marker the comment that says how the module was generated
   * @param defaults values that replace the defaults of the module's variables
   */
  constructor(scope: Construct, id: string, marker: string, defaults: Inputs = {}) {
    super(scope, id, marker);
    this.addVariables(accessRoleVariables, defaults);
    this.addRole();
    this.addOutputs();
  }

  private addRole(): void {
    this.addLocals({
      [LABEL]: THIS_ROLE,
      ...localsOf([accessRoleTrust]),
      trust_policy_json: interpolate(documentOf(expression(accessRoleTrust))),
      ...trustLocals,
    });
    this.addResource(
      IamRole,
      "access",
      {
        name: "${var.role_name}",
        path: "${var.role_path}",
        description: "Assumed by Teleport's Database Service.",
        assumeRolePolicy: "${local.trust_policy_json}",
        permissionsBoundary: "${var.permissions_boundary_arn}",
      },
      {
        tags: "${var.tags}",
        lifecycle: {
          precondition: [
            protectsOtherAccounts,
            externalIdHasItsVariable,
            trustPolicyFits("local.trust_policy_json"),
          ],
        },
      },
    );
  }

  private addOutputs(): void {
    this.addOutput(
      "role_name",
      "Name of the role, for attach_to_roles of the modules that make policies.",
      "${aws_iam_role.access.id}",
    );
    this.addOutput(
      "role_arn",
      "ARN of the role: assume_role_arn in Teleport's configuration, and assume_role_arns of the service role.",
      "${aws_iam_role.access.arn}",
      [createdInAccount("role", "aws_iam_role.access.arn")],
    );
    this.addOutput(
      "teleport_database_aws",
      "The aws settings of a database in Teleport's configuration that match the role, with the first external ID.",
      "${merge({ account_id = var.aws_account_id, assume_role_arn = aws_iam_role.access.arn }, length(var.external_ids) > 0 ? { external_id = var.external_ids[0] } : {})}",
    );
    this.addOutput("teleport_token_rules", TOKEN_RULES_DESCRIPTION, TOKEN_RULES);
  }
}

import { interpolate } from "../text/hcl";
import { once } from "../text/memo";
import { document } from "../policies/policy";
import { expression, localsOf } from "../policies/terraform";
import { accessRoleArn, accessRoleTrust } from "../policies/trust";
import { type Element, locals, output, resource } from "./element";
import { hasItsNameAlone, keepsItsPath, nameAndPath } from "./names";
import { boundaryOf, hasOneBoundary } from "./permissions-boundary";
import {
  accessRoleAsksForExternalId,
  externalIdComesFirst,
  isInAccount,
  plain,
  rule,
  trustPolicyFits,
} from "./rules";

/** The role in the databases' account that the Database Service assumes first. */
export const accessRole = once((): readonly Element[] => {
  const trust = document(accessRoleTrust);
  return [
    ...locals(localsOf([trust, accessRoleArn]), {
      access_role_trust_policy: interpolate(`jsonencode(${expression(trust)})`),
    }),
    resource(
      "aws_iam_role",
      "access",
      {
        ...nameAndPath("access_role_name"),
        description: "${var.access_role_description}",
        assumeRolePolicy: "${local.access_role_trust_policy}",
        permissionsBoundary: boundaryOf("access"),
      },
      {
        count: interpolate(`${plain("var.create_access_role")} ? 1 : 0`),
        max_session_duration: "${var.access_role_max_session_duration}",
        tags: "${var.tags}",
        lifecycle: {
          create_before_destroy: true,
          precondition: [
            accessRoleAsksForExternalId,
            externalIdComesFirst,
            rule(
              "var.create_policy",
              "create_access_role creates the role that carries this module's policy, but create_policy is false. Set create_policy = true.",
            ),
            rule(
              "!var.create_service_role",
              "create_service_role and create_access_role create roles for the two ends of one hop. Call the module once for each, with assume_role_arns in the call with create_service_role.",
            ),
            hasOneBoundary("access"),
            hasItsNameAlone('"access_role"'),
            keepsItsPath('"access_role"'),
            trustPolicyFits("local.access_role_trust_policy"),
          ],
          postcondition: [isInAccount("var.aws_account_id")],
        },
      },
    ),
    output("access_role_arn", {
      description:
        "ARN of the created access role, the assume_role_arn of Teleport's configuration; null where there is none.",
      // Put together instead of read from the role, so that a plan shows the policies that name it.
      value: "${var.create_access_role ? local.access_role_arn : null}",
      dependsOn: ["aws_iam_role.access"],
    }),
    output("access_role_trust", {
      description:
        "The statements of the access role's trust policy, for a plan to show who may assume it.",
      value: interpolate(
        `var.create_access_role ? jsondecode(local.access_role_trust_policy).Statement : null`,
      ),
    }),
  ];
});

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { accessRoleRules } from "../policies/preconditions";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";
import { permissionsBoundaryArn } from "./permissions-boundary";
import { attachPolicies } from "./policies";
import { finish } from "./resource";

/** Adds the role in the databases' account that the Database Service assumes first. */
export function addAccessRole(stack: ModuleStack): void {
  finish(
    new IamRole(stack, "aws_iam_role.access", {
      name: "${basename(var.access_role_name)}",
      path: '${trimsuffix("/${var.access_role_name}", basename(var.access_role_name))}',
      assumeRolePolicy: "${local.access_role_trust_policy}",
      permissionsBoundary: permissionsBoundaryArn,
    }),
    "access",
    {
      count: "${var.create_access_role ? 1 : 0}",
      tags: "${var.tags}",
      "lifecycle.precondition": accessRoleRules,
    },
  );
  attachPolicies(stack, "access", "var.create_access_role", "aws_iam_role.access[0].name");
  new ModuleOutput(stack, "access_role_arn", {
    description:
      "ARN of the created access role, the assume_role_arn of Teleport's configuration; null where there is none.",
    // Put together instead of read from the role, so that a plan shows the policies that name it.
    value: "${var.create_access_role ? local.access_role_arn : null}",
  }).addOverride("depends_on", ["aws_iam_role.access"]);
}

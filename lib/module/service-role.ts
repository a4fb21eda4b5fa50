import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { serviceRoleRules } from "../policies/preconditions";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";
import { permissionsBoundaryArn } from "./permissions-boundary";
import { attachPolicies } from "./policies";
import { finish } from "./resource";

const NAME = "${basename(var.service_role_name)}";
const PATH = '${trimsuffix("/${var.service_role_name}", basename(var.service_role_name))}';

/** Adds the Database Service's own role, with an instance profile where it runs on EC2. */
export function addServiceRole(stack: ModuleStack): void {
  finish(
    new IamRole(stack, "aws_iam_role.service", {
      name: NAME,
      path: PATH,
      assumeRolePolicy: "${local.service_role_trust_policy}",
      permissionsBoundary: permissionsBoundaryArn,
    }),
    "service",
    {
      count: "${var.create_service_role ? 1 : 0}",
      tags: "${var.tags}",
      "lifecycle.precondition": serviceRoleRules,
    },
  );
  attachPolicies(stack, "service", "var.create_service_role", "aws_iam_role.service[0].name");
  finish(
    new IamInstanceProfile(stack, "aws_iam_instance_profile.service", {
      name: NAME,
      path: PATH,
      role: "${aws_iam_role.service[0].name}",
    }),
    "service",
    {
      count: '${var.create_service_role ? (var.service_role_trust == "ec2" ? 1 : 0) : 0}',
      tags: "${var.tags}",
    },
  );
  new ModuleOutput(stack, "service_role_arn", {
    description: "ARN of the Database Service's created role; null where none is created.",
    value: "${one(aws_iam_role.service[*].arn)}",
  });
  new ModuleOutput(stack, "service_role_name", {
    description: "Name of the Database Service's created role; null where none is created.",
    value: "${one(aws_iam_role.service[*].name)}",
  });
  new ModuleOutput(stack, "service_instance_profile_name", {
    description:
      "Name of the instance profile of the Database Service's created role; null where there is none.",
    value: "${one(aws_iam_instance_profile.service[*].name)}",
  });
}

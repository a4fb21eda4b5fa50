import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { quotas } from "../iam/quotas";
import { fits } from "../policies/preconditions";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";
import { finish } from "./resource";

/** The boundary's ARN, or null where none is created. */
export const permissionsBoundaryArn = "${one(aws_iam_policy.permissions_boundary[*].arn)}";

/** Adds the permissions boundary of the role that carries the policy. */
export function addPermissionsBoundary(stack: ModuleStack): void {
  finish(
    new IamPolicy(stack, "aws_iam_policy.permissions_boundary", {
      name: "${var.policy_name}-boundary",
      path: "${var.policy_path}",
      description: "${var.policy_description}",
      policy: "${local.permissions_boundary_json}",
    }),
    "permissions_boundary",
    {
      count: "${var.create_permissions_boundary ? 1 : 0}",
      tags: "${var.tags}",
      "lifecycle.precondition": [
        fits(
          "The permissions boundary",
          "local.permissions_boundary_json",
          quotas.managedPolicy,
          "A role has one boundary, which cannot be split: use wildcards in the names, or name no resources in the call that creates the boundary.",
        ),
      ],
    },
  );
  new ModuleOutput(stack, "permissions_boundary_json", {
    description:
      "The permissions boundary as JSON, whether or not create_permissions_boundary creates it.",
    value: "${local.permissions_boundary_json}",
  });
  new ModuleOutput(stack, "permissions_boundary_arn", {
    description: "ARN of the created permissions boundary; null where there is none.",
    value: permissionsBoundaryArn,
  });
}

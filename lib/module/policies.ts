import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Composition } from "../policies/composition";
import { documentSize, precondition } from "../policies/expressions";
import { interpolate } from "../hcl";
import { quotas } from "../iam/quotas";
import { policyNameExpression } from "../policies/policies";
import { attachmentRules, fits, policyRules } from "../policies/preconditions";
import { ModuleCheck } from "./module-check";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";
import { finish } from "./resource";

/** Attaches every policy to the role `role` (an expression) while `condition` (another) holds. */
export function attachPolicies(
  stack: ModuleStack,
  name: string,
  condition: string,
  role: string,
): void {
  finish(
    new IamRolePolicyAttachment(stack, `aws_iam_role_policy_attachment.${name}`, {
      role: interpolate(role),
      policyArn: "${aws_iam_policy.database_access[each.key].arn}",
    }),
    name,
    {
      for_each: interpolate(
        `var.create_policy && ${condition} ? toset(keys(local.policies)) : toset([])`,
      ),
    },
  );
}

function sizeOf(document: string): string {
  const size = documentSize(document);
  const limit = String(quotas.managedPolicy);
  return `{ size = ${size}, limit = ${limit}, headroom = ${limit} - ${size} }`;
}

/** Adds the Database Service's policies, their attachments and the outputs about them. */
export function addPolicies(stack: ModuleStack, { types }: Composition): void {
  const narrower = "Name fewer resources, or use wildcards in their names.";
  finish(
    new IamPolicy(stack, "aws_iam_policy.database_access", {
      name: policyNameExpression(types),
      path: "${var.policy_path}",
      description: "${var.policy_description}",
      policy: "${each.value}",
    }),
    "database_access",
    {
      for_each: "${var.create_policy ? local.policies : {}}",
      tags: "${var.tags}",
      "lifecycle.precondition": [
        fits(
          "Policy ${each.key}",
          "each.value",
          quotas.managedPolicy,
          types.length > 1 ? `Set split_policy_by_type = true. ${narrower}` : narrower,
        ),
      ],
    },
  );
  finish(
    new IamRolePolicyAttachment(stack, "aws_iam_role_policy_attachment.database_access", {
      role: "${each.value.role}",
      policyArn: "${aws_iam_policy.database_access[each.value.policy].arn}",
    }),
    "database_access",
    {
      for_each:
        '${var.create_policy ? merge([for key, role in var.attach_to_roles : { for policy in keys(local.policies) : "${key}/${policy}" => { role = role, policy = policy } }]...) : {}}',
    },
  );
  new ModuleCheck(
    stack,
    "policies_per_role",
    precondition(
      `!var.create_policy || length(local.policies) <= ${String(quotas.policiesPerRole)}`,
      `There are \${length(local.policies)} policies; a role takes ${String(quotas.policiesPerRole)} by default. Raise the quota "Managed policies attached to an IAM role", or use wildcards to need fewer.`,
    ),
  );

  new ModuleOutput(stack, "policy_json", {
    description:
      "The whole policy of the Database Service as JSON, whether or not create_policy creates it.",
    value: "${local.policy_json}",
    preconditions: policyRules(types),
  });
  new ModuleOutput(stack, "policy_arns", {
    description: "ARNs of the created policies by key.",
    value: "${{ for key, policy in aws_iam_policy.database_access : key => policy.arn }}",
    preconditions: attachmentRules,
  });
  new ModuleOutput(stack, "policy_sizes", {
    description:
      "Size of each policy and of the permissions boundary as IAM counts it, the limit, and what is left of it, in characters, by key.",
    value: interpolate(
      `merge({ for key, policy in local.policies : key => ${sizeOf("policy")} }, var.create_permissions_boundary ? { permissions_boundary = ${sizeOf("local.permissions_boundary_json")} } : {})`,
    ),
  });
}

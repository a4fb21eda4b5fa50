import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Composition } from "../composition";
import { documentSize, require } from "../composition/expressions";
import { interpolate } from "../composition/hcl";
import { limits } from "../composition/limits";
import { policyNameExpression } from "../composition/policies";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";

/** Adds the Database Service's policies, their attachments and the outputs about them. */
export function addPolicies(stack: ModuleStack, { types }: Composition): void {
  const size = documentSize("each.value");
  const limit = String(limits.managedPolicy);
  const remedy =
    types.length > 1
      ? "Set split_policy_by_type, name fewer resources, or use wildcards in the names."
      : "Name fewer resources, or use wildcards in the names.";
  const policy = new IamPolicy(stack, "aws_iam_policy.database_access", {
    name: policyNameExpression(types),
    path: interpolate("var.policy_path"),
    description: interpolate("var.policy_description"),
    policy: interpolate("each.value"),
  });
  policy.overrideLogicalId("database_access");
  policy.addOverride("for_each", interpolate("var.create_policy ? local.policies : {}"));
  policy.addOverride("tags", interpolate("var.tags"));
  policy.addOverride("lifecycle.precondition", [
    require(`${size} <= ${limit}`, `Policy \${each.key} is \${${size}} characters long; IAM allows ${limit}. ${remedy}`),
  ]);

  const attachment = new IamRolePolicyAttachment(
    stack,
    "aws_iam_role_policy_attachment.database_access",
    {
      role: interpolate("each.value.role"),
      policyArn: interpolate("aws_iam_policy.database_access[each.value.policy].arn"),
    },
  );
  attachment.overrideLogicalId("database_access");
  attachment.addOverride(
    "for_each",
    interpolate(
      'var.create_policy ? merge([for key, role in var.attach_to_roles : { for policy in keys(local.policies) : "${key}/${policy}" => { role = role, policy = policy } }]...) : {}',
    ),
  );

  new ModuleOutput(stack, "policy_json", {
    description:
      "The whole policy of the Database Service as JSON, whether or not create_policy creates it.",
    value: interpolate("local.policy_json"),
    preconditions: [
      require("length(local.granted_statements) > 0 || !var.create_policy", "The variables leave no statement in the policy, and IAM takes no empty one. Allow something, or set create_policy = false."),
    ],
  });
  new ModuleOutput(stack, "policy_arns", {
    description: "ARNs of the created policies by key.",
    value: interpolate("{ for key, policy in aws_iam_policy.database_access : key => policy.arn }"),
    preconditions: [
      require("var.create_policy || length(var.attach_to_roles) == 0", "attach_to_roles names roles, but create_policy is false, so there is no policy to attach. Set create_policy = true, or leave attach_to_roles empty."),
    ],
  });
  new ModuleOutput(stack, "policy_sizes", {
    description:
      "Size of each policy as IAM counts it, the limit, and what is left of it, in characters, by key.",
    value: interpolate(
      `{ for key, policy in local.policies : key => { size = ${documentSize("policy")}, limit = ${limit}, headroom = ${limit} - ${documentSize("policy")} } }`,
    ),
  });
}

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Composition } from "../policies/composition";
import { interpolate } from "../hcl";
import { quotas } from "../iam/quotas";
import {
  fits,
  trustPolicyFits,
  userRoleRules,
  userRolesAskForExternalId,
} from "../policies/preconditions";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";
import { finish } from "./resource";

/** Adds the roles that users connect as, what they may do, and the outputs about them. */
export function addUserRoles(stack: ModuleStack, { types }: Composition): void {
  const names = types.flatMap(({ name, userRole }) => (userRole === undefined ? [] : [name]));
  finish(
    new IamRole(stack, "aws_iam_role.user", {
      name: "${each.value.name}",
      path: "${each.value.path}",
      assumeRolePolicy: "${local.user_role_trust_policies[each.value.type]}",
      permissionsBoundary: "${var.user_role_permissions_boundary_arn}",
    }),
    "user",
    {
      for_each: "${local.user_roles}",
      max_session_duration: "${var.user_role_max_session_duration}",
      tags: "${var.tags}",
      // IAM refuses a trust policy that names a role which does not exist yet.
      depends_on: ["aws_iam_role.access", "aws_iam_role.service"],
      "lifecycle.precondition": [
        trustPolicyFits("local.user_role_trust_policies[each.value.type]"),
      ],
    },
  );
  finish(
    new IamRolePolicy(stack, "aws_iam_role_policy.user", {
      name: "${each.value.name}",
      role: "${aws_iam_role.user[each.key].name}",
      policy: "${each.value.policy}",
    }),
    "user",
    {
      for_each:
        "${{ for key, role in local.user_roles : key => local.user_role_policies[role.type] if contains(keys(local.user_role_policies), role.type) }}",
      "lifecycle.precondition": [
        fits(
          "The inline policy of role ${each.key}",
          "each.value.policy",
          quotas.inlinePolicies.role,
          "Name fewer resources, or attach managed policies.",
        ),
      ],
    },
  );
  finish(
    new IamRolePolicyAttachment(stack, "aws_iam_role_policy_attachment.user", {
      role: "${aws_iam_role.user[each.value.role].name}",
      policyArn: "${each.value.policy_arn}",
    }),
    "user",
    {
      for_each:
        '${merge([for key, role in local.user_roles : { for index, arn in lookup(local.user_role_policy_arns, role.type, []) : "${key}/${index}" => { role = key, policy_arn = arn } }]...)}',
    },
  );

  new ModuleOutput(stack, "user_role_arns", {
    description: "ARNs of the created database-user roles by type and name.",
    value: interpolate(
      `{ for type in ${JSON.stringify(names)} : type => { for key, role in local.user_roles : trimprefix(key, "\${type}/") => aws_iam_role.user[key].arn if role.type == type } if var.create_user_roles }`,
    ),
    preconditions: userRoleRules,
  });
  new ModuleOutput(stack, "user_role_trust_policies", {
    description:
      "Trust policies of the database-user roles as JSON by type, for roles that are created elsewhere. Empty with assume_role_arns: then the access role's account has them.",
    value:
      "${{ for type, policy in local.user_role_trust_policies : type => policy if length(var.assume_role_arns) == 0 }}",
    preconditions: [userRolesAskForExternalId],
  });
}

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Rule } from "../inputs/validation";
import { userRoleNames } from "../policies/resources";
import { granted, userRoleStatements } from "../policies/statements";
import type { Term } from "../policies/term";
import { expression, localsOf } from "../policies/terraform";
import { userRoleTrust } from "../policies/trust";
import { interpolate } from "../text/hcl";
import type { ModuleStack } from "./module-stack";
import {
  allCreatedInAccount,
  documentOf,
  externalIdHasItsVariable,
  protectsOtherAccounts,
  rule,
  shown,
  trustLocals,
  trustPolicyFits,
} from "./rules";

function byType(
  types: readonly DatabaseType[],
  value: (type: DatabaseType) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(types.map((type) => [type.name, value(type)]));
}

/** A variable of each type, as a template. */
function variableByType(types: readonly DatabaseType[], suffix: string): Record<string, unknown> {
  return byType(types, ({ name }) => `\${var.${variablePrefix(name)}_${suffix}}`);
}

const isOfPage = ({ userRole }: DatabaseType): boolean => userRole?.statements !== undefined;

/** The roles to create, by type and name. A role keeps its address whatever its path. */
function roleLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  return {
    ...localsOf([...types.map(userRoleNames), ...types.map(userRoleTrust)]),
    create_user_roles: interpolate(shown("var.create_user_roles")),
    // They become keys of for_each, which cannot be sensitive.
    user_role_names: byType(types, (type) =>
      interpolate(`[for name in ${shown(expression(userRoleNames(type)))} : ${shown("name")}]`),
    ),
    user_role_path: interpolate(shown("var.user_role_path")),
    named_user_roles:
      '${flatten([for type, names in local.user_role_names : [for name in names : { type = type, name = basename(name), path = trimsuffix("${local.user_role_path}${name}", basename(name)) }]])}',
    user_roles: interpolate(
      '{ for role in local.named_user_roles : "${role.type}/${role.name}" => role }',
    ),
    user_role_trust_policies: byType(types, (type) =>
      interpolate(documentOf(expression(userRoleTrust(type)))),
    ),
    ...trustLocals,
  };
}

/** The policies of the roles: the reference page's, and those that the caller gives by role. */
function policyLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const ofPage = types.filter(isOfPage);
  const ofCaller = types.filter((type) => !isOfPage(type));
  const statementsOf = (type: DatabaseType): Term => granted(userRoleStatements(type));
  return {
    ...localsOf(ofPage.map(statementsOf)),
    page_user_role_policies: byType(ofPage, (type) =>
      interpolate(documentOf(expression(statementsOf(type)))),
    ),
    page_user_role_policy_names: byType(ofPage, ({ userRole }) => userRole?.statements?.[0]?.sid),
    user_role_policies: variableByType(ofCaller, "user_role_policies"),
    given_user_role_policies:
      '${merge([for type, policies in local.user_role_policies : { for name, policy in policies : "${type}/${name}" => policy }]...)}',
    user_role_policy_arns: variableByType(ofCaller, "user_role_policy_arns"),
    given_user_role_policy_arns: interpolate(
      `merge(flatten([for type, roles in local.user_role_policy_arns : [for name in ${shown("keys(roles)")} : [for key in ${shown("keys(roles[name])")} : { "\${type}/\${name}/\${key}" = { role = "\${type}/\${name}", arn = roles[name][key] } }]]])...)`,
    ),
    user_role_policy_keys: interpolate(
      `[for key, role in ${created("user_roles")} : key if contains(concat(keys(local.page_user_role_policies)), role.type) || contains(${shown("keys(local.given_user_role_policies)")}, key)]`,
    ),
    roles_with_given_policies: interpolate(
      `distinct(concat(${shown("keys(local.given_user_role_policies)")}, [for given in values(local.given_user_role_policy_arns) : given.role]))`,
    ),
  };
}

/** A local value with the roles, or nothing while none are created. */
const created = (name: string): string => `(local.create_user_roles ? local.${name} : {})`;

/** The rules about the roles as a whole. The output `user_role_arns` has them. */
function rulesOfAll(types: readonly DatabaseType[]): Rule[] {
  const names = types.map(({ name }) => `${variablePrefix(name)}_user_role_names`).join(", ");
  return [
    rule(
      "!local.create_user_roles || length(local.named_user_roles) > 0",
      `create_user_roles is true, but ${names} ${types.length === 1 ? "is" : "are"} empty. Name a role, or set create_user_roles = false.`,
    ),
    rule(
      "local.create_user_roles || (length(var.external_ids) == 0 && length(var.trust_conditions) == 0 && var.user_role_permissions_boundary_arn == null)",
      "external_ids, trust_conditions and user_role_permissions_boundary_arn have no effect while create_user_roles is false. Set create_user_roles = true, or leave them out.",
    ),
    allCreatedInAccount("database-user roles", "values(aws_iam_role.user)[*].arn"),
  ];
}

/**
 * The rules about policies that the caller gives to roles. They are not on `user_role_arns`: a database
 * whose own policy names the roles can be named in these policies.
 */
export function givenPolicyRules(types: readonly DatabaseType[]): Rule[] {
  if (types.every(isOfPage)) return [];
  const strangers = `[for key in local.roles_with_given_policies : key if !contains(keys(${created("user_roles")}), key)]`;
  return [
    rule(
      `length(${strangers}) == 0`,
      `${interpolate(shown(`jsonencode(${strangers})`))}: the module does not create these roles (type/name), so it cannot give them policies. Use the names, without path, of …_user_role_names, and set create_user_roles = true.`,
    ),
  ];
}

/** The rule that a policy of the reference page is not empty. */
const HAS_STATEMENT = rule(
  'length(try(jsondecode(local.page_user_role_policies[local.user_roles[each.key].type]).Statement, ["given"])) > 0',
  "the policy of the role ${each.key} would have no statement, which IAM rejects. Name what it may connect to, or remove the role.",
);

/** Adds the roles that database users connect as, their policies, and the output about them. */
export function addUserRoles(stack: ModuleStack, types: readonly DatabaseType[]): void {
  stack.addLocals(roleLocals(types));
  stack.addResource(
    IamRole,
    "user",
    {
      name: "${each.value.name}",
      path: "${each.value.path}",
      description: "Assumed by Teleport's Database Service for its users.",
      assumeRolePolicy: "${local.user_role_trust_policies[each.value.type]}",
      permissionsBoundary: "${var.user_role_permissions_boundary_arn}",
    },
    {
      for_each: interpolate(created("user_roles")),
      tags: "${var.tags}",
      lifecycle: {
        precondition: [
          rule(
            "length(var.trusted_principals) > 0",
            "trusted_principals is empty, so nobody could assume the database-user roles. Add the ARN of the Database Service's role.",
          ),
          protectsOtherAccounts,
          externalIdHasItsVariable,
          rule(
            // The first of two such roles passes: one mistake gives one message.
            "each.key == [for key, role in local.user_roles : key if lower(role.name) == lower(each.value.name)][0]",
            "two types have a database-user role named ${each.value.name}. IAM names are unique in an account, whatever their path and case: choose another name.",
          ),
          trustPolicyFits("local.user_role_trust_policies[each.value.type]"),
        ],
      },
    },
  );
  stack.addLocals(policyLocals(types));
  stack.addResource(
    IamRolePolicy,
    "user",
    {
      name: '${lookup(local.page_user_role_policy_names, local.user_roles[each.key].type, "DatabaseUser")}',
      role: "${aws_iam_role.user[each.key].id}",
      policy:
        "${try(local.page_user_role_policies[local.user_roles[each.key].type], local.given_user_role_policies[each.key])}",
    },
    {
      for_each: "${toset(local.user_role_policy_keys)}",
      ...(types.some(isOfPage) ? { lifecycle: { precondition: [HAS_STATEMENT] } } : {}),
    },
  );
  if (!types.every(isOfPage)) {
    stack.addResource(
      IamRolePolicyAttachment,
      "user",
      {
        role: "${aws_iam_role.user[local.given_user_role_policy_arns[each.key].role].id}",
        policyArn: "${local.given_user_role_policy_arns[each.key].arn}",
      },
      {
        for_each: interpolate(
          `toset([for key, given in local.given_user_role_policy_arns : key if contains(keys(${created("user_roles")}), given.role)])`,
        ),
      },
    );
  }
  stack.addOutput(
    "user_role_arns",
    "ARNs of the created database-user roles by type and name, without path.",
    '${{ for type in keys(local.user_role_names) : type => { for role in aws_iam_role.user : role.name => role.arn if contains(keys(local.user_roles), "${type}/${role.name}") } }}',
    rulesOfAll(types),
  );
}

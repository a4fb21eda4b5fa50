import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { interpolate, list, quote } from "../text/hcl";
import { quotas } from "../catalog/quotas";
import type { ModuleDefinition } from "../inputs/module-definition";
import { memo, once } from "../text/memo";
import { document } from "../policies/policy";
import { finishedStatement, userRoleEntries } from "../policies/statements";
import { expression, localsOf } from "../policies/terraform";
import { userRoleTrust } from "../policies/trust";
import { type Element, locals, output, resource } from "./element";
import { hasItsNameAlone, keepsItsPath } from "./names";
import { documentAround, readable } from "./policies";
import {
  externalIdComesFirst,
  fits,
  isInAccount,
  plain,
  rule,
  type Rule,
  sizeOf,
  trustPolicyFits,
  userRolesAskForExternalId,
} from "./rules";

/** An object of the expressions that `value` gives for each type. */
function byType(
  types: readonly DatabaseType[],
  value: (prefix: string, type: DatabaseType) => string,
): string {
  const entries = types.map(
    (type) => `${quote(type.name)} = ${value(variablePrefix(type.name), type)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

/** The types whose roles' permissions are the caller's choice. */
function ofCaller(types: readonly DatabaseType[]): DatabaseType[] {
  return types.filter(({ userRole }) => userRole?.statements.length === 0);
}

/** The types whose roles' permissions the reference page says. */
function ofPage(types: readonly DatabaseType[]): DatabaseType[] {
  return types.filter(({ userRole }) => userRole?.statements.length !== 0);
}

/** The trust policy of a type's roles: as a term, and as JSON. */
const trustOf = memo((type: DatabaseType) => {
  const trust = document(userRoleTrust(type));
  return { trust, json: interpolate(`jsonencode(${expression(trust)})`) };
});

function userRoleLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const entries = userRoleEntries(types);
  // Nothing of the names may count while no role is created: they may be known after apply only.
  const names = `${plain("var.create_user_roles")} ? ${byType(types, (prefix) =>
    plain(`coalesce(var.${prefix}_user_role_names, [])`),
  )} : {}`;
  return {
    ...localsOf([...types.map((type) => trustOf(type).trust), entries]),
    user_role_trust_policies: Object.fromEntries(
      types.map((type) => [type.name, trustOf(type).json]),
    ),
    named_user_roles: interpolate(
      `flatten([for type, names in ${names} : [for name in names : { type = type, name = ${plain("basename(name)")}, path = ${plain('trimsuffix("${var.user_role_path}${name}", basename(name))')}, variable = "\${replace(type, "-", "_")}_user_role_names" }]])`,
    ),
    // By the name without its path: a role keeps its address whatever its path.
    user_roles_by_key: interpolate(
      `{ for role in local.named_user_roles : "\${role.type}/\${role.name}" => role... }`,
    ),
    user_roles: interpolate(`{ for key, roles in local.user_roles_by_key : key => roles[0] }`),
    given_user_role_policy_keys: interpolate(givenKeys(types, "user_role_policies")),
    given_user_role_arn_keys: interpolate(givenKeys(types, "user_role_policy_arns")),
    given_user_role_policies: interpolate(
      byType(ofCaller(types), (prefix) => `var.${prefix}_user_role_policies`),
    ),
    user_role_policies: interpolate(
      `merge({ for key, role in local.user_roles : key => { name = one(distinct([for entry in local.user_role_statements : entry.statement.Sid if entry.type == role.type])), policy = ${documentAround(`[for entry in local.granted_user_role_statements : ${expression(finishedStatement)} if entry.type == role.type]`)} } if contains(${list(ofPage(types).map(({ name }) => quote(name)))}, role.type) }, { for key, role in local.user_roles : key => { name = "DatabaseUser", policy = local.given_user_role_policies[role.type][role.name] } if contains(local.given_user_role_policy_keys, key) })`,
    ),
    user_role_policy_arns: interpolate(
      `merge([for key, role in local.user_roles : { for name, arn in ${byType(ofCaller(types), (prefix) => `var.${prefix}_user_role_policy_arns`)}[role.type][role.name] : "\${key}/\${name}" => { role = key, arn = arn } } if contains(local.given_user_role_arn_keys, key)]...)`,
    ),
  };
}

/** The keys (type/name) under which a caller gives something to roles by the variables of `suffix`. */
function givenKeys(types: readonly DatabaseType[], suffix: string): string {
  const keys = ofCaller(types).map(
    (type) =>
      `[for name in keys(var.${variablePrefix(type.name)}_${suffix}) : "${type.name}/\${name}"]`,
  );
  return plain(`concat(${["[]", ...keys].join(", ")})`);
}

/** Rules about the database-user roles as a whole. */
function rules(types: readonly DatabaseType[]): Rule[] {
  const twice =
    '[for key, roles in local.user_roles_by_key : "${roles[0].variable} (${join(", ", [for role in roles : "${role.path}${role.name}"])})" if length(roles) > 1]';
  return [
    rule(
      `length(${twice}) == 0`,
      `\${join(", ", ${twice})}: a role stands more than once in these variables, and IAM has a name once, whatever its path. Name it once.`,
    ),
    rule(
      "!var.create_user_roles || length(local.named_user_roles) > 0",
      `create_user_roles creates the roles that ${types.map(({ name }) => `${variablePrefix(name)}_user_role_names`).join(", ")} name, and none is set. Name the roles, or set create_user_roles = false.`,
    ),
    rule(
      "!var.create_user_roles || var.assume_role_arns == null",
      "create_user_roles belongs to the databases' account, assume_role_arns to the Database Service's. Call the module once for each.",
    ),
    rule(
      "!var.create_user_roles || !var.create_service_role || local.service_account_id == var.aws_account_id",
      "create_service_role and create_user_roles cannot work in one call: the roles belong to different accounts (${nonsensitive(local.service_account_id)} and ${nonsensitive(var.aws_account_id)}). Call the module once per account.",
    ),
  ];
}

const STRANGERS =
  "[for key in distinct(concat(local.given_user_role_policy_keys, local.given_user_role_arn_keys)) : key if !contains(keys(local.user_roles), key)]";

/**
 * That policies are given to roles of the module. It stands on no role: what a role may do can name a
 * database whose own policy names the role.
 */
const policiesHaveRoles = rule(
  `length(${STRANGERS}) == 0`,
  `\${jsonencode(${STRANGERS})}: policies are given to these roles (type/name), which the module does not create. Use the names, without path, of …_user_role_names of the same type, and set create_user_roles = true.`,
);

/** That every created role whose permissions are the caller's choice is given some. */
function haveSomePolicy(types: readonly DatabaseType[]): Element[] {
  if (ofCaller(types).length === 0) return [];
  const bare =
    "[for key, role in local.user_roles : key if !contains(keys(local.user_role_policies), key) && length([for each in local.user_role_policy_arns : each if each.role == key]) == 0]";
  return [
    {
      kind: "check",
      name: "user_roles_have_policies",
      assertion: rule(
        `length(${bare}) == 0`,
        `\${join(", ", ${bare})} (type/name) may do nothing: the roles are created without a policy. Give them one by …_user_role_policies or …_user_role_policy_arns, or attach one yourself.`,
      ),
    },
  ];
}

/** The policies of the database-user roles. */
const userRolePolicies = once((): readonly Element[] => [
  resource(
    "aws_iam_role_policy",
    "user",
    {
      name: "${local.user_role_policies[each.key].name}",
      role: "${aws_iam_role.user[each.key].id}",
      policy: "${local.user_role_policies[each.key].policy}",
    },
    {
      for_each: "${toset(keys(local.user_role_policies))}",
      lifecycle: {
        precondition: [
          rule(
            `length(try(jsondecode(local.user_role_policies[each.key].policy).Statement, [0])) > 0`,
            "the role ${each.key} would have a policy without a statement, and IAM takes no empty one. Name what it may connect to, or do not create the role.",
          ),
          fits(
            "the inline policy of role ${each.key}",
            sizeOf("local.user_role_policies[each.key].policy"),
            quotas.inlinePolicies.role,
            "Name fewer resources, or attach managed policies.",
          ),
        ],
      },
    },
  ),
  resource(
    "aws_iam_role_policy_attachment",
    "user",
    {
      role: "${aws_iam_role.user[local.user_role_policy_arns[each.key].role].id}",
      policyArn: "${local.user_role_policy_arns[each.key].arn}",
    },
    { for_each: interpolate(`toset(${plain("keys(local.user_role_policy_arns)")})`) },
  ),
]);

/** What the database-user roles carry, and who may assume them. */
const userRoleOutputs = once((): readonly Element[] => [
  output("user_role_statements", {
    description:
      "The statements that the database-user roles carry by Sid, as the output statements has those of the policy.",
    value: interpolate(readable("local.granted_user_role_statements", "var.create_user_roles")),
    preconditions: [policiesHaveRoles],
  }),
  output("user_role_trust", {
    description:
      "The statements of the database-user roles' trust policies by type, for a plan to show who may assume them.",
    value:
      "${{ for type, policy in local.user_role_trust_policies : type => jsondecode(policy).Statement if var.assume_role_arns == null }}",
  }),
  output("user_role_trust_policies", {
    description:
      "Trust policies of the database-user roles as JSON by type, for roles that are created elsewhere. Empty with assume_role_arns: then the access role's account has them.",
    value:
      "${{ for type, policy in local.user_role_trust_policies : type => policy if var.assume_role_arns == null }}",
    preconditions: [userRolesAskForExternalId, externalIdComesFirst],
  }),
]);

/** The roles that users connect as, what they may do, and the outputs about them, where a type has such roles. */
export function userRoles(definition: ModuleDefinition): Element[] {
  const types = definition.types.filter(({ userRole }) => userRole !== undefined);
  if (types.length === 0) return [];
  const names = list(types.map(({ name }) => quote(name)));
  return [
    ...locals(userRoleLocals(types)),
    resource(
      "aws_iam_role",
      "user",
      {
        name: "${each.value.name}",
        path: "${each.value.path}",
        description: "${var.user_role_description}",
        assumeRolePolicy: "${local.user_role_trust_policies[each.value.type]}",
        permissionsBoundary: "${var.user_role_permissions_boundary_arn}",
      },
      {
        for_each: "${local.user_roles}",
        max_session_duration: "${var.user_role_max_session_duration}",
        tags: "${var.tags}",
        // IAM refuses a trust policy that names a role which does not exist yet.
        depends_on: ["aws_iam_role.access", "aws_iam_role.service"],
        lifecycle: {
          create_before_destroy: true,
          precondition: [
            userRolesAskForExternalId,
            externalIdComesFirst,
            ...rules(types),
            hasItsNameAlone("each.key"),
            keepsItsPath("each.key"),
            trustPolicyFits("local.user_role_trust_policies[each.value.type]"),
          ],
          postcondition: [isInAccount("var.aws_account_id")],
        },
      },
    ),
    ...userRolePolicies(),
    ...haveSomePolicy(types),
    output("user_role_arns", {
      description: "ARNs of the created database-user roles by type and name, without path.",
      value: interpolate(
        `{ for type in ${names} : type => { for key, role in local.user_roles : role.name => aws_iam_role.user[key].arn if role.type == type } if var.create_user_roles }`,
      ),
      preconditions: rules(types),
    }),
    ...userRoleOutputs(),
  ];
}

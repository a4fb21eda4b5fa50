import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { policyDocument, withoutDuplicates } from "./expressions";
import { interpolate, list, quote } from "../hcl";
import { userRoleStatements } from "./statements";

/** The ARN of an IAM principal, as a quoted Terraform string. */
function principal(account: string, resource: string): string {
  return `"arn:\${var.aws_partition}:iam::\${${account}}:${resource}"`;
}

/** A role, or the root of its account where the caller trusts accounts. */
function trusted(account: string, roleName: string): string {
  return `var.trust_account ? ${principal(account, "root")} : ${principal(account, `role/\${${roleName}}`)}`;
}

/** A statement that lets `trustedPrincipal` assume a role, with the external ID unless it is null. */
function assumeRole(trustedPrincipal: string, externalId: string): string {
  return `merge({ Effect = "Allow", Principal = { AWS = ${trustedPrincipal} }, Action = "sts:AssumeRole" }, ${externalId} == null ? {} : { Condition = { StringEquals = { "sts:ExternalId" = ${externalId} } } })`;
}

/**
 * The trust policy of a type's database-user roles. `sts:TagSession` is a statement of its own:
 * tagging presents no external ID.
 */
function userRoleTrustPolicy({ userRole }: DatabaseType): string {
  const assume = assumeRole("local.user_role_principal", "local.user_role_external_id");
  if (userRole?.sessionTags === undefined) return policyDocument(list([assume]));
  const tag = `{ Effect = "Allow", Principal = { AWS = local.user_role_principal }, Action = "sts:TagSession" }`;
  return policyDocument(
    `concat([${assume}], [for statement in [${tag}] : statement if var.${userRole.sessionTags}])`,
  );
}

/**
 * Who may assume the Database Service's role, by where the service runs.
 *
 * - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 * - https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * - https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
const serviceRoleTrustStatements = {
  ec2: {
    Effect: "Allow",
    Principal: {
      Service: '${var.aws_partition == "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"}',
    },
    Action: "sts:AssumeRole",
  },
  ecs: {
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      ArnLike: {
        "aws:SourceArn": "arn:${var.aws_partition}:ecs:*:${local.service_account_id}:*",
      },
      StringEquals: { "aws:SourceAccount": "${local.service_account_id}" },
    },
  },
  "eks-pod-identity": {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
  },
  "eks-service-account": {
    Effect: "Allow",
    Principal: { Federated: "${var.eks_oidc_provider_arn}" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        "${local.eks_oidc_issuer}:aud": "sts.amazonaws.com",
        "${local.eks_oidc_issuer}:sub": "system:serviceaccount:${local.eks_service_account}",
      },
    },
  },
};

/**
 * The local values that say who may assume the Database Service's role and the access role.
 *
 * With an access role in between, the external ID guards the hop to that role only: Teleport sends
 * it nowhere else, so a database-user role that asked for it would be out of reach.
 */
export function trustLocals(): Record<string, unknown> {
  return {
    service_account_id: "${coalesce(var.service_account_id, var.aws_account_id)}",
    service_principal: interpolate(trusted("local.service_account_id", "var.service_role_name")),
    access_role_arn: interpolate(principal("var.aws_account_id", "role/${var.access_role_name}")),
    access_role_trust_policy: interpolate(
      policyDocument(list([assumeRole("local.service_principal", "var.external_id")])),
    ),
    eks_oidc_issuer:
      '${var.eks_oidc_provider_arn == null ? "none" : replace(var.eks_oidc_provider_arn, "/^.*:oidc-provider\\\\//", "")}',
    eks_service_account:
      '${var.eks_service_account == null ? "none" : replace(var.eks_service_account, "/", ":")}',
    service_role_trust_statements: serviceRoleTrustStatements,
    service_role_trust_policy: interpolate(
      policyDocument("[local.service_role_trust_statements[var.service_role_trust]]"),
    ),
  };
}

/** The local values about the database-user roles of `types`, which all have them. */
export function userRoleLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const byType = (value: (type: DatabaseType) => string): Record<string, string> =>
    Object.fromEntries(types.map((type) => [type.name, interpolate(value(type))]));
  const callersPolicies = types.filter(({ userRole }) => userRole?.statements.length === 0);
  return {
    user_role_principal: interpolate(
      `var.create_access_role ? (${trusted("var.aws_account_id", "var.access_role_name")}) : local.service_principal`,
    ),
    user_role_external_id: "${var.create_access_role ? null : var.external_id}",
    user_role_trust_policies: byType(userRoleTrustPolicy),
    user_role_names: byType((type) => `var.${variablePrefix(type.name)}_user_role_names`),
    user_roles:
      '${var.create_user_roles ? merge([for type, names in local.user_role_names : { for name in distinct(names) : "${type}/${name}" => { type = type, name = basename(name), path = trimsuffix("${var.user_role_path}${name}", basename(name)) } }]...) : {}}',
    user_role_statements: userRoleStatements(types),
    user_role_policies: interpolate(
      `merge({ for entry in local.user_role_statements : entry.type => { name = entry.statement.Sid, policy = ${policyDocument(`[${withoutDuplicates("entry.statement")}]`)} } }, ${callersPolicies
        .map((type) => {
          const variable = `var.${variablePrefix(type.name)}_user_role_policy_json`;
          return `${variable} == null ? {} : { ${quote(type.name)} = { name = "DatabaseUser", policy = ${variable} } }`;
        })
        .join(", ")})`,
    ),
    user_role_policy_arns: Object.fromEntries(
      callersPolicies.map((type) => [
        type.name,
        interpolate(`var.${variablePrefix(type.name)}_user_role_policy_arns`),
      ]),
    ),
  };
}

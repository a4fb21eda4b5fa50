import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { documentSize, precondition, type Precondition } from "./expressions";
import { interpolate } from "../hcl";
import { quotas } from "../iam/quotas";
import { keepsSecrets } from "../inputs/type-variables";

/*
 * What spans variables: each rule is checked where what it protects is planned.
 */

/** That the document `document` fits its limit. */
export function fits(
  subject: string,
  document: string,
  limit: number,
  remedy: string,
): Precondition {
  const size = documentSize(document);
  return precondition(
    `${size} <= ${String(limit)}`,
    `${subject} is ${interpolate(size)} characters long; IAM allows ${String(limit)}. ${remedy}`,
  );
}

/** That the trust policy `document` fits the default quota. */
export function trustPolicyFits(document: string): Precondition {
  return fits(
    "The trust policy",
    document,
    quotas.trustPolicy,
    "Use a shorter external_id or role name.",
  );
}

const CROSS_ACCOUNT = "local.service_account_id == var.aws_account_id || var.external_id != null";

const CROSS_ACCOUNT_MESSAGE =
  "The Database Service's role is in account ${local.service_account_id}, the roles that it assumes are in ${var.aws_account_id}: set external_id, and the same external_id in Teleport's configuration.";

/** That a trust across accounts asks for an external ID. */
const accessRoleAsksForExternalId = precondition(CROSS_ACCOUNT, CROSS_ACCOUNT_MESSAGE);

/** The same for database-user roles, which trust the access role of their own account where there is one. */
export const userRolesAskForExternalId = precondition(
  `var.create_access_role || length(var.assume_role_arns) > 0 || ${CROSS_ACCOUNT}`,
  CROSS_ACCOUNT_MESSAGE,
);

/** Rules about the policy as a whole. */
export function policyRules(types: readonly DatabaseType[]): Precondition[] {
  const arns = [
    "var.assume_role_arns",
    ...types.flatMap((type) =>
      type.userRole === undefined ? [] : [`var.${variablePrefix(type.name)}_user_role_arns`],
    ),
    ...(keepsSecrets(types)
      ? ['[for key in var.kms_key_ids : key if can(regex("^arn:", key))]']
      : []),
  ];
  const foreign = `[for arn in concat(${arns.join(", ")}) : arn if !startswith(arn, "arn:\${var.aws_partition}:")]`;
  return [
    precondition(
      "length(local.granted_statements) > 0 || !var.create_policy",
      "The variables leave no statement in the policy, and IAM takes no empty one. Allow something, or set create_policy = false.",
    ),
    precondition(
      `length(${foreign}) == 0`,
      `${interpolate(`jsonencode(${foreign})`)}: these ARNs are of another partition than aws_partition (\${var.aws_partition}). Use ARNs of one partition: no role or key can be used across partitions.`,
    ),
    precondition(
      "length(var.assume_role_arns) == 0 || var.external_id == null",
      "external_id is set together with assume_role_arns, and the chain would break: with assume_role_arn in Teleport's configuration, the external ID is sent to the access role only. Set external_id where the access role is created (create_access_role), and here leave it out.",
    ),
    precondition(
      "length(var.assume_role_arns) == 0 || !var.create_access_role",
      "assume_role_arns and create_access_role are the two sides of one hop: call the module once per account, with assume_role_arns for the Database Service's and create_access_role for the databases'.",
    ),
  ];
}

/** Rules about attaching policies. */
export const attachmentRules: readonly Precondition[] = [
  precondition(
    "var.create_policy || length(var.attach_to_roles) == 0",
    "attach_to_roles names roles, but create_policy is false, so there is no policy to attach. Set create_policy = true, or leave attach_to_roles empty.",
  ),
];

/** Rules about the access role. */
export const accessRoleRules: readonly Precondition[] = [
  accessRoleAsksForExternalId,
  precondition(
    "var.create_policy",
    "create_access_role creates the role that carries this module's policy, but create_policy is false. Set create_policy = true.",
  ),
  precondition(
    "!var.create_service_role",
    "create_service_role and create_access_role create roles for the two ends of one hop. Call the module once for each, with assume_role_arns in the call with create_service_role.",
  ),
  trustPolicyFits("local.access_role_trust_policy"),
];

/** Rules about the Database Service's role. */
export const serviceRoleRules: readonly Precondition[] = [
  precondition(
    "var.create_policy",
    "create_service_role creates a role for this module's policy, but create_policy is false. Set create_policy = true.",
  ),
  precondition(
    'var.service_role_trust != "eks-service-account" || (var.eks_oidc_provider_arn != null && var.eks_service_account != null)',
    'service_role_trust = "eks-service-account" needs eks_oidc_provider_arn and eks_service_account, which say who may assume the role.',
  ),
  trustPolicyFits("local.service_role_trust_policy"),
];

/** Rules about the database-user roles. */
export const userRoleRules: readonly Precondition[] = [
  precondition(
    "length(local.user_roles) == length(distinct([for role in local.user_roles : role.name]))",
    "A role name stands more than once in the …_user_role_names variables, and a role can be created only once. Name it for one type, and give its ARN to the others by their …_user_role_arns.",
  ),
  precondition(
    "!var.create_user_roles || length(var.assume_role_arns) == 0",
    "create_user_roles belongs to the databases' account, assume_role_arns to the Database Service's. Call the module once for each.",
  ),
  precondition(
    "!var.create_user_roles || !var.create_service_role || local.service_account_id == var.aws_account_id",
    "create_service_role and create_user_roles cannot work in one call: the roles belong to different accounts (${local.service_account_id} and ${var.aws_account_id}). Call the module once per account.",
  ),
];

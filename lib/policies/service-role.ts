import { accessRoleHop, ownRole } from "../catalog/shared-statements";
import { interpolate, list, quote } from "../text/hcl";

/*
 * The trust policy and the policy of the Database Service's own role, as expressions of Terraform. Only its
 * module has them, so they are not terms.
 */

/** The audience of the tokens of Teleport's AWS OIDC integration: `types.IntegrationAWSOIDCAudience`. */
const INTEGRATION_AUDIENCE = "discover.teleport";

/** The issuer in an OIDC provider's ARN, which begins the names of its condition keys. */
const issuerOf = (arn: string): string => `replace(${arn}, "/^.*:oidc-provider//", "")`;

/** A statement of a trust policy. `actions` and `condition` are expressions. */
function allow(principal: string, actions: string, condition = "{}"): string {
  return `{ Effect = "Allow", Principal = { ${principal} }, Action = ${actions}, Condition = ${condition} }`;
}

const ASSUME_ROLE = list([quote("sts:AssumeRole")]);
const ASSUME_AND_TAG = list([quote("sts:AssumeRole"), quote("sts:TagSession")]);
const ASSUME_WITH_TOKEN = list([quote("sts:AssumeRoleWithWebIdentity")]);

/** An expression about the variable of EKS Pod Identity, or another one if it is null. */
const ofPodIdentity = (otherwise: string, expression: string): string =>
  `var.trust_eks_pod_identity == null ? ${otherwise} : ${expression}`;

/** A list of one statement if `condition` (an expression) holds, else an empty one. */
const allowIf = (condition: string, ...statement: Parameters<typeof allow>): string =>
  interpolate(`${condition} ? [${allow(...statement)}] : []`);

/** The statements that trust each place, by local value, each after those that it uses. */
const places: Readonly<Record<string, unknown>> = {
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
  ec2_trust: allowIf(
    "var.trust_ec2",
    'Service = var.aws_partition == "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"',
    ASSUME_ROLE,
  ),
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  ecs_trust: allowIf(
    "var.trust_ecs",
    'Service = "ecs-tasks.amazonaws.com"',
    ASSUME_ROLE,
    '{ ArnLike = { "aws:SourceArn" = ["arn:${var.aws_partition}:ecs:*:${var.aws_account_id}:*"] }, StringEquals = { "aws:SourceAccount" = [var.aws_account_id] } }',
  ),
  // The condition keys by which EKS Pod Identity names a workload.
  eks_pod_identity_tags: Object.fromEntries(
    [
      ["aws:RequestTag/eks-cluster-arn", "cluster_arns"],
      ["aws:RequestTag/kubernetes-namespace", "namespaces"],
      ["aws:RequestTag/kubernetes-service-account", "service_accounts"],
    ].map(([key = "", field = ""]) => [
      key,
      interpolate(ofPodIdentity("[]", `var.trust_eks_pod_identity.${field}`)),
    ]),
  ),
  eks_pod_identity_conditions:
    "${{ for key, values in local.eks_pod_identity_tags : key => values if length(values) > 0 }}",
  // EKS asks for both actions, even if the association disables session tags.
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
  eks_pod_identity_trust: interpolate(
    ofPodIdentity(
      "[]",
      `[${allow(
        'Service = "pods.eks.amazonaws.com"',
        ASSUME_AND_TAG,
        "length(local.eks_pod_identity_conditions) > 0 ? { StringEquals = local.eks_pod_identity_conditions } : {}",
      )}]`,
    ),
  ),
  eks_service_accounts: interpolate(
    `[for account in var.trust_eks_service_accounts : { provider_arn = account.oidc_provider_arn, issuer = ${issuerOf("account.oidc_provider_arn")}, subject = "system:serviceaccount:\${account.namespace}:\${account.service_account}" }]`,
  ),
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
  eks_service_account_trust: interpolate(
    `[for account in local.eks_service_accounts : ${allow(
      "Federated = account.provider_arn",
      ASSUME_WITH_TOKEN,
      '{ StringEquals = { ("${account.issuer}:aud") = ["sts.amazonaws.com"], ("${account.issuer}:sub") = [account.subject] } }',
    )}]`,
  ),
  // The condition names the audience alone, as Teleport's own module does: callers cannot know the subject.
  // https://github.com/gravitational/teleport/blob/master/integrations/terraform-modules/teleport/discovery/aws/aws_iam_role.tf
  teleport_trust: interpolate(
    `var.trust_teleport_oidc_provider_arn == null ? [] : [${allow(
      "Federated = var.trust_teleport_oidc_provider_arn",
      ASSUME_WITH_TOKEN,
      `{ StringEquals = { ("\${${issuerOf("var.trust_teleport_oidc_provider_arn")}}:aud") = [${quote(INTEGRATION_AUDIENCE)}] } }`,
    )}]`,
  ),
  // Tags of the role's sessions pass to every role that is assumed from there: AWS then asks for
  // sts:TagSession in the trust and in the policy.
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
  sends_session_tags: interpolate(
    ofPodIdentity("false", "var.trust_eks_pod_identity.session_tags"),
  ),
  assume_actions: interpolate(`local.sends_session_tags ? ${ASSUME_AND_TAG} : ${ASSUME_ROLE}`),
  // Put together: a role's own policies cannot refer to the role.
  role_arn:
    "arn:${var.aws_partition}:iam::${var.aws_account_id}:role${var.role_path}${var.role_name}",
  // The principal is the account, because a trust policy cannot name a role before it exists.
  // https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/
  own_role_trust: allowIf(
    "var.assume_itself",
    'AWS = "arn:${var.aws_partition}:iam::${var.aws_account_id}:root"',
    "local.assume_actions",
    '{ ArnEquals = { "aws:PrincipalArn" = [local.role_arn] } }',
  ),
};

/** A statement of {@link serviceRoleLocals} that allows to assume the roles of an expression. */
const assuming = (sid: string, resource: string): Readonly<Record<string, string>> => ({
  Sid: sid,
  Effect: "Allow",
  Action: "${local.assume_actions}",
  Resource: interpolate(resource),
});

/** `statement` (an expression) without its Condition if that is empty. */
const finished = (statement: string): string =>
  `{ for key, value in ${statement} : key => value if key != "Condition" || length(value) > 0 }`;

/** Local values with the trust policy and the policy of the role. */
export const serviceRoleLocals: Readonly<Record<string, unknown>> = {
  ...places,
  trust_statements:
    "${concat(local.ec2_trust, local.ecs_trust, local.eks_pod_identity_trust, local.eks_service_account_trust, local.teleport_trust, local.own_role_trust)}",
  // The caller's conditions are added to those of each statement.
  trust_policy_statements: interpolate(
    `[for statement in local.trust_statements : ${finished(
      "merge(statement, { Condition = { for operator in setunion(keys(var.trust_conditions), keys(statement.Condition)) : operator => merge(try(var.trust_conditions[operator], {}), try(statement.Condition[operator], {})) } })",
    )}]`,
  ),
  statements: [
    assuming(accessRoleHop.sid, "values(var.assume_role_arns)"),
    assuming(ownRole.sid, "var.assume_itself ? [local.role_arn] : []"),
  ],
};

/** The statements of the role's policy, as an expression: the hop to access roles, and to itself. */
export const serviceRoleStatements = `[for statement in local.statements : ${finished(
  "merge(statement, { Resource = distinct(statement.Resource) })",
)} if length(statement.Resource) > 0]`;

/** The condition that the role carries a policy of its own. */
export const assumesRoles = "length(var.assume_role_arns) > 0 || var.assume_itself";

/** The condition that no Pod Identity without session tags is narrowed by conditions that only tags can meet. */
export const narrowsWithTags = `!(${ofPodIdentity("false", "!var.trust_eks_pod_identity.session_tags && length(local.eks_pod_identity_conditions) > 0")})`;

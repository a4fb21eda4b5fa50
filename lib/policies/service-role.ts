import { accessRoleHop, ownRole } from "../catalog/shared-statements";
import {
  all,
  any,
  attribute,
  choose,
  concat,
  each,
  equals,
  finished,
  isNotEmpty,
  isNull,
  item,
  list,
  listIf,
  literal,
  local,
  merge,
  mergeConditions,
  nonEmptyEntries,
  not,
  object,
  objectOf,
  replace,
  type Term,
  text,
  valuesOf,
  variable,
} from "./term";
import { granted } from "./statements";

/** The audience of the tokens of Teleport's AWS OIDC integration: `types.IntegrationAWSOIDCAudience`. */
const INTEGRATION_AUDIENCE = "discover.teleport";

const inAccount = (service: string, ...rest: readonly (Term | string)[]): Term =>
  text("arn:", variable("aws_partition"), `:${service}:`, variable("aws_account_id"), ...rest);

/** The ARN of the role, put together: a role's own policies cannot refer to the role. */
const roleArn = local(
  "role_arn",
  inAccount("iam:", ":role", variable("role_path"), variable("role_name")),
);

function allow(principal: Term, actions: Term, Condition: Term): Term {
  return object({ Effect: literal("Allow"), Principal: principal, Action: actions, Condition });
}

const actions = (...names: readonly string[]): Term => list(...names.map(literal));
const service = (name: string): Term => object({ Service: literal(name) });

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html */
const ec2 = local(
  "ec2_trust",
  listIf(
    variable("trust_ec2"),
    allow(
      object({
        Service: choose(
          equals(variable("aws_partition"), literal("aws-cn")),
          literal("ec2.amazonaws.com.cn"),
          literal("ec2.amazonaws.com"),
        ),
      }),
      actions("sts:AssumeRole"),
      object({}),
    ),
  ),
);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const ecs = local(
  "ecs_trust",
  listIf(
    variable("trust_ecs"),
    allow(
      service("ecs-tasks.amazonaws.com"),
      actions("sts:AssumeRole"),
      object({
        ArnLike: object({ "aws:SourceArn": list(inAccount("ecs:*", ":*")) }),
        StringEquals: object({ "aws:SourceAccount": list(variable("aws_account_id")) }),
      }),
    ),
  ),
);

const podIdentity = variable("trust_eks_pod_identity");

/** The condition keys by which EKS Pod Identity names a workload, and the fields that narrow them. */
const workloadTags = [
  ["aws:RequestTag/eks-cluster-arn", "cluster_arns"],
  ["aws:RequestTag/kubernetes-namespace", "namespaces"],
  ["aws:RequestTag/kubernetes-service-account", "service_accounts"],
] as const;

const podIdentityConditions = local(
  "eks_pod_identity_conditions",
  nonEmptyEntries(
    local(
      "eks_pod_identity_tags",
      object(
        Object.fromEntries(
          workloadTags.map(([key, field]) => [
            key,
            choose(isNull(podIdentity), list(), attribute(podIdentity, field)),
          ]),
        ),
      ),
    ),
  ),
);

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
const eksPodIdentity = local(
  "eks_pod_identity_trust",
  choose(
    isNull(podIdentity),
    list(),
    list(
      allow(
        service("pods.eks.amazonaws.com"),
        // EKS asks for both, even if the association disables session tags.
        actions("sts:AssumeRole", "sts:TagSession"),
        choose(
          isNotEmpty(podIdentityConditions),
          object({ StringEquals: podIdentityConditions }),
          object({}),
        ),
      ),
    ),
  ),
);

/** The issuer in an OIDC provider's ARN, which begins the names of its condition keys. */
const issuerOf = (arn: Term): Term => replace(arn, "^.*:oidc-provider/", "");

const serviceAccounts = local(
  "eks_service_accounts",
  each(
    "account",
    variable("trust_eks_service_accounts"),
    object({
      provider_arn: item("account", "oidc_provider_arn"),
      issuer: issuerOf(item("account", "oidc_provider_arn")),
      subject: text(
        "system:serviceaccount:",
        item("account", "namespace"),
        ":",
        item("account", "service_account"),
      ),
    }),
  ),
);

/** @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const eksServiceAccounts = local(
  "eks_service_account_trust",
  each(
    "account",
    serviceAccounts,
    allow(
      object({ Federated: item("account", "provider_arn") }),
      actions("sts:AssumeRoleWithWebIdentity"),
      object({
        StringEquals: objectOf(
          [text(item("account", "issuer"), ":aud"), actions("sts.amazonaws.com")],
          [text(item("account", "issuer"), ":sub"), list(item("account", "subject"))],
        ),
      }),
    ),
  ),
);

const teleportProvider = variable("trust_teleport_oidc_provider_arn");

/**
 * The condition names the audience alone, as Teleport's own module does: callers cannot know the subject.
 *
 * @see https://github.com/gravitational/teleport/blob/master/integrations/terraform-modules/teleport/discovery/aws/aws_iam_role.tf
 */
const teleportIntegration = local(
  "teleport_trust",
  choose(
    isNull(teleportProvider),
    list(),
    list(
      allow(
        object({ Federated: teleportProvider }),
        actions("sts:AssumeRoleWithWebIdentity"),
        object({
          StringEquals: objectOf([
            text(issuerOf(teleportProvider), ":aud"),
            actions(INTEGRATION_AUDIENCE),
          ]),
        }),
      ),
    ),
  ),
);

/**
 * True if the sessions of the role carry tags, which pass to every role that is assumed from there: AWS
 * then asks for `sts:TagSession` in the trust and in the policy.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
const sendsSessionTags = local(
  "sends_session_tags",
  choose(isNull(podIdentity), literal(false), attribute(podIdentity, "session_tags")),
);

const assumeActions = local(
  "assume_actions",
  choose(sendsSessionTags, actions("sts:AssumeRole", "sts:TagSession"), actions("sts:AssumeRole")),
);

/**
 * The principal is the account, because a trust policy cannot name a role before it exists, not even its
 * own.
 *
 * @see https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/
 */
const itself = local(
  "own_role_trust",
  listIf(
    variable("assume_itself"),
    allow(
      object({ AWS: inAccount("iam:", ":root") }),
      assumeActions,
      object({ ArnEquals: object({ "aws:PrincipalArn": list(roleArn) }) }),
    ),
  ),
);

/** All statements of the trust policy, before the caller's conditions are added. */
const trustStatements: Term = local(
  "trust_statements",
  concat(ec2, ecs, eksPodIdentity, eksServiceAccounts, teleportIntegration, itself),
);

/** The statements of the trust policy of the Database Service's own role. */
export const serviceRoleTrust: Term = local(
  "trust_policy_statements",
  each(
    "statement",
    trustStatements,
    finished(
      merge(
        item("statement"),
        object({
          Condition: mergeConditions(variable("trust_conditions"), item("statement", "Condition")),
        }),
      ),
    ),
  ),
);

/** True if the role carries a policy of its own. */
export const assumesRoles: Term = any(
  isNotEmpty(variable("assume_role_arns")),
  variable("assume_itself"),
);

function assuming(sid: string, resource: Term): Term {
  return object({
    Sid: literal(sid),
    Effect: literal("Allow"),
    Action: assumeActions,
    Resource: resource,
  });
}

/** The statements of the policy that the role carries: the hop to access roles, and to itself. */
export const serviceRoleStatements: Term = granted(
  local(
    "statements",
    list(
      assuming(accessRoleHop.sid, valuesOf(variable("assume_role_arns"))),
      assuming(ownRole.sid, listIf(variable("assume_itself"), roleArn)),
    ),
  ),
);

/** True if a Pod Identity without session tags is narrowed by conditions that only tags can meet. */
export const narrowsWithoutTags: Term = choose(
  isNull(podIdentity),
  literal(false),
  all(not(attribute(podIdentity, "session_tags")), isNotEmpty(podIdentityConditions)),
);

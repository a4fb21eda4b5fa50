import type { DatabaseType } from "../catalog/database-type";
import { memo } from "../text/memo";
import { assumingRoles, sendsSessionTags } from "./session-tags";
import {
  any,
  attribute,
  choose,
  chooseEither,
  concat,
  distinct,
  each,
  equals,
  isNull,
  isSomething,
  item,
  list,
  listIf,
  literal,
  local,
  merge,
  object,
  objectOf,
  replace,
  type Term,
  text,
  variable,
} from "./term";

/** The account of the Database Service's role. */
const serviceAccountId = local(
  "service_account_id",
  choose(
    isNull(variable("service_account_id")),
    variable("aws_account_id"),
    variable("service_account_id"),
  ),
);

function iamArn(account: Term, ...resource: readonly (Term | string)[]): Term {
  return text("arn:", variable("aws_partition"), ":iam::", account, ":", ...resource);
}

/** A role, or the root of its account where the caller trusts accounts. */
function principal(account: Term, roleName: Term): Term {
  return choose(
    variable("trust_account"),
    iamArn(account, "root"),
    iamArn(account, "role/", roleName),
  );
}

const servicePrincipal = local(
  "service_principal",
  principal(serviceAccountId, variable("service_role_name")),
);

/** The ARN of the Database Service's role, whoever creates it. */
export const serviceRoleArn = local(
  "service_role_arn",
  iamArn(serviceAccountId, "role/", variable("service_role_name")),
);

/** The ARN of the access role, put together so that a plan shows the policies that name it. */
export const accessRoleArn = local(
  "access_role_arn",
  iamArn(variable("aws_account_id"), "role/", variable("access_role_name")),
);

function allow(trusted: Term, action: string): Record<string, Term> {
  return {
    Effect: literal("Allow"),
    Principal: object({ AWS: trusted }),
    Action: literal(action),
  };
}

/** The external ID as on the page; with further ones, a list of all that are accepted. */
const externalIds = chooseEither(
  isSomething(variable("additional_external_ids")),
  concat(list(variable("external_id")), variable("additional_external_ids")),
  variable("external_id"),
);

/** A statement that lets `trusted` assume a role, with the external ID unless `without` holds. */
function assumeRole(trusted: Term, without: Term): Term {
  return merge(
    object(allow(trusted, "sts:AssumeRole")),
    chooseEither(
      without,
      object({}),
      object({ Condition: object({ StringEquals: object({ "sts:ExternalId": externalIds }) }) }),
    ),
  );
}

/** The trust policy's statements: tagging presents no external ID, so it is one of its own. */
function trustStatements(trusted: Term, without: Term, tags: Term): Term {
  return concat(
    list(assumeRole(trusted, without)),
    listIf(tags, object(allow(trusted, "sts:TagSession"))),
  );
}

const noExternalId = isNull(variable("external_id"));

/** The statements of the trust policy of the access role, which the Database Service assumes first. */
export const accessRoleTrust: Term = trustStatements(
  servicePrincipal,
  noExternalId,
  sendsSessionTags,
);

/**
 * The statements of the trust policy of a type's database-user roles.
 *
 * With an access role in between, that role is trusted, and no external ID is asked for: Teleport
 * sends it to the access role only, so a role that asked for it would be out of reach.
 */
export const userRoleTrust = memo(({ userRole }: DatabaseType): Term => {
  const behindAccessRole = variable("create_access_role");
  const trusted = local(
    "user_role_principal",
    choose(
      behindAccessRole,
      principal(variable("aws_account_id"), variable("access_role_name")),
      servicePrincipal,
    ),
  );
  const tags = userRole?.sessionTags;
  return trustStatements(
    trusted,
    any(noExternalId, behindAccessRole),
    tags === undefined ? sendsSessionTags : any(variable(tags), sendsSessionTags),
  );
});

const provider = variable("eks_oidc_provider_arn");
const serviceAccount = variable("eks_service_account");

/** The issuer in an OIDC provider's ARN, which begins the names of its condition keys. */
const issuer = local(
  "eks_oidc_issuer",
  replace(choose(isNull(provider), literal("none"), provider), "^.*:oidc-provider/", ""),
);

/** What Teleport's AWS OIDC integration asks AWS for: `types.IntegrationAWSOIDCAudience`. */
export const INTEGRATION_AUDIENCE = "discover.teleport";

const proxyAddress = variable("teleport_proxy_address");

/** The host that a Teleport cluster issues its tokens as: the default port is no part of it. */
export const proxyHost: Term = replace(
  choose(isNull(proxyAddress), literal("none"), proxyAddress),
  ":443$",
  "",
);

const givenOidcProvider = variable("teleport_oidc_provider_arn");

/** The OIDC provider of the Teleport cluster, put together where the module creates it. */
const oidcProviderArn = local(
  "teleport_oidc_provider_arn",
  choose(
    isNull(givenOidcProvider),
    iamArn(serviceAccountId, "oidc-provider/", proxyHost),
    givenOidcProvider,
  ),
);

const teleportIssuer = local(
  "teleport_oidc_issuer",
  replace(oidcProviderArn, "^.*:oidc-provider/", ""),
);

/**
 * Who may assume the Database Service's role, by where the service runs.
 *
 * - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 * - https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * - https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 * - https://github.com/gravitational/teleport/blob/master/integrations/terraform-modules/teleport/discovery/aws/aws_iam_role.tf
 */
const serviceRoleTrusts: Readonly<Record<string, Term>> = {
  ec2: object({
    Effect: literal("Allow"),
    Principal: object({
      Service: choose(
        equals(variable("aws_partition"), literal("aws-cn")),
        literal("ec2.amazonaws.com.cn"),
        literal("ec2.amazonaws.com"),
      ),
    }),
    Action: literal("sts:AssumeRole"),
  }),
  ecs: object({
    Effect: literal("Allow"),
    Principal: object({ Service: literal("ecs-tasks.amazonaws.com") }),
    Action: literal("sts:AssumeRole"),
    Condition: object({
      ArnLike: object({
        "aws:SourceArn": text("arn:", variable("aws_partition"), ":ecs:*:", serviceAccountId, ":*"),
      }),
      StringEquals: object({ "aws:SourceAccount": serviceAccountId }),
    }),
  }),
  // With both actions whatever the association says of tags: EKS asks for them.
  "eks-pod-identity": object({
    Effect: literal("Allow"),
    Principal: object({ Service: literal("pods.eks.amazonaws.com") }),
    Action: list(literal("sts:AssumeRole"), literal("sts:TagSession")),
  }),
  "eks-service-account": object({
    Effect: literal("Allow"),
    Principal: object({ Federated: provider }),
    Action: literal("sts:AssumeRoleWithWebIdentity"),
    Condition: object({
      StringEquals: objectOf(
        [text(issuer, ":aud"), literal("sts.amazonaws.com")],
        [
          text(issuer, ":sub"),
          text(
            "system:serviceaccount:",
            replace(choose(isNull(serviceAccount), literal("none"), serviceAccount), "/", ":"),
          ),
        ],
      ),
    }),
  }),
  // The audience and nothing else, as Teleport's own module has it: the subject is not for callers to know.
  "oidc-integration": object({
    Effect: literal("Allow"),
    Principal: object({ Federated: oidcProviderArn }),
    Action: literal("sts:AssumeRoleWithWebIdentity"),
    Condition: object({
      StringEquals: objectOf([text(teleportIssuer, ":aud"), literal(INTEGRATION_AUDIENCE)]),
    }),
  }),
};

/**
 * That the role may assume itself. The principal is the account, for a role cannot be named before it is
 * there: not even by its own trust policy.
 *
 * @see https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/
 * @see https://github.com/gravitational/teleport/blob/master/integrations/terraform-modules/teleport/agent/aws/aws_task_role.tf
 */
const selfTrust = local(
  "service_role_self_trust",
  object({
    Effect: literal("Allow"),
    Principal: object({ AWS: iamArn(serviceAccountId, "root") }),
    Action: assumingRoles,
    Condition: object({ ArnEquals: object({ "aws:PrincipalArn": serviceRoleArn }) }),
  }),
);

/** The statements of the trust policy of the Database Service's own role: one for each place it runs in. */
export const serviceRoleTrust: Term = concat(
  each(
    "place",
    distinct(
      concat(list(variable("service_role_trust")), variable("additional_service_role_trusts")),
    ),
    attribute(local("service_role_trust_statements", object(serviceRoleTrusts)), item("place")),
  ),
  listIf(variable("service_role_self_assumption"), selfTrust),
);

import {
  all,
  any,
  chooseEither,
  contains,
  equals,
  list,
  literal,
  not,
  type Term,
  variable,
} from "./term";

const POD_IDENTITY = literal("eks-pod-identity");

/**
 * That the sessions of the Database Service's role carry tags, which pass to every role that is
 * assumed from there: AWS then asks for `sts:TagSession` in the trust, the policy and the boundary.
 * EKS Pod Identity puts them there unless the association turns them off.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export const sendsSessionTags: Term = all(
  any(
    equals(variable("service_role_trust"), POD_IDENTITY),
    contains(variable("additional_service_role_trusts"), POD_IDENTITY),
  ),
  not(variable("eks_pod_identity_disable_session_tags")),
);

/** `Action` of a statement about assuming roles, with tags where sessions carry them. */
export const assumingRoles: Term = chooseEither(
  sendsSessionTags,
  list(literal("sts:AssumeRole"), literal("sts:TagSession")),
  literal("sts:AssumeRole"),
);

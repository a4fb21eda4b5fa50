import { any, contains, equals, literal, type Term, variable } from "./term";

const POD_IDENTITY = literal("eks-pod-identity");

/**
 * That the sessions of the Database Service's role carry tags, which pass to every role that is
 * assumed from there: AWS then asks for `sts:TagSession` in the trust, the policy and the boundary.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export const sendsSessionTags: Term = any(
  equals(variable("service_role_trust"), POD_IDENTITY),
  contains(variable("additional_service_role_trusts"), POD_IDENTITY),
);

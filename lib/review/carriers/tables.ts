import { grants, limits, principalLists } from "./data/grants";
import { annotatedRoles, handedProfiles, handedRoles, taskDefinitions } from "./data/handed-roles";
import { irrelevantTypes } from "./data/irrelevant-types";
import { otherArguments } from "./data/others";
import {
  identityPolicies,
  policyTargets,
  resourcePolicies,
  statementGrants,
} from "./data/policies";
import { switches } from "./data/switches";
import { sign } from "./unlisted-types";

/** Types of IAM whose documents, boundaries, attachments and members are compared elsewhere. */
export const comparedTypes =
  /^aws_iam_(policy|role|user|group|role_policy|user_policy|group_policy|policy_attachment|group_membership|user_group_membership|(role|user|group)_(policy_attachment|policy_attachments_exclusive|policies_exclusive))$/;

/** Identity providers, which are judged by the roles that trust them. */
export const identityProviders: Readonly<Record<string, string>> = {
  aws_iam_openid_connect_provider: "oidc-provider",
  aws_iam_saml_provider: "saml-provider",
};

/** True if changes of a type may change access other than by a role that is handed on. */
export const isOfAccess = (type: string): boolean =>
  comparedTypes.test(type) ||
  otherArguments.has(type) ||
  [
    ...[grants, limits, principalLists, switches, identityPolicies, identityProviders],
    ...[resourcePolicies, statementGrants],
  ].some((table) => table[type] !== undefined);

const handsRoles = (type: string): boolean =>
  [annotatedRoles, handedProfiles, handedRoles, taskDefinitions].some(
    (table) => table[type] !== undefined,
  );

/** True if a table lists the arguments of a type that affect access, if any. */
export const isListed = (type: string): boolean =>
  isOfAccess(type) || irrelevantTypes.has(type) || handsRoles(type);

/** True if an unknown change of a type may change access. */
export const mayAffectAccess = (type: string): boolean =>
  isOfAccess(type) || handsRoles(type) || (!isListed(type) && sign(type, []) !== undefined);

/** True if the review reads a plan's changes of a type. */
export const isReviewed = (type: string): boolean =>
  /^aws(cc)?_/.test(type) ||
  annotatedRoles[type] !== undefined ||
  policyTargets[type] !== undefined;

import type { ResourceDifference } from "../plan/difference";
import { grants, limits, principalLists } from "./data/grants";
import { otherRoles } from "./data/handed-roles";
import { isIrrelevant } from "./data/irrelevant-types";
import { otherArguments } from "./data/others";
import { identityPolicies, resourcePolicies, statementGrants } from "./data/policies";
import { switches } from "./data/switches";
import { byType } from "./data/words";
import { roleArguments } from "./role-arguments";
import { sign } from "./unlisted-types";

/** Types of IAM whose documents, boundaries, attachments and members are compared elsewhere. */
export const comparedTypes =
  /^aws_iam_(policy|role|user|group|role_policy|user_policy|group_policy|policy_attachment|group_membership|user_group_membership|(role|user|group)_(policy_attachment|policy_attachments_exclusive|policies_exclusive))$/;

/** Identity providers, which are judged by the roles that trust them. */
export const identityProviders: ReadonlyMap<string, string> = byType({
  iam_openid_connect_provider: "oidc-provider",
  iam_saml_provider: "saml-provider",
});

/** True if changes of a type may change access other than by a role that is handed on. */
export const isOfAccess = (type: string): boolean =>
  comparedTypes.test(type) ||
  [
    ...[grants, limits, principalLists, otherArguments, switches],
    ...[identityPolicies, identityProviders, resourcePolicies, statementGrants],
  ].some((table) => table.has(type));

/** True if a table says which changes of a type affect access, other than by a role that is handed on. */
export const isListed = (type: string): boolean => isOfAccess(type) || isIrrelevant(type);

/** True if an unknown change of a resource may change access. */
export const mayAffectAccess = (resource: ResourceDifference): boolean =>
  roleArguments(resource).length > 0 ||
  (isListed(resource.type) ? isOfAccess(resource.type) : sign(resource.type, []) !== undefined);

/** True if the review reads a plan's changes of a type. */
export const isReviewed = (type: string): boolean =>
  /^aws(cc)?_/.test(type) || otherRoles[type] !== undefined;

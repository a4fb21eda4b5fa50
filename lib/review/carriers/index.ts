/** Resources that carry access: by a policy, a role that they hand on, a grant, or an open door. */
import type { Compared } from "../access";
import type { Comparisons } from "../comparisons";
import type { Finding } from "../finding";
import type { Accounts } from "../plan/accounts";
import type { ResourceDifference } from "../plan/difference";
import type { PlannedAccess } from "../plan/planned-access";
import type { PlannedDocuments } from "../plan/planned-documents";
import type { References } from "../plan/references";
import { grantFindings } from "./grant-findings";
import { handedRoleChanges } from "./handed-roles";
import { identityPolicyChanges } from "./identity-policies";
import { identityProviderFindings } from "./identity-providers";
import { otherFindings } from "./others";
import { PlannedRoles } from "./planned-roles";
import { resourcePolicyChanges } from "./resource-policies";
import { switchFindings } from "./switch-findings";
import { Targets } from "./targets";

export { comparedTypes, isReviewed, mayAffectAccess } from "./tables";

/** The parts of a plan other than its resources. */
export interface CarrierContext {
  /** The access of each role. */
  readonly access: readonly PlannedAccess[];
  readonly references: References;
  readonly texts: PlannedDocuments;
  readonly comparisons: Comparisons;
  readonly accounts: Accounts;
}

/**
 * Returns the changes of resources that carry access: those that are compared, and findings about others.
 *
 * @param resources all resources of the plan of which {@link isReviewed} holds, changed or not
 */
export function carrierChanges(
  resources: readonly ResourceDifference[],
  { access, references, texts, comparisons, accounts }: CarrierContext,
): Readonly<{ compared: Compared[]; findings: Finding[] }> {
  const targets = new Targets(resources);
  const roles = new PlannedRoles(resources, access, references);
  const handed = handedRoleChanges(resources, roles, comparisons);
  return {
    compared: [
      ...resourcePolicyChanges(resources, accounts, targets, texts, comparisons.budget),
      ...identityPolicyChanges(resources, texts, comparisons),
      ...handed.flatMap(({ compared }) => compared ?? []),
    ],
    findings: [
      ...handed.flatMap(({ finding }) => finding ?? []),
      ...switchFindings(resources, targets),
      ...grantFindings(resources),
      ...identityProviderFindings(resources),
      ...otherFindings(resources),
    ],
  };
}

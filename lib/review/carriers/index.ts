/** Resources that carry access: by a policy, a role that they hand on, a grant, or an open door. */
import type { Budget } from "../compare";
import type { ResourceDifference } from "../plan/difference";
import type { PlannedAccess } from "../plan/planned-access";
import type { PlannedDocuments } from "../plan/planned-documents";
import { expressionAt, type References, referencesOf } from "../plan/references";
import type { CarrierFinding } from "./finding";
import { grantFindings } from "./grant-findings";
import { handedRoleFindings } from "./handed-roles";
import { identityPolicyFindings } from "./identity-policies";
import { identityProviderFindings } from "./identity-providers";
import { switchFindings } from "./switch-findings";
import { otherFindings } from "./others";
import { Owners } from "./owners";
import { PlannedRoles } from "./planned-roles";
import { policyReader } from "./policy-values";
import { resourcePolicyFindings } from "./resource-policies";
import { Targets } from "./targets";
import { textAt } from "./values";

export type { CarrierAccess, CarrierFinding } from "./finding";
export { comparedTypes, isReviewed, mayAffectAccess } from "./tables";

/** The parts of a plan other than its resources. */
export interface CarrierContext {
  /** The access of each role. */
  readonly access: readonly PlannedAccess[];
  readonly references: References;
  readonly texts: PlannedDocuments;
  readonly budget: Budget;
  /** The account of the credentials, by provider configuration. */
  readonly callers: ReadonlyMap<string, string>;
}

/** A sentence that names what an unknown argument depends on. */
function waitsFor(resource: ResourceDifference, argument: string): string | undefined {
  const references = referencesOf(expressionAt(resource, argument)).filter((name) => name !== "");
  if (references.length === 0) return `${argument} is known only after apply.`;
  return `${argument} is known only after apply: it waits for ${references.join(", ")}.`;
}

/**
 * Returns the changes of resources that carry access.
 *
 * @param resources all resources of the plan of which {@link isReviewed} holds, changed or not
 */
export function carrierFindings(
  resources: readonly ResourceDifference[],
  { access, references, texts, budget, callers }: CarrierContext,
): CarrierFinding[] {
  const targets = new Targets(resources);
  const owners = new Owners(resources, callers);
  return [
    ...resourcePolicyFindings(resources, {
      owners,
      targets,
      read: policyReader(texts),
      waitsFor,
      budget,
    }),
    ...identityPolicyFindings(resources, budget),
    ...switchFindings(resources, (resource, action) => {
      const bucket = textAt(resource, action === "create" ? "after" : "before", "bucket");
      return bucket === undefined || targets.has(action, "bucket", bucket);
    }),
    ...handedRoleFindings(resources, new PlannedRoles(resources, access, references), budget),
    ...grantFindings(resources),
    ...identityProviderFindings(resources),
    ...otherFindings(resources),
  ];
}

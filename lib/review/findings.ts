import { noImpact } from "../iam/impact";
import { ResourceDifference } from "../plan/difference";
import { documentsOf } from "../plan/documents";
import { DeletedIdentities } from "../plan/identities";
import type { Plan, ResourceChange } from "../plan/plan";
import { attachmentFindings } from "./attachment-findings";
import { boundaryFinding } from "./boundary-finding";
import { documentFinding } from "./document-findings";
import { type Finding, origin } from "./finding";

const IAM_ACCESS =
  /^aws_iam_(policy|role|user|role_policy|user_policy|group_policy|policy_attachment|(role|user|group)_(policy_attachment|policy_attachments_exclusive|policies_exclusive))$/;

const DOCUMENT_TYPES = /^aws_iam_(policy|role|role_policy|user_policy|group_policy)$/;

function deferredFinding(resource: ResourceDifference): Finding {
  return {
    impact: { ...noImpact, unknown: true },
    item: {
      ...origin(resource),
      kind: "deferred change",
      reasons: ["Terraform puts this change off to a later plan."],
      differences: [],
    },
  };
}

/** Everything of a plan that changes access, or may. */
export function findings(plan: Plan): Finding[] {
  const compared = (changes: readonly ResourceChange[]): ResourceDifference[] =>
    changes
      .filter(({ mode, type }) => mode === "managed" && IAM_ACCESS.test(type))
      .map((change) => new ResourceDifference(change, plan));
  const resources = compared(plan.resource_changes);
  const deleted = new DeletedIdentities(resources);
  const changed = resources.filter(({ action }) => action !== "none");
  return [
    ...changed
      .flatMap((resource) => documentsOf(resource, deleted))
      .flatMap((document) => documentFinding(document) ?? []),
    ...changed.flatMap((resource) => boundaryFinding(resource) ?? []),
    ...attachmentFindings(resources, deleted),
    ...compared(plan.deferred_changes).map(deferredFinding),
  ];
}

/** How many resources of a plan carry IAM documents. */
export function countDocuments(plan: Plan): number {
  return plan.resource_changes.filter(
    ({ mode, type, change }) =>
      mode === "managed" && DOCUMENT_TYPES.test(type) && !change.actions.includes("forget"),
  ).length;
}

import { comparedAccesses } from "./access";
import { attachmentFindings } from "./attachment-findings";
import { boundaryFinding } from "./boundary-finding";
import { carrierFindings, comparedTypes, isLookedAt, mayBearOnAccess } from "./carriers";
import { Budget } from "./compare";
import { documentFinding } from "./document-findings";
import { type Finding, origin } from "./finding";
import { judge, type Judgement } from "./judgement";
import { membershipFindings } from "./membership-findings";
import { Accounts } from "./plan/accounts";
import { differencesOf, type ResourceDifference } from "./plan/difference";
import { documentsOf } from "./plan/documents";
import type { Plan, ResourceChange } from "./plan/plan";
import { plannedAccess } from "./plan/planned-access";
import { References } from "./plan/references";
import { tagsThatCount } from "./tag-findings";

const DOCUMENT_TYPES = /^aws_iam_(policy|role|role_policy|user_policy|group_policy)$/;

function unknownFinding(
  resource: ResourceDifference,
  kind: "tags" | "deferred change",
  reason: string,
): Finding {
  return {
    resource,
    isCompared: false,
    item: { ...origin(resource), kind, reasons: [reason], differences: [] },
  };
}

/** The changes that bear on access, or tell of what does. */
function lookedAt(plan: Plan, changes: readonly ResourceChange[]): ResourceDifference[] {
  return changes
    .filter(({ mode, type }) => mode === "managed" && isLookedAt(type))
    .flatMap((change) => differencesOf(change, plan));
}

/** The most work that all comparisons of a plan may take together, in steps: seconds. */
const STEPS = 20_000_000;

/** Everything of a plan that changes access, or may. */
export function findings(plan: Plan): Judgement {
  const all = lookedAt(plan, plan.resource_changes);
  const resources = all.filter(({ type }) => comparedTypes.test(type));
  const references = new References(plan, all);
  // Runs the step that retains the least memory first; the other order costs 250 MB on 10,000 changes.
  const accounts = new Accounts(resources);
  const apart = findingsApart(plan, resources, references, accounts);
  const tags = tagsThatCount(all).map(([resource, reason]) =>
    unknownFinding(resource, "tags", reason),
  );
  const { access, ...members } = plannedAccess(resources, references, accounts);
  const budget = new Budget(STEPS);
  return judge(
    comparedAccesses(access, resources, budget),
    [...apart, ...tags, ...membershipFindings(members)],
    carrierFindings(all, { access, references, budget }),
  );
}

/** What each resource of IAM changes by itself, and what Terraform puts off. */
function findingsApart(
  plan: Plan,
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
): Finding[] {
  const changed = resources.filter(({ action }) => action !== "none");
  return [
    ...changed
      .flatMap((resource) => documentsOf(resource))
      .flatMap((document) => documentFinding(document) ?? []),
    ...changed.flatMap((resource) => boundaryFinding(resource) ?? []),
    ...attachmentFindings(resources, references, accounts),
    ...lookedAt(plan, plan.deferred_changes)
      .filter(({ type }) => mayBearOnAccess(type))
      .map((resource) =>
        unknownFinding(
          resource,
          "deferred change",
          "Terraform puts this change off to a later plan.",
        ),
      ),
  ];
}

/** How many resources of a plan carry IAM documents. */
export function countDocuments(plan: Plan): number {
  return plan.resource_changes.filter(
    ({ mode, type, change }) =>
      mode === "managed" && DOCUMENT_TYPES.test(type) && !change.actions.includes("forget"),
  ).length;
}

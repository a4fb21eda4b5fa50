import { comparedAccesses } from "./access";
import { attachmentFindings } from "./attachment-findings";
import { boundaryFinding } from "./boundary-finding";
import { Budget } from "./compare";
import { documentFinding } from "./document-findings";
import { type Finding, origin } from "./finding";
import { judge, type Judgement } from "./judgement";
import { membershipFindings } from "./membership-findings";
import { Accounts } from "./plan/accounts";
import { ResourceDifference } from "./plan/difference";
import { documentsOf } from "./plan/documents";
import type { Plan, ResourceChange } from "./plan/plan";
import { plannedAccess } from "./plan/planned-access";
import { References } from "./plan/references";
import { comparedTypes, whyRelevant } from "./relevance";
import { tagsThatCount } from "./tag-findings";

const DOCUMENT_TYPES = /^aws_iam_(policy|role|role_policy|user_policy|group_policy)$/;

function unknownFinding(
  resource: ResourceDifference,
  kind: "uncompared resource" | "deferred change",
  reason: string,
): Finding {
  return {
    resource,
    isCompared: false,
    item: { ...origin(resource), kind, reasons: [reason], differences: [] },
  };
}

/** A change that can affect access, and why, where it is not compared. */
interface Relevant {
  readonly resource: ResourceDifference;
  readonly why: string | undefined;
}

/** A change of a type that is not compared. Tags alone are no such change. */
function uncomparedFinding({ resource, why }: Relevant): Finding | undefined {
  if (why === undefined || resource.action === "none") return undefined;
  const isTag = (name: string): boolean => name === "tags" || name === "tags_all";
  if (resource.action === "update" && resource.changedAttributes.every(isTag)) return undefined;
  return unknownFinding(resource, "uncompared resource", `It ${why}. It is not compared.`);
}

function relevant(plan: Plan, changes: readonly ResourceChange[]): Relevant[] {
  return changes.flatMap((change) => {
    if (change.mode !== "managed") return [];
    const why = whyRelevant(change);
    return why === undefined && !comparedTypes.test(change.type)
      ? []
      : [{ resource: new ResourceDifference(change, plan), why }];
  });
}

/** The most work that all comparisons of a plan may take together, in steps: seconds. */
const STEPS = 20_000_000;

/** Everything of a plan that changes access, or may. */
export function findings(plan: Plan): Judgement {
  const changes = relevant(plan, plan.resource_changes);
  const resources = changes.map(({ resource }) => resource);
  const references = new References(plan, resources);
  // Runs the step that retains the least memory first; the other order costs 250 MB on 10,000 changes.
  const accounts = new Accounts(resources);
  const apart = findingsApart(plan, changes, references, accounts);
  const { access, ...members } = plannedAccess(resources, references, accounts);
  return judge(comparedAccesses(access, resources, new Budget(STEPS)), [
    ...apart,
    ...membershipFindings(members),
  ]);
}

/** What each resource of a plan changes by itself. */
function findingsApart(
  plan: Plan,
  changes: readonly Relevant[],
  references: References,
  accounts: Accounts,
): Finding[] {
  const resources = changes.map(({ resource }) => resource);
  const changed = resources.filter(({ action }) => action !== "none");
  return [
    ...changed
      .flatMap((resource) => documentsOf(resource))
      .flatMap((document) => documentFinding(document) ?? []),
    ...changed.flatMap((resource) => boundaryFinding(resource) ?? []),
    ...attachmentFindings(resources, references, accounts),
    ...changes.flatMap((change) => uncomparedFinding(change) ?? []),
    ...tagsThatCount(resources).map(([resource, reason]) =>
      unknownFinding(resource, "uncompared resource", reason),
    ),
    ...relevant(plan, plan.deferred_changes).map(({ resource }) =>
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

import { comparedAccess } from "./access";
import { attachmentFindings } from "./attachment-findings";
import { boundaryFinding } from "./boundary-finding";
import { carrierChanges, comparedTypes, isReviewed, mayAffectAccess } from "./carriers";
import { Budget } from "./compare";
import { Comparisons } from "./comparisons";
import { documentFindings } from "./document-findings";
import { findingOf } from "./finding";
import { judge, type Judgement } from "./judgement";
import { membershipFindings } from "./membership-findings";
import { Accounts } from "./plan/accounts";
import { differencesOf, ResourceDifference } from "./plan/difference";
import type { Plan, ResourceChange } from "./plan/plan";
import { plannedAccess } from "./plan/planned-access";
import { PlannedDocuments } from "./plan/planned-documents";
import { References } from "./plan/references";
import { driftFindings } from "./drift-findings";
import { ManagedPolicyTexts } from "./plan/managed-policy-texts";
import { provisionerFindings } from "./provisioner-findings";
import { recreated, recreatedFindings } from "./recreated-findings";
import { tagFindings } from "./tag-findings";
import { comparedTrusts } from "./trust";

const DOCUMENT_TYPES = /^aws_iam_(policy|role|role_policy|user_policy|group_policy)$/;

/** The changes that the review reads. */
function reviewedResources(plan: Plan, changes: readonly ResourceChange[]): ResourceDifference[] {
  return changes
    .filter(({ mode, type }) => mode === "managed" && isReviewed(type))
    .flatMap((change) => differencesOf(change, plan));
}

/** Resources that others refer to, and data sources that are read during apply. */
function backgroundOf(
  plan: Plan,
  resources: readonly ResourceDifference[],
): readonly ResourceDifference[] {
  const known = new Set(resources.map(({ address }) => address));
  return plan.resource_changes
    .filter(({ address }) => !known.has(address))
    .map((change) => new ResourceDifference(change, plan));
}

/** The most work that all comparisons of a plan may take together, in steps: seconds, and more for each change. */
const STEPS = { ofPlan: 20_000_000, ofChange: 2_000 };

/** The options of a review. */
export interface ReviewOptions {
  /** Documents of AWS-managed policies by the part of their ARN behind `:policy/`. */
  readonly policies?: ReadonlyMap<string, string>;
  /** Patterns of actions that no plan may newly allow, such as `iam:*`. */
  readonly never?: readonly string[];
}

/** Everything of a plan that changes access, or may. */
export function findings(
  plan: Plan,
  { policies = new Map(), never = [] }: ReviewOptions,
): Judgement & { readonly managedPoliciesOf: string | undefined } {
  const carriers = reviewedResources(plan, plan.resource_changes);
  const resources = carriers.filter(({ type }) => comparedTypes.test(type));
  const all = [...carriers, ...backgroundOf(plan, carriers)];
  const references = new References(plan, all);
  const managed = new ManagedPolicyTexts(policies, plan.policyTexts);
  const texts = new PlannedDocuments(all, references, managed, plan.texts);
  const budget = new Budget(STEPS.ofPlan + STEPS.ofChange * carriers.length);
  // Runs the step that retains the least memory first; the other order costs 250 MB on 10,000 changes.
  const accounts = new Accounts(carriers, resources, plan.callers);
  const pairs = recreated(resources, accounts);
  const changed = resources.filter(({ action }) => action !== "none");
  const apart = [
    ...changed.flatMap(documentFindings),
    ...changed.flatMap((resource) => boundaryFinding(resource) ?? []),
    ...attachmentFindings(resources, references, accounts),
    ...recreatedFindings(pairs),
    ...tagFindings(resources, all, budget),
    ...driftFindings(plan, resources),
    ...provisionerFindings(all),
    ...reviewedResources(plan, plan.deferred_changes)
      .filter(mayAffectAccess)
      .map((resource) => {
        const reasons = ["Terraform defers this change to a later plan."];
        return findingOf(resource, { kind: "deferred change", reasons });
      }),
  ];
  const { access, ...members } = plannedAccess(resources, references, accounts, texts);
  const comparisons = new Comparisons(budget);
  const carried = carrierChanges(carriers, { access, references, texts, comparisons, accounts });
  const judgement = judge(
    [
      ...access.map(({ kind, name, account, resources: own, before, after }) =>
        comparedAccess({ kind, name, account, resources: own }, { before, after }, comparisons),
      ),
      ...comparedTrusts(resources, pairs, texts, accounts, comparisons),
      ...carried.compared,
    ],
    [...apart, ...membershipFindings(members), ...carried.findings],
    never,
  );
  const [managedPoliciesOf] = texts.dates;
  return { ...judgement, managedPoliciesOf };
}

/** Returns the number of resources of a plan that have IAM documents. */
export function countDocuments(plan: Plan): number {
  return plan.resource_changes.filter(
    ({ mode, type, change }) =>
      mode === "managed" && DOCUMENT_TYPES.test(type) && !change.actions.includes("forget"),
  ).length;
}

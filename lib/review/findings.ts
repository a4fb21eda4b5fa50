import { actionOf } from "./action";
import { type AttachmentChange, attachmentChanges, type ExclusiveChange } from "./attachments";
import { type BoundaryChange, boundaryOf } from "./boundaries";
import { compare, type Comparison } from "./compare";
import { type DocumentChange, documentsOf } from "./documents";
import { GoneHolders } from "./holders";
import type { Plan, ResourceChange } from "./plan";
import { NotAPolicy, type PolicyStatement, readPolicy } from "./policy-document";
import type { ReviewItem, ReviewValues } from "./review";
import { sizeOf } from "./size-limit";
import { textOf, type Value } from "./value";
import { combine, type Effects, noEffects } from "./verdict";

/** An item, with the directions that its verdict sums up. */
export interface Finding extends Effects {
  readonly item: Omit<ReviewItem, "verdict">;
}

function origin(
  change: ResourceChange,
): Pick<ReviewItem, "address" | "previousAddress" | "action"> {
  const { address, previous_address: previous } = change;
  return {
    address,
    ...(previous === undefined ? {} : { previousAddress: previous }),
    action: actionOf(change),
  };
}

/** A value that may be shown, or why not. */
function shown(value: Value): string | undefined {
  switch (value.kind) {
    case "absent":
      return undefined;
    case "known":
      return textOf(value) ?? "(not text)";
    case "unknown":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive value)";
  }
}

function shownBoth(before: Value, after: Value): ReviewValues {
  const [was, is] = [shown(before), shown(after)];
  return {
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
}

/** The statements of a document, or why they cannot be had. */
function statementsOf(value: Value, when: "before" | "after"): PolicyStatement[] | string {
  switch (value.kind) {
    case "absent":
      return [];
    case "unknown":
      return "The document is known only after apply.";
    case "sensitive":
      return `The document ${when === "before" ? "before" : "after"} the change is marked sensitive.`;
    case "known":
      try {
        return typeof value.value === "string"
          ? readPolicy(value.value)
          : "The document is no text.";
      } catch (error) {
        if (!(error instanceof NotAPolicy)) throw error;
        return `The document ${when === "before" ? "before" : "after"} the change cannot be compared: ${error.message}.`;
      }
  }
}

function compareDocument(
  document: DocumentChange,
  before: PolicyStatement[],
  after: PolicyStatement[],
): Comparison {
  const isNewHolder = document.newHolder === "yes";
  const parts = isNewHolder ? [compare(before, []), compare([], after)] : [compare(before, after)];
  const effects = combine(parts);
  return {
    ...effects,
    broadens: effects.broadens && !document.holderGone,
    differences: parts.flatMap(({ differences }) => differences),
  };
}

function documentFinding(document: DocumentChange): Finding | undefined {
  if (document.isSame && document.newHolder === "no") return undefined;
  const { before, after, change, kind, name, size } = document;
  const [was, is] = [statementsOf(before, "before"), statementsOf(after, "after")];
  const [textBefore, textAfter] = [textOf(before), textOf(after)];
  const item = {
    ...origin(change),
    kind,
    ...(name === undefined ? {} : { name }),
    size: {
      ...size,
      ...(textBefore === undefined ? {} : { before: sizeOf(textBefore) }),
      ...(textAfter === undefined ? {} : { after: sizeOf(textAfter) }),
    },
  };
  if (typeof was === "string" || typeof is === "string") {
    const reasons = [was, is].filter((reason) => typeof reason === "string");
    return { ...noEffects, unknown: true, item: { ...item, reasons, differences: [] } };
  }
  const { differences, ...effects } = compareDocument(document, was, is);
  const reasons = {
    no: [],
    yes: ["It goes to another role, user or group, which has all of it anew."],
    unknown: ["The role, user or group that it goes to is known only after apply."],
  }[document.newHolder];
  return {
    ...effects,
    unknown: document.newHolder === "unknown",
    item: { ...item, reasons, differences },
  };
}

function boundaryFinding(boundary: BoundaryChange): Finding {
  const { change, before, after, reason } = boundary;
  return {
    ...boundary,
    item: {
      ...origin(change),
      kind: "permissions boundary",
      reasons: reason === undefined ? [] : [reason],
      differences: [],
      policy: shownBoth(before, after),
    },
  };
}

function attachmentFinding(attachment: AttachmentChange | ExclusiveChange): Finding {
  const { kind, change, reason } = attachment;
  const common = {
    ...origin(change),
    reasons: reason === undefined ? [] : [reason],
    differences: [],
  };
  if (kind === "exclusive") {
    return { ...attachment, item: { ...common, kind: "exclusive attachments" } };
  }
  const { policy, holder, holderKind } = attachment;
  const absent: Value = { kind: "absent" };
  return {
    ...attachment,
    item: {
      ...common,
      kind: "attachment",
      policy: kind === "attached" ? shownBoth(absent, policy) : shownBoth(policy, absent),
      holder: `${holderKind} ${shown(holder) ?? ""}`.trim(),
    },
  };
}

const IAM_ACCESS =
  /^aws_iam_(policy|role|user|role_policy|user_policy|group_policy|policy_attachment|(role|user|group)_(policy_attachment|policy_attachments_exclusive|policies_exclusive))$/;

function deferredFinding(change: ResourceChange): Finding {
  return {
    ...noEffects,
    unknown: true,
    item: {
      ...origin(change),
      kind: "deferred change",
      reasons: ["Terraform puts this change off to a later plan."],
      differences: [],
    },
  };
}

const DOCUMENT_TYPES = /^aws_iam_(policy|role|role_policy|user_policy|group_policy)$/;

/** Whether a change can matter to access. */
const matters = ({ mode, type }: ResourceChange): boolean =>
  mode === "managed" && IAM_ACCESS.test(type);

/** Everything of a plan that changes access, or may. */
export function findings(plan: Plan): Finding[] {
  const changes = plan.resource_changes.filter(matters);
  const gone = new GoneHolders(changes);
  const changed = changes.filter((change) => actionOf(change) !== "none");
  return [
    ...changed
      .flatMap((change) => documentsOf(change, plan, gone))
      .flatMap((document) => documentFinding(document) ?? []),
    ...changed.flatMap((change) => boundaryOf(change) ?? []).map(boundaryFinding),
    ...attachmentChanges(changes, plan, gone).map(attachmentFinding),
    ...plan.deferred_changes.filter(matters).map(deferredFinding),
  ];
}

/** How many resources of a plan carry IAM documents. */
export function countDocuments(plan: Plan): number {
  return plan.resource_changes.filter(
    ({ mode, type, change }) =>
      mode === "managed" && DOCUMENT_TYPES.test(type) && !change.actions.includes("forget"),
  ).length;
}

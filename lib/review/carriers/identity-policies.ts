import { type Compared, comparedAccess } from "../access";
import { readDocument } from "../compare";
import type { Comparisons } from "../comparisons";
import { findingOf } from "../finding";
import { doubts } from "../judged";
import { type ResourceDifference, type Side } from "../plan/difference";
import type { HeldDocument } from "../plan/held-document";
import type { AccessSide } from "../plan/planned-access";
import type { PlannedDocuments } from "../plan/planned-documents";
import { identityPolicies, type IdentityPolicyArgument } from "./data/policies";
import { policyAt } from "./policy-values";
import { isSameAt, textAt } from "./values";

/** A document that allows everything, for policies that only limit. */
const EVERYTHING: HeldDocument = {
  key: "everything",
  from: undefined,
  read: () =>
    readDocument(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      "identity",
      "everything",
    ),
};

/** The policy of one side, or its replacement if there is none. */
function accessAt(
  resource: ResourceDifference,
  { argument, absent, when }: IdentityPolicyArgument,
  side: Side,
  texts: PlannedDocuments,
): AccessSide {
  const applies =
    when === undefined || (textAt(resource, side, when.argument) ?? when.value) === when.value;
  const own = applies ? policyAt(resource, argument, side, "identity", texts) : undefined;
  const document = own ?? (absent === "everything" ? EVERYTHING : undefined);
  return { policies: document === undefined ? [] : [document], boundary: [] };
}

/**
 * Returns changes of policies without principals that are not attached to roles, users and groups: of
 * permission sets, service control policies, sessions of Transfer Family.
 */
export function identityPolicyChanges(
  resources: readonly ResourceDifference[],
  texts: PlannedDocuments,
  comparisons: Comparisons,
): Compared[] {
  return resources.flatMap((resource) => {
    const { type, action, address } = resource;
    const row = identityPolicies.get(type);
    if (row === undefined || action === "none" || isSameAt(resource, row.argument)) return [];
    // What is created with a limit gives nothing by the limit, and takes nothing from who was not there.
    const isOwn = row.absent === "everything" && row.when === undefined;
    if (isOwn && (action === "create" || action === "delete")) return [];
    // A service control policy limits by its attachments.
    if (row.when !== undefined && action !== "update") return [];
    const kind = "identity policy";
    const name = `whoever has the ${row.of} ${address}`;
    const side = (which: Side): AccessSide => accessAt(resource, row, which, texts);
    const sides = { before: side("before"), after: side("after") };
    const subject = { kind, name, resources: new Set([resource]) } as const;
    const own = comparedAccess(subject, sides, comparisons);
    return [{ ...own, item: findingOf(resource, { kind, reasons: doubts(own) }).item }];
  });
}

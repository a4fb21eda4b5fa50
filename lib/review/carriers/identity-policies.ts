import { type Budget, compareAccess, type Content, readDocument, ReadDocument } from "../compare";
import type { ResourceDifference, Side } from "../plan/difference";
import { identityPolicies, type IdentityPolicyArgument } from "./data/policies";
import { type CarrierFinding, comparedParts } from "./finding";
import { describeGrant } from "./granted";
import { isSameAt, textAt, valuesAt } from "./values";

/** A document that allows everything, for policies that only limit. */
const EVERYTHING = readDocument(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  "identity",
  "everything",
);

/** True if the resource has such a policy on a side. */
const applies = (
  resource: ResourceDifference,
  { when }: IdentityPolicyArgument,
  side: Side,
): boolean =>
  when === undefined || (textAt(resource, side, when.argument) ?? when.value) === when.value;

/** The policy of one side, or its replacement if there is none. */
function policyAt(
  resource: ResourceDifference,
  row: IdentityPolicyArgument,
  side: Side,
): Content | undefined {
  const [value] = valuesAt(resource, side, row.argument);
  if (value === undefined || !applies(resource, row, side)) {
    return row.absent === "everything" ? EVERYTHING : undefined;
  }
  const read = value.kind === "known" ? resource.texts.read(String(value.value)) : "";
  return typeof read === "string"
    ? { unknown: `${row.argument} of ${resource.address}, ${side}` }
    : read;
}

/**
 * Returns changes of policies without principals that are not attached to roles, users and groups: of
 * permission sets, service control policies, sessions of Transfer Family.
 */
export function identityPolicyFindings(
  resources: readonly ResourceDifference[],
  budget: Budget,
): CarrierFinding[] {
  return resources.flatMap((resource): CarrierFinding[] => {
    const { type, action, address } = resource;
    const row = identityPolicies[type];
    if (row === undefined || action === "none" || isSameAt(resource, row.argument)) return [];
    // What is created with a limit gives nothing by the limit, and takes nothing from who was not there.
    const isLimit = row.absent === "everything";
    const isOwn = isLimit && row.when === undefined;
    if (isOwn && (action === "create" || action === "delete")) return [];
    // A service control policy limits by its attachments.
    if (row.when !== undefined && action !== "update") return [];
    const sides = {
      before: policyAt(resource, row, "before"),
      after: policyAt(resource, row, "after"),
    };
    const access = (content: Content | undefined) => ({
      policies: content === undefined ? [] : [content],
    });
    const compared = compareAccess(access(sides.before), access(sides.after), budget);
    const who = `whoever has the ${row.of} ${address}`;
    return [
      {
        resource,
        kind: "identity policy",
        subject: `${row.of} ${address}`,
        isPublic: false,
        ...comparedParts(compared, (witness) => {
          const { side, statement } = witness.statement;
          const content = sides[side];
          const own =
            content instanceof ReadDocument && content !== EVERYTHING
              ? content.statements.find(({ index }) => index === statement)
              : undefined;
          return { ...describeGrant(witness, own, address, false), who };
        }),
      },
    ];
  });
}

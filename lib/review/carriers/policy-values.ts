import type { Kind } from "../compare/statement";
import type { ResourceDifference, Side } from "../plan/difference";
import { type HeldDocument, heldDocument } from "../plan/held-document";
import type { PlannedDocuments } from "../plan/planned-documents";
import { isSameAt, valuesAt } from "./values";

/** The policy that an argument is on one side, known whole or in part; undefined if there is none. */
export function policyAt(
  resource: ResourceDifference,
  path: string,
  side: Side,
  kind: Kind,
  texts: PlannedDocuments,
): HeldDocument | undefined {
  if (!path.includes(".")) {
    const [held] = texts.held(resource, path, side, kind);
    // One that is not known may only deny, or limit.
    return held && { ...held, allowsSomething: false };
  }
  const [value] = valuesAt(resource, side, path);
  if (value === undefined) return undefined;
  const isSame = isSameAt(resource, path);
  const [document] = heldDocument(resource, value, side, { isSame, kind });
  return document;
}

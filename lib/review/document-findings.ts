import { documentSize, quotas } from "../catalog/quotas";
import type { Statement } from "./compare";
import { type Finding, findingOf } from "./finding";
import type { Side } from "./plan/difference";
import type { DocumentDifference } from "./plan/documents";
import { textOf } from "./plan/value";
import type { ReportSize } from "./report/report";
import { statementDifferences } from "./report/statement-differences";

/** The statements of a document on one side, or the reason why they are not known. */
function statementsOf(document: DocumentDifference, side: Side): readonly Statement[] | string {
  const { resource, kind } = document;
  const value = document[side];
  switch (value.kind) {
    case "absent":
      return [];
    case "unknown":
      return "The document is known only after apply.";
    case "sensitive":
      return `The document ${side} the change is marked sensitive.`;
    case "known": {
      if (typeof value.value !== "string") return "The document is not text.";
      const reading = resource.texts.read(
        value.value,
        kind === "trust policy" ? "trust" : "identity",
      );
      const problem = typeof reading === "string" ? reading : reading.problem;
      if (typeof reading !== "string" && problem === undefined) return reading.statements;
      return `The document ${side} the change cannot be compared: ${problem ?? ""}.`;
    }
  }
}

function sizeOf({ kind, identity, before, after }: DocumentDifference): ReportSize {
  const [textBefore, textAfter] = [textOf(before), textOf(after)];
  const sizes = {
    ...(textBefore === undefined ? {} : { before: documentSize(textBefore) }),
    ...(textAfter === undefined ? {} : { after: documentSize(textAfter) }),
  };
  if (identity !== undefined) {
    const together = `all inline policies of the ${identity}`;
    return { limit: quotas.inlinePolicies[identity], together, ...sizes };
  }
  return {
    limit: kind === "trust policy" ? quotas.trustPolicy : quotas.managedPolicy,
    ...sizes,
  };
}

const NEW_IDENTITY = {
  no: [],
  yes: ["It moves to another role, user or group, which gains all of it."],
  unknown: ["The role, user or group that gets it is known only after apply."],
} as const;

/** A document that changes, with the statements that differ. */
export function documentFinding(document: DocumentDifference): Finding | undefined {
  const { resource, kind, name, newIdentity } = document;
  if (document.isSame && newIdentity === "no") return undefined;
  const [before, after] = [statementsOf(document, "before"), statementsOf(document, "after")];
  const problems = [before, after].filter((reason) => typeof reason === "string");
  const differences = (): ReturnType<typeof statementDifferences> => {
    if (typeof before === "string" || typeof after === "string") return [];
    if (newIdentity !== "yes") return statementDifferences(before, after);
    return [...statementDifferences(before, []), ...statementDifferences([], after)];
  };
  const item = {
    kind,
    ...(name === undefined ? {} : { name }),
    size: sizeOf(document),
    reasons: problems.length > 0 ? problems : NEW_IDENTITY[newIdentity],
    differences: differences(),
  };
  return findingOf(resource, item, { isCompared: true });
}

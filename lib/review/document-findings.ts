import { compare, type Comparison } from "./comparison/comparison";
import { combine, noImpact } from "./comparison/impact";
import { NotAPolicy, type ParsedStatement, parsePolicy } from "./comparison/parse-policy";
import { documentSize, quotas } from "../catalog/quotas";
import type { Side } from "./plan/difference";
import type { DocumentDifference } from "./plan/documents";
import { textOf, type Value } from "./plan/value";
import { type Finding, origin } from "./finding";
import type { ReportSize } from "./report";
import { reportDifference } from "./report-difference";

/** The statements of a document, or why they cannot be had. */
function statementsOf(value: Value, side: Side): ParsedStatement[] | string {
  switch (value.kind) {
    case "absent":
      return [];
    case "unknown":
      return "The document is known only after apply.";
    case "sensitive":
      return `The document ${side} the change is marked sensitive.`;
    case "known":
      if (typeof value.value !== "string") return "The document is no text.";
      try {
        return parsePolicy(value.value);
      } catch (error) {
        if (!(error instanceof NotAPolicy)) throw error;
        return `The document ${side} the change cannot be compared: ${error.message}.`;
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

function compareDocument(
  { newIdentity, identityDeleted }: DocumentDifference,
  before: ParsedStatement[],
  after: ParsedStatement[],
): Comparison {
  const parts =
    newIdentity === "yes" ? [compare(before, []), compare([], after)] : [compare(before, after)];
  const impact = combine(parts);
  return {
    ...impact,
    broadens: impact.broadens && !identityDeleted,
    unknown: newIdentity === "unknown",
    differences: parts.flatMap(({ differences }) => differences),
  };
}

const NEW_IDENTITY = {
  no: [],
  yes: ["It goes to another role, user or group, which has all of it anew."],
  unknown: ["The role, user or group that it goes to is known only after apply."],
} as const;

/** What the change of a document does, if it changes. */
export function documentFinding(document: DocumentDifference): Finding | undefined {
  const { resource, kind, name, newIdentity } = document;
  if (document.isSame && newIdentity === "no") return undefined;
  const about = { resource, isCompared: true };
  const item = {
    ...origin(resource),
    kind,
    ...(name === undefined ? {} : { name }),
    size: sizeOf(document),
  };
  const before = statementsOf(document.before, "before");
  const after = statementsOf(document.after, "after");
  if (typeof before === "string" || typeof after === "string") {
    const reasons = [before, after].filter((reason) => typeof reason === "string");
    const impact = { ...noImpact, unknown: true };
    return { ...about, impact, item: { ...item, reasons, differences: [] } };
  }
  const { differences, ...impact } = compareDocument(document, before, after);
  return {
    ...about,
    impact,
    item: {
      ...item,
      reasons: NEW_IDENTITY[newIdentity],
      differences: differences.map(reportDifference),
    },
  };
}

import type { Log, Result } from "sarif";
import { visibleJson } from "./visible-json";
import { visible } from "../../text/visible-text";
import type { GateFinding } from "../gate/finding";
import { verdictOf, verdicts } from "../verdict";
import type { Report } from "./report";
import { named } from "./wording";

/** The SARIF level of a finding. */
export const levelOf = ({ broadens, unknown }: GateFinding): "error" | "warning" | "note" =>
  broadens ? "error" : unknown ? "warning" : "note";

/** A plan has no lines: its file is the place of a finding. */
const placeOf = (plan: string) => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(plan.replaceAll("\\", "/")) },
    region: { startLine: 1 },
  },
});

/**
 * A report in SARIF 2.1.0, with a result for each finding. Accepted findings are suppressed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif({ findings, plans }: Report): string {
  const result = (finding: GateFinding): Result => ({
    ruleId: verdictOf(finding),
    level: levelOf(finding),
    message: { text: visible(finding.text) },
    locations: (finding.plans ?? plans).map(placeOf),
    ...(finding.fingerprint === undefined
      ? {}
      : { partialFingerprints: { "teleport-db-iam/v1": finding.fingerprint } }),
    suppressions:
      finding.accepted === undefined
        ? []
        : [{ kind: "external", justification: visible(finding.accepted.reason) }],
  });
  const driver = {
    name: "teleport-db-iam",
    informationUri: "https://github.com/teleport-db-iam/teleport-db-iam",
    rules: verdicts.map((id) => ({ id, shortDescription: { text: `Access is ${named(id)}` } })),
  };
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results: findings.map(result) }],
  };
  return `${visibleJson(log)}\n`;
}

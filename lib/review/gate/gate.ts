import type { Report } from "../report/report";
import { combine, type Verdict, verdictOf, verdicts } from "../verdict";

/** The conditions that a gate can fail on. */
export type GateCondition = Verdict | "public" | "escalation";

/** Every {@link GateCondition}. */
export const gateConditions: readonly GateCondition[] = [...verdicts, "public", "escalation"];

/**
 * True if a plan fails a gate by a finding that is not accepted.
 *
 * - `broadened` and `narrowed` include a plan that does both.
 * - `unknown` includes a plan that is broadened in one place and unknown in another.
 * - `public` and `escalation` include findings that cannot be compared.
 * - Actions of `--never` fail without being named here.
 */
export function fails(report: Report, failOn: readonly GateCondition[]): boolean {
  const open = report.findings.filter(({ accepted }) => accepted === undefined);
  const { broadens, narrows, unknown } = combine(open);
  const holds: Readonly<Record<GateCondition, boolean>> = {
    broadened: broadens,
    both: broadens && narrows,
    unknown,
    narrowed: narrows,
    unchanged: verdictOf(report) === "unchanged",
    public: open.some(({ isPublic }) => isPublic),
    escalation: open.some(({ escalation }) => escalation.length > 0),
  };
  return open.some(({ isForbidden }) => isForbidden) || failOn.some((name) => holds[name]);
}

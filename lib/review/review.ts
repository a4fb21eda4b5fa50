import { combine } from "../iam/impact";
import { readPlan } from "../plan/plan";
import { countDocuments, findings } from "./findings";
import type { Report } from "./report";
import { verdictOf, verdicts } from "./verdict";

/**
 * Reviews a plan: says what each change of it does to access.
 *
 * @param text what `terraform show -json` printed
 * @param source how messages call it, such as the file's name
 * @throws UserError where the text is no plan that can be reviewed
 */
export function reviewPlan(text: string, source: string): Report {
  const plan = readPlan(text, source);
  const found = findings(plan);
  const impact = combine(found.map((finding) => finding.impact));
  return {
    formatVersion: 1,
    verdict: verdictOf(impact),
    ...impact,
    documents: countDocuments(plan),
    items: found
      .map((finding) => ({ ...finding.item, verdict: verdictOf(finding.impact) }))
      .sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict)),
  };
}

import { noPlan, readPlan } from "./plan/plan";
import { countDocuments, findings, type ReviewOptions } from "./findings";
import type { Report } from "./report/report";
import { type Verdict, verdictOf, verdicts } from "./verdict";

const byVerdict = (a: { verdict: Verdict }, b: { verdict: Verdict }): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict);

function review(text: string, source: string, options: ReviewOptions): Report {
  const plan = readPlan(text, source);
  const { impact, rows, access, items, ...rest } = findings(plan, options);
  const { findings: gated, managedPoliciesOf } = rest;
  return {
    formatVersion: 2,
    verdict: verdictOf(impact),
    ...impact,
    plans: [source],
    documents: countDocuments(plan),
    ...(managedPoliciesOf === undefined ? {} : { managedPoliciesOf }),
    rows,
    access: [...access].sort(byVerdict),
    items: [...items].sort(byVerdict),
    findings: gated,
    entries: [],
  };
}

/**
 * Reviews a plan: finds how each change affects access.
 *
 * @param text what `terraform show -json` printed
 * @param source how messages call it, such as the file's name
 * @throws UserError if the text is not a plan that can be reviewed
 */
export function reviewPlan(text: string, source: string, options: ReviewOptions = {}): Report {
  try {
    return review(text, source, options);
  } catch (error) {
    // The stack's end: values or modules in each other without an end.
    if (!(error instanceof RangeError)) throw error;
    throw noPlan(
      source,
      "It is nested too deeply. Terraform does not write such plans. Write it again: terraform show -json tfplan > plan.json",
    );
  }
}

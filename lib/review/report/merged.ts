import { combine, verdictOf, verdicts } from "../verdict";
import { grouped, groupedRows, unique } from "./grouped-rows";
import type { OfPlans, Report } from "./report";

/** Items that are equal but for their plan, once, with the plans that have them. */
function together<Item extends OfPlans>(
  reports: readonly Named[],
  itemsOf: (report: Report) => readonly Item[],
): Item[] {
  const all = reports.flatMap(({ name, report }) =>
    itemsOf(report).map((item) => ({ item, name })),
  );
  return grouped(all, ({ item }) => item).map((group) => ({
    ...group[0].item,
    plans: unique(group.map(({ name }) => name)),
  }));
}

/** A report, and the name of its plan. */
interface Named {
  readonly name: string;
  readonly report: Report;
}

/**
 * One report about several plans. Its verdict is that of all their changes together, and what is equal in
 * several plans is reported once.
 */
export function mergedReport(reports: readonly [Named, ...Named[]]): Report {
  const [{ report: first }, ...others] = reports;
  if (others.length === 0) return first;
  const all = reports.map(({ report }) => report);
  const impact = combine(all);
  const [day] = all.flatMap(({ managedPoliciesOf = [] }) => managedPoliciesOf);
  const byVerdict = (
    a: { verdict: Report["verdict"] },
    b: { verdict: Report["verdict"] },
  ): number => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict);
  return {
    ...first,
    verdict: verdictOf(impact),
    ...impact,
    plans: reports.map(({ name }) => name),
    documents: all.reduce((sum, { documents }) => sum + documents, 0),
    ...(day === undefined ? {} : { managedPoliciesOf: day }),
    rows: groupedRows(
      reports.flatMap(({ name, report }) =>
        report.rows.map((row) => ({
          ...row,
          who: row.who.map((one) => ({ ...one, plans: [name] })),
        })),
      ),
    ),
    access: together(reports, ({ access }) => access).sort(byVerdict),
    items: together(reports, ({ items }) => items).sort(byVerdict),
    findings: together(reports, ({ findings }) => findings),
  };
}

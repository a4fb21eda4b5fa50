import { quoted } from "../../text/visible-text";
import { itemLines } from "./items";
import type { Report, ReportRow } from "./report";
import { gateLines, headline, holders, riskName, sources, summary, whatLines } from "./wording";

const ALL = { actions: Infinity, others: Infinity };

const STYLE = {
  show: quoted,
  strong: (text: string): string => text,
  heading: "",
  bullet: "  ",
  indent: "    ",
  gap: [],
} as const;

function row(one: ReportRow): string[] {
  const by = sources(one, quoted, Infinity);
  return [
    "",
    `${riskName(one)}: ${holders(one, quoted, Infinity)}`,
    ...whatLines(one, quoted, ALL).map((line) => `  ${line}`),
    ...(by === "" ? [] : [`  By ${by}`]),
  ];
}

/** A report as plain text, for a terminal or a log. Nothing is left out. */
export function renderText(report: Report): string {
  const gate = gateLines(report, quoted);
  const lines = [
    `IAM review: ${headline(report)}.`,
    summary(report),
    ...report.rows.flatMap(row),
    ...(gate.length === 0 ? [] : ["", ...gate]),
    ...report.items.flatMap((item) => itemLines(item, STYLE)),
  ];
  return `${lines.join("\n")}\n`;
}

import { codeSpan } from "../../text/visible-text";
import { itemLines } from "./items";
import type { Report, ReportItem, ReportRow } from "./report";
import { gateLines, headline, holders, riskName, sources, summary, whatLines } from "./wording";

/** Below the 65,536 characters of a comment on GitHub, with room for the text that a script adds. */
const LONGEST = 60000;

/** The number of entries that a table cell shows. `--format text` shows everything. */
const MOST = { actions: 12, others: 5, holders: 10, sources: 3 };

const STYLE = {
  show: codeSpan,
  strong: (text: string): string => `**${text}**`,
  heading: "#### ",
  bullet: "- ",
  indent: "  ",
  gap: [""],
} as const;

/**
 * Text as a cell of a table. A backslash makes a pipe part of the cell, also in code; before one that has a
 * backslash already, readers of Markdown differ.
 *
 * @see https://github.github.com/gfm/#tables-extension-
 */
const cell = (text: string): string =>
  text.replace(/(\\?)\|/g, (_, slash: string) => (slash === "" ? "\\|" : "\\\\u{7c}"));

function row(one: ReportRow): string[] {
  const cells = [
    `**${riskName(one)}**`,
    holders(one, codeSpan, MOST.holders),
    whatLines(one, codeSpan, MOST).join("<br>"),
    sources(one, codeSpan, MOST.sources),
  ];
  return [`| ${cells.map(cell).join(" | ")} |`];
}

/** As many sections of `items` as fit into `length`, and how many do not. */
function fitting<Item>(
  items: readonly Item[],
  section: (item: Item) => readonly string[],
  length: number,
): { readonly lines: readonly string[]; readonly left: number } {
  const lines: string[] = [];
  let left = length;
  for (const [index, one] of items.entries()) {
    const own = section(one);
    left -= own.join("\n").length + 1;
    if (left < 0) return { lines, left: items.length - index };
    for (const line of own) lines.push(line);
  }
  return { lines, left: 0 };
}

const more = (left: number, what: string): string[] =>
  left === 0
    ? []
    : [
        "",
        `**${left.toLocaleString("en")} more ${what} do not fit here.** Use \`--format text\` to see them.`,
      ];

/** A report as Markdown that fits a comment; if it does not, the last rows and changes are left out. */
export function renderMarkdown(report: Report): string {
  const { rows, items } = report;
  const table = fitting(rows, row, LONGEST / 2);
  const gate = fitting(gateLines(report, codeSpan), (line) => [`- ${line}`], LONGEST / 8);
  const head = [
    `### IAM review: ${headline(report)}`,
    "",
    summary(report),
    ...(rows.length === 0
      ? []
      : ["", "| Risk | Who | What | By |", "| --- | --- | --- | --- |", ...table.lines]),
    ...more(table.left, "rows"),
    ...(gate.lines.length === 0 ? [] : ["", ...gate.lines]),
    ...more(gate.left, "accepted findings"),
  ];
  const rest = LONGEST - head.join("\n").length;
  const what = fitting(items, (item: ReportItem) => itemLines(item, STYLE), rest);
  const lines = [
    ...head,
    ...(items.length === 0
      ? []
      : ["", "<details><summary>What changes, by resource</summary>", ...what.lines]),
    ...more(what.left, "changes"),
    ...(items.length === 0 ? [] : ["", "</details>"]),
  ];
  return `${lines.join("\n")}\n`;
}

import { codeSpan } from "../../text/visible-text";
import type { Report, ReportAccess, ReportDifference, ReportItem } from "./report";
import {
  accessLines,
  meaning,
  memberLine,
  movedLine,
  named,
  policyLine,
  sentence,
  sizeLine,
  subject,
  summary,
  title,
} from "./wording";

/** Below the 65,536 characters of a comment on GitHub, with room for what a script puts around. */
const LONGEST = 60000;

const sidOf = (sid: string): string => (sid === "" ? "a statement without a Sid" : codeSpan(sid));

function difference({ kind, movedFrom, before, after }: ReportDifference): string[] {
  const [was, is] = [before, after].map((grant) =>
    grant === undefined ? "" : sentence(grant, codeSpan),
  );
  switch (kind) {
    case "granted":
      return [`- **Granted:** ${is ?? ""}`];
    case "removed":
      return [`- **Removed:** ${was ?? ""}`];
    case "changed":
      return [`- **Changed from:** ${was ?? ""}`, `  **to:** ${is ?? ""}`];
    case "moved":
      return [`- **Moved** from ${(movedFrom ?? []).map(sidOf).join(", ")}: ${is ?? ""}`];
  }
}

function statement(sid: string, differences: readonly ReportDifference[]): string[] {
  const purpose = differences[0]?.purpose;
  return [
    "",
    `In ${sidOf(sid)}${purpose === undefined ? "" : ` (${purpose})`}:`,
    "",
    ...differences.flatMap(difference),
  ];
}

/** How many requests of each kind are shown for one role, user or group. */
const MOST_REQUESTS = 5;

function access(compared: ReportAccess): string[] {
  return [
    `- ${subject(compared, codeSpan)}: **${named(compared.verdict)}**`,
    ...accessLines(compared, MOST_REQUESTS, codeSpan).map((line) => `  - ${line}`),
  ];
}

function item(reported: ReportItem): string[] {
  const { address, verdict, reasons, differences } = reported;
  const sids = new Set(differences.map(({ sid }) => sid));
  const facts = [
    policyLine(reported, codeSpan),
    memberLine(reported, codeSpan),
    ...reasons,
    movedLine(reported, codeSpan),
    sizeLine(reported),
  ].filter((line) => line !== undefined);
  return [
    "",
    `#### ${codeSpan(address)}: ${named(verdict)}`,
    "",
    `${title(reported, codeSpan)}.`,
    ...(facts.length === 0 ? [] : ["", ...facts.map((fact) => `- ${fact}`)]),
    ...[...sids].flatMap((sid) =>
      statement(
        sid,
        differences.filter((other) => other.sid === sid),
      ),
    ),
  ];
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

/** A report as Markdown that fits a comment; where it does not, the last items are left out. */
export function renderMarkdown({ verdict, documents, access: compared, items }: Report): string {
  const head = [
    `### IAM review: ${named(verdict)}`,
    "",
    `${meaning[verdict]} ${summary(documents, items)}`,
  ];
  const who = fitting(compared, access, LONGEST / 2);
  const rest = LONGEST - [...head, ...who.lines].join("\n").length;
  const what = fitting(items, item, rest);
  const lines = [
    ...head,
    ...(who.lines.length === 0 ? [] : ["", ...who.lines]),
    ...more(who.left, "roles, users or groups"),
    ...what.lines,
    ...more(what.left, "changes"),
  ];
  return `${lines.join("\n")}\n`;
}

import { codeSpan } from "./visible-text";
import type { Report, ReportDifference, ReportItem } from "./report";
import { meaning, named, policyLine, sentence, sizeLine, summary, title } from "./wording";

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

function item(subject: ReportItem): string[] {
  const { address, verdict, reasons, differences } = subject;
  const sids = new Set(differences.map(({ sid }) => sid));
  const facts = [policyLine(subject, codeSpan), ...reasons, sizeLine(subject)].filter(
    (line) => line !== undefined,
  );
  return [
    "",
    `#### ${codeSpan(address)}: ${named(verdict)}`,
    "",
    `${title(subject, codeSpan)}.`,
    ...(facts.length === 0 ? [] : ["", ...facts.map((fact) => `- ${fact}`)]),
    ...[...sids].flatMap((sid) =>
      statement(
        sid,
        differences.filter((other) => other.sid === sid),
      ),
    ),
  ];
}

/** A report as Markdown that fits a comment; where it does not, the last items are left out. */
export function renderMarkdown({ verdict, documents, items }: Report): string {
  const lines = [
    `### IAM review: ${named(verdict)}`,
    "",
    `${meaning[verdict]} ${summary(documents, items)}`,
  ];
  let length = lines.join("\n").length;
  for (const [index, subject] of items.entries()) {
    const section = item(subject);
    length += section.join("\n").length + 1;
    if (length > LONGEST) {
      const left = (items.length - index).toLocaleString("en");
      lines.push(
        "",
        `**${left} more changes do not fit here.** Use \`--format text\` to see them.`,
      );
      break;
    }
    lines.push(...section);
  }
  return `${lines.join("\n")}\n`;
}

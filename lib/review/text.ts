import { quoted } from "./visible-text";
import type { Report, ReportDifference, ReportItem } from "./report";
import { meaning, named, policyLine, sentence, sizeLine, summary, title } from "./wording";

const sidOf = (sid: string): string => (sid === "" ? "(no Sid)" : quoted(sid));

function difference({ kind, movedFrom, before, after }: ReportDifference): string[] {
  const [was, is] = [before, after].map((grant) =>
    grant === undefined ? "" : sentence(grant, quoted),
  );
  switch (kind) {
    case "granted":
      return [`    granted: ${is ?? ""}`];
    case "removed":
      return [`    removed: ${was ?? ""}`];
    case "changed":
      return [`    changed from: ${was ?? ""}`, `              to: ${is ?? ""}`];
    case "moved":
      return [`    moved from ${(movedFrom ?? []).map(sidOf).join(", ")}: ${is ?? ""}`];
  }
}

function item(subject: ReportItem): string[] {
  const { address, verdict, reasons, differences } = subject;
  const sids = new Set(differences.map(({ sid }) => sid));
  const facts = [policyLine(subject, quoted), ...reasons, sizeLine(subject)].filter(
    (line) => line !== undefined,
  );
  return [
    "",
    `${named(verdict)}: ${quoted(address)}, ${title(subject, quoted)}`,
    ...facts.map((fact) => `  ${fact}`),
    ...[...sids].flatMap((sid) => {
      const own = differences.filter((other) => other.sid === sid);
      const purpose = own[0]?.purpose;
      return [
        `  statement ${sidOf(sid)}${purpose === undefined ? "" : `: ${purpose}`}`,
        ...own.flatMap(difference),
      ];
    }),
  ];
}

/** A report as plain text, for a terminal or a log. Nothing is left out. */
export function renderText({ verdict, documents, items }: Report): string {
  const lines = [
    `IAM review: ${named(verdict)}. ${meaning[verdict]}`,
    summary(documents, items),
    ...items.flatMap(item),
  ];
  return `${lines.join("\n")}\n`;
}

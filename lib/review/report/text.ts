import { quoted } from "../../text/visible-text";
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

function access(compared: ReportAccess): string[] {
  return [
    `${subject(compared, quoted)}: ${named(compared.verdict)}`,
    ...accessLines(compared, Infinity, quoted).map((line) => `  ${line}`),
  ];
}

function item(reported: ReportItem): string[] {
  const { address, verdict, reasons, differences } = reported;
  const sids = new Set(differences.map(({ sid }) => sid));
  const facts = [
    policyLine(reported, quoted),
    memberLine(reported, quoted),
    ...reasons,
    movedLine(reported, quoted),
    sizeLine(reported),
  ].filter((line) => line !== undefined);
  return [
    "",
    `${named(verdict)}: ${quoted(address)}, ${title(reported, quoted)}`,
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
export function renderText({ verdict, documents, access: compared, items }: Report): string {
  const lines = [
    `IAM review: ${named(verdict)}. ${meaning[verdict]}`,
    summary(documents, items),
    ...(compared.length === 0 ? [] : ["", ...compared.flatMap(access)]),
    ...items.flatMap(item),
  ];
  return `${lines.join("\n")}\n`;
}

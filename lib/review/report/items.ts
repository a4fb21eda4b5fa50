/** The changes of each resource, below the table. */
import type { ReportDifference, ReportItem } from "./report";
import {
  memberLine,
  movedLine,
  named,
  policyLine,
  prose,
  sentence,
  type Show,
  sizeLine,
  title,
} from "./wording";

/** The marks of a text format. */
export interface Style {
  readonly show: Show;
  readonly strong: (text: string) => string;
  readonly heading: string;
  /** The prefix of a list's line, and of a continued line. */
  readonly bullet: string;
  readonly indent: string;
  /** The lines between a heading and a list. */
  readonly gap: readonly string[];
}

function difference(
  { kind, movedFrom = [], before, after }: ReportDifference,
  { show, strong, bullet, indent }: Style,
): string[] {
  const [was, is] = [before, after].map((grant) =>
    grant === undefined ? "" : sentence(grant, show),
  );
  switch (kind) {
    case "granted":
      return [`${bullet}${strong("Granted:")} ${is ?? ""}`];
    case "removed":
      return [`${bullet}${strong("Removed:")} ${was ?? ""}`];
    case "changed":
      return [
        `${bullet}${strong("Changed from:")} ${was ?? ""}`,
        `${indent}${strong("to:")} ${is ?? ""}`,
      ];
    case "moved":
      return [
        `${bullet}${strong("Moved")} from ${movedFrom.map(sidOf(show)).join(", ")}: ${is ?? ""}`,
      ];
  }
}

const sidOf =
  (show: Show) =>
  (sid: string): string =>
    sid === "" ? "a statement without a Sid" : show(sid);

/** The lines of one change. */
export function itemLines(item: ReportItem, style: Style): string[] {
  const { verdict, reasons, differences, plans = [] } = item;
  const { show, heading, bullet, gap } = style;
  const facts = [
    policyLine(item, show),
    memberLine(item, show),
    ...reasons.map((reason) => prose(reason, show)),
    movedLine(item, show),
    sizeLine(item),
    plans.length === 0 ? undefined : `In ${plans.map(show).join(", ")}.`,
  ].filter((line) => line !== undefined);
  return [
    "",
    `${heading}${title(item, show)}: ${named(verdict)}`,
    ...(facts.length === 0 ? [] : [...gap, ...facts.map((fact) => `${bullet}${fact}`)]),
    ...[...new Set(differences.map(({ sid }) => sid))].flatMap((sid) => {
      const own = differences.filter((other) => other.sid === sid);
      const purpose = own[0]?.purpose;
      return [
        ...gap,
        `In ${sidOf(show)(sid)}${purpose === undefined ? "" : ` (${purpose})`}:`,
        ...gap,
        ...own.flatMap((one) => difference(one, style)),
      ];
    }),
  ];
}

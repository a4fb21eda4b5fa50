import { renderGithub } from "./report/github";
import { renderMarkdown } from "./report/markdown";
import type { Report } from "./report/report";
import { renderSarif } from "./report/sarif";
import { renderText } from "./report/text";
import { visibleJson } from "./report/visible-json";

export { reviewPlan } from "./review";
export { actionsLike, services } from "./gate/access-levels";
export { type Accepted, readAccepted, withAccepted, withFindings } from "./gate/accepted";
export { fails, type GateCondition, gateConditions } from "./gate/gate";

export { mergedReport } from "./report/merged";

/** The formats of a report, and how each is rendered. */
export const renderers = {
  markdown: renderMarkdown,
  text: renderText,
  json: (report: Report): string => `${visibleJson(report)}\n`,
  sarif: renderSarif,
  github: renderGithub,
} as const satisfies Readonly<Record<string, (report: Report) => string>>;

import { renderMarkdown } from "./report/markdown";
import type { Report } from "./report/report";
import { renderText } from "./report/text";
import { visibleJson } from "../text/unseen";

export { reviewPlan } from "./review";
export { escalationPaths } from "./gate/data/escalation-paths";
export { services } from "./gate/data/services";
export { permissionActions } from "./gate/escalation";
export { type Accepted, readAccepted, statesOf, withFindings } from "./gate/accepted";
export { fails, type GateCondition, gateConditions } from "./gate/gate";

/** The formats of a report, and how each is rendered. */
export const renderers: Readonly<Record<"markdown" | "json" | "text", (report: Report) => string>> =
  {
    markdown: renderMarkdown,
    json: (report) => `${visibleJson(report)}\n`,
    text: renderText,
  };

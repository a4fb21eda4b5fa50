import { renderMarkdown } from "./report/markdown";
import type { Report } from "./report/report";
import { renderText } from "./report/text";
import { visibleJson } from "./report/visible-text";

export type { ReviewOptions } from "./findings";
export { reviewPlan } from "./review";

/** The formats of a report, and how each is rendered. */
export const renderers: Readonly<Record<"markdown" | "json" | "text", (report: Report) => string>> =
  {
    markdown: renderMarkdown,
    json: (report) => `${visibleJson(report)}\n`,
    text: renderText,
  };

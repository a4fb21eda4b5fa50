import { visibleJson } from "./inert";
import { renderMarkdown } from "./markdown";
import { type Report, reportOf } from "./report";
import { review } from "./review";
import { renderText } from "./text";

/** The formats of a report, and how each is rendered. */
export const renderers: Readonly<Record<"markdown" | "json" | "text", (report: Report) => string>> =
  {
    markdown: renderMarkdown,
    json: (report) => `${visibleJson(report)}\n`,
    text: renderText,
  };

/**
 * Reviews a plan and says what it found as plain data.
 *
 * @param text what `terraform show -json` printed
 * @param source how messages call it, such as the file's name
 * @throws UserError where the text is no plan that can be reviewed
 */
export function reviewPlan(text: string, source: string): Report {
  return reportOf(review(text, source));
}

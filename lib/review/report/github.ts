import { visible } from "../../text/visible-text";
import type { Report } from "./report";
import { levelOf } from "./sarif";
import { headline } from "./wording";
import { verdictOf } from "../verdict";

/** Text of a message: the runner reads a percent sign as the start of an escaped character. */
const message = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** Text of a property such as the title, which a colon or comma would end. */
const property = (text: string): string =>
  message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/**
 * Annotations of a run of GitHub Actions: one for each finding. Accepted findings are notices.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function renderGithub(report: Report): string {
  const line = (command: string, title: string, text: string): string =>
    `::${command} title=${property(title)}::${message(visible(text))}\n`;
  return [
    line("notice", "IAM review", headline(report)),
    ...report.findings.map((finding) => {
      const { accepted, plans = [], text } = finding;
      const command = accepted === undefined ? COMMANDS[levelOf(finding)] : "notice";
      const state = accepted === undefined ? "" : `, accepted by ${visible(accepted.owner)}`;
      const where = plans.length === 0 ? "" : ` (${plans.map(visible).join(", ")})`;
      return line(command, `IAM review: ${verdictOf(finding)}${state}`, `${text}${where}`);
    }),
    ...report.entries.map(({ text, state }) => line("warning", `Accepted entry: ${state}`, text)),
  ].join("");
}

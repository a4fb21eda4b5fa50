import { code } from "./markdown";
import { showUnseen } from "./unseen";

/** Longer text is cut in the middle: no name in AWS or Teleport is longer. */
const LONGEST = 500;
const END = 100;

/**
 * Text of a file for a terminal or a log: on one line, with every unseen character shown by its code.
 * Commands of GitHub's runner are broken up: `##[` counts anywhere in a line, and `::` where a line
 * begins, as it may after a line is wrapped.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function visible(text: string): string {
  const short =
    text.length <= LONGEST
      ? text
      : `${text.slice(0, LONGEST - END)} … ${text.slice(-END)} (${String(text.length)} characters)`;
  return showUnseen(short)
    .replaceAll("##[", "#\\u{23}[")
    .replace(/(^|\s)::/g, "$1\\u{3a}:");
}

/** {@link visible} text in quotes. */
export function quoted(text: string): string {
  return `"${visible(text).replaceAll('"', '\\"')}"`;
}

/** A name as it is, if every character of it is plain; quoted if not. */
export function plainOrQuoted(name: string): string {
  return /^[\w./~@+=,%()[\]"-][\w .:/~@+=,%()[\]"-]*$/.test(name) && !name.includes("::")
    ? name
    : quoted(name);
}

/** {@link visible} text as a code span of Markdown: no markup, HTML, mention or link. */
export function codeSpan(text: string): string {
  return text === "" ? "(empty)" : code(visible(text));
}

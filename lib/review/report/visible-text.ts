/** Longer text is cut in the middle: nothing that IAM takes has names of this length. */
const LONGEST = 500;
const END = 100;

/** Characters that are not seen, or that change how others are seen. U+2800 is a blank of Braille. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

const escaped = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/**
 * Text of a plan on one line, with every character visible: control characters, line breaks, marks of
 * direction and characters without width are shown by their code.
 */
function visible(text: string): string {
  const short =
    text.length <= LONGEST
      ? text
      : `${text.slice(0, LONGEST - END)} … ${text.slice(-END)} (${String(text.length)} characters)`;
  return short.replace(UNSEEN, escaped);
}

/**
 * Text of a plan as a code span of Markdown, in which nothing has a meaning: no markup, HTML, mention
 * or link. Its fence is longer than any run of backticks inside.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string): string {
  const content = visible(text);
  if (content === "") return "(empty)";
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  // One space at each end is taken off, unless there is nothing but spaces.
  const padding = /^[` ].*[^ ]|[^ ].*[` ]$|^`|`$/.test(content) ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/**
 * Text of a plan for a terminal or a log, in quotes. What GitHub's runner would take for a command
 * anywhere in a line of a log is broken up; `::` counts only where a line begins, and none does here.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function quoted(text: string): string {
  const content = visible(text).replaceAll("##[", "#\\u{23}[");
  return `"${content.replaceAll('"', '\\"')}"`;
}

/** JSON in which no character is unseen. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu,
    (character) =>
      [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
        .join(""),
  );
}

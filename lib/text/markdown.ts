/** Plain text in Markdown: nothing in it is taken for markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, "\\$&");
}

/**
 * Text between back-ticks, in which nothing has a meaning. The fence is longer than any run of back-ticks
 * inside.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function code(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map(({ length }) => length);
  const fence = "`".repeat(runs.reduce((most, length) => Math.max(most, length), 0) + 1);
  // One space at each end is taken off, unless there is nothing but spaces.
  const padding = /^[` ].*[^ ]|[^ ].*[` ]$|^`|`$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A fenced block of `content` in the language `language`. */
export function codeBlock(language: string, content: string): string {
  return `\`\`\`${language}\n${content}\n\`\`\``;
}

/** Markdown that can stand in a cell: a pipe or the end of a line would end it. */
function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|").replace(/\r?\n/g, "<br/>");
}

/**
 * A table of GitHub Flavored Markdown, of cells of Markdown.
 *
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const dashes = columns.map(({ length }) => "-".repeat(length));
  const lines = [columns, dashes, ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  return lines.join("\n");
}

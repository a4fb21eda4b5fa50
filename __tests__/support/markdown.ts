import MarkdownIt from "markdown-it";

/** A table as a reader of the rendered page sees it: text without markup, by heading. */
type Table = readonly Readonly<Record<string, string>>[];

/** The text below one heading of a Markdown file. */
export interface Section {
  readonly heading: string;
  readonly tables: readonly Table[];
  /** Content of fenced blocks by language. */
  readonly blocks: Readonly<Record<string, string>>;
  readonly items: readonly string[];
}

const parser = new MarkdownIt({ html: true });
type Token = ReturnType<typeof parser.parse>[number];

/** The text that a browser shows of an inline token. */
function text({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) =>
      type === "html_inline" ? (content.startsWith("<br") ? "\n" : "") : content,
    )
    .join("")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The sections of a Markdown file, read by a parser of GitHub's tables. */
export function sections(markdown: string): readonly Section[] {
  const found: {
    heading: string;
    tables: Record<string, string>[][];
    blocks: Record<string, string>;
    items: string[];
  }[] = [];
  let columns: string[] = [];
  let cells: string[] = [];
  let context = "";
  for (const token of parser.parse(markdown, {})) {
    const section = found.at(-1);
    if (token.nesting === 1) context = token.type;
    if (token.type === "inline" && context === "heading_open") {
      found.push({ heading: text(token), tables: [], blocks: {}, items: [] });
    }
    if (token.type === "fence" && section !== undefined) {
      section.blocks[token.info] = token.content;
    }
    if (token.type === "inline" && context === "paragraph_open" && token.level > 1) {
      section?.items.push(text(token));
    }
    if (token.type === "table_open") {
      section?.tables.push([]);
      columns = [];
    }
    if (token.type === "tr_open") cells = [];
    if (token.type === "inline" && context === "th_open") columns.push(text(token));
    if (token.type === "inline" && context === "td_open") cells.push(text(token));
    if (token.type === "tr_close" && cells.length > 0) {
      section?.tables
        .at(-1)
        ?.push(Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])));
    }
  }
  return found;
}

/** A fenced block of a page. */
export interface FencedBlock {
  /** The file that the paragraph above asks to save it as. */
  readonly file: string | undefined;
  readonly text: string;
}

/**
 * The blocks of a page in one language, in their order.
 *
 * A paragraph that ends above a block with `` as `main.tf` `` names its file.
 */
export function fencedBlocks(page: string, language: string): readonly FencedBlock[] {
  const pattern = new RegExp(`([^\\n]*)\\n\\n\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...page.matchAll(pattern)].map(([, above = "", text = ""]) => ({
    file: / as `([\w./-]+)`/.exec(above)?.[1],
    text,
  }));
}

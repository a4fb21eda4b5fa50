/**
 * `text` in lines of at most `width` characters, broken between words. A word that is longer, such as
 * an ARN or a URL, stays whole, so that it can be copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/**
 * Characters that nobody sees, or that change how others are seen: control characters, line breaks, marks
 * of direction, characters without width, and those that Unicode lets programs ignore.
 *
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

const code = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** `text` on one line, with every unseen character shown by its code. */
export function showUnseen(text: string): string {
  return text.replace(UNSEEN, code);
}

/** The lines of `text`, each as {@link showUnseen} gives it. */
export function showUnseenInLines(text: string): string {
  return text.split("\n").map(showUnseen).join("\n");
}

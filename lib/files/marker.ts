/** The beginning of the comment in every generated file. */
const SIGNATURE = "Written by teleport-db-iam";

/** The comment of a generated file, with the command that writes it again. */
export function marker(command: string): string {
  return `${SIGNATURE}. Do not edit: the next run of "${command}" replaces this file.`;
}

/** True if a file with this content was written by this program. */
export function isMarked(content: string): boolean {
  return content.slice(0, 200).includes(SIGNATURE);
}

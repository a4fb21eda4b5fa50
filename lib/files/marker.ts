/** The beginning of the comment in every generated file, by which this program knows its own files. */
export const SIGNATURE = "Written by teleport-db-iam";

/** The comment of a generated file, with the command that writes it again. */
export function marker(command: string): string {
  return `${SIGNATURE}. Do not edit: the next run of "${command}" replaces this file.`;
}

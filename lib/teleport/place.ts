import { UserError } from "../text/user-error";
import { plainOrQuoted } from "../text/visible-text";

/** A place in a file. Documents, lines and columns count from 1. */
export interface Place {
  /** The file as it was named, or `standard input`. */
  readonly file: string;
  /** Its document, in a file of several. */
  readonly document?: number;
  readonly line?: number;
  readonly column?: number;
  /** A place with a name of its own: the address of a Terraform resource, the key of a Secret. */
  readonly address?: string;
}

/** Something to say about a place. */
export interface Remark extends Place {
  readonly text: string;
}

/** A text value and its place. */
export type Located = Remark;

/** A place without its file, as a person looks it up; empty for the file as a whole. */
export function placeInFile({ document, line, column, address }: Place): string {
  const counted = Object.entries({ document, line, column }).flatMap(([name, number]) =>
    number === undefined ? [] : [`${name} ${String(number)}`],
  );
  return [...counted, ...(address === undefined ? [] : [plainOrQuoted(address)])].join(", ");
}

/** A place with its file. Names from files are quoted if they could be taken for something else. */
export function placeText(place: Place): string {
  const inFile = placeInFile(place);
  const file = plainOrQuoted(place.file);
  return inFile === "" ? file : `${file}, ${inFile}`;
}

/** A place with its file as it is named in advice, without the column, which is for mistakes. */
export function lineText(place: Place): string {
  return placeText({ ...place, column: undefined });
}

/** The error about a value at a place. */
export function problemAt(place: Place, problem: string): UserError {
  return new UserError(`${placeText(place)}: ${problem}`);
}

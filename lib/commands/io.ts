import type { Colors } from "picocolors/types";

/** The streams of a command: the product goes to `stdout`, everything else to `stderr`. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Colours for `stdout`. They leave text unchanged if `stdout` shows no colours. */
  readonly colours: Pick<Colors, "bold" | "cyan" | "dim">;
  /** Width for the text on `stdout`, in characters: that of the terminal, at least 80; Infinity if it is not a terminal. */
  readonly columns: number;
  /** True if a person can answer: both the input and `stderr` are terminals. */
  readonly isInteractive: boolean;
}

/** Exit status of every command. */
export const exitStatus = {
  ok: 0,
  /** The check failed. */
  no: 1,
  /** Wrong use, or something that could not be done. Nothing was changed. */
  failed: 2,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

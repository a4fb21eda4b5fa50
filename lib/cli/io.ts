/** Where a command writes: the product to `stdout`, everything else to `stderr`. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Exit status of every command. */
export const exitStatus = {
  ok: 0,
  /** The answer is no: what was asked for does not hold. */
  no: 1,
  /** Wrong use, or something that could not be done. Nothing was changed. */
  failed: 2,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

import { createColors } from "picocolors";
import { run } from "../../lib/commands/run";

/** The result of running the command. */
interface CommandOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line in this process, without colours and with nobody to answer, as on a terminal
 * of so many columns.
 */
export async function runCommandOn(
  columns: number,
  ...args: readonly string[]
): Promise<CommandOutcome> {
  const written = { stdout: "", stderr: "" };
  const status = await run(args, {
    stdout: (text) => (written.stdout += text),
    stderr: (text) => (written.stderr += text),
    colours: createColors(false),
    columns,
    isInteractive: false,
  });
  return { status, ...written };
}

/** Runs the command line in this process, as where no person sits at a terminal. */
export async function runCommand(...args: readonly string[]): Promise<CommandOutcome> {
  return runCommandOn(Infinity, ...args);
}

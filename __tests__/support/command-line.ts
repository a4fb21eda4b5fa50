import { createColors } from "picocolors";
import { run } from "../../lib/commands/run";

/** What a command left behind. */
export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, without colours and with nobody to answer. */
export async function runCommand(...args: readonly string[]): Promise<Result> {
  const written = { stdout: "", stderr: "" };
  const status = await run(args, {
    stdout: (text) => (written.stdout += text),
    stderr: (text) => (written.stderr += text),
    colours: createColors(false),
    isInteractive: false,
  });
  return { status, ...written };
}

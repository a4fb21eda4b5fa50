import { createColors } from "picocolors";
import { run } from "../../lib/commands/run";

/** What a run of the command left behind. */
export interface CommandOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, as where no person sits at a terminal. */
export async function runCommand(args: readonly string[]): Promise<CommandOutcome> {
  let stdout = "";
  let stderr = "";
  const status = await run(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    colours: createColors(false),
    isInteractive: false,
  });
  return { status, stdout, stderr };
}

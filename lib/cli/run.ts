import yargs from "yargs";
import { UserError } from "../errors";
import { composeCommand } from "./compose-command";
import { exitStatus, type ExitStatus, type Io } from "./io";
import { reviewCommand } from "./review-command";

/** Called wrongly: yargs found fault with the words of the command line. */
class UsageError extends UserError {}

/**
 * Runs the command line.
 *
 * @param args the words after the program's name
 * @returns the exit status; nothing is thrown for a mistake of the caller
 */
export async function run(args: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  const done = (result: ExitStatus): void => {
    status = result;
  };
  const parser = yargs()
    .scriptName("teleport-db-iam")
    .usage(
      "$0 <command>\n\nTerraform modules for the AWS IAM permissions of Teleport's Database Service.",
    )
    // The help follows $LANG otherwise.
    .locale("en")
    .command(composeCommand(io, done))
    .command(reviewCommand(io, done))
    .demandCommand(1, "Name a command. See: teleport-db-iam --help")
    .recommendCommands()
    .strict()
    .version(false)
    .help()
    .alias("help", "h")
    .epilog(
      "Exit status: 0 done, 1 the answer is no, 2 wrong use or not done. Every message says what to do.",
    )
    .wrap(100)
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new UsageError(message);
    });
  try {
    await parser.parseAsync(args, {}, (error, _argv, output) => {
      if (error === undefined && output !== "") io.stdout(`${output}\n`);
    });
    return status;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const help = error instanceof UsageError ? "\nSee: teleport-db-iam --help" : "";
    io.stderr(`Error: ${error.message}${help}\n`);
    return exitStatus.failed;
  }
}

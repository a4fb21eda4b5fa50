import { isatty } from "node:tty";
import { createColors } from "picocolors";
import { exitStatus } from "./io";
import { run } from "./run";

const { stdout, stderr, env } = process;

/** Says in a sentence that the product did not arrive: a full disk, or a reader that went away. */
function endOnLostOutput({ code, message }: NodeJS.ErrnoException): void {
  stderr.write(
    code === "EPIPE"
      ? "Error: What reads the output ended before it had all of it.\n"
      : `Error: Could not write the output: ${message}. Write it to another place.\n`,
  );
  process.exit(exitStatus.failed);
}

stdout.on("error", endOnLostOutput);
// What is lost there is talk: the work goes on.
stderr.on("error", () => undefined);

const wantsColours = (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
// Not stdout.isTTY: it is undefined of a pipe, and then createColors decides by itself.
const isTerminal = isatty(1);

void run(process.argv.slice(2), {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  colours: createColors(isTerminal && wantsColours),
  // A terminal that does not tell its width says 0.
  columns: isTerminal && stdout.columns > 0 ? stdout.columns : Infinity,
  isInteractive: isatty(0) && isatty(2),
}).then((status) => {
  process.exitCode = status;
});

#!/usr/bin/env node
import { isatty } from "node:tty";
import { createColors } from "picocolors";
import { exitStatus, type Io } from "./io";
import { run } from "./run";

/** Says in a sentence that the product did not arrive: a full disk, or a reader that ended early. */
function exitOnClosedOutput({ code, message }: NodeJS.ErrnoException): void {
  process.stderr.write(
    code === "EPIPE"
      ? "Error: The program that reads the output ended before it read everything.\n"
      : `Error: Could not write the output: ${message}. Write it to another place.\n`,
  );
  process.exit(exitStatus.failed);
}

process.stdout.on("error", exitOnClosedOutput);
// Only messages are lost there: the work goes on.
process.stderr.on("error", () => undefined);

const { columns } = process.stdout;
const wantsColours = (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";

const io: Io = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  colours: createColors(isatty(1) && wantsColours),
  // A narrower terminal wraps the lines itself.
  columns: columns > 0 ? Math.max(columns, 80) : Infinity,
  isInteractive: isatty(2) && isatty(0),
};

void run(process.argv.slice(2), io).then((status) => {
  process.exitCode = status;
});

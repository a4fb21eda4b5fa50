#!/usr/bin/env node
import { isatty } from "node:tty";
import { createColors } from "picocolors";
import { run } from "./run";

/** A reader that has read enough, such as `head`, closes the pipe: nothing is wrong. */
function endQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit();
}

const { stdin, stdout, stderr, env } = process;
const wantsColours = (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
stdout.on("error", endQuietlyOnClosedPipe);
stderr.on("error", endQuietlyOnClosedPipe);

void run(process.argv.slice(2), {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  // Not stdout.isTTY: it is undefined of a pipe, and then createColors decides by itself.
  colours: createColors(isatty(stdout.fd) && wantsColours),
  isInteractive: isatty(stdin.fd) && isatty(stderr.fd),
}).then((status) => {
  process.exitCode = status;
});

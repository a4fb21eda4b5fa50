import * as fs from "node:fs";
import { exitStatus, type Io } from "./io";
import { run } from "./run";

/*
 * Node's streams and terminals take longer to load than a command line to parse. So they are left to
 * those who need them: terminals, and a reader that cannot take everything at once.
 */

/** Says in a sentence that the product did not arrive: a full disk, or a reader that went away. */
function endOnLostOutput({ code, message }: NodeJS.ErrnoException): void {
  writeTo.stderr(
    code === "EPIPE"
      ? "Error: What reads the output ended before it had all of it.\n"
      : `Error: Could not write the output: ${message}. Write it to another place.\n`,
  );
  process.exit(exitStatus.failed);
}

/** Writes texts at once, or what does not go at once through a stream. */
function writer(
  name: "stdout" | "stderr",
  onError: (error: NodeJS.ErrnoException) => void,
): (text: string) => void {
  const descriptor = { stdout: 1, stderr: 2 }[name];
  let stream: NodeJS.WriteStream | undefined;
  return (text) => {
    let rest = Buffer.from(text);
    try {
      while (stream === undefined && rest.length > 0) {
        rest = rest.subarray(fs.writeSync(descriptor, rest));
      }
    } catch (error) {
      // Another program that has the descriptor, too, may have made it one that does not wait.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
        onError(error as NodeJS.ErrnoException);
        return;
      }
      stream = process[name].on("error", onError);
    }
    stream?.write(rest);
  };
}

const writeTo = {
  stdout: writer("stdout", endOnLostOutput),
  // What is lost there is talk: the work goes on.
  stderr: writer("stderr", () => undefined),
};

/** Whether a descriptor is a terminal, which is a character device, as few others are. */
async function isTerminal(descriptor: number): Promise<boolean> {
  return (
    fs.fstatSync(descriptor).isCharacterDevice() && (await import("node:tty")).isatty(descriptor)
  );
}

/** Its width in characters, where the standard output is a terminal that tells it. */
function terminalWidth(): number {
  // Not process.stdout.columns, which the build takes out of yargs, and so out of everything.
  const { columns } = process.stdout;
  return columns > 0 ? columns : Infinity;
}

/** Where the command writes, and to whom. */
async function standardIo(): Promise<Io> {
  const isShown = await isTerminal(1);
  const wantsColours = (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";
  return {
    ...writeTo,
    colours:
      isShown && wantsColours
        ? (await import("picocolors")).createColors(true)
        : { bold: String, cyan: String, dim: String },
    columns: isShown ? terminalWidth() : Infinity,
    isInteractive: (await isTerminal(2)) && (await isTerminal(0)),
  };
}

void standardIo()
  .then((io) => run(process.argv.slice(2), io))
  .then((status) => {
    process.exitCode = status;
  });

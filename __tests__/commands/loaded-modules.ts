/** Runs the command line and lists on stdout, as JSON, every file that was loaded meanwhile. */
import { createColors } from "picocolors";
import { run } from "../../lib/commands/run";

const ignore = (): void => undefined;

void run(process.argv.slice(2), {
  stdout: ignore,
  stderr: ignore,
  colours: createColors(false),
  columns: Infinity,
  isInteractive: false,
}).then(() => {
  process.stdout.write(JSON.stringify(Object.keys(require.cache)));
});

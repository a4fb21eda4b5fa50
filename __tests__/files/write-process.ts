/**
 * Writes a folder in a process of its own:
 * `node write-process.js <folder> <label> <files> [--force] [--kill=<rename>]`
 *
 * It kills itself when it is about to rename a file for the n-th time, or just after.
 */
import fs from "node:fs";
import { writeFolder } from "../../lib/files/folder";
import { withSystemErrorsExplained } from "../../lib/text/system-error";
import { UserError } from "../../lib/text/user-error";
import { manyFiles } from "./many-files";

const [folder = "", label = "", count = "", ...options] = process.argv.slice(2);

// Over its size limit a process is ended by this signal unless it handles it; the write then fails.
process.on("SIGXFSZ", () => undefined);

const { renameSync } = fs;
const kill = (step: string): void => {
  if (options.includes(`--kill=${step}`)) process.kill(process.pid, "SIGKILL");
};
let renames = 0;
fs.renameSync = (from, to) => {
  renames += 1;
  kill(`before ${String(renames)}`);
  renameSync(from, to);
  kill(`after ${String(renames)}`);
};

try {
  writeFolder(folder, manyFiles(label, Number(count)), options.includes("--force"));
} catch (caught) {
  const error = withSystemErrorsExplained(caught);
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 2;
}

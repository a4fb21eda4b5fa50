/**
 * Writes a folder in a process of its own:
 * `node write-process.js <folder> <label> <files> [--force] [--signal=<signal>@<rename>]`
 *
 * With a signal it sends itself that signal when it is about to rename a file for the n-th time.
 */
import fs from "node:fs";
import { writeFolder } from "../../lib/files/folder";
import { UserError } from "../../lib/text/user-error";
import { manyFiles } from "./many-files";

const [folder = "", label = "", count = "", ...options] = process.argv.slice(2);

// Over its size limit a process is ended by this signal unless it handles it; the write then fails.
process.on("SIGXFSZ", () => undefined);

const { renameSync } = fs;
let renames = 0;
fs.renameSync = (from, to) => {
  renames += 1;
  for (const option of options) {
    const [, signal, at] = /^--signal=(\w+)@(\d+)$/.exec(option) ?? [];
    if (renames === Number(at)) process.kill(process.pid, signal);
  }
  renameSync(from, to);
};

try {
  writeFolder(folder, manyFiles(label, Number(count)), { force: options.includes("--force") });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 2;
}

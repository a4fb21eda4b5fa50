import * as fs from "node:fs";
import * as path from "node:path";
import { notWritten, UserError } from "../text/user-error";
import { isMarked } from "./marker";
import type { Files } from "./module-files";

/** Terraform's own files in a folder where someone ran `terraform init`: neither ours nor in the way. */
const TERRAFORM_FILES = new Set([".terraform", ".terraform.lock.hcl"]);

/** Folder inside the output that holds a run's new and replaced files. It is the lock, too. */
const STAGING = ".teleport-db-iam.tmp";

/** How a folder differs from what it should hold, as relative paths in a fixed order. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Files of an earlier run that the module no longer has. */
  readonly removed: readonly string[];
}

/** A difference, with the files that this program did not write. */
export interface Inspection extends Difference {
  readonly foreign: readonly string[];
}

/** How a module is written, or compared. */
export interface WriteOptions {
  /** Write even where the folder holds files that this program did not write. */
  readonly force?: boolean;
}

/** An output folder with files that this program did not write. */
function foreignFiles(folder: string, files: readonly string[]): UserError {
  const shown = files.slice(0, 5).join(", ");
  const more = files.length > 5 ? ` and ${String(files.length - 5)} more` : "";
  return new UserError(
    `${folder} holds files that teleport-db-iam did not write: ${shown}${more}. Nothing was changed. Name another folder, or use --force to write among them; files of the module's own names are then replaced.`,
  );
}

/** A folder that another run is writing to, or that a killed run has left locked. */
function locked(folder: string, lock: string): UserError {
  return new UserError(
    `Another run is writing to ${folder}. Wait for it to end; if there is none, remove ${lock} and try again.`,
  );
}

/** The beginning of a regular file, enough to tell whether this program wrote it. */
function head(file: string): string {
  if (!fs.lstatSync(file).isFile()) return "";
  const handle = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(1024);
    return buffer.toString("utf8", 0, fs.readSync(handle, buffer));
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * Relative paths of all files below `folder`; a symbolic link counts as a file. A folder that
 * `files` does not have is named, with a slash at its end, and not entered: another module's files
 * may lie in it.
 */
function listFiles(folder: string, files: Files, prefix = ""): string[] {
  return fs
    .readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .filter(({ name }) => !TERRAFORM_FILES.has(name) && name !== STAGING)
    .flatMap((entry) => {
      const name = `${prefix}${entry.name}`;
      if (!entry.isDirectory()) return [name];
      const known = [...files.keys()].some((file) => file.startsWith(`${name}/`));
      return known ? listFiles(folder, files, `${name}/`) : [`${name}/`];
    })
    .sort();
}

function inspect(folder: string, files: Files): Inspection {
  const present = fs.existsSync(folder) ? listFiles(folder, files) : [];
  const foreign = present.filter((name) => !isMarked(head(path.join(folder, name))));
  const differs = (name: string): boolean =>
    foreign.includes(name) || fs.readFileSync(path.join(folder, name), "utf8") !== files.get(name);
  return {
    added: [...files.keys()].filter((name) => !present.includes(name)),
    changed: [...files.keys()].filter((name) => present.includes(name) && differs(name)),
    removed: present.filter((name) => !files.has(name) && !foreign.includes(name)),
    foreign,
  };
}

/** Whether Terraform reads a file as a part of one of the modules in `files`: it may override anything. */
function isReadAsModule(name: string, files: Files): boolean {
  return (
    /(^|\/)[^./][^/]*\.tf(\.json)?$/.test(name) &&
    files.has(path.posix.join(path.posix.dirname(name), "main.tf.json"))
  );
}

/**
 * How `folder` differs from `files`. Of the files that this program did not write, those count that
 * Terraform reads with the module's.
 *
 * @param options with `force`, such files are wanted and do not count
 * @throws UserError where `folder` is no folder
 */
export function difference(folder: string, files: Files, options: WriteOptions = {}): Inspection {
  const { foreign, ...found } = inspect(existingFolder(folder), files);
  return {
    ...found,
    foreign:
      options.force === true
        ? []
        : foreign.filter((name) => !files.has(name) && isReadAsModule(name, files)),
  };
}

/** The files of `names` that `folder` has, as text. */
export function readFiles(folder: string, names: Iterable<string>): Files {
  return new Map(
    [...names].flatMap((name) => {
      const file = path.join(folder, name);
      return fs.existsSync(file) ? [[name, fs.readFileSync(file, "utf8")] as const] : [];
    }),
  );
}

/** `folder` without symbolic links, where it exists. */
function existingFolder(folder: string): string {
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) return path.resolve(folder);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(
      `${folder} is not a folder. Name a folder, or one that does not exist yet.`,
    );
  }
  return fs.realpathSync(folder);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The process that holds a lock; undefined while it takes it or gives it up. */
function ownerOf(staging: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(path.join(staging, "pid"), "utf8"));
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes the staging folder, which only one run can; one that a killed run left behind is replaced. */
function lock(folder: string): string {
  const staging = path.join(folder, STAGING);
  try {
    fs.mkdirSync(staging);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const pid = ownerOf(staging);
    // Asked twice: a run that has just ended may have made way for another one's lock.
    if (pid === undefined || isRunning(pid) || ownerOf(staging) !== pid) {
      throw locked(folder, staging);
    }
    fs.rmSync(staging, { recursive: true });
    fs.mkdirSync(staging);
  }
  fs.writeFileSync(path.join(staging, "pid"), String(process.pid));
  return staging;
}

/** `folder` and the folders above it that do not exist, the topmost last. */
function missingFolders(folder: string): string[] {
  return fs.existsSync(folder) ? [] : [folder, ...missingFolders(path.dirname(folder))];
}

/** Makes a folder, or finds that another run has just made it. */
function makeFolder(folder: string): void {
  try {
    // Not with `recursive`: Node then never returns where no folder can be made, as in /proc.
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Removes the folders of removed files that are now empty, up to `folder` itself. */
function removeEmptyFolders(folder: string, removed: readonly string[]): void {
  for (const name of removed) {
    for (let parent = path.dirname(name); parent !== "."; parent = path.dirname(parent)) {
      if (fs.readdirSync(path.join(folder, parent)).length > 0) break;
      fs.rmdirSync(path.join(folder, parent));
    }
  }
}

/** Writes all new files aside, then moves them into place; a failure moves everything back. */
function replace(folder: string, staging: string, files: Files, difference: Difference): void {
  const written = [...difference.added, ...difference.changed];
  /** Files lie side by side there, whatever folders they come from or go to. */
  const aside = (kind: "new" | "old", name: string): string =>
    path.join(staging, `${kind} ${encodeURIComponent(name)}`);
  for (const name of written) {
    // What takes a file's place is on the disk before that: a crash then loses neither of the two.
    const flush = difference.changed.includes(name);
    fs.writeFileSync(aside("new", name), files.get(name) ?? "", { flush });
  }
  const undo: (() => void)[] = [];
  try {
    for (const name of [...difference.changed, ...difference.removed]) {
      const [file, saved] = [path.join(folder, name), aside("old", name)];
      fs.renameSync(file, saved);
      undo.unshift(() => {
        fs.renameSync(saved, file);
      });
    }
    for (const name of written) {
      const file = path.join(folder, name);
      const made = fs.mkdirSync(path.dirname(file), { recursive: true });
      if (made !== undefined) {
        undo.unshift(() => {
          fs.rmSync(made, { recursive: true });
        });
      }
      fs.renameSync(aside("new", name), file);
      undo.unshift(() => {
        fs.rmSync(file);
      });
    }
  } catch (error) {
    for (const step of undo) step();
    throw error;
  }
  removeEmptyFolders(folder, difference.removed);
}

/** Makes `target` hold `files`, and where that fails as it was before. */
function writeLocked(target: string, files: Files): void {
  const missing = missingFolders(target);
  let staging: string | undefined;
  try {
    for (const folder of [...missing].reverse()) makeFolder(folder);
    staging = lock(target);
    // Inspected again: another run may have written since.
    replace(target, staging, files, inspect(target, files));
  } finally {
    if (staging !== undefined) fs.rmSync(staging, { recursive: true, force: true });
    for (const folder of missing) {
      if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
    }
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function releaseSignals(): void {
  for (const signal of SIGNALS) process.off(signal, endBySignal);
}

function endBySignal(signal: NodeJS.Signals): void {
  releaseSignals();
  // A program that uses the library may have a plan of its own.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** Runs `action` so that a signal ends the process before or after it, never in between. */
function uninterrupted(action: () => void): void {
  releaseSignals();
  for (const signal of SIGNALS) process.on(signal, endBySignal);
  try {
    action();
  } finally {
    // Node hears of a signal that came meanwhile only when it waits again, which is before this.
    setImmediate(releaseSignals);
  }
}

/** What {@link inspect} finds, unless a file vanishes meanwhile: then another run is at work. */
function inspectQuiet(folder: string, files: Files): Inspection {
  try {
    return inspect(folder, files);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw locked(folder, path.join(folder, STAGING));
  }
}

/**
 * Makes `folder` hold `files`: writes what is new or changed, removes what an earlier run wrote and
 * the module no longer has, and leaves everything else alone. Either all of it happens or nothing.
 *
 * @param folder made where it does not exist; a symbolic link to a folder is followed
 * @returns what was done
 * @throws UserError where `folder` is no folder, holds foreign files, is being written by another
 *   run, or cannot be written
 */
export function writeFolder(folder: string, files: Files, options: WriteOptions = {}): Difference {
  try {
    const target = existingFolder(folder);
    const { foreign, ...found } = inspectQuiet(target, files);
    if (foreign.length > 0 && options.force !== true) throw foreignFiles(folder, foreign);
    const isUnchanged = Object.values(found).every(
      (names: readonly string[]) => names.length === 0,
    );
    if (!isUnchanged) {
      uninterrupted(() => {
        writeLocked(target, files);
      });
    }
    return found;
  } catch (error) {
    throw error instanceof UserError ? error : notWritten(folder, error);
  }
}

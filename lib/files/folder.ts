import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../text/user-error";
import type { Files } from "./module-files";
import { hasContent, isOwnFile } from "./own-file";
import { isLeftover, writeFile } from "./write-file";

/** Terraform's own files in a folder after `terraform init`: neither ours nor in the way. */
const TERRAFORM_FILES = new Set([".terraform", ".terraform.lock.hcl"]);

/** Differences of a folder from its expected content, as relative paths in a fixed order. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Files of an earlier run that the module no longer has. */
  readonly removed: readonly string[];
  /** Files that this program did not write. */
  readonly foreign: readonly string[];
}

/** A difference as lines for a person, one for each file. */
export function differenceLines(
  { added, changed, removed, foreign }: Difference,
  prefix: string,
): string[] {
  return [
    ...added.map((name) => `missing:  ${prefix}${name}`),
    ...changed.map((name) => `differs:  ${prefix}${name}`),
    ...removed.map((name) => `leftover: ${prefix}${name}`),
    ...foreign.map((name) => `foreign:  ${prefix}${name}`),
  ];
}

/** At most five names, and how many more there are. */
function shown(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : "";
  return `${names.slice(0, 5).join(", ")}${more}`;
}

/**
 * Relative paths of all files below `folder`; a symbolic link counts as a file. A folder that
 * `files` does not have is named, with a slash at its end, and not entered: another module's files
 * may be in it.
 */
function listFiles(folder: string, files: Files, prefix = ""): string[] {
  return fs
    .readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .filter(({ name }) => !TERRAFORM_FILES.has(name))
    .flatMap((entry) => {
      const name = `${prefix}${entry.name}`;
      if (!entry.isDirectory()) return [name];
      const known = [...files.keys()].some((file) => file.startsWith(`${name}/`));
      return known ? listFiles(folder, files, `${name}/`) : [`${name}/`];
    })
    .sort();
}

/** `folder` without symbolic links, if it exists. */
function existingFolder(folder: string): string {
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) return path.resolve(folder);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(
      `${folder} is not a folder. Name a folder, or one that does not exist yet.`,
    );
  }
  return fs.realpathSync(folder);
}

function inspect(folder: string, files: Files): Difference {
  const present = fs.existsSync(folder) ? listFiles(folder, files) : [];
  const foreign = present.filter(
    (name) => !isLeftover(name) && !isOwnFile(path.join(folder, name)),
  );
  const differs = ([name, content]: readonly [string, string]): boolean =>
    present.includes(name) &&
    (foreign.includes(name) || !hasContent(path.join(folder, name), content));
  return {
    added: [...files.keys()].filter((name) => !present.includes(name)),
    changed: [...files].filter(differs).map(([name]) => name),
    removed: present.filter((name) => !files.has(name) && !foreign.includes(name)),
    foreign,
  };
}

/** True if Terraform reads a file as a part of one of the modules in `files`: it may override anything. */
function isReadAsModule(name: string, files: Files): boolean {
  return (
    /(^|\/)[^./][^/]*\.tf(\.json)?$/.test(name) &&
    files.has(path.posix.join(path.posix.dirname(name), "main.tf.json"))
  );
}

/**
 * Compares `folder` with `files`. Of the files that this program did not write, those count that Terraform
 * reads with the module's.
 *
 * @param force if true, such files are wanted and do not count
 * @throws UserError if `folder` is not a folder, and errors of the file system
 */
export function difference(folder: string, files: Files, force = false): Difference {
  const { foreign, ...found } = inspect(existingFolder(folder), files);
  const counted = foreign.filter((name) => !files.has(name) && isReadAsModule(name, files));
  return { ...found, foreign: force ? [] : counted };
}

/** @throws UserError for files that this program did not write and must not write beside */
function refuseForeign(
  folder: string,
  foreign: readonly string[],
  files: Files,
  force: boolean,
): void {
  // A file of someone else is where a file or a folder of the module belongs.
  const obstacles = foreign.filter((name) =>
    [...files.keys()].some(
      (own) => own === name || `${own}/` === name || own.startsWith(`${name}/`),
    ),
  );
  if (obstacles.length > 0) {
    throw new UserError(
      `teleport-db-iam did not write ${shown(obstacles)} in ${folder}, and the module needs these paths. Nothing was changed: such files are never replaced, even with --force. Move them away, or name another folder.`,
    );
  }
  if (foreign.length > 0 && !force) {
    throw new UserError(
      `${folder} has files that teleport-db-iam did not write: ${shown(foreign)}. Nothing was changed. Name another folder, or use --force to write beside them.`,
    );
  }
}

/**
 * Makes `folder` hold `files`: writes each file that is new or changed, removes what an earlier run wrote
 * and the module no longer has, and leaves everything else alone. Each file is whole at any time. A run
 * that is interrupted leaves some old and some new files; the next run writes the rest.
 *
 * @param folder made if it does not exist; a symbolic link to a folder is followed
 * @param force if true, files that this program did not write may be beside the module's
 * @returns the paths of the files that were changed
 * @throws UserError if `folder` is not a folder or holds foreign files, and errors of the file system
 */
export function writeFolder(folder: string, files: Files, force = false): readonly string[] {
  const target = existingFolder(folder);
  const { added, changed, removed, foreign } = inspect(target, files);
  refuseForeign(folder, foreign, files, force);
  for (const name of [...added, ...changed])
    writeFile(path.join(target, name), files.get(name) ?? "");
  for (const name of removed) fs.rmSync(path.join(target, name), { force: true });
  return [...added, ...changed, ...removed];
}

import * as fs from "node:fs";
import * as path from "node:path";
import { type Difference, difference, differenceLines } from "../../files/folder";
import { interfaceDifference, interfaceLine } from "../../files/interface-difference";
import type { Files } from "../../files/module-files";
import { showUnseen } from "../../text/unseen";
import { exitStatus, type ExitStatus, type Io } from "../io";

/** Advice for a folder that differs from what the command writes. No run removes foreign files. */
function advice({ foreign }: Difference, isOwnDifferent: boolean): string {
  if (foreign.length === 0) return "Run it without --check.";
  const takeOut = `Move ${foreign.join(", ")} out of the folder, because Terraform reads it as part of the module. To keep it there, use --force`;
  return isOwnDifferent ? `${takeOut}; then run it without --check.` : `${takeOut}.`;
}

/** More bytes than any file of a module has. */
const LARGEST = 10_000_000;

/** The files of a module that a folder has, as text. Others than regular files, and huge ones, are not read. */
function present(folder: string, files: Files): Files {
  const names = [...files.keys()].filter((name) => {
    const stats = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size <= LARGEST;
  });
  return new Map(names.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/**
 * Compares a folder with the files of a module and prints a line for each difference. Nothing of the
 * folder is evaluated.
 */
export function check(
  output: string,
  files: Files,
  force: boolean | undefined,
  io: Io,
): ExitStatus {
  const found = difference(output, files, force);
  const inFolder = differenceLines(found, output.replace(/\/*$/, "/"));
  const isOwnDifferent = inFolder.length > found.foreign.length;
  const before = present(output, files);
  // In a folder without a module, everything would differ.
  const inInterface =
    isOwnDifferent && before.has("main.tf.json")
      ? interfaceDifference(before, files).map(interfaceLine)
      : [];
  for (const finding of [...inFolder, ...inInterface]) io.stdout(`${showUnseen(finding)}\n`);
  if (inFolder.length === 0) {
    io.stderr(`${output} is up to date.\n`);
    return exitStatus.ok;
  }
  io.stderr(`${output} differs from what this command writes. ${advice(found, isOwnDifferent)}\n`);
  return exitStatus.no;
}

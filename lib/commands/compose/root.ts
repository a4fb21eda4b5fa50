import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../answers/compose";
import type { ConfigurationReading } from "../../answers/read-teleport-configuration";
import { rootFiles } from "../../answers/root-files";
import { writeFolder } from "../../files/folder";
import { writeFile } from "../../files/write-file";
import { UserError } from "../../text/user-error";
import { exitStatus, type ExitStatus, type Io } from "../io";

/**
 * Writes files that are not there into a folder. One that is there and has the same text is left as it
 * is; anything else is a person's, and is never replaced.
 *
 * @returns the names of the files that were written
 * @throws UserError if a file is there with other text; then nothing is written
 */
export function writeRoot(folder: string, files: ReadonlyMap<string, string>): string[] {
  const pathOf = (name: string): string => path.join(folder, name);
  // A link that leads nowhere is there, and has no text.
  const isThere = (name: string): boolean =>
    fs.lstatSync(pathOf(name), { throwIfNoEntry: false }) !== undefined;
  const isSame = (name: string): boolean =>
    fs.existsSync(pathOf(name)) && fs.readFileSync(pathOf(name), "utf8") === files.get(name);
  const names = [...files.keys()];
  const added = names.filter((name) => !isThere(name));
  const different = names.filter((name) => isThere(name) && !isSame(name));
  if (different.length > 0) {
    throw new UserError(
      `${folder} already has ${different.join(", ")}, with other content. Nothing was changed. Name another folder for --root, and compare the two: diff ${folder} <other folder>`,
    );
  }
  for (const name of added) writeFile(pathOf(name), files.get(name) ?? "");
  return added;
}

/**
 * Writes a root configuration, and the modules that it calls into folders below it.
 *
 * @param folder where the root goes
 * @param command the command that does this, for the heads of the files
 * @throws UserError if a file of a person would have to be replaced; then nothing is written
 */
export function composeRoot(
  reading: ConfigurationReading,
  folder: string,
  command: string,
  isDryRun: boolean,
  io: Io,
): ExitStatus {
  const { files, folders } = rootFiles({ ...reading, command });
  if (isDryRun) {
    for (const [name, content] of files) io.stdout(`# ${name}\n${content}\n`);
    return exitStatus.ok;
  }
  const written = writeRoot(folder, files);
  for (const [name, { module, types }] of folders) {
    writeFolder(path.join(folder, name), compose({ module, types }));
  }
  io.stderr(
    written.length === 0
      ? `${folder} is up to date.\n`
      : `Wrote a root configuration to ${folder}: ${written.join(", ")}, and ${[...folders.keys()].join(", ")}.\n`,
  );
  return exitStatus.ok;
}

import * as path from "node:path";
import { compose } from "../../answers/compose";
import { writeFolder } from "../../files/folder";
import { exitStatus, type ExitStatus, type Io } from "../io";
import type { ConfigurationReading } from "../../answers/read-teleport-configuration";
import { rootFiles } from "../../answers/root-files";
import { writeRoot } from "./write-root";

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
  { "dry-run": isDryRun }: { readonly "dry-run": boolean },
  io: Io,
): ExitStatus {
  const { files, folders } = rootFiles({ ...reading, command });
  if (isDryRun) {
    for (const [name, content] of files) io.stdout(`# ${name}\n${content}\n`);
    return exitStatus.ok;
  }
  const written = writeRoot(folder, files);
  for (const [name, choice] of folders) {
    writeFolder(path.join(folder, name), compose(choice));
  }
  io.stderr(
    written.length === 0
      ? `${folder} is up to date.\n`
      : `Wrote a root configuration to ${folder}: ${written.join(", ")}, and ${[...folders.keys()].join(", ")}.\n`,
  );
  return exitStatus.ok;
}

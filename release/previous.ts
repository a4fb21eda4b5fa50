import * as fs from "node:fs";
import * as path from "node:path";
import type { Files } from "../lib/files/module-files";
import { UserError } from "../lib/text/user-error";
import { readArchive } from "./archive";

/** The files below a folder as text, by path. */
function readFolder(folder: string): Files {
  return new Map(
    fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tf.json"))
      .map((name) => [
        name.split(path.sep).join("/"),
        fs.readFileSync(path.join(folder, name), "utf8"),
      ]),
  );
}

/** The modules of a release among its files: each folder that has a `main.tf.json`, by its name. */
function modulesAmong(files: Files): ReadonlyMap<string, Files> {
  const modules = new Map<string, Map<string, string>>();
  for (const name of files.keys()) {
    const [, folder = "", type] = /^((?:.*\/)?([^/]+)\/)main\.tf\.json$/.exec(name) ?? [];
    if (type === undefined) continue;
    const own = [...files].filter(([other]) => other.startsWith(folder));
    modules.set(type, new Map(own.map(([other, text]) => [other.slice(folder.length), text])));
  }
  return modules;
}

/**
 * Reads the modules of an earlier release, by type.
 *
 * @param source a folder or a tar archive of them: the repository of modules, or `modules/` of this one
 * @throws UserError if the source cannot be read or has no module
 */
export async function earlierModules(source: string): Promise<ReadonlyMap<string, Files>> {
  let files: Files;
  try {
    files = fs.statSync(source).isDirectory()
      ? readFolder(source)
      : new Map(
          [...(await readArchive(fs.readFileSync(source)))].map(([name, { content }]) => [
            name,
            content.toString(),
          ]),
        );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `--since ${source} cannot be read: ${why}. Name a folder or a tar archive with the modules of the last release.`,
    );
  }
  const modules = modulesAmong(files);
  if (modules.size === 0) {
    throw new UserError(
      `--since ${source} has no module: no folder with a main.tf.json. Name a folder or a tar archive with the modules of the last release.`,
    );
  }
  return modules;
}

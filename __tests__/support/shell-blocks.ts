import * as fs from "node:fs";
import * as path from "node:path";
import { PROGRAM } from "./terminal";

/** A command, and the lines that are written below it. */
interface Recording {
  readonly command: string;
  readonly output: readonly string[];
}

/** The commands of a page's `console` blocks, in their order. */
export function recordings(page: string): readonly Recording[] {
  return [...page.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = "", ...output] = text.trimEnd().split("\n");
        return { command, output };
      }),
  );
}

/** The blocks of a page that are to be pasted into a shell as they are. */
export function shellBlocks(page: string): readonly string[] {
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
}

/**
 * An environment in which `teleport-db-iam` is the built command, run by the Node that runs the tests.
 *
 * @param folder a test's own, in which a folder for the command is made
 */
export function withCommand(folder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const programs = path.join(folder, ".bin");
  fs.mkdirSync(programs, { recursive: true });
  const link = path.join(programs, "teleport-db-iam");
  if (!fs.existsSync(link)) fs.symlinkSync(PROGRAM, link);
  const folders = [programs, path.dirname(process.execPath), environment.PATH ?? ""];
  return { ...environment, PATH: folders.join(path.delimiter) };
}

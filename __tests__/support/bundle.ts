import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { PROJECT } from "./terraform";

/**
 * Bundles a script of the tests or of lib for a process of its own.
 *
 * @param entry path from the project's folder
 * @param folder where the bundle is written
 * @param options further options of esbuild
 * @returns the path of the bundle
 */
export function bundle(entry: string, folder: string, options: readonly string[] = []): string {
  const outfile = path.join(folder, `${path.basename(entry, ".ts")}.js`);
  // The program, not its library: the library refuses to run inside jest.
  execFileSync(path.join(PROJECT, "node_modules", ".bin", "esbuild"), [
    path.join(PROJECT, entry),
    "--bundle",
    "--platform=node",
    "--log-level=warning",
    `--outfile=${outfile}`,
    ...options,
  ]);
  return outfile;
}

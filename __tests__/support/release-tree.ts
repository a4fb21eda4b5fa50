import { execFileSync } from "node:child_process";
import type { Files } from "../../lib/files/module-files";
import { readArchive } from "../../release/archive";
import { moduleTree, TREE_SOURCES } from "../../release/tree";
import { PROJECT } from "./terraform";

/** The repository of modules that a release of the working folder would have. */
export async function workingTree(version = "0.0.0"): Promise<Files> {
  const bytes = execFileSync("tar", ["--create", ...TREE_SOURCES], {
    cwd: PROJECT,
    maxBuffer: 1 << 28,
  });
  const tree = moduleTree(await readArchive(bytes), version);
  return new Map([...tree].map(([name, { content }]) => [name, content.toString()]));
}

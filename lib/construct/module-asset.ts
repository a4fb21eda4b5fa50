import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { prettyJson } from "../text/json";
import type { ModuleJson } from "../module/module-json";

let temporaryFolder: string | undefined;

/** A new folder, which is removed when the process ends: CDKTF copies assets when the app synthesises. */
function newFolder(): string {
  if (temporaryFolder === undefined) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-"));
    process.once("exit", () => {
      fs.rmSync(folder, { recursive: true, force: true });
    });
    temporaryFolder = folder;
  }
  return fs.mkdtempSync(path.join(temporaryFolder, "module-"));
}

/** Adds a module to the folder that the stack of `scope` is written to, and returns its `source`. */
export function moduleSource(scope: Construct, id: string, module: ModuleJson): string {
  const folder = newFolder();
  fs.writeFileSync(path.join(folder, "main.tf.json"), prettyJson(module));
  const asset = new TerraformAsset(scope, id, { path: folder, type: AssetType.DIRECTORY });
  return `./${asset.path}`;
}

import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT, TerraformRoot } from "./terraform";

/** The text of a file of a root in fixtures/roots. */
export function rootFile(root: string, file: string): string {
  return fs.readFileSync(path.join(__dirname, "..", "fixtures", "roots", root, file), "utf8");
}

/** A root of fixtures/roots with its main.tf and `files`, beside the project's modules. */
export function fixtureRoot(name: string, files: Readonly<Record<string, string>>): TerraformRoot {
  const root = new TerraformRoot({ "main.tf": rootFile(name, "main.tf"), ...files });
  fs.symlinkSync(path.join(PROJECT, "modules"), path.join(root.folder, "modules"));
  return root;
}

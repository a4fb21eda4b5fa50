import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT, readFolder, type TerraformRoot } from "./terraform";

const EXAMPLES = path.join(PROJECT, "examples");

/** The examples that are Terraform roots. */
export const exampleNames: readonly string[] = fs
  .readdirSync(EXAMPLES)
  .filter((name) => fs.existsSync(path.join(EXAMPLES, name, "main.tf")));

/** The files of an example. */
export function exampleFiles(name: string): Record<string, string> {
  return readFolder(path.join(EXAMPLES, name));
}

/**
 * Writes an example into `examples/<name>` of a root, with other providers in place of its own, since
 * no role can be assumed without AWS.
 *
 * @param provider the provider of the example's own account
 * @param databases that of the databases' account, where the example has two
 */
export function writeExample(
  root: TerraformRoot,
  name: string,
  provider: string,
  databases: string = provider,
): void {
  const main = exampleFiles(name)["main.tf"] ?? "";
  root.write({
    [`examples/${name}/main.tf`]: main
      .replaceAll("../../modules", path.join(PROJECT, "modules"))
      .replace(/\n {2}assume_role \{[^}]*\}\n/, ""),
    [`examples/${name}/offline_override.tf`]: main.includes("alias")
      ? [provider, databases.replace("{", '{\n  alias = "databases"')].join("\n")
      : provider,
  });
}

/**
 * The programs that the tests take as the source of truth. Where one is missing, its suites are
 * skipped with one visible line; under CI=true a missing one is a failure.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const isCi = process.env.CI === "true";

function runs(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

/** `describe`, or a visible skip where `program` cannot be run. */
export function describeWith(program: string, versionArgs: readonly string[]): jest.Describe {
  if (runs(program, versionArgs)) return describe;
  if (isCi) throw new Error(`${program} is missing, and CI=true needs it. Install it.`);
  process.stderr.write(`SKIPPED: ${program} is missing, so what needs it is not tested here.\n`);
  return describe.skip;
}

/** `describe` for suites that need terraform. */
export const describeWithTerraform = (): jest.Describe => describeWith("terraform", ["version"]);

/** `describe` for suites that need moto's AWS API. */
export const describeWithMoto = (): jest.Describe => {
  const terraform = describeWithTerraform();
  const moto = describeWith("moto_server", ["--help"]);
  return terraform === describe ? moto : terraform;
};

/** The folder that `npm ci --prefix .ci` installs into. */
export const CI_TOOLS = path.resolve(__dirname, "..", "..", ".ci");

/**
 * `describe` for suites that need what only CI installs.
 *
 * @param node the oldest version of Node that it runs on
 */
export function describeWithCiTools(node = 20): jest.Describe {
  if (Number.parseInt(process.versions.node) < node) {
    process.stderr.write(`SKIPPED: Node ${String(node)} or newer is needed for a suite.\n`);
    return describe.skip;
  }
  if (fs.existsSync(path.join(CI_TOOLS, "node_modules"))) return describe;
  const missing =
    "npm ci --prefix .ci installs what checks the packed package, CDK Terrain, and z3.";
  if (isCi) throw new Error(`CI=true needs it: ${missing}`);
  process.stderr.write(`SKIPPED: ${missing}\n`);
  return describe.skip;
}

/** The path of an unpacked provider inside a filesystem mirror. */
const PROVIDER = path.join("registry.terraform.io", "hashicorp", "aws");

function subfolders(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}

/**
 * A filesystem mirror of the AWS provider: $TERRAFORM_PROVIDER_MIRROR, or one that lies in a folder
 * at most two levels below the root. Without one, terraform installs the provider from its registry.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export function providerMirror(): string | undefined {
  const named = process.env.TERRAFORM_PROVIDER_MIRROR;
  if (named !== undefined && named !== "") return named;
  const candidates = subfolders(path.parse(process.cwd()).root).flatMap(subfolders);
  return candidates.find((folder) => fs.existsSync(path.join(folder, PROVIDER)));
}

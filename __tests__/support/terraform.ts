import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Files } from "../../lib/files/module-files";
import { providerMirror } from "./tools";

/** A run of terraform. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The parts of `terraform show -json` that the tests read. */
export interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly module_address?: string;
    readonly type: string;
    readonly name: string;
    readonly index?: string | number;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly after_unknown: Record<string, unknown>;
    };
  }[];
  readonly planned_values: {
    readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  };
  readonly checks?: readonly {
    readonly status: string;
    readonly instances?: readonly {
      readonly address?: { readonly module?: string };
      readonly problems?: readonly { readonly message: string }[];
    }[];
  }[];
}

/** Provider settings with which a plan needs neither credentials nor a network. */
export const OFFLINE_PROVIDER = `
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
`;

/** A root configuration in a temporary folder of its own. */
export class TerraformRoot {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-root-"));
  /** The environment of terraform and of scripts that run it. */
  readonly environment: NodeJS.ProcessEnv;

  constructor(files: Readonly<Record<string, string>>) {
    this.write(files);
    const mirror = providerMirror();
    const cliConfig = path.join(this.folder, "cli.tfrc");
    fs.writeFileSync(
      cliConfig,
      mirror === undefined
        ? ""
        : `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    this.environment = {
      ...process.env,
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      // Nothing of the machine's AWS settings may decide a result.
      AWS_CONFIG_FILE: path.join(this.folder, "none"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(this.folder, "none"),
    };
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
  }

  run(...args: readonly string[]): Outcome {
    const { status, stdout, stderr } = spawnSync("terraform", args, {
      cwd: this.folder,
      env: this.environment,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    return { status, stdout, stderr };
  }

  /** Runs terraform and fails with its messages where it fails. */
  succeed(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.run(
      ...args,
      ...(args[0] === "show" ? [] : ["-no-color"]),
    );
    if (status !== 0) throw new Error(`terraform ${args.join(" ")}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  init(): this {
    this.succeed("init", "-backend=false");
    return this;
  }

  /**
   * Writes the module of `files` into a folder of the root.
   *
   * @returns its `source`
   */
  addModule(folder: string, files: Files): string {
    for (const [name, content] of files) this.write({ [path.join(folder, name)]: content });
    return `./${folder}`;
  }

  /** The plan, read back as terraform shows it. */
  plan(...args: readonly string[]): Plan {
    this.succeed("plan", "-out=tfplan", ...args);
    return JSON.parse(this.succeed("show", "-json", "tfplan")) as Plan;
  }
}

/** The path of the project. */
export const PROJECT = path.resolve(__dirname, "..", "..");

/** The `source` of a ready module. */
export function readyModule(type: string): string {
  return path.join(PROJECT, "modules", type);
}

/**
 * A call of a module in HCL.
 *
 * @param values expressions by argument
 */
export function moduleCall(
  name: string,
  source: string,
  values: Readonly<Record<string, string>>,
): string {
  const lines = Object.entries({ source: JSON.stringify(source), ...values });
  return `module "${name}" {\n${lines.map(([key, value]) => `  ${key} = ${value}\n`).join("")}}\n`;
}

/** The files directly in a folder, by name. */
export function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(
    fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, fs.readFileSync(path.join(folder, name), "utf8")]),
  );
}

/**
 * The plan of one resource in a module call: the values after apply, as far as they are known, by
 * the resource's key.
 *
 * @param call the name of the module call
 * @param resource the resource's address in the module, without its key
 */
export function plannedResources(
  plan: Plan,
  call: string,
  resource: string,
): (readonly [key: string | number | undefined, values: Record<string, unknown>])[] {
  return (plan.resource_changes ?? [])
    .filter(
      ({ module_address, type, name }) =>
        module_address === `module.${call}` && `${type}.${name}` === resource,
    )
    .map(({ index, change }) => [index, change.after ?? {}] as const);
}

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { TerraformRoot } from "./terraform";

/**
 * The AWS provider as one process for all runs of a root, which otherwise each start it anew: about
 * 1.5 seconds less a run.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging
 */
export class ProviderProcess {
  private constructor(private readonly provider: ChildProcess) {}

  /** Starts the provider that `init` has put into the root, and attaches the root's runs to it. */
  static async attach(root: TerraformRoot): Promise<ProviderProcess> {
    const provider = spawn(providerOf(root), ["-debug"], {
      // Attached, it refuses a bundle of certificates.
      env: { ...root.environment, AWS_CA_BUNDLE: "" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const attachment = await new Promise<string>((resolve, reject) => {
      let output = "";
      provider.stdout.on("data", (chunk) => {
        output += String(chunk);
        const [, found] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
      provider.on("exit", () => {
        reject(new Error(`The provider ended before it could be attached:\n${output}`));
      });
    });
    root.environment.TF_REATTACH_PROVIDERS = attachment;
    return new ProviderProcess(provider);
  }

  /** Ends the process by its own id. */
  stop(): void {
    this.provider.kill();
  }
}

function providerOf({ folder }: TerraformRoot): string {
  const installed = path.join(folder, ".terraform/providers/registry.terraform.io/hashicorp/aws");
  // <version>/<platform>/, behind a symbolic link where the provider comes from a mirror.
  const program = fs
    .readdirSync(installed)
    .flatMap((version) =>
      fs.readdirSync(path.join(installed, version)).map((platform) => path.join(version, platform)),
    )
    .flatMap((place) =>
      fs.readdirSync(path.join(installed, place)).map((name) => path.join(installed, place, name)),
    )
    .find((file) => path.basename(file).startsWith("terraform-provider-aws"));
  if (program === undefined) throw new Error(`There is no provider in ${installed}.`);
  return program;
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { TemporaryFolder } from "./project-copy";
import { workingTree } from "./release-tree";
import { PROJECT, type TerraformRoot } from "./terraform";

/**
 * A registry for Terraform on loopback. It has the modules that a release would have, in the
 * version of package.json.
 *
 * @see https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */
export class Registry {
  private constructor(
    private readonly process: ChildProcess,
    private readonly port: string,
  ) {}

  /** Starts the registry in a process of its own, so that it answers while a test waits for terraform. */
  static async start(): Promise<Registry> {
    const { version } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
      readonly version: string;
    };
    const tree = new TemporaryFolder();
    tree.write(Object.fromEntries(await workingTree(version)));
    const script = path.join(__dirname, "registry-process.mjs");
    const child = spawn(process.execPath, [script, tree.folder, version], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    return new Registry(child, port.toString().trim());
  }

  /** Lets a root get modules from this registry, and providers from where it gets them anyway. */
  serve(root: TerraformRoot): void {
    const address = `http://127.0.0.1:${this.port}/v1/modules/`;
    fs.appendFileSync(
      path.join(root.folder, "cli.tfrc"),
      `host "registry.terraform.io" {\n  services = { "modules.v1" = "${address}" }\n}\n`,
    );
  }

  /** Ends the process by its own id. */
  stop(): void {
    this.process.kill();
  }
}

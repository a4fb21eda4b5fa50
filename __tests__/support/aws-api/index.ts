/** AWS's IAM API on loopback: moto, and before it what AWS refuses and moto accepts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { bundle } from "../bundle";
import { Moto, providerSettings } from "../moto";
import type { Call } from "./call";
import type { FrontOptions } from "./front";

/** An API of its own for a test, with no resource in it but what the test makes. */
export class AwsApi {
  private constructor(
    private readonly moto: Moto,
    private readonly front: ChildProcess,
    /** The address of the API. */
    readonly url: string,
  ) {}

  /**
   * Starts moto and the front before it, and waits until both answer. The front is a process of its
   * own, so that it answers while a test waits for terraform.
   *
   * @param managedPolicies whether AWS's own managed policies are in it, which makes it slower to start
   * @param delay how late a call that changes something arrives at most, in milliseconds
   * @param seed what the delays are drawn by
   */
  static async start({ managedPolicies = false, delay = 0, seed = 1 } = {}): Promise<AwsApi> {
    const moto = await Moto.start({ managedPolicies });
    const options: FrontOptions = { moto: moto.url, delay, seed };
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-api-"));
    const script = bundle("__tests__/support/aws-api-process.ts", folder);
    const front = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const [address] = (await once(front.stdout, "data")) as [Buffer];
    fs.rmSync(folder, { recursive: true });
    return new AwsApi(moto, front, address.toString().trim());
  }

  /** Provider settings with which terraform talks to this API and to nothing else. */
  get provider(): string {
    return providerSettings(this.url);
  }

  /**
   * The calls that the API took, in their order.
   *
   * @param from the index of the first
   */
  async calls(from = 0): Promise<readonly Call[]> {
    const answer = await fetch(`${this.url}/calls?from=${String(from)}`);
    return (await answer.json()) as Call[];
  }

  /** Ends the front and moto by their own process ids. */
  stop(): void {
    this.front.kill();
    this.moto.stop();
  }
}

/** AWS's IAM API on loopback: moto, and before it what AWS refuses and moto accepts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { bundle } from "../bundle";
import { Moto, providerSettings } from "../moto";
import { type Call, element } from "./call";
import type { FrontOptions } from "./front";

/** An API of its own for a test, with no resource in it but what the test makes. */
export class AwsApi {
  private constructor(
    private readonly moto: Moto,
    private readonly front: ChildProcess,
    /** The address of the API. */
    readonly url: string,
    private readonly account: string,
  ) {}

  /**
   * Starts moto and the front before it, and waits until both answer. The front is a process of its
   * own, so that it answers while a test waits for terraform.
   *
   * @param delay how late a call that changes something arrives at most, in milliseconds
   * @param seed what the delays are drawn by
   * @param account the account of everything that {@link provider} makes
   */
  static async start({ delay = 0, seed = 1, account = "123456789012" } = {}): Promise<AwsApi> {
    const moto = await Moto.start();
    const options: FrontOptions = { moto: moto.url, delay, seed, account };
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-api-"));
    const script = bundle("__tests__/support/aws-api-process.ts", folder);
    const front = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const [address] = (await once(front.stdout, "data")) as [Buffer];
    return new AwsApi(moto, front, address.toString().trim(), account);
  }

  /** Provider settings with which terraform talks to this API and to nothing else. */
  get provider(): string {
    return this.providerOf(this.account);
  }

  /** The same, for resources in another account: the provider assumes a role there. */
  providerOf(account: string): string {
    return providerSettings(this.url, { account, others: this.moto.url });
  }

  /** A client of the API, in the account of {@link provider}. */
  async client(account = this.account): Promise<IAM> {
    const body = new URLSearchParams({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: `arn:aws:iam::${account}:role/terraform`,
      RoleSessionName: "test",
    });
    // Not verified; the scope names the service.
    const authorization = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request";
    const headers = { authorization };
    const answer = await (await fetch(this.url, { method: "POST", headers, body })).text();
    const credentials = {
      accessKeyId: element(answer, "AccessKeyId"),
      secretAccessKey: element(answer, "SecretAccessKey"),
      sessionToken: element(answer, "SessionToken"),
    };
    return new IAM({ region: "us-east-1", endpoint: this.url, credentials });
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

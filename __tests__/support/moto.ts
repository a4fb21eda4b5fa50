import { type ChildProcess, spawn } from "node:child_process";
import * as net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Moto's AWS API on loopback, with no resource in it but what a test makes. */
export class Moto {
  private constructor(
    private readonly server: ChildProcess,
    /** The address of the API. */
    readonly url: string,
  ) {}

  /**
   * Starts the server and waits until it answers.
   *
   * @param managedPolicies whether AWS's own managed policies are in it, which makes it slower
   * @param account the ID of the account that all of its resources are in; without it they are in
   *   123456789012, or in the account of the role that was assumed
   */
  static async start({
    managedPolicies = false,
    account,
  }: { readonly managedPolicies?: boolean; readonly account?: string } = {}): Promise<Moto> {
    const port = String(await freePort());
    const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", port], {
      stdio: "ignore",
      env: {
        ...process.env,
        MOTO_IAM_LOAD_MANAGED_POLICIES: String(managedPolicies),
        ...(account === undefined ? {} : { MOTO_ACCOUNT_ID: account }),
      },
    });
    const moto = new Moto(server, `http://127.0.0.1:${port}`);
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (server.exitCode !== null) throw new Error("moto_server ended before it answered.");
      const answer = await fetch(`${moto.url}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok === true) return moto;
      await sleep(100);
    }
    moto.stop();
    throw new Error("moto_server did not answer within 30 seconds.");
  }

  /** Provider settings with which terraform talks to this server and to nothing else. */
  get provider(): string {
    return providerSettings(this.url);
  }

  /** Ends the server by its own process id. */
  stop(): void {
    this.server.kill();
  }
}

/**
 * Provider settings with which terraform talks to the API at `url` and to nothing else.
 *
 * @param account in which the provider assumes a role; without it, it has the API's first account
 * @param others the address of the API of other services than IAM, if it is another one
 * @param services the other services, as the provider's `endpoints` name them
 */
export function providerSettings(
  url: string,
  {
    account,
    others = url,
    services = ["dynamodb", "elasticache", "kms", "rds", "redshift", "secretsmanager"],
  }: {
    readonly account?: string;
    readonly others?: string;
    readonly services?: readonly string[];
  } = {},
): string {
  const endpoints = [
    `    iam = "${url}"`,
    `    sts = "${url}"`,
    ...services.map((service) => `    ${service} = "${others}"`),
  ];
  const assumeRole =
    account === undefined
      ? ""
      : `  assume_role {\n    role_arn = "arn:aws:iam::${account}:role/terraform"\n  }\n`;
  return `
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
${assumeRole}  endpoints {
${endpoints.join("\n")}
  }
}
`;
}

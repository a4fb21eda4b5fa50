/** AWS's IAM API on loopback: moto, and before it what AWS refuses and moto accepts. */
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Moto, providerSettings } from "../moto";
import { seededRandom } from "../random";
import { type Call, parseRequest, type Request } from "./call";
import { refusalOf } from "./rules";
import { applyCall, emptyState } from "./state";

/** What moto reads of a request's headers; the signature's scope names the service. */
const FORWARDED = ["authorization", "content-type"] as const;

export interface AwsApiOptions {
  /** Whether AWS's own managed policies are in it, which makes it slower to start. */
  readonly managedPolicies?: boolean;
  /** How late a call arrives at most, in milliseconds; calls made side by side arrive in any order. */
  readonly delay?: number;
  /** What the delays are drawn by. */
  readonly seed?: number;
}

/** An API of its own for a test, with no resource in it but what the test makes. */
export class AwsApi {
  /** Every call, in the order in which the API took them. */
  readonly calls: Call[] = [];
  private readonly state = emptyState();
  private readonly server: http.Server;
  private readonly random: () => number;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly moto: Moto,
    private readonly delay: number,
    seed: number,
  ) {
    this.random = seededRandom(seed);
    this.server = http.createServer((request, response) => {
      this.answer(request).then(
        ({ status, answer }) =>
          response.writeHead(status, { "content-type": "text/xml" }).end(answer),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
  }

  /** Starts moto and the front before it, and waits until both answer. */
  static async start(options: AwsApiOptions = {}): Promise<AwsApi> {
    const { managedPolicies = false, delay = 0, seed = 1 } = options;
    const api = new AwsApi(await Moto.start({ managedPolicies }), delay, seed);
    await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** The address of the API. */
  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Provider settings with which terraform talks to this API and to nothing else. */
  get provider(): string {
    return providerSettings(this.url);
  }

  /** Ends the front, and moto by its own process id. */
  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.moto.stop();
  }

  private async answer(incoming: http.IncomingMessage): Promise<Call> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    if (this.delay > 0) await sleep(this.delay * this.random());
    // One after the other: what a rule sees of the account is what moto then has.
    const call = this.last.then(() => this.take(incoming, body));
    this.last = call.catch(() => undefined);
    return call;
  }

  private async take({ headers }: http.IncomingMessage, body: string): Promise<Call> {
    const request = parseRequest(body);
    const call = {
      ...request,
      ...(this.refusal(request) ?? (await this.forward(headers, body))),
    };
    applyCall(this.state, call);
    this.calls.push(call);
    return call;
  }

  private refusal(request: Request): Omit<Call, keyof Request> | undefined {
    const refused = refusalOf(request, this.state);
    if (refused === undefined) return undefined;
    const { rule, message } = refused;
    return {
      status: rule.status,
      answer: errorAnswer(rule.code, message),
      refusedBy: rule.name,
    };
  }

  private async forward(
    headers: http.IncomingHttpHeaders,
    body: string,
  ): Promise<Omit<Call, keyof Request>> {
    const forwarded = FORWARDED.map((name): [string, string] => [name, headers[name] ?? ""]);
    const response = await fetch(this.moto.url, { method: "POST", headers: forwarded, body });
    return { status: response.status, answer: await response.text() };
  }
}

function errorAnswer(code: string, message: string): string {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error><RequestId>front</RequestId></ErrorResponse>`;
}

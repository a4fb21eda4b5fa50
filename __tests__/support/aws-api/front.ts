/** A front for moto: it refuses what AWS refuses and moto accepts, and records every call. */
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../random";
import { accepted, type Call, element, isRead, parseRequest, type Request } from "./call";
import { refusalOf } from "./rules";
import { applyCall, emptyState, type IamState } from "./state";

/** The headers that moto reads; the signature's scope names the service. */
const FORWARDED = ["authorization", "content-type"] as const;

export interface FrontOptions {
  /** The address of moto. */
  readonly moto: string;
  /**
   * The longest delay of a changing call, in milliseconds; calls made side by side arrive in any
   * order.
   */
  readonly delay: number;
  /** The seed of the delays. */
  readonly seed: number;
  /** The account of callers that have assumed no role. */
  readonly account: string;
}

/** A server of the API, and of the calls that it took: `GET /calls?from=<index>`, as JSON. */
export class Front {
  private readonly calls: Call[] = [];
  /** By account. */
  private readonly states = new Map<string, IamState>();
  /** The accounts of assumed roles, by access key. */
  private readonly accounts = new Map<string, string>();
  private readonly random: () => number;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: FrontOptions) {
    this.random = seededRandom(options.seed);
  }

  /**
   * Listens on a free port of loopback.
   *
   * @returns its address
   */
  async listen(): Promise<string> {
    const server = http.createServer((request, response) => {
      this.respond(request).then(
        ([status, body]) => response.writeHead(status).end(body),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
    // A test that waits for terraform does not see that an idle connection was closed.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  private async respond(request: http.IncomingMessage): Promise<[status: number, body: string]> {
    if (request.method === "GET") {
      const { searchParams } = new URL(request.url ?? "", this.options.moto);
      return [200, JSON.stringify(this.calls.slice(Number(searchParams.get("from"))))];
    }
    const { status, answer } = await this.answer(request);
    return [status, answer];
  }

  private async answer(incoming: http.IncomingMessage): Promise<Call> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { delay } = this.options;
    const account = this.accountOf(incoming.headers);
    if (delay > 0 && !isRead(parseRequest(body, account))) await sleep(delay * this.random());
    // One after the other: what a rule sees of the account is what moto then has.
    const call = this.last.then(() => this.take(incoming, body, account));
    this.last = call.catch(() => undefined);
    return call;
  }

  private async take(
    { headers }: http.IncomingMessage,
    body: string,
    account: string,
  ): Promise<Call> {
    const request = parseRequest(body, account);
    const state = this.states.get(account) ?? emptyState();
    this.states.set(account, state);
    const call = {
      ...request,
      ...(refusal(request, state) ?? (await this.forward(headers, body))),
    };
    if (call.action === "AssumeRole" && accepted(call)) {
      const [, , , , assumed = ""] = (call.parameters.RoleArn ?? "").split(":");
      this.accounts.set(element(call.answer, "AccessKeyId"), assumed);
    }
    applyCall(state, call);
    this.calls.push(call);
    return call;
  }

  /** The account of the access key that signed a request. */
  private accountOf({ authorization = "" }: http.IncomingHttpHeaders): string {
    const [, key = ""] = /Credential=([^/]+)/.exec(authorization) ?? [];
    return this.accounts.get(key) ?? this.options.account;
  }

  private async forward(
    headers: http.IncomingHttpHeaders,
    body: string,
  ): Promise<Omit<Call, keyof Request>> {
    const forwarded = FORWARDED.map((name): [string, string] => [name, headers[name] ?? ""]);
    const response = await fetch(this.options.moto, { method: "POST", headers: forwarded, body });
    return { status: response.status, answer: await response.text() };
  }
}

function refusal(request: Request, state: IamState): Omit<Call, keyof Request> | undefined {
  const refused = refusalOf(request, state);
  if (refused === undefined) return undefined;
  const { rule, message } = refused;
  return {
    status: rule.status,
    answer: errorAnswer(rule.code, message),
    refusedBy: rule.name,
  };
}

function errorAnswer(code: string, message: string): string {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error><RequestId>front</RequestId></ErrorResponse>`;
}

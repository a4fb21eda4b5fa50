/** Calls of the IAM API in AWS's query protocol: names and values, form-encoded; answers in XML. */

/** The request of a caller. */
export interface Request {
  readonly action: string;
  /** ID of the caller's account. */
  readonly account: string;
  /** By their names in the protocol: `RoleName`, `Tags.member.1.Key`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A request and what the API answered. */
export interface Call extends Request {
  readonly status: number;
  /** The answer's XML. */
  readonly answer: string;
  /** The name of the rule that refused it before it came to moto. */
  readonly refusedBy?: string;
}

/** The request of a form-encoded body, by a caller of `account`. */
export function parseRequest(body: string, account: string): Request {
  const { Action: action = "", ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { action, account, parameters };
}

/** A parameter, or an empty text where it is not given. */
export function parameter({ parameters }: Request, name: string): string {
  return parameters[name] ?? "";
}

/** The text of the first element of that name in an answer. */
export function element(answer: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1] ?? "";
}

/** True if the API did what it was asked for. */
export function accepted({ status }: Call): boolean {
  return status < 300;
}

/** True if a request changes nothing. */
export function isRead({ action }: Request): boolean {
  return /^(Get|List|Simulate)/.test(action);
}

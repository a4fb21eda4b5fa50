import { arnPattern, type Pattern, readPattern } from "./pattern";
import type { Principal } from "./statement";

/**
 * The reason why a caller of AWS may assume a role.
 *
 * - `permission`: it has a permission of its own besides, so that its account in the policy is enough.
 * - `name`: it has none, so it must be named; in the account of the role that is enough.
 * - `session`: its boundary or session policy does not allow it either, so its session must be named.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Authority = "permission" | "name" | "session";

/** The reading of principals if AWS leaves it open or it depends on the caller. */
export interface PrincipalReading {
  readonly authority: Authority;
  /** True if an Allow for `*` is also one for services and federated identities. */
  readonly everyone: boolean;
}

/**
 * A caller is written as an ARN whose service is the type of principal, so that principals are
 * compared as resources are: `arn:aws:AWS::111122223333:assumed-role/app/session`,
 * `arn:aws:Service:::ec2.amazonaws.com`.
 */
const pattern = (text: string): Pattern =>
  arnPattern(readPattern(text, { wildcards: true, variables: false }));

const ARN = /^arn:([^:]+):(iam|sts)::(\d{12}):(.+)$/;

/** The texts of `entryPatterns`. */
function encoded({ type, name }: Principal, reading: PrincipalReading): string[] {
  if (type !== "AWS") return [`arn:aws:${type}:::${name}`];
  if (name === "*") return [reading.everyone ? "arn:*:*:*:*:*" : "arn:*:AWS:*:*:*"];
  const [, partition = "", , account = name, rest = "root"] = ARN.exec(name) ?? [];
  if (!/^\d{12}$/.test(account)) return [`arn:*:AWS::unique:${name}`];
  const start = `arn:${partition === "" ? "*" : partition}:AWS::${account}`;
  if (rest === "root") return reading.authority === "permission" ? [`arn:*:AWS::${account}:*`] : [];
  const [, role] = /^role\/(?:.*\/)?([^/]+)$/.exec(rest) ?? [];
  if (role === undefined) return [`${start}:${rest}`];
  return reading.authority === "session" ? [] : [`${start}:assumed-role/${role}/*`];
}

/** The callers that a principal means, under one reading. */
export const principalPatterns = (principal: Principal, reading: PrincipalReading): Pattern[] =>
  encoded(principal, reading).map(pattern);

/** All callers there are. Root users cannot assume a role. */
export function callers(authority: Authority, account: string | undefined): Pattern[] {
  const kinds = ["user/?*", "assumed-role/?*/?*", "federated-user/?*"];
  const aws = kinds.map((kind) => `arn:?*:AWS::${account ?? "?*"}:${kind}`);
  if (authority !== "permission") return aws.map(pattern);
  const others = ["Service:", "Federated:", "CanonicalUser:"].map((type) => `arn:aws:${type}::?*`);
  return [...aws, "arn:aws:AWS::unique:?*", ...others].map(pattern);
}

/** Readable examples of the callers that a principal means. */
export function callerSamples(principal: Principal, account: string): string[] {
  const [text = ""] = encoded(principal, { authority: "name", everyone: false });
  const any = ["assumed-role/example/example", "user/example"];
  const [, partition = "aws", , own = principal.name] = ARN.exec(principal.name) ?? [];
  if (text === "") return any.map((rest) => `arn:${partition}:AWS::${own}:${rest}`);
  if (principal.name === "*") return any.map((rest) => `arn:aws:AWS::${account}:${rest}`);
  return [text.replace("arn:*:", "arn:aws:").replace(/\*$/, "example")];
}

/** A caller as AWS writes it: an ARN, or the name of a service or an identity provider. */
export function callerName(caller: string): string {
  const [, partition = "", type = "", , account = "", ...rest] = caller.split(":");
  const name = rest.join(":");
  if (type !== "AWS" || account === "unique") return name;
  return `arn:${partition}:${name.startsWith("user/") ? "iam" : "sts"}::${account}:${name}`;
}

/** The type of a caller: AWS, Service, Federated or CanonicalUser. */
export const callerType = (caller: string): string => caller.split(":")[2] ?? "";

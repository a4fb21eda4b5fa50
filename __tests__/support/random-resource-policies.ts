/**
 * Random policies of a bucket, and requests at which they may turn, decided by AWS's rules as plainly as
 * they can be written: with no word of lib/review/carriers.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-res.html
 */
import {
  isAllowedPlainly,
  type PlainDocument,
  type PlainRequest,
  type PlainStatement,
} from "./plain-iam-evaluator";
import type { Random } from "./random-choices";
import { type Conditions, principalsOf, randomPrincipalPair } from "./random-principals";

export const BUCKET_OWNER = "111122223333";
const OTHER = "444455556666";
const THIRD = "777788889999";

/** The sender of a request, and its permissions beside the resource's policy. */
export interface PlainCaller {
  readonly type: "AWS" | "Service" | "Federated" | "Anonymous";
  /** As AWS writes it; empty for who does not sign in. */
  readonly name: string;
  /** True if it has a permission of its own for the request. */
  readonly isPermitted: boolean;
  /** True if its permissions boundary does not allow it: then a policy must name its session or user. */
  readonly isHeld: boolean;
}

export interface PlainResourceRequest {
  readonly caller: PlainCaller;
  readonly action: string;
  readonly resource: string;
  readonly context: PlainRequest["context"];
}

const accountOf = (name: string): string => name.split(":")[4] ?? "";

/** The statement for those of its principals that hold, if any. */
function withPrincipals(
  statement: PlainStatement,
  holds: (name: string) => boolean,
): PlainStatement[] {
  const kept = principalsOf(statement).filter(([, name]) => holds(name));
  return kept.map(([type, name]) => ({ ...statement, Principal: { [type]: name } }));
}

const isAccount = (name: string): boolean => /^\d{12}$|:root$/.test(name);

/** True if an Allow among statements matches. */
function matches(statements: readonly PlainStatement[], request: PlainResourceRequest): boolean {
  const { caller, action, resource, context } = request;
  const Statement = statements.map((one) => ({ ...one, Effect: "Allow" as const }));
  const document = { Version: "2012-10-17", Statement };
  return isAllowedPlainly({ policies: [document] }, { action, resource, context, caller });
}

/** True if a request on the resource is allowed, by its policy and what the caller has besides. */
export function isAllowedByResource(
  { Statement: statements }: PlainDocument,
  request: PlainResourceRequest,
  isKey: boolean,
): boolean {
  const { type, name, isPermitted, isHeld } = request.caller;
  const [denies, allows] = [
    statements.filter(({ Effect }) => Effect === "Deny"),
    statements.filter(({ Effect }) => Effect === "Allow"),
  ];
  if (matches(denies, request)) return false;
  const byAccount = matches(allows, request);
  if (type !== "AWS") return byAccount;
  if (accountOf(name) !== BUCKET_OWNER) return isPermitted && byAccount;
  if (isPermitted && !isKey) return true;
  const byName = matches(
    allows.flatMap((one) =>
      withPrincipals(
        one,
        (principal) => !isAccount(principal) && !(isHeld && principal.includes(":role/")),
      ),
    ),
    request,
  );
  return byName || (isPermitted && byAccount);
}

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"];
const RESOURCES = ["arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::b/a/*", "*"];
const PRINCIPALS: readonly (readonly [type: string, name: string])[] = [
  ...[BUCKET_OWNER, OTHER].flatMap((account) =>
    [
      account,
      `arn:aws:iam::${account}:root`,
      `arn:aws:iam::${account}:role/app`,
      `arn:aws:iam::${account}:role/path/ops`,
      `arn:aws:iam::${account}:user/ann`,
      `arn:aws:sts::${account}:assumed-role/app/s1`,
    ].map((name) => ["AWS", name] as const),
  ),
  ["Service", "sns.amazonaws.com"],
  ["Service", "cloudtrail.amazonaws.com"],
  ["Federated", `arn:aws:iam::${BUCKET_OWNER}:oidc-provider/token.example.com`],
];

const ROLE = `arn:aws:iam::${BUCKET_OWNER}:role/app`;
const CONDITIONS: Conditions = [
  { Bool: { "aws:SecureTransport": "false" } },
  { Bool: { "aws:SecureTransport": "true" } },
  { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
  { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
  { ArnEquals: { "aws:PrincipalArn": ROLE } },
  { ArnNotEquals: { "aws:PrincipalArn": ROLE } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app" } },
  { StringLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/path/*", ROLE] } },
  { ArnEqualsIfExists: { "aws:PrincipalArn": ROLE } },
  { StringEquals: { "aws:PrincipalAccount": OTHER } },
  { StringEquals: { "aws:PrincipalAccount": [BUCKET_OWNER, OTHER] } },
  { StringNotEquals: { "aws:PrincipalAccount": BUCKET_OWNER } },
  { StringEqualsIfExists: { "aws:PrincipalAccount": BUCKET_OWNER } },
  { ArnLike: { "aws:SourceArn": "arn:aws:sns:us-east-1:*:t" } },
  { StringEquals: { "aws:SourceAccount": BUCKET_OWNER } },
  { Bool: { "aws:PrincipalIsAWSService": "false" } },
  { BoolIfExists: { "aws:PrincipalIsAWSService": "true" } },
  { StringEquals: { "aws:PrincipalServiceName": "sns.amazonaws.com" } },
  { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
  { NotIpAddress: { "aws:SourceIp": ["198.51.100.0/24", "10.0.0.0/8"] } },
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringLike: { "aws:PrincipalTag/team": "a*" } },
];

/** A policy, and one that differs from it a little or only in how it is written. */
export const randomResourcePair = (random: Random): [PlainDocument, PlainDocument] =>
  randomPrincipalPair(random, {
    principals: PRINCIPALS,
    everybody: 0.35,
    actions: [...ACTIONS, "s3:*", "s3:Get*"],
    resources: RESOURCES,
    conditions: CONDITIONS,
  });

const NAMES: readonly (readonly [PlainCaller["type"], string])[] = [
  ...[BUCKET_OWNER, OTHER, THIRD].flatMap((account) => [
    ["AWS", `arn:aws:sts::${account}:assumed-role/app/s1`] as const,
    ["AWS", `arn:aws:sts::${account}:assumed-role/app/s2`] as const,
    ["AWS", `arn:aws:sts::${account}:assumed-role/ops/s1`] as const,
    ["AWS", `arn:aws:iam::${account}:user/ann`] as const,
    ["AWS", `arn:aws:iam::${account}:user/bob`] as const,
  ]),
  ["Service", "sns.amazonaws.com"],
  ["Service", "cloudtrail.amazonaws.com"],
  ["Federated", `arn:aws:iam::${BUCKET_OWNER}:oidc-provider/token.example.com`],
  ["Anonymous", ""],
];

/** The ARN of the role or user that a session is of. */
export const principalArn = (name: string): string =>
  name.replace(
    /^arn:aws:sts::(\d+):assumed-role\/(\w+)\/.*$/,
    (_, account: string, role: string) =>
      `arn:aws:iam::${account}:role/${role === "ops" ? "path/ops" : role}`,
  );

/** The keys that AWS fills in by who calls. */
export function keysOfCaller({
  type,
  name,
}: Pick<PlainCaller, "type" | "name">): Record<string, string> {
  if (type === "AWS") {
    return {
      "aws:PrincipalArn": principalArn(name),
      "aws:PrincipalAccount": accountOf(name),
      "aws:PrincipalIsAWSService": "false",
    };
  }
  return type === "Service"
    ? { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": name }
    : { "aws:PrincipalIsAWSService": "false" };
}

/** A request at which random policies may turn, with a context that AWS could give it. */
export function randomResourceRequest(random: Random): PlainResourceRequest {
  const [type, name] = random.pick(NAMES);
  const context: Record<string, string> = keysOfCaller({ type, name });
  const maybe = (key: string, values: readonly (string | undefined)[]): void => {
    const value = random.pick(values);
    if (value !== undefined) context[key] = value;
  };
  maybe("aws:SecureTransport", ["true", "false"]);
  maybe("aws:SourceIp", ["198.51.100.7", "203.0.113.7", "10.1.1.1", undefined]);
  if (type === "AWS") {
    maybe("aws:PrincipalOrgID", ["o-1", "o-2", undefined]);
    maybe("aws:SourceVpce", ["vpce-1", "vpce-2", undefined]);
    maybe("aws:PrincipalTag/team", ["a", "b", undefined]);
  }
  if (type === "Service") {
    maybe("aws:SourceArn", ["arn:aws:sns:us-east-1:1:t", "arn:aws:sns:us-east-1:1:u", undefined]);
    maybe("aws:SourceAccount", [BUCKET_OWNER, OTHER, undefined]);
  }
  const isPermitted = type === "AWS" && random.chance(0.5);
  return {
    caller: { type, name, isPermitted, isHeld: !isPermitted && random.chance(0.3) },
    action: random.pick(ACTIONS),
    resource: random.pick(["arn:aws:s3:::b", "arn:aws:s3:::b/a/x", "arn:aws:s3:::b/c"]),
    context,
  };
}

/** True if anybody in the world could send a request. */
export function isOfStranger({
  caller: { type, name, isPermitted },
  context,
}: PlainResourceRequest): boolean {
  const isOutside = type === "Anonymous" || (accountOf(name) === THIRD && isPermitted);
  return (
    isOutside &&
    context["aws:PrincipalOrgID"] === undefined &&
    context["aws:SourceVpce"] === undefined &&
    context["aws:SourceIp"] !== "198.51.100.7" &&
    context["aws:SourceIp"] !== "10.1.1.1"
  );
}

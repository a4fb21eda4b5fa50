import type { PlainDocument, PlainRequest } from "./plain-iam-evaluator";
import type { Random } from "./random-choices";
import { type Conditions, randomPrincipalPair } from "./random-principals";

const HOME = "111122223333";
const OTHER = "444455556666";

const NAMES: readonly (readonly [type: string, name: string])[] = [
  ["AWS", "*"],
  ["AWS", HOME],
  ["AWS", `arn:aws:iam::${HOME}:root`],
  ["AWS", OTHER],
  ["AWS", `arn:aws:iam::${HOME}:role/app`],
  ["AWS", `arn:aws:iam::${HOME}:role/path/web`],
  ["AWS", `arn:aws:iam::${OTHER}:role/app`],
  ["AWS", `arn:aws:iam::${HOME}:user/ann`],
  ["AWS", `arn:aws:sts::${HOME}:assumed-role/app/s1`],
  ["Service", "ec2.amazonaws.com"],
  ["Service", "ecs-tasks.amazonaws.com"],
  ["Federated", `arn:aws:iam::${HOME}:oidc-provider/token.example.com`],
];

/** The account that the random trust policies belong to. */
export const trustAccount = HOME;

/** Callers of every kind that the policies can name, and of kinds that they do not. */
const CALLERS: readonly { readonly type: string; readonly name: string }[] = [
  ...[HOME, OTHER, "777788889999"].flatMap((account) => [
    ...["app/s1", "app/s2", "web/s1", "zz/s1"].map((session) => ({
      type: "AWS",
      name: `arn:aws:sts::${account}:assumed-role/${session}`,
    })),
    ...["ann", "bob"].map((user) => ({
      type: "AWS",
      name: `arn:aws:iam::${account}:user/${user}`,
    })),
  ]),
  { type: "Service", name: "ec2.amazonaws.com" },
  { type: "Service", name: "ecs-tasks.amazonaws.com" },
  { type: "Service", name: "lambda.amazonaws.com" },
  { type: "Federated", name: `arn:aws:iam::${HOME}:oidc-provider/token.example.com` },
  { type: "Federated", name: "accounts.google.com" },
];

const ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:AssumeRoleWithWebIdentity"];
const CONDITIONS: Conditions = [
  { StringEquals: { "sts:ExternalId": "a" } },
  { StringEquals: { "sts:ExternalId": ["a", "b"] } },
  { StringNotEquals: { "sts:ExternalId": "a" } },
  { StringLike: { "token.example.com:sub": "repo:x/*" } },
  { StringLike: { "token.example.com:sub": ["repo:x/y:*", "repo:x/z"] } },
  { StringEquals: { "token.example.com:sub": "repo:x/y:main" } },
  { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-1/*"] } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-1/r/*", "o-1/q/*"] } },
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
];

const VALUES: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  "sts:ExternalId": [undefined, "a", "b", "c"],
  "token.example.com:sub": [undefined, "repo:x/y:main", "repo:x/y:dev", "repo:x/z", "repo:q"],
  "aws:PrincipalOrgID": [undefined, "o-1", "o-2"],
  "aws:PrincipalOrgPaths": [undefined, ["o-1/r/a/"], ["o-1/q/"], ["o-2/"], ["o-1/x/", "o-2/"]],
  "aws:MultiFactorAuthPresent": [undefined, "true", "false"],
};

/** A trust policy, and one that differs from it a little or not at all in whom it trusts. */
export const randomTrustPair = (random: Random): [PlainDocument, PlainDocument] =>
  randomPrincipalPair(random, {
    principals: NAMES,
    everybody: 0.05,
    actions: [...ACTIONS, "sts:*", "sts:Assume*"],
    conditions: CONDITIONS,
  });

/** A request at which what random trust policies say may turn. */
export function randomTrustRequest(random: Random): PlainRequest {
  const caller = random.pick(CALLERS);
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, values] of Object.entries(VALUES)) {
    const value = random.pick(values);
    // Only a caller with an account has an organisation.
    const isPossible = caller.type === "AWS" || !key.startsWith("aws:PrincipalOrg");
    if (value !== undefined && isPossible) context[key] = value;
  }
  return { action: random.pick(ACTIONS), resource: "*", context, caller };
}

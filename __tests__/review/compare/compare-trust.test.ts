import { type AccessComparison, compareTrust } from "../../../lib/review/compare";

const HOME = "111122223333";
const OTHER = "444455556666";
const PROVIDER = `arn:aws:iam::${HOME}:oidc-provider/token.actions.githubusercontent.com`;
const SUBJECT = "token.actions.githubusercontent.com:sub";
const NO = { answer: "no" };

/** A trust policy of one Allow. */
const trust = (Principal: unknown, Condition?: object, Action = "sts:AssumeRole"): object => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal, Action, ...(Condition === undefined ? {} : { Condition }) },
  ],
});

const compare = (before: object | undefined, after: object | undefined): AccessComparison =>
  compareTrust(before, after, { account: HOME });

const role = (account: string, name = "app"): string => `arn:aws:iam::${account}:role/${name}`;
const session = (account: string, name = "app/example"): string =>
  `arn:aws:sts::${account}:assumed-role/${name}`;

describe("who may assume a role after, and not before", () => {
  test.each<[string, object | undefined, object, object]>([
    [
      "a service that is added",
      trust({ Service: "ec2.amazonaws.com" }),
      trust({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }),
      { principal: "lambda.amazonaws.com" },
    ],
    [
      "a role of another account",
      trust({ AWS: role(HOME) }),
      trust({ AWS: [role(HOME), role(OTHER)] }),
      { principal: session(OTHER) },
    ],
    [
      "a whole account",
      trust({ AWS: role(OTHER) }),
      trust({ AWS: OTHER }),
      { principal: `arn:aws:iam::${OTHER}:user/example` },
    ],
    [
      "a role with a path, by its name",
      undefined,
      trust({ AWS: role(HOME, "path/web") }),
      { principal: session(HOME, "web/example") },
    ],
    [
      "a session of a role",
      undefined,
      trust({ AWS: session(HOME, "app/one") }),
      { principal: session(HOME, "app/one") },
    ],
    [
      "a user",
      undefined,
      trust({ AWS: `arn:aws:iam::${HOME}:user/ann` }),
      { principal: `arn:aws:iam::${HOME}:user/ann` },
    ],
    [
      "anybody, without the external ID",
      trust({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": "secret" } }),
      trust({ AWS: OTHER }),
      { principal: `arn:aws:iam::${OTHER}:user/example`, context: {} },
    ],
    [
      "another external ID",
      trust({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": "a" } }),
      trust({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": ["a", "b"] } }),
      { context: { "sts:ExternalId": "b" } },
    ],
    [
      "another branch",
      trust(
        { Federated: PROVIDER },
        { StringEquals: { [SUBJECT]: "repo:o/r:ref:refs/heads/main" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      trust(
        { Federated: PROVIDER },
        { StringLike: { [SUBJECT]: "repo:o/r:*" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      {
        action: "sts:AssumeRoleWithWebIdentity",
        principal: PROVIDER,
        context: { [SUBJECT]: "repo:o/r:example" },
      },
    ],
    [
      "another organisation",
      trust("*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
      trust("*", { StringEquals: { "aws:PrincipalOrgID": ["o-1", "o-2"] } }),
      { context: { "aws:PrincipalOrgID": "o-2" } },
    ],
    [
      "another action",
      trust({ AWS: OTHER }),
      trust({ AWS: OTHER }, undefined, "sts:*"),
      { action: "sts:AssumeRoleWithWebIdentity" },
    ],
  ])("%s", (_, before, after, witness) => {
    expect(compare(before, after).gained).toMatchObject({ answer: "yes", witnesses: [witness] });
  });

  test("a principal of the role's account that is named needs no permission of its own", () => {
    const { gained, lost } = compare(trust({ AWS: HOME }), trust({ AWS: role(HOME) }));
    expect(gained).toMatchObject({
      witnesses: [{ principal: session(HOME), withoutPermission: true }],
    });
    expect(lost).toMatchObject({ answer: "yes" });
  });

  test("a principal of another account needs one, named or not", () => {
    const { gained, lost } = compare(trust({ AWS: OTHER }), trust({ AWS: role(OTHER) }));
    expect(gained).toEqual(NO);
    expect(lost).toMatchObject({ answer: "yes" });
  });

  test("is undecided for a named principal where the role's account is not known", () => {
    const { gained } = compareTrust(trust({ AWS: OTHER }), trust({ AWS: role(OTHER) }));
    expect(gained).toEqual({
      answer: "undecided",
      reason: expect.stringContaining("which account") as string,
    });
  });

  test("is a session that is named, which no boundary limits", () => {
    const { gained } = compare(
      trust({ AWS: role(HOME) }),
      trust({ AWS: session(HOME, "app/one") }),
    );
    expect(gained).toMatchObject({
      answer: "yes",
      witnesses: [{ principal: session(HOME, "app/one") }],
    });
  });

  test("is undecided where it hangs on NotPrincipal", () => {
    const but = (...names: string[]): object => ({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: HOME }, Action: "sts:AssumeRole" },
        { Effect: "Deny", NotPrincipal: { AWS: names }, Action: "sts:AssumeRole" },
      ],
    });
    expect(compare(but("*"), but("*"))).toEqual({ gained: NO, lost: NO });
    expect(compare(but(role(HOME)), but(role(HOME, "web"))).gained.answer).toBe("undecided");
  });

  test("names the caller that the context speaks of", () => {
    const named = trust({ AWS: HOME }, { ArnEquals: { "aws:PrincipalArn": role(HOME, "web") } });
    expect(compare(undefined, named).gained).toMatchObject({
      witnesses: [{ principal: session(HOME, "web/example") }],
    });
  });
});

describe("a change of a trust policy that leaves it as it is", () => {
  const both = { AWS: [role(HOME), role(OTHER)], Service: "ec2.amazonaws.com" };
  const split = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: role(HOME) }, Action: "sts:AssumeRole" },
      { Effect: "Allow", Principal: { AWS: role(OTHER) }, Action: "sts:AssumeRole" },
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] },
    ],
  };
  const denied = (...more: object[]): object => ({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Principal: { AWS: OTHER }, Action: "sts:*" },
      { Effect: "Allow", Principal: { AWS: role(HOME) }, Action: "sts:AssumeRole" },
      ...more,
    ],
  });
  test.each<[string, object | undefined, object | undefined]>([
    [
      "an account by its ID and by its root",
      trust({ AWS: HOME }),
      trust({ AWS: `arn:aws:iam::${HOME}:root` }),
    ],
    ["everybody, in both spellings", trust("*"), trust({ AWS: "*" })],
    ["statements split by principal", trust(both), split],
    [
      "a role that a Deny of its account cancels",
      denied(),
      denied({ Effect: "Allow", Principal: { AWS: role(OTHER) }, Action: "sts:AssumeRole" }),
    ],
    [
      "a subject that a wildcard has",
      trust({ Federated: PROVIDER }, { StringLike: { [SUBJECT]: "repo:o/*" } }),
      trust({ Federated: PROVIDER }, { StringLike: { [SUBJECT]: ["repo:o/*", "repo:o/r:*"] } }),
    ],
    ["no role at all", undefined, undefined],
    ["an unknown policy", { unknown: "aws_iam_role.app" }, { unknown: "aws_iam_role.app" }],
  ])("%s", (_, before, after) => {
    expect(compare(before, after)).toEqual({ gained: NO, lost: NO });
    expect(compare(after, before)).toEqual({ gained: NO, lost: NO });
  });
});

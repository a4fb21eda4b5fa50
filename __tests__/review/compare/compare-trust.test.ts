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
      "a role with a path, by its name",
      undefined,
      trust({ AWS: role(HOME, "path/web") }),
      { principal: session(HOME, "web/example") },
    ],
    [
      "anybody, without the external ID",
      trust({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": "secret" } }),
      trust({ AWS: OTHER }),
      { principal: `arn:aws:iam::${OTHER}:user/example`, context: {} },
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
    expect(compare(but("*"), but("*"))).toMatchObject({ gained: NO, lost: NO });
    expect(compare(but(role(HOME)), but(role(HOME, "web"))).gained.answer).toBe("undecided");
    expect(compare(but(role(HOME)), trust({ AWS: HOME })).gained.answer).not.toBe("no");
    expect(compare(but(role(HOME)), trust({ AWS: HOME })).lost).toEqual(NO);
  });

  test("names the caller that the context speaks of", () => {
    const named = trust({ AWS: HOME }, { ArnEquals: { "aws:PrincipalArn": role(HOME, "web") } });
    expect(compare(undefined, named).gained).toMatchObject({
      witnesses: [{ principal: session(HOME, "web/example") }],
    });
  });
});

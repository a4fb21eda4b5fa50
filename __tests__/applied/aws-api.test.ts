/**
 * The API that the applied tests talk to: each rule refuses the call that it is about, and allows its
 * neighbour.
 */
import {
  type CreatePolicyCommandInput,
  type CreateRoleCommandInput,
  type IAM,
  IAMServiceException,
} from "@aws-sdk/client-iam";
import { AwsApi } from "../support/aws-api";
import { rules } from "../support/aws-api/rules";
import { describeWithMoto } from "../support/tools";

/** A call of the API. */
type Request = (iam: IAM) => Promise<unknown>;

interface Case {
  readonly rule: string;
  /** The requests that set up the account. */
  readonly before?: readonly Request[];
  readonly refused: Request;
  /** The status, the error's name and the beginning of its message. */
  readonly error: readonly [number, string, string];
  /** The requests before the neighbouring call, if the same. */
  readonly between?: readonly Request[];
  /** The neighbouring call, which passes; the refused one unless given. */
  readonly allowed?: Request;
}

const account = "arn:aws:iam::123456789012";
const absent = policyArn("absent");

type Answer = Case["error"];
const malformed = (message: string): Answer => [400, "MalformedPolicyDocument", message];
const noPrincipal = (kind: string, principal: string): Answer =>
  malformed(`Invalid principal in policy: "${kind}":"${principal}"`);
const inUse = (message: string): Answer => [409, "DeleteConflict", message];
const NO_BOUNDARY: Answer = [
  404,
  "NoSuchEntity",
  `Scope ARN: ${absent} does not exist or is not attachable.`,
];

/** Rule, kind, a principal that it refuses and one that it allows. */
const wrongPrincipals = [
  ["principal-aws", "AWS", "arn:aws:iam::123:role/x", "123456789012"],
  ["principal-service", "Service", "nosuch.amazonaws.com", "ec2.amazonaws.com"],
  ["principal-federated", "Federated", "oidc.eks/x", `${account}:oidc-provider/oidc.eks/x`],
] as const;

/** Every case has names of its own, so that all run on one API. */
const cases: readonly Case[] = [
  ...wrongPrincipals.map(([rule, kind, wrong, right]): Case => ({
    rule,
    refused: createRole(rule, { AssumeRolePolicyDocument: trustOf({ [kind]: wrong }) }),
    error: noPrincipal(kind.toUpperCase(), wrong),
    allowed: createRole(rule, { AssumeRolePolicyDocument: trustOf({ [kind]: right }) }),
  })),
  {
    rule: "principal-exists",
    refused: createRole("trusts", { AssumeRolePolicyDocument: trustOf({ AWS: roleArn("none") }) }),
    error: noPrincipal("AWS", roleArn("none")),
    between: [createRole("none")],
  },
  {
    rule: "sid-pattern",
    refused: createPolicy("sid", { PolicyDocument: policyFor("*", { Sid: "a-b" }) }),
    error: malformed("Statement IDs (SID) must be alpha-numeric."),
    allowed: createPolicy("sid", { PolicyDocument: policyFor("*", { Sid: "aB1" }) }),
  },
  {
    rule: "resource-account",
    refused: createPolicy("account", { PolicyDocument: policyFor("arn:aws:rds:*:123:db:x") }),
    error: malformed("The policy failed legacy parsing"),
    allowed: createPolicy("account", {
      PolicyDocument: policyFor("arn:aws:rds:*:123456789012:db:x"),
    }),
  },
  {
    rule: "boundary-exists",
    refused: createRole("bounded-1", { PermissionsBoundary: absent }),
    error: NO_BOUNDARY,
    between: [createPolicy("bounds-1")],
    allowed: createRole("bounded-1", { PermissionsBoundary: policyArn("bounds-1") }),
  },
  {
    rule: "delete-boundary-in-use",
    before: [
      createPolicy("in-use"),
      createRole("user", { PermissionsBoundary: policyArn("in-use") }),
    ],
    refused: deletePolicy("in-use"),
    error: inUse("Cannot delete a policy attached to entities."),
    between: [(iam) => iam.deleteRolePermissionsBoundary({ RoleName: "user" })],
  },
  {
    rule: "delete-attached-policy",
    before: [createPolicy("attached"), createRole("holder"), attach("holder", "attached")],
    refused: deletePolicy("attached"),
    error: inUse("Cannot delete a policy attached to entities."),
    between: [detach("holder", "attached")],
  },
  {
    rule: "delete-versions-first",
    before: [createPolicy("versions"), createVersion("versions", policyFor("*"))],
    refused: deletePolicy("versions"),
    error: inUse("This policy has more than one version."),
    between: [
      (iam) => iam.deletePolicyVersion({ PolicyArn: policyArn("versions"), VersionId: "v1" }),
    ],
  },
  {
    rule: "unique-policy",
    before: [createPolicy("Taken")],
    refused: createPolicy("Taken", { Path: "/other/" }),
    error: [409, "EntityAlreadyExists", "A policy called Taken already exists."],
    allowed: createPolicy("Taken-2"),
  },
];

describeWithMoto()("the API before moto", () => {
  let api: AwsApi;
  let client: IAM;

  beforeAll(async () => {
    api = await AwsApi.start();
    client = await api.client();
  });

  afterAll(() => {
    api.stop();
  });

  test("every rule has a case", () => {
    const ruleNames = rules.map(({ name }) => name);
    expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual([...ruleNames].sort());
  });

  test.each(cases.map((entry) => [entry.rule, entry] as const))(
    "%s",
    async (rule, { before = [], refused, error, between = [], allowed = refused }) => {
      for (const request of before) await request(client);
      const [status, name, message] = error;
      const answer = await refused(client).catch((thrown: unknown) => thrown);
      expect(answer).toBeInstanceOf(IAMServiceException);
      expect(answer).toMatchObject({
        $metadata: { httpStatusCode: status },
        name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)) as unknown,
        message: expect.stringContaining(message) as unknown,
      });
      expect((await api.calls()).at(-1)).toMatchObject({ status, refusedBy: rule });
      for (const request of between) await request(client);
      await allowed(client);
    },
  );

  test("calls are recorded in their order, with parameters and answers", async () => {
    const { length: start } = await api.calls();
    await createRole("recorded")(client);
    await client.getRole({ RoleName: "recorded" });
    await client.getRole({ RoleName: "missing" }).catch(() => undefined);
    expect(await api.calls(start)).toEqual([
      {
        account: "123456789012",
        action: "CreateRole",
        parameters: expect.objectContaining({ RoleName: "recorded" }) as unknown,
        status: 200,
        answer: expect.stringContaining(roleArn("recorded")) as unknown,
      },
      expect.objectContaining({ action: "GetRole", status: 200 }),
      expect.objectContaining({ action: "GetRole", status: 404 }),
    ]);
  });

  test("a document arrives at moto as it was sent", async () => {
    const document = policyFor("arn:aws:s3:::a&b<+");
    await createPolicy("forwarded", { PolicyDocument: document })(client);
    const { PolicyVersion } = await client.getPolicyVersion({
      PolicyArn: policyArn("forwarded"),
      VersionId: "v1",
    });
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(document);
  });
});

describeWithMoto()("a slow API", () => {
  test("takes calls made side by side in another order", async () => {
    const api = await AwsApi.start({ delay: 3000 });
    const client = await api.client();
    const { length: start } = await api.calls();
    const names = numbers(5).map((index) => `role-${index}`);
    try {
      await Promise.all(names.map((name) => createRole(name)(client)));
      const order = (await api.calls(start)).map(({ parameters }) => parameters.RoleName);
      expect(order).not.toEqual(names);
      expect([...order].sort()).toEqual(names);
    } finally {
      api.stop();
    }
  });
});

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

function policyArn(name: string): string {
  return `${account}:policy/${name}`;
}

function roleArn(name: string): string {
  return `${account}:role/${name}`;
}

function createRole(RoleName: string, more: Partial<CreateRoleCommandInput> = {}): Request {
  const AssumeRolePolicyDocument = trustOf({ Service: "ec2.amazonaws.com" });
  return (iam) => iam.createRole({ RoleName, AssumeRolePolicyDocument, ...more });
}

function createPolicy(PolicyName: string, more: Partial<CreatePolicyCommandInput> = {}): Request {
  return (iam) => iam.createPolicy({ PolicyName, PolicyDocument: policyFor("*"), ...more });
}

function createVersion(name: string, PolicyDocument: string): Request {
  const SetAsDefault = true;
  return (iam) =>
    iam.createPolicyVersion({
      PolicyArn: policyArn(name),
      PolicyDocument,
      SetAsDefault,
    });
}

function deletePolicy(name: string): Request {
  return (iam) => iam.deletePolicy({ PolicyArn: policyArn(name) });
}

function attach(RoleName: string, name: string): Request {
  return (iam) => iam.attachRolePolicy({ RoleName, PolicyArn: policyArn(name) });
}

function detach(RoleName: string, name: string): Request {
  return (iam) => iam.detachRolePolicy({ RoleName, PolicyArn: policyArn(name) });
}

function policyFor(Resource: string, more: Readonly<Record<string, unknown>> = {}): string {
  const statement = { Effect: "Allow", Action: "rds:DescribeDBInstances", Resource, ...more };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function trustOf(Principal: unknown, more: Readonly<Record<string, unknown>> = {}): string {
  const statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

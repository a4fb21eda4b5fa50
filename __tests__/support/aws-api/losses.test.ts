/** Lost access in sequences of calls written by hand. */
import type { Call } from "./call";
import { losses } from "./losses";

const ROLE = "agent";
const A = "arn:aws:iam::123456789012:policy/A";
const B = "arn:aws:iam::123456789012:policy/B";

const CONNECT = document("rds-db:connect", "*");
const CONNECT_AND_READ = document(["rds-db:connect", "rds:DescribeDBInstances"], "*");

/** A role with policy A, which allows to connect. */
const before = [createRole(ROLE), createPolicy(A, CONNECT), attach(A)];

describe("lost is what both ends grant, and what is missing between", () => {
  test.each<[string, Call[]]>([
    [
      "a policy that is detached before the next is attached",
      [detach(A), createPolicy(B, CONNECT), attach(B)],
    ],
    [
      "a role that is deleted and created again",
      [detach(A), call("DeleteRole", { RoleName: ROLE }), createRole(ROLE), attach(A)],
    ],
    [
      "a version that grants nothing of it",
      [newVersion(A, document("rds:Other", "*"), "v2"), newVersion(A, CONNECT_AND_READ, "v3")],
    ],
    [
      "a boundary that is in the way for a while",
      [
        createPolicy(B, document("s3:*", "*")),
        boundary(B),
        call("DeleteRolePermissionsBoundary", { RoleName: ROLE }),
      ],
    ],
    ["an inline policy that takes its place too late", [detach(A), inline("own", CONNECT)]],
  ])("%s", (_, during) => {
    const [first, ...others] = losses([...before, ...during], before.length);
    expect(first).toMatchObject({ role: ROLE, permissions: ["rds-db:connect on *"] });
    expect(others.filter(({ permissions }) => permissions.includes("rds-db:connect on *"))).toEqual(
      [],
    );
  });

  test("the trust of a role can be lost, too", () => {
    const trust = (service: string): Call =>
      call("UpdateAssumeRolePolicy", { RoleName: ROLE, PolicyDocument: trustOf(service) });
    expect(losses([...before, trust("lambda"), trust("ec2")], before.length)).toEqual([
      {
        role: ROLE,
        after: `UpdateAssumeRolePolicy ${ROLE}`,
        permissions: ["sts:AssumeRole by Service ec2.amazonaws.com"],
      },
    ]);
  });
});

test.each<[string, Call[]]>([
  [
    "what the next policy grants already",
    [createPolicy(B, CONNECT_AND_READ), attach(B), detach(A)],
  ],
  [
    "what a wider pattern grants meanwhile",
    [createPolicy(B, document("rds*", "*")), attach(B), detach(A), attach(A), detach(B)],
  ],
  ["what the end does not grant", [detach(A)]],
  [
    "what the start did not grant",
    [createPolicy(B, CONNECT_AND_READ), attach(B), detach(B), attach(B)],
  ],
  ["what a refused call would have taken", [{ ...detach(A), status: 409 }, attach(A)]],
  [
    "what a boundary allows, too",
    [createPolicy(B, document(["rds-db:*", "s3:*"], "*")), boundary(B)],
  ],
  ["a role under a name that was not there", [createRole("other"), detach(A)]],
  [
    "what another statement, with another Sid, allows",
    [newVersion(A, CONNECT.replace("One", "Two"), "v2")],
  ],
])("not lost is %s", (_, during) => {
  expect(losses([...before, ...during], before.length)).toEqual([]);
});

function call(action: string, parameters: Record<string, string>, answer = ""): Call {
  return { action, account: "210987654321", parameters, status: 200, answer };
}

function document(Action: string | string[], Resource: string): string {
  const statement = { Sid: "One", Effect: "Allow", Action, Resource };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function trustOf(service: string): string {
  const statement = {
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function createRole(RoleName: string): Call {
  return call("CreateRole", { RoleName, AssumeRolePolicyDocument: trustOf("ec2") });
}

function createPolicy(arn: string, PolicyDocument: string): Call {
  const PolicyName = arn.split("/").at(-1) ?? "";
  return call("CreatePolicy", { PolicyName, PolicyDocument }, `<Arn>${arn}</Arn>`);
}

function newVersion(PolicyArn: string, PolicyDocument: string, version: string): Call {
  return call(
    "CreatePolicyVersion",
    { PolicyArn, PolicyDocument, SetAsDefault: "true" },
    `<VersionId>${version}</VersionId>`,
  );
}

function attach(PolicyArn: string): Call {
  return call("AttachRolePolicy", { RoleName: ROLE, PolicyArn });
}

function detach(PolicyArn: string): Call {
  return call("DetachRolePolicy", { RoleName: ROLE, PolicyArn });
}

function boundary(PermissionsBoundary: string): Call {
  return call("PutRolePermissionsBoundary", { RoleName: ROLE, PermissionsBoundary });
}

function inline(PolicyName: string, PolicyDocument: string): Call {
  return call("PutRolePolicy", { RoleName: ROLE, PolicyName, PolicyDocument });
}

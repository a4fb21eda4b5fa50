/**
 * Roles and their trust policies: planned by real terraform, and run in an IAM simulator. The documents of
 * database-user roles are in policies/user-roles.test.ts.
 */
import { areAllowed, type Caller, type Request } from "../support/iam-simulator";
import { type Call, outputsOf, planCalls } from "../support/planned-calls";
import { meaning, type Policy } from "../support/reference-page";
import { type Plan, plannedResources } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const DATABASES = "111122223333";
const SERVICE = "444455556666";
const ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
const OIDC = `arn:aws:iam::${DATABASES}:oidc-provider/${ISSUER}`;
const TELEPORT_OIDC = `arn:aws:iam::${DATABASES}:oidc-provider/example.teleport.sh`;
const CLUSTER = `arn:aws:eks:us-east-1:${DATABASES}:cluster/main`;
const ORGANISATION = "o-a1b2c3d4e5";
const TAG_SESSION = "sts:TagSession";

const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const serviceRole = (account: string): string => role(account, "teleport-db-service-role");
const accessRole = role(DATABASES, "teleport-db-access-role");
const hcl = (value: unknown): string => JSON.stringify(value);

const service = (values: Call["values"]): Call => ({ module: "service-role", values });
const access = (values: Call["values"]): Call => ({
  module: "access-role",
  values: { trusted_principals: hcl([serviceRole(SERVICE)]), ...values },
});
const pods = (fields: object = {}): string =>
  hcl({ cluster_arns: [], namespaces: [], service_accounts: [], session_tags: true, ...fields });

const organisation = hcl({
  StringEquals: { "aws:PrincipalOrgID": [ORGANISATION] },
  IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] },
});

const calls: Readonly<Record<string, Call>> = {
  cross: {
    values: {
      create_policy: "false",
      create_user_roles: "true",
      trusted_principals: hcl([serviceRole(SERVICE)]),
      external_ids: '["example-external-id"]',
      user_role_path: '"/teleport/"',
      user_role_permissions_boundary_arn: `"arn:aws:iam::${DATABASES}:policy/boundary"`,
      tags: '{ team = "data" }',
      dynamodb_user_role_names: '["readers/dynamodb-user-role"]',
      dynamodb_user_role_policy_arns:
        '{ dynamodb-user-role = { reader = "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" } }',
      dynamodb_user_role_policies:
        '{ dynamodb-user-role = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = "*" }] }) }',
    },
  },
  access: access({ external_ids: '["old-id", "new-id"]' }),
  "access-tagged": access({
    external_ids: '["new-id"]',
    session_tags: "true",
    trust_conditions: organisation,
  }),
  "access-account": access({
    trusted_principals: hcl([`arn:aws:iam::${SERVICE}:root`, serviceRole(DATABASES)]),
    trust_conditions: organisation,
    role_path: '"/team/"',
  }),
  ec2: service({ trust_ec2: "true", trust_conditions: organisation }),
  "ec2-china": service({ trust_ec2: "true", aws_partition: '"aws-cn"' }),
  ecs: service({ trust_ecs: "true", assume_role_arns: hcl({ prod: accessRole }) }),
  pods: service({ trust_eks_pod_identity: pods(), assume_role_arns: hcl({ prod: accessRole }) }),
  "pods-narrowed": service({
    trust_eks_pod_identity: pods({
      cluster_arns: [CLUSTER],
      namespaces: ["teleport", "db"],
      service_accounts: ["agent"],
    }),
  }),
  "pods-untagged": service({
    trust_eks_pod_identity: pods({ session_tags: false }),
    assume_role_arns: hcl({ prod: accessRole }),
  }),
  irsa: service({
    trust_eks_service_accounts: hcl([
      { oidc_provider_arn: OIDC, namespace: "teleport", service_account: "agent" },
      { oidc_provider_arn: `${OIDC}2`, namespace: "teleport", service_account: "other" },
    ]),
  }),
  integration: service({ trust_teleport_oidc_provider_arn: `"${TELEPORT_OIDC}"` }),
  several: service({ trust_ecs: "true", trust_teleport_oidc_provider_arn: `"${TELEPORT_OIDC}"` }),
  self: service({ trust_ecs: "true", assume_itself: "true", role_path: '"/team/"' }),
  "self-pods": service({
    trust_eks_pod_identity: pods(),
    assume_itself: "true",
    assume_role_arns: hcl({ prod: accessRole }),
  }),
};

describeWithTerraform()("the trust between the Database Service and the roles", () => {
  let plan: Plan;

  beforeAll(() => {
    plan = planCalls(DATABASES, calls, []);
  });

  describe("database-user roles", () => {
    test("have their path, boundary and tags", () => {
      expect(resource("cross", "aws_iam_role.user", "dynamodb/dynamodb-user-role")).toMatchObject({
        name: "dynamodb-user-role",
        path: "/teleport/readers/",
        permissions_boundary: `arn:aws:iam::${DATABASES}:policy/boundary`,
        tags: { team: "data" },
      });
    });

    test("carry the page's policy or what the caller gives, and nothing else", () => {
      const keys = (address: string): unknown[] =>
        plannedResources(plan, "cross", address).map(([key]) => key);
      expect(keys("aws_iam_role_policy.user")).toEqual([
        "dynamodb/dynamodb-user-role",
        "redshift-serverless/redshift-serverless-user-role",
        "redshift/redshift-user-role",
      ]);
      expect(plannedResources(plan, "cross", "aws_iam_role_policy_attachment.user")).toEqual([
        [
          "dynamodb/dynamodb-user-role/reader",
          { policy_arn: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" },
        ],
      ]);
    });
  });

  describe("the service's own role", () => {
    test.each([
      ["ec2", true],
      ["ecs", false],
    ])("on %s has an instance profile: %s", (call, has) => {
      expect(plannedResources(plan, call, "aws_iam_instance_profile.service")).toHaveLength(
        has ? 1 : 0,
      );
    });

    test("on EC2 in China trusts the service of that partition", () => {
      expect(trustOf("ec2-china").Statement[0]?.Principal).toEqual({
        Service: "ec2.amazonaws.com.cn",
      });
    });

    test("trusts several places at once, each by a statement of its own", () => {
      expect(meaning(trustOf("several"))).toEqual([
        ...meaning(trustOf("ecs")),
        ...meaning(trustOf("integration")),
      ]);
    });

    test("has a policy only if it assumes roles, and then for these alone", () => {
      expect(plannedResources(plan, "ec2", "aws_iam_role_policy.assume_roles")).toEqual([]);
      expect(meaning(policyOf("ecs"))).toEqual([
        {
          Sid: "AssumeAccessRole",
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Resource: [accessRole],
        },
      ]);
    });

    test("lets its sessions join Teleport", () => {
      expect(outputsOf(plan, "self").teleport_token_rules).toEqual([
        {
          aws_account: DATABASES,
          aws_arn: `arn:aws:sts::${DATABASES}:assumed-role/teleport-db-service-role/*`,
        },
      ]);
    });
  });

  test("trust_conditions are on statements that assume, and not on TagSession", () => {
    const [assume, tag, ...more] = meaning(trustOf("access-tagged"));
    expect(assume?.Condition).toEqual({
      StringEquals: { "aws:PrincipalOrgID": [ORGANISATION], "sts:ExternalId": ["new-id"] },
      IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] },
    });
    expect([tag?.Action, tag?.Condition, more]).toEqual([[TAG_SESSION], undefined, []]);
    expect(trustOf("ec2").Statement[0]?.Condition).toEqual({
      StringEquals: { "aws:PrincipalOrgID": [ORGANISATION] },
      IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] },
    });
  });

  describe("in the IAM simulator", () => {
    const anything: Policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
    };
    const tags = { "aws:RequestTag/env": "dev", "aws:TagKeys": ["env"] };

    /** A request, by the planned trust policy of `call`. */
    function request(
      call: string,
      arn: string,
      resource: string,
      context: Request["context"] = {},
      policies: readonly Policy[] = [anything],
    ): Request {
      return {
        caller: { arn, policies },
        action: "sts:AssumeRole",
        resource,
        resourcePolicy: trustOf(call),
        context: { "aws:PrincipalArn": arn, ...context },
      };
    }
    const tagging = (one: Request): Request => ({ ...one, action: TAG_SESSION, context: tags });

    describe("an access role is assumed", () => {
      const by = (arn: string, context?: Request["context"], policies?: Policy[]): Request =>
        request("access", arn, accessRole, context, policies);
      const own = serviceRole(SERVICE);

      const id = (value: string): Request["context"] => ({ "sts:ExternalId": value });

      test.each([
        ["with the old external ID", true, own, id("old-id")],
        ["with the new external ID", true, own, id("new-id")],
        ["without an external ID", false, own, {}],
        ["with another external ID", false, own, id("other-id")],
        ["with the external ID in other case", false, own, id("NEW-ID")],
        ["by another role", false, role(SERVICE, "other"), id("new-id")],
        ["by the role of another account", false, serviceRole(DATABASES), id("new-id")],
      ])("%s: %s", async (_, allowed, arn, context) => {
        expect(await areAllowed([by(arn, context)])).toBe(allowed);
      });

      test("only with a policy on the other side, such as the service role's", async () => {
        expect(await areAllowed([by(own, id("new-id"), [])])).toBe(false);
        expect(await areAllowed([by(own, id("new-id"), [policyOf("ecs")])])).toBe(true);
      });

      const inside = { "aws:PrincipalOrgID": ORGANISATION, "aws:SourceIp": "192.0.2.7" };
      test.each<[string, boolean, string, Request["context"]]>([
        ["any role of the account, in the organisation", true, role(SERVICE, "any"), inside],
        ["the role beside it", true, serviceRole(DATABASES), inside],
        [
          "outside the organisation",
          false,
          role(SERVICE, "any"),
          { ...inside, "aws:PrincipalOrgID": "o-zzzzzzzzzz" },
        ],
        [
          "from another address",
          false,
          role(SERVICE, "any"),
          { ...inside, "aws:SourceIp": "198.51.100.7" },
        ],
        ["without an organisation", false, role(SERVICE, "any"), { "aws:SourceIp": "192.0.2.7" }],
        ["a third account in the organisation", false, role("777788889999", "any"), inside],
      ])("where a whole account is trusted: %s: %s", async (_, allowed, arn, context) => {
        const target = role(DATABASES, "team/teleport-db-access-role");
        expect(await areAllowed([request("access-account", arn, target, context)])).toBe(allowed);
      });

      test("with session tags only if both sides say so", async () => {
        const context = { ...inside, "sts:ExternalId": "new-id" };
        const tagged = (call: string, policy: Policy): Request[] => {
          const assume = request(call, own, accessRole, context, [policy]);
          return [assume, tagging(assume)];
        };
        expect(await areAllowed(tagged("access-tagged", policyOf("pods")))).toBe(true);
        expect(await areAllowed(tagged("access-tagged", policyOf("pods-untagged")))).toBe(false);
        expect(await areAllowed(tagged("access", policyOf("pods")))).toBe(false);
      });
    });

    describe("on EKS Pod Identity", () => {
      const target = serviceRole(DATABASES);
      const pod = {
        "aws:RequestTag/eks-cluster-arn": CLUSTER,
        "aws:RequestTag/kubernetes-namespace": "teleport",
        "aws:RequestTag/kubernetes-service-account": "agent",
      };
      const from = (call: string, context: Request["context"]): Request[] => {
        const one = request(call, "pods.eks.amazonaws.com", target, context, []);
        return [one, { ...one, action: TAG_SESSION }];
      };

      test.each<[string, boolean, Record<string, string>]>([
        ["the named workload", true, pod],
        [
          "another namespace that is named",
          true,
          { ...pod, "aws:RequestTag/kubernetes-namespace": "db" },
        ],
        ["another cluster", false, { ...pod, "aws:RequestTag/eks-cluster-arn": `${CLUSTER}-2` }],
        ["another namespace", false, { ...pod, "aws:RequestTag/kubernetes-namespace": "default" }],
        [
          "another service account",
          false,
          { ...pod, "aws:RequestTag/kubernetes-service-account": "x" },
        ],
        ["a workload without tags", false, {}],
      ])("%s: %s", async (_, allowed, context) => {
        expect(await areAllowed(from("pods-narrowed", context))).toBe(allowed);
        expect(await areAllowed(from("pods", context))).toBe(true);
      });
    });

    describe("with a token", () => {
      const token = (call: string, provider: string, context: Record<string, string>): Request => ({
        caller: { arn: provider, policies: [] },
        action: "sts:AssumeRoleWithWebIdentity",
        resource: serviceRole(DATABASES),
        resourcePolicy: trustOf(call),
        context,
      });
      const irsa = (sub: string, aud = "sts.amazonaws.com", provider = OIDC): Request =>
        token("irsa", provider, { [`${ISSUER}:aud`]: aud, [`${ISSUER}:sub`]: sub });

      const agent = "system:serviceaccount:teleport:agent";

      test.each<[string, boolean, ...Parameters<typeof irsa>]>([
        ["a service account of the cluster", true, agent],
        ["another service account", false, `${agent}-2`],
        ["the service account of the other cluster", false, "system:serviceaccount:teleport:other"],
        ["another namespace", false, "system:serviceaccount:default:agent"],
        ["another audience", false, agent, "other"],
        ["another provider", false, agent, "sts.amazonaws.com", `${OIDC}3`],
      ])("%s: %s", async (_, allowed, ...claims) => {
        expect(await areAllowed([irsa(...claims)])).toBe(allowed);
      });

      const audience = (aud: string): Record<string, string> => ({
        "example.teleport.sh:aud": aud,
      });
      const OTHER_OIDC = `arn:aws:iam::${DATABASES}:oidc-provider/other.teleport.sh`;

      test.each([
        ["Teleport's integration", true, TELEPORT_OIDC, audience("discover.teleport")],
        ["with another audience", false, TELEPORT_OIDC, audience("sts.amazonaws.com")],
        ["with no audience", false, TELEPORT_OIDC, {}],
        ["another Teleport cluster", false, OTHER_OIDC, audience("discover.teleport")],
      ])("%s: %s", async (_, allowed, provider, claims) => {
        expect(await areAllowed([token("integration", provider, claims)])).toBe(allowed);
      });
    });

    describe("a role that assumes itself", () => {
      const own = role(DATABASES, "team/teleport-db-service-role");
      const by = (arn: string, call = "self", target = own): Request =>
        request(call, arn, target, {}, [policyOf(call)]);

      test("may, and no other role of the account may", async () => {
        expect(await areAllowed([by(own)])).toBe(true);
        expect(await areAllowed([by(serviceRole(DATABASES))])).toBe(false);
        expect(await areAllowed([by(role(SERVICE, "team/teleport-db-service-role"))])).toBe(false);
      });

      test("needs both halves of the pair", async () => {
        expect(await areAllowed([{ ...by(own), resourcePolicy: trustOf("ecs") }])).toBe(false);
        const caller: Caller = { arn: own, policies: [policyOf("ecs")] };
        expect(await areAllowed([{ ...by(own), caller }])).toBe(false);
      });

      test("may with the tags of EKS Pod Identity, beside the hop", async () => {
        const target = serviceRole(DATABASES);
        const tagged = { ...by(target, "self-pods", target), action: TAG_SESSION };
        const context = { "aws:PrincipalArn": target, ...tags };
        expect(await areAllowed([{ ...tagged, context }])).toBe(true);
        const untagged = { ...by(own), action: TAG_SESSION };
        expect(
          await areAllowed([{ ...untagged, context: { "aws:PrincipalArn": own, ...tags } }]),
        ).toBe(false);
        expect(meaning(policyOf("self-pods")).map(({ Sid }) => Sid)).toEqual([
          "AssumeAccessRole",
          "AssumeOwnRole",
        ]);
      });
    });
  });

  function resource(
    call: string,
    address: string,
    index?: string | number,
  ): Record<string, unknown> {
    const found = plannedResources(plan, call, address).find(([key]) => key === index);
    if (found === undefined) throw new Error(`${call} plans no ${address} ${String(index)}`);
    return found[1];
  }

  /** The trust policy of the role that a call of a role module makes. */
  function trustOf(call: string): Policy {
    const name = calls[call]?.module === "access-role" ? "access" : "service";
    return JSON.parse(String(resource(call, `aws_iam_role.${name}`).assume_role_policy)) as Policy;
  }

  /** The policy of the service's own role. */
  function policyOf(call: string): Policy {
    return JSON.parse(
      String(resource(call, "aws_iam_role_policy.assume_roles", 0).policy),
    ) as Policy;
  }
});

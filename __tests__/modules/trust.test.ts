/** Who trusts whom: planned by real terraform, compared with the page, and run in an IAM simulator. */
import { databaseTypes } from "../../lib/catalog";
import { areAllowed, type Caller, type Request } from "../support/iam-simulator";
import { ACCOUNT as DATABASES, filledPolicy, type Policy } from "../support/reference-page";
import { type Plan, plannedResources, TerraformRoot } from "../support/terraform";
import { planCalls } from "../support/planned-calls";
import { describeWithTerraform } from "../support/tools";

const SERVICE = "210987654321";
const EXTERNAL_ID = "example-external-id";
const OIDC = `arn:aws:iam::${DATABASES}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`;
const TELEPORT_OIDC = `arn:aws:iam::${DATABASES}:oidc-provider/example.teleport.sh`;
const WORKGROUP = "01234567-89ab-cdef-0123-456789abcdef";

const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const serviceRole = (account: string): string => role(account, "teleport-db-service-role");

/** Types whose users connect as a role, by the page: it has a block for each. */
const pageRoles: Readonly<Record<string, string>> = {
  docdb: "documentdb-user-role",
  dynamodb: "dynamodb-user-role",
  keyspace: "keyspaces-user-role",
  opensearch: "opensearch-user-role",
  redshift: "redshift-user-role",
  "redshift-serverless": "redshift-serverless-user-role",
};
const types = Object.keys(pageRoles);

/** Module calls by name; the values are HCL. */
const calls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: {},
  account: { trust_account: "true" },
  cross: {
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    create_user_roles: "true",
    create_policy: "false",
    user_role_path: '"/teleport/"',
    user_role_max_session_duration: "7200",
    user_role_permissions_boundary_arn: `"arn:aws:iam::${DATABASES}:policy/boundary"`,
    tags: '{ team = "data" }',
    dynamodb_user_role_names: '["readers/dynamodb-user-role"]',
    redshift_user_role_names: '["redshift-user-role"]',
    redshift_serverless_user_role_names: '["redshift-serverless-user-role"]',
    dynamodb_user_role_policy_arns:
      '{ dynamodb-user-role = { reader = "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" } }',
    dynamodb_user_role_policies:
      '{ dynamodb-user-role = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = "*" }] }) }',
    redshift_serverless_workgroups: `[{ region = "us-east-2", workgroup_id = "${WORKGROUP}" }]`,
  },
  "cross-service": {
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    user_role_path: '"/teleport/"',
    dynamodb_user_role_names: '["readers/dynamodb-user-role"]',
  },
  untagged: { dynamodb_session_tags: "false" },
  "access-role": {
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    create_access_role: "true",
    create_user_roles: "true",
    create_permissions_boundary: "true",
    ...Object.fromEntries(
      Object.entries(pageRoles).map(([type, name]) => [
        `${type.replaceAll("-", "_")}_user_role_names`,
        `["${name}"]`,
      ]),
    ),
  },
  hop: { assume_role_arns: "[module.access-role.access_role_arn]", create_service_role: "true" },
  ec2: { create_service_role: "true", create_permissions_boundary: "true" },
  "ec2-china": { create_service_role: "true", aws_partition: '"aws-cn"' },
  ecs: {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_trust: '"ecs"',
  },
  "eks-pod-identity": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_trust: '"eks-pod-identity"',
  },
  "pod-hop": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_trust: '"eks-pod-identity"',
    assume_role_arns: "[module.pod-access-role.access_role_arn]",
  },
  "pod-access-role": {
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    service_role_trust: '"eks-pod-identity"',
    create_access_role: "true",
    create_permissions_boundary: "true",
  },
  "pod-untagged": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_trust: '"eks-pod-identity"',
    eks_pod_identity_disable_session_tags: "true",
    dynamodb_session_tags: "false",
  },
  "pod-untagged-hop": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_trust: '"eks-pod-identity"',
    eks_pod_identity_disable_session_tags: "true",
    assume_role_arns: "[module.pod-untagged-access-role.access_role_arn]",
    dynamodb_session_tags: "false",
  },
  "pod-untagged-access-role": {
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    service_role_trust: '"eks-pod-identity"',
    eks_pod_identity_disable_session_tags: "true",
    create_access_role: "true",
    create_permissions_boundary: "true",
    dynamodb_session_tags: "false",
  },
  self: {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_name: '"team/teleport"',
    service_role_trust: '"ecs"',
    service_role_self_assumption: "true",
  },
  "self-pod": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_name: '"team/teleport"',
    service_role_trust: '"eks-pod-identity"',
    service_role_self_assumption: "true",
  },
  // The role's second call: the hop to other accounts.
  "self-hop": {
    create_service_role: "true",
    service_role_name: '"team/teleport"',
    service_role_self_assumption: "true",
    assume_role_arns: "[module.access-role.access_role_arn]",
  },
  "oidc-integration": {
    services: '["discovery"]',
    create_service_role: "true",
    service_role_trust: '"oidc-integration"',
    teleport_oidc_provider_arn: `"${TELEPORT_OIDC}"`,
    teleport_proxy_address: '"example.teleport.sh:443"',
  },
  "oidc-integration-created": {
    services: '["discovery"]',
    create_service_role: "true",
    service_role_trust: '"oidc-integration"',
    create_teleport_oidc_provider: "true",
    teleport_proxy_address: '"example.teleport.sh:443"',
    tags: '{ team = "data" }',
  },
  // One role for an agent of one's own and for Teleport Cloud, from an account that is not the databases'.
  "oidc-integration-beside-ecs": {
    services: '["database", "discovery"]',
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    create_service_role: "true",
    service_role_trust: '"ecs"',
    additional_service_role_trusts: '["oidc-integration"]',
    create_teleport_oidc_provider: "true",
    teleport_proxy_address: '"example.teleport.sh"',
    aws_partition: '"aws-us-gov"',
  },
  // As Teleport's own module has it beside the integration: a role with an external ID.
  "discovery-role": {
    services: '["discovery"]',
    service_account_id: `"${SERVICE}"`,
    external_id: `"${EXTERNAL_ID}"`,
    create_access_role: "true",
    access_role_name: '"teleport-discovery"',
  },
  "eks-service-account": {
    create_service_role: "true",
    create_permissions_boundary: "true",
    service_role_name: '"teleport/db-service"',
    service_role_trust: '"eks-service-account"',
    eks_oidc_provider_arn: `"${OIDC}"`,
    eks_service_account: '"teleport/database-service"',
  },
};

const TAG_SESSION = "sts:TagSession";

describeWithTerraform()("the trust between the Database Service and the roles", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    ({ root, plan } = planCalls(DATABASES, calls, { policy: "policy_json",
      boundary: "permissions_boundary_json",
      trust: "user_role_trust_policies", }));
  });

  afterAll(() => {
    root.dispose();
  });

  describe("trust policies of database-user roles are the page's", () => {
    test("for exactly the types that the page has roles for", () => {
      expect(databaseTypes.filter((type) => type.userRole).map(({ name }) => name)).toEqual(types);
      expect(Object.keys(documents("role").trust)).toEqual(types);
    });

    const shapes: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
      ["role", "trust-role-as-principal", {}],
      ["account", "trust-account-as-principal", {}],
      ["cross", "trust-cross-account", { "external-aws-account-id": SERVICE }],
    ];
    test.each(shapes.flatMap((shape) => types.map((type) => [...shape, type] as const)))(
      "%s: %s",
      (call, fixture, values, type) => {
        const page = filledPolicy(fixture, values).Statement;
        const [assume] = page;
        const tag = { Effect: "Allow", Principal: assume?.Principal, Action: TAG_SESSION };
        expect(documents(call).trust[type]?.Statement).toEqual(
          type === "dynamodb" ? [...page, tag] : page,
        );
      },
    );

    test("without session tags, DynamoDB's is the page's to the letter", () => {
      expect(documents("untagged").trust.dynamodb).toEqual(
        filledPolicy("trust-role-as-principal"),
      );
    });

    test("behind an access role they trust that role and ask for no external ID", () => {
      for (const type of types) {
        const [assume] = documents("access-role").trust[type]?.Statement ?? [];
        expect(assume).toEqual({
          Effect: "Allow",
          Principal: { AWS: role(DATABASES, "teleport-db-access-role") },
          Action: "sts:AssumeRole",
        });
      }
    });
  });

  describe("created roles", () => {
    test("have their path, session length, boundary and tags", () => {
      expect(roleOf("cross", "user", "dynamodb/dynamodb-user-role")).toMatchObject({
        name: "dynamodb-user-role",
        path: "/teleport/readers/",
        max_session_duration: 7200,
        permissions_boundary: `arn:aws:iam::${DATABASES}:policy/boundary`,
        tags: { team: "data" },
      });
    });

    test.each(types)("carry the trust policy that the module puts out: %s", (type) => {
      const name = pageRoles[type] ?? "";
      expect(trustOf("access-role", "user", `${type}/${name}`)).toEqual(
        documents("access-role").trust[type],
      );
    });

    test("of Redshift and Redshift Serverless carry the page's policy", () => {
      expect(inlinePolicies("access-role")["redshift/redshift-user-role"]).toEqual(
        filledPolicy("redshift-user-role"),
      );
      const [page] = filledPolicy("redshift-serverless-user-role", { "workgroup-id": WORKGROUP })
        .Statement;
      expect(
        inlinePolicies("cross")["redshift-serverless/redshift-serverless-user-role"]?.Statement,
      ).toEqual([{ ...page, Resource: [page?.Resource] }]);
    });

    test("of other types carry what the caller gives, and nothing else", () => {
      expect(Object.keys(inlinePolicies("cross"))).toEqual([
        "dynamodb/dynamodb-user-role",
        "redshift-serverless/redshift-serverless-user-role",
        "redshift/redshift-user-role",
      ]);
      expect(inlinePolicies("cross")["dynamodb/dynamodb-user-role"]?.Statement).toEqual([
        { Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" },
      ]);
      expect(plannedResources(plan, "cross", "aws_iam_role_policy_attachment.user")).toEqual([
        [
          "dynamodb/dynamodb-user-role/reader",
          { policy_arn: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" },
        ],
      ]);
    });

    test("are created only when asked for", () => {
      expect(plannedResources(plan, "role", "aws_iam_role.user")).toEqual([]);
    });
  });

  describe("the Database Service's own role", () => {
    const assumeRole = (service: string): Policy => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });
    /** The trust policy of Teleport's own module for discovery, for the proxy example.teleport.sh. */
    const integration = (provider: string): Policy => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "example.teleport.sh:aud": "discover.teleport" } },
        },
      ],
    });
    const expected: Readonly<Record<string, Policy>> = {
      ec2: assumeRole("ec2.amazonaws.com"),
      "ec2-china": assumeRole("ec2.amazonaws.com.cn"),
      ecs: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              ArnLike: { "aws:SourceArn": `arn:aws:ecs:*:${DATABASES}:*` },
              StringEquals: { "aws:SourceAccount": DATABASES },
            },
          },
        ],
      },
      "eks-pod-identity": {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "pods.eks.amazonaws.com" },
            Action: ["sts:AssumeRole", "sts:TagSession"],
          },
        ],
      },
      "oidc-integration": integration(TELEPORT_OIDC),
      "oidc-integration-created": integration(TELEPORT_OIDC),
      "eks-service-account": {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: OIDC },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: {
                "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:aud": "sts.amazonaws.com",
                "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub":
                  "system:serviceaccount:teleport:database-service",
              },
            },
          },
        ],
      },
    };

    test.each(Object.keys(expected))("on %s trusts where it runs", (call) => {
      expect(trustOf(call, "service", 0)).toEqual(expected[call]);
    });

    test("has an instance profile on EC2 and nowhere else", () => {
      const withProfile = Object.keys(calls).filter(
        (call) => plannedResources(plan, call, "aws_iam_instance_profile.service").length > 0,
      );
      // The hop's service runs on EC2, too: it is the default.
      expect(withProfile).toEqual(["hop", "ec2", "ec2-china", "self-hop"]);
    });

    test("is trusted through the integration beside where an agent runs", () => {
      const [, statement] = trustOf("oidc-integration-beside-ecs", "service", 0).Statement;
      const provider = `arn:aws-us-gov:iam::${SERVICE}:oidc-provider/example.teleport.sh`;
      expect([statement]).toEqual(integration(provider).Statement);
    });

    test("has the OIDC provider that it is told to make, for Teleport's audience, and no other", () => {
      const provider = "aws_iam_openid_connect_provider.teleport";
      expect(plannedResources(plan, "oidc-integration-created", provider)).toEqual([
        [
          0,
          expect.objectContaining({
            url: "https://example.teleport.sh",
            client_id_list: ["discover.teleport"],
            tags: { team: "data" },
          }),
        ],
      ]);
      const making = Object.keys(calls).filter(
        (call) => plannedResources(plan, call, provider).length > 0,
      );
      expect(making).toEqual(["oidc-integration-created", "oidc-integration-beside-ecs"]);
    });

    test("has its policies attached", () => {
      expect(plannedResources(plan, "ecs", "aws_iam_policy_attachment.database_access").map(([key]) => key)).toEqual(["merged"]);
    });

    test("takes a path from its name", () => {
      expect(roleOf("eks-service-account", "service", 0)).toMatchObject({
        name: "db-service",
        path: "/teleport/",
      });
    });
  });

  describe("in the IAM simulator", () => {
    /** A request to assume a role, put together from the planned documents of both sides. */
    interface Assumption {
      readonly caller: Caller;
      readonly target: string;
      readonly trust: Policy;
      readonly externalId?: string;
      readonly sessionTags?: boolean;
    }

    const withoutBoundary = ({ arn, policies }: Caller): Caller => ({ arn, policies });

    /** The page's boundary: it allows assuming roles, and nothing of session tags. */
    const pageBoundary = filledPolicy("boundary");

    const sameAccount = (): Assumption => ({
      caller: { arn: serviceRole(DATABASES), policies: [documents("role").policy] },
      target: role(DATABASES, "dynamodb-user-role"),
      trust: trust("role", "dynamodb"),
    });
    const accountTrusted = (): Assumption => ({
      ...sameAccount(),
      trust: trust("account", "dynamodb"),
    });
    const tagged = (): Assumption => ({ ...sameAccount(), sessionTags: true });
    const bounded = (): Assumption => ({
      ...tagged(),
      caller: { ...sameAccount().caller, boundary: documents("ec2").boundary },
    });
    const crossAccount = (): Assumption => ({
      caller: {
        arn: serviceRole(SERVICE),
        policies: [documents("cross-service").policy],
        boundary: documents("cross-service").boundary,
      },
      target: role(DATABASES, "teleport/readers/dynamodb-user-role"),
      trust: trust("cross", "dynamodb"),
      externalId: EXTERNAL_ID,
      sessionTags: true,
    });
    const firstHop = (): Assumption => ({
      caller: { arn: serviceRole(SERVICE), policies: [documents("hop").policy] },
      target: role(DATABASES, "teleport-db-access-role"),
      trust: trustOf("access-role", "access", 0),
      externalId: EXTERNAL_ID,
    });
    const secondHop = (): Assumption => ({
      caller: {
        arn: role(DATABASES, "teleport-db-access-role"),
        policies: [documents("access-role").policy],
        boundary: documents("access-role").boundary,
      },
      target: role(DATABASES, "dynamodb-user-role"),
      trust: trust("access-role", "dynamodb"),
      sessionTags: true,
    });

    const allowed: Readonly<Record<string, () => Assumption>> = {
      "same account, role trusted": sameAccount,
      "same account, account trusted": accountTrusted,
      "tagged session": tagged,
      "tagged session within the module's boundary": bounded,
      "across accounts, with external ID, tags and boundary": crossAccount,
      "across accounts, without the boundary": () => ({
        ...crossAccount(),
        caller: withoutBoundary(crossAccount().caller),
      }),
      "the first hop of assume_role_arn": firstHop,
      "the second hop of assume_role_arn, without an external ID": secondHop,
    };
    test.each(Object.keys(allowed))("allowed: %s", async (name) => {
      expect(await assumes(allowed[name]?.())).toBe(true);
    });

    /** From where the service runs to a type's database-user role, by the planned documents. */
    const direct = (place: string, type: string): Assumption => ({
      caller: {
        arn: place === "eks-service-account" ? role(DATABASES, "teleport/db-service") : serviceRole(DATABASES),
        policies: [documents(place).policy],
        boundary: documents(place).boundary,
      },
      target: role(DATABASES, pageRoles[type] ?? ""),
      trust: trust(place, type),
      // The tags of EKS Pod Identity pass to every role that is assumed further.
      sessionTags: place === "eks-pod-identity" || type === "dynamodb",
    });
    const places = ["ec2", "ecs", "eks-pod-identity", "eks-service-account"];
    test.each(places.flatMap((place) => types.map((type) => [place, type] as const)))(
      "allowed: from %s to %s",
      async (place, type) => {
        expect(await assumes(direct(place, type))).toBe(true);
      },
    );

    const withoutTags = types.filter((type) => type !== "dynamodb");
    test.each(withoutTags)("denied: tags from elsewhere than EKS Pod Identity to %s", async (type) => {
      expect(await assumes({ ...direct("ec2", type), sessionTags: true })).toBe(false);
      const pod = direct("eks-pod-identity", type);
      expect(await assumes({ ...pod, trust: trust("ec2", type) })).toBe(false);
      expect(
        await assumes({ ...pod, caller: { ...pod.caller, boundary: pageBoundary } }),
      ).toBe(false);
    });

    test("allowed: from EKS Pod Identity over an access role", async () => {
      const first: Assumption = {
        ...firstHop(),
        caller: {
          arn: serviceRole(SERVICE),
          policies: [documents("pod-hop").policy],
          boundary: documents("pod-hop").boundary,
        },
        trust: trustOf("pod-access-role", "access", 0),
        sessionTags: true,
      };
      expect(await assumes(first)).toBe(true);
      expect(await assumes({ ...first, trust: trustOf("access-role", "access", 0) })).toBe(false);
      expect(await assumes({ ...first, caller: firstHop().caller })).toBe(false);
    });

    test.each(types)("allowed: from EKS Pod Identity over an access role to %s", async (type) => {
      const second: Assumption = {
        caller: {
          arn: role(DATABASES, "teleport-db-access-role"),
          policies: [documents("pod-access-role").policy],
          boundary: documents("pod-access-role").boundary,
        },
        target: role(DATABASES, pageRoles[type] ?? ""),
        trust: trust("pod-access-role", type),
        sessionTags: true,
      };
      expect(await assumes(second)).toBe(true);
    });

    /** The chains without session tags, from the pod's role and from the access role. */
    const untagged: readonly (readonly [string, (type: string) => Assumption])[] = [
      ["the pod's role", (type) => ({ ...direct("pod-untagged", type), sessionTags: false })],
      [
        "an access role",
        (type) => ({
          caller: {
            arn: role(DATABASES, "teleport-db-access-role"),
            policies: [documents("pod-untagged-access-role").policy],
            boundary: documents("pod-untagged-access-role").boundary,
          },
          target: role(DATABASES, pageRoles[type] ?? ""),
          trust: trust("pod-untagged-access-role", type),
        }),
      ],
      [
        "the pod's role by the hop",
        () => ({
          ...firstHop(),
          caller: {
            arn: serviceRole(SERVICE),
            policies: [documents("pod-untagged-hop").policy],
            boundary: documents("pod-untagged-hop").boundary,
          },
          trust: trustOf("pod-untagged-access-role", "access", 0),
        }),
      ],
    ];
    test.each(untagged.flatMap(([from, assumption]) => types.map((type) => [from, type, assumption] as const)))(
      "where the association turns session tags off, from %s to %s: allowed, and tags denied",
      async (_, type, assumption) => {
        expect(await assumes(assumption(type))).toBe(true);
        expect(await assumes({ ...assumption(type), sessionTags: true })).toBe(false);
      },
    );

    test("where the association turns session tags off, no document behind it has the action", () => {
      for (const call of ["pod-untagged", "pod-untagged-hop", "pod-untagged-access-role"]) {
        expect(JSON.stringify(documents(call))).not.toContain(TAG_SESSION);
      }
      expect(trustOf("pod-untagged", "service", 0)).toEqual(trustOf("eks-pod-identity", "service", 0));
    });

    describe("a role that assumes itself", () => {
      const own = role(DATABASES, "team/teleport");
      /** The session of a role asks to assume the service's role, with or without tags. */
      const itself = (call: string, from = own, tags = false): Request[] =>
        ["sts:AssumeRole", ...(tags ? [TAG_SESSION] : [])].map((action) => ({
          caller: {
            arn: from,
            policies: [documents(call).policy],
            boundary: documents(call).boundary,
          },
          action,
          resource: own,
          resourcePolicy: trustOf(call, "service", 0),
          context: {
            "aws:PrincipalArn": from,
            ...(tags ? { "aws:RequestTag/env": "dev", "aws:TagKeys": ["env"] } : {}),
          },
        }));

      test("may, in its own session and within its boundary, and so may no other role", async () => {
        expect(await areAllowed(itself("self"))).toBe(true);
        expect(await areAllowed(itself("self", role(DATABASES, "teleport")))).toBe(false);
        expect(await areAllowed(itself("self", role(SERVICE, "team/teleport")))).toBe(false);
      });

      test("needs both halves of the pair", async () => {
        const [request] = itself("self");
        if (request === undefined) throw new Error("no request");
        const { caller } = request;
        const without = { ...caller, policies: [documents("ecs").policy] };
        expect(await areAllowed([{ ...request, caller: without }])).toBe(false);
        const trust = trustOf("ecs", "service", 0);
        expect(await areAllowed([{ ...request, resourcePolicy: trust }])).toBe(false);
      });

      test("may with the tags of EKS Pod Identity, which the pair allows there alone", async () => {
        expect(await areAllowed(itself("self-pod", own, true))).toBe(true);
        expect(await areAllowed(itself("self", own, true))).toBe(false);
      });

      test("may beside a hop to other accounts", async () => {
        expect(documents("self-hop").policy.Statement.map(({ Sid }) => Sid)).toEqual([
          "AssumeAccessRole",
          "AssumeOwnRole",
        ]);
        expect(await areAllowed(itself("self-hop"))).toBe(true);
      });

      test("is there only where it is asked for", () => {
        const asking = Object.keys(calls).filter((call) =>
          JSON.stringify(documents(call).policy).includes("AssumeOwnRole"),
        );
        expect(asking).toEqual(["self", "self-pod", "self-hop"]);
      });
    });

    describe("the discovery role", () => {
      const token = (call: string): Request => ({
        caller: { arn: TELEPORT_OIDC, policies: [] },
        action: "sts:AssumeRoleWithWebIdentity",
        resource: serviceRole(DATABASES),
        resourcePolicy: trustOf(call, "service", 0),
        context: { "example.teleport.sh:aud": "discover.teleport" },
      });

      test.each(["oidc-integration", "oidc-integration-created"])(
        "is assumed with a token of the cluster, for its audience alone: %s",
        async (call) => {
          expect(await areAllowed([token(call)])).toBe(true);
          const others: Partial<Request>[] = [
            { context: { "example.teleport.sh:aud": "sts.amazonaws.com" } },
            { context: { "example.teleport.sh:aud": "DISCOVER.TELEPORT" } },
            { context: { "other.teleport.sh:aud": "discover.teleport" } },
            { context: {} },
            {
              caller: {
                arn: `arn:aws:iam::${DATABASES}:oidc-provider/other.teleport.sh`,
                policies: [],
              },
            },
            { caller: { arn: `arn:aws:iam::${SERVICE}:oidc-provider/example.teleport.sh`, policies: [] } },
          ];
          for (const other of others) {
            expect([other, await areAllowed([{ ...token(call), ...other }])]).toEqual([other, false]);
          }
        },
      );

      test("is assumed by nothing but a token", async () => {
        const policies: Policy[] = [
          {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
          },
        ];
        const request = { ...token("oidc-integration"), action: "sts:AssumeRole", context: {} };
        const arn = role(DATABASES, "administrator");
        expect(await areAllowed([{ ...request, caller: { arn, policies } }])).toBe(false);
      });

      test.each(["oidc-integration", "discovery-role"])("finds databases and connects to none: %s", async (call) => {
        const caller: Caller = { arn: serviceRole(DATABASES), policies: [documents(call).policy] };
        const may = (action: string, resource: string): Promise<boolean> =>
          areAllowed([{ caller, action, resource }]);
        expect(await may("rds:DescribeDBInstances", `arn:aws:rds:us-east-1:${DATABASES}:db:orders`)).toBe(true);
        expect(await may("es:ListDomainNames", "*")).toBe(true);
        expect(await may("rds-db:connect", `arn:aws:rds-db:us-east-1:${DATABASES}:dbuser:db-ABC/reader`)).toBe(false);
      });

      test("is assumed by the role of a Discovery Service with the external ID, and by no other", async () => {
        const target = role(DATABASES, "teleport-discovery");
        const hop: Policy = {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: target }],
        };
        const assumption: Assumption = {
          caller: { arn: serviceRole(SERVICE), policies: [hop] },
          target,
          trust: trustOf("discovery-role", "access", 0),
          externalId: EXTERNAL_ID,
        };
        expect(await assumes(assumption)).toBe(true);
        expect(await assumes({ ...assumption, externalId: undefined })).toBe(false);
        const other = { arn: role(SERVICE, "other"), policies: [hop] };
        expect(await assumes({ ...assumption, caller: other })).toBe(false);
      });
    });

    /** Each is an allowed case with one thing changed. */
    const denied: Readonly<Record<string, readonly [() => Assumption, () => Partial<Assumption>]>> =
      {
        "another service role": [
          sameAccount,
          () => ({ caller: { ...sameAccount().caller, arn: role(DATABASES, "other") } }),
        ],
        "the service role of another account": [
          sameAccount,
          () => ({ caller: { ...sameAccount().caller, arn: serviceRole(SERVICE) } }),
        ],
        "another account where the account is trusted": [
          accountTrusted,
          () => ({ caller: { ...sameAccount().caller, arn: serviceRole(SERVICE) } }),
        ],
        "account trusted, but no policy on the service's side": [
          accountTrusted,
          () => ({ caller: { ...sameAccount().caller, policies: [] } }),
        ],
        "account trusted, another target role": [
          accountTrusted,
          () => ({ target: role(DATABASES, "administrator") }),
        ],
        "tags, where the trust policy has session tags off": [
          tagged,
          () => ({ trust: trust("untagged", "dynamodb") }),
        ],
        "tags, within a boundary as the page has it": [
          bounded,
          () => ({ caller: { ...sameAccount().caller, boundary: pageBoundary } }),
        ],
        "no external ID": [crossAccount, () => ({ externalId: undefined })],
        "wrong external ID": [crossAccount, () => ({ externalId: "another-external-id" })],
        "external ID in other case": [
          crossAccount,
          () => ({ externalId: EXTERNAL_ID.toUpperCase() }),
        ],
        "across accounts, another target role": [
          crossAccount,
          () => ({ target: role(DATABASES, "teleport/readers/administrator") }),
        ],
        "across accounts, no policy on the service's side": [
          crossAccount,
          () => ({ caller: { ...crossAccount().caller, policies: [] } }),
        ],
        "across accounts, a boundary that forgets assuming roles": [
          crossAccount,
          () => ({
            caller: { ...crossAccount().caller, boundary: filledPolicy("rds") },
          }),
        ],
        "the first hop without an external ID": [firstHop, () => ({ externalId: undefined })],
        "the first hop by another role": [
          firstHop,
          () => ({ caller: { ...firstHop().caller, arn: role(SERVICE, "other") } }),
        ],
        "the first hop to another account's access role": [
          firstHop,
          () => ({ target: role("333333333333", "teleport-db-access-role") }),
        ],
        "the second hop straight from the service, whose role it does not trust": [
          secondHop,
          () => ({ caller: { ...secondHop().caller, arn: serviceRole(SERVICE) } }),
        ],
        "the second hop, where the role asks for the external ID that Teleport sends nowhere": [
          secondHop,
          () => ({
            trust: withExternalId(trust("access-role", "dynamodb")),
          }),
        ],
      };
    test.each(Object.keys(denied))("denied: %s", async (name) => {
      const [base, change] = denied[name] ?? [];
      expect(await assumes(base?.())).toBe(true);
      expect(await assumes({ ...base?.(), ...change?.() } as Assumption)).toBe(false);
    });

    function trust(call: string, type: string): Policy {
      const policy = documents(call).trust[type];
      if (policy === undefined) throw new Error(`${call} has no trust policy for ${type}`);
      return policy;
    }

    function withExternalId({ Version, Statement }: Policy): Policy {
      const [assume, ...rest] = Statement;
      if (assume === undefined) throw new Error("no statement");
      const Condition = { StringEquals: { "sts:ExternalId": EXTERNAL_ID } };
      return { Version, Statement: [{ ...assume, Condition }, ...rest] };
    }

    function assumes(assumption: Assumption | undefined): Promise<boolean> {
      if (assumption === undefined) throw new Error("no such case");
      const { caller, target, trust: resourcePolicy, externalId, sessionTags } = assumption;
      const request: Omit<Request, "action"> = { caller, resource: target, resourcePolicy };
      const assume: Request = {
        ...request,
        action: "sts:AssumeRole",
        context: externalId === undefined ? {} : { "sts:ExternalId": externalId },
      };
      const tag: Request = {
        ...request,
        action: TAG_SESSION,
        context: { "aws:RequestTag/env": "dev", "aws:TagKeys": ["env"] },
      };
      return areAllowed(sessionTags === true ? [assume, tag] : [assume]);
    }
  });

  interface Documents {
    readonly policy: Policy;
    readonly boundary: Policy;
    readonly trust: Readonly<Record<string, Policy>>;
  }

  function documents(call: string): Documents {
    const value = plan.planned_values.outputs?.[call]?.value as {
      policy: string;
      boundary: string;
      trust: Record<string, string>;
    };
    return {
      policy: JSON.parse(value.policy) as Policy,
      boundary: JSON.parse(value.boundary) as Policy,
      trust: Object.fromEntries(
        Object.entries(value.trust).map(([type, text]) => [type, JSON.parse(text) as Policy]),
      ),
    };
  }

  function roleOf(call: string, name: string, index: string | number): Record<string, unknown> {
    const found = plannedResources(plan, call, `aws_iam_role.${name}`).find(([key]) => key === index);
    if (found === undefined) throw new Error(`${call} plans no role ${name} ${String(index)}`);
    return found[1];
  }

  function trustOf(call: string, name: string, index: string | number): Policy {
    return JSON.parse(roleOf(call, name, index).assume_role_policy as string) as Policy;
  }

  function inlinePolicies(call: string): Record<string, Policy> {
    return Object.fromEntries(
      plannedResources(plan, call, "aws_iam_role_policy.user").map(([key, { policy }]) => [
        String(key),
        JSON.parse(policy as string) as Policy,
      ]),
    );
  }
});

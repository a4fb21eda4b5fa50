/** Least privilege: what the planned documents allow and deny, by the IAM simulator. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { defineModule } from "../../lib/inputs/module-definition";
import { areAllowed, isAllowed, type Request } from "../support/iam-simulator";
import {
  ACCOUNT,
  filledPolicy,
  meaning,
  type Policy,
  type PolicyStatement,
  withLists,
} from "../support/reference-page";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { type NarrowingCase, narrowingCases } from "./narrowing-cases";

const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];
const KEY = "01234567-89ab-cdef-0123-456789abcdef";
const managed = { elasticache_managed_users: "true", memorydb_managed_users: "true" };
const userRoles = {
  create_user_roles: "true",
  trusted_principals: `["arn:aws:iam::${ACCOUNT}:root"]`,
  redshift_user_role_names: '["redshift-user"]',
  redshift_serverless_user_role_names: '["redshift-serverless-user"]',
};

/** The narrowings of all types, each with the fields of its objects. */
const narrowings = defineModule(databaseTypes).variables.flatMap(({ name, type }) =>
  type.kind === "objects" ? [{ variable: name, fields: type.fields }] : [],
);

/** The same expression for every narrowing. */
function everyNarrowing(expression: string): Record<string, string> {
  return Object.fromEntries(narrowings.map(({ variable }) => [variable, expression]));
}

const named = Object.fromEntries(
  narrowingCases.map(({ variable, value }) => [variable, JSON.stringify([value])]),
);

/** One object for a narrowing, as it stands in the table of cases. */
const one = (variable: string): Record<string, string> => ({ [variable]: named[variable] ?? "" });

/** Statements of which two narrowings share one kind. */
const SHARED_BY_TWO = [
  ["rds_clusters", "rds_instances", ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"]],
  ["rdsproxy_proxies", "rdsproxy_endpoints", ["RDSProxyFetchMetadata"]],
  [
    "redshift_serverless_endpoints",
    "redshift_serverless_workgroups",
    ["RedshiftServerlessFetchMetadata"],
  ],
] as const;

/** Statements that no narrowing reaches: about roles, and about all users there are. */
const WITHOUT_NARROWING = [
  "DocumentDBConnectAsIAMRole",
  "DynamoDBConnectAsIAMRole",
  "DynamoDBSessionTagging",
  "KeyspacesConnectAsIAMRole",
  "OpenSearchConnectAsIAMRole",
  "RedshiftConnectAsIAMRole",
  "RedshiftServerlessConnectAsIAMRole",
];

const rotating = {
  rotating: managed,
  "rotating-tagged": {
    ...managed,
    elasticache_rotate_tagged_users_only: "true",
    memorydb_rotate_tagged_users_only: "true",
  },
  "rotating-named": { ...managed, ...one("elasticache_rotated_users"), ...one("memorydb_rotated_users") },
  "rotating-named-and-tagged": {
    ...managed,
    ...one("elasticache_rotated_users"),
    ...one("memorydb_rotated_users"),
    elasticache_rotate_tagged_users_only: "true",
    memorydb_rotate_tagged_users_only: "true",
  },
  "rotating-none": { ...managed, elasticache_rotated_users: "[]", memorydb_rotated_users: "[]" },
};

const calls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  named: { ...named, ...managed, ...userRoles },
  ...Object.fromEntries(
    ["false", "true"].flatMap((restrict) => {
      const restrict_to_account = restrict;
      const suffix = restrict === "true" ? "-restricted" : "";
      return [
        [`null${suffix}`, { ...everyNarrowing("null"), restrict_to_account }],
        [`empty${suffix}`, { ...everyNarrowing("[]"), restrict_to_account, ...managed }],
        [
          `first-empty${suffix}`,
          { ...Object.fromEntries(SHARED_BY_TWO.map(([first]) => [first, "[]"])), restrict_to_account },
        ],
        [
          `second-empty${suffix}`,
          { ...Object.fromEntries(SHARED_BY_TWO.map(([, second]) => [second, "[]"])), restrict_to_account },
        ],
        [`unknown${suffix}`, { ...everyNarrowing("terraform_data.pending.output"), restrict_to_account }],
        [
          `rds-without-rdsproxy${suffix}`,
          { ...one("rds_database_users"), restrict_to_account },
        ],
      ];
    }),
  ),
  secrets: {
    ...managed,
    secret_key_prefixes: '["teleport/", "team/db", "single"]',
    kms_key_ids: JSON.stringify([
      KEY,
      "mrk-0123456789abcdef0123456789abcdef",
      `arn:aws:kms:eu-west-1:999999999999:key/${KEY}`,
    ]),
  },
  "secrets-by-type": { ...managed, restrict_secrets_to_type: "true" },
  "no-rds-connect": { rds_connect: "false" },
  "no-describe-users": { elasticache_serverless_describe_users: "false" },
  discovering: { services: '["database", "discovery"]', discover_all_regions: "true" },
  "discovering-restricted": {
    services: '["database", "discovery"]',
    discover_all_regions: "true",
    restrict_to_account: "true",
  },
  ...rotating,
  ...Object.fromEntries(
    PARTITIONS.map((partition) => [
      `restricted-${partition}`,
      {
        ...managed,
        kms_key_ids: JSON.stringify([KEY]),
        restrict_to_account: "true",
        aws_partition: JSON.stringify(partition),
        ...userRoles,
      },
    ]),
  ),
};

describeWithTerraform()("narrowings of the planned policies", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        'resource "terraform_data" "pending" {\n  input = []\n}\n',
        ...Object.entries(calls).map(([name, values]) =>
          moduleCall(name, all, {
            aws_account_id: `"${ACCOUNT}"`,
            // The document is there either way, whatever its size.
            create_policy: String(name.startsWith("unknown")),
            ...values,
          }),
        ),
        ...Object.keys(calls).map(
          (name) =>
            `output "${name}" {\n  value = { policy = module.${name}.policy_json, boundary = module.${name}.permissions_boundary_json }\n}\n`,
        ),
      ].join("\n"),
    });
    plan = root.init().plan();
  });

  test("every narrowing of the modules has a case here", () => {
    expect(Object.keys(named).sort()).toEqual(narrowings.map(({ variable }) => variable).sort());
  });

  describe.each(narrowingCases.map((narrowed) => [narrowed.variable, narrowed.actions.join(), narrowed] as const))(
    "%s: %s",
    (_variable, _actions, narrowed) => {
      test("allows what it names", async () => {
        for (const action of narrowed.actions) {
          expect(await allows(grantOf(narrowed), action, narrowed.arns)).toBe(true);
        }
      });

      test("denies any other region, account, partition and name", async () => {
        const others = {
          "us-east-1": "us-east-2",
          [ACCOUNT]: "210987654321",
          "arn:aws:": "arn:aws-us-gov:",
          ...narrowed.others,
        };
        for (const [text, other] of Object.entries(others)) {
          const arns = narrowed.arns.map((arn) => arn.replaceAll(text, other));
          expect(arns).not.toEqual(narrowed.arns);
          for (const action of narrowed.actions) {
            expect([text, await allows(grantOf(narrowed), action, arns)]).toEqual([text, false]);
          }
        }
      });

      test("needs every ARN that it names", async () => {
        for (const action of narrowed.actions) {
          for (const arn of narrowed.arns) {
            const without = withoutResource(grantOf(narrowed), arn);
            expect(without).not.toEqual(grantOf(narrowed));
            expect(await allows(without, action, narrowed.arns)).toBe(false);
          }
        }
      });
    },
  );

  describe.each(["", "-restricted"])("what a list means%s", (suffix) => {
    test("null is what the page has, or all of the account", () => {
      const page = databaseTypes.flatMap(({ name }) => filledPolicy(name).Statement);
      const { Statement } = policyOf(`null${suffix}`);
      expect(Statement.map(({ Sid }) => Sid)).toEqual(page.map(({ Sid }) => Sid));
      if (suffix === "") expect(Statement.map(withLists)).toEqual(page.map(withLists));
      else expect(Statement.flatMap(({ Resource }) => Resource)).not.toContain("*");
    });

    test("an empty list is nothing: its statements are gone, and no others", () => {
      expect(sidsOf(`empty${suffix}`)).toEqual([
        ...WITHOUT_NARROWING,
        "ElastiCacheManagePasswords",
        "ElastiCacheManageUsers",
        "MemoryDBManagePasswords",
        "MemoryDBManageUsers",
      ].sort());
    });

    test.each(["first", "second"])(
      "of two lists that share a statement, the %s one empty and the other null is nothing",
      (which) => {
        const gone: readonly string[] = SHARED_BY_TWO.flatMap(([, , sids]) => sids);
        expect(sidsOf(`${which}-empty${suffix}`)).toEqual(
          sidsOf(`null${suffix}`).filter((sid) => !gone.includes(sid)),
        );
      },
    );

    test("a list that is not known yet plans, and shows no policy that might not come", () => {
      const [[, policy] = []] = plannedResources(
        plan,
        `unknown${suffix}`,
        "aws_iam_policy.database_access",
      );
      expect(policy).toMatchObject({ name: "DatabaseAccess" });
      expect(policy).not.toHaveProperty("policy");
    });
  });

  test("one statement opens what another narrows under restrict_to_account an RDS proxy's statement opens no instance", async () => {
      const user = (resource: string, name: string): string[] => [
        `arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:${resource}/${name}`,
      ];
      const connects = (call: string, arns: string[]): Promise<boolean> =>
        allows(policyOf(call), "rds-db:connect", arns);
      for (const other of [user("db-ABCDEFGHIJKL01234", "bob"), user("cluster-ABC", "alice")]) {
        expect(await connects("rds-without-rdsproxy-restricted", other)).toBe(false);
        expect(await connects("rds-without-rdsproxy", other)).toBe(true);
      }
      for (const named of [user("db-ABCDEFGHIJKL01234", "alice"), user("prx-0123456789abcdef0", "bob")]) {
        expect(await connects("rds-without-rdsproxy-restricted", named)).toBe(true);
      }
    });

  describe.each([
    ["elasticache", "ElastiCache", "elasticache:ModifyUser", (user: string) => `arn:aws:elasticache:us-east-1:${ACCOUNT}:user:${user}`],
    ["memorydb", "MemoryDB", "memorydb:UpdateUser", (user: string) => `arn:aws:memorydb:us-east-1:${ACCOUNT}:user/${user}`],
  ] as const)("passwords of %s", (type, sidPrefix, setPassword, arnOf) => {
    const sets = (call: string, user: string, tag?: string): Promise<boolean> =>
      allows(policyOf(call), setPassword, [arnOf(user)], {
        ...(tag === undefined ? {} : { "aws:ResourceTag/teleport.dev/managed": tag }),
      });

    test("by default the statement is the page's", () => {
      const [page] = filledPolicy(`${type}-managed-users`).Statement;
      expect(withLists(statement(policyOf("rotating"), `${sidPrefix}ManageUsers`))).toEqual(
        meaning({ Version: "", Statement: page === undefined ? [] : [page] })[0],
      );
      expect(sidsOf("rotating")).not.toContain(`${sidPrefix}RotatePasswords`);
    });

    test("of tagged users only", async () => {
      expect(await sets("rotating", "rotated")).toBe(true);
      expect(await sets("rotating-tagged", "rotated", "true")).toBe(true);
      expect(await sets("rotating-tagged", "rotated", "false")).toBe(false);
      expect(await sets("rotating-tagged", "rotated")).toBe(false);
    });

    test("of named users only", async () => {
      expect(await sets("rotating-named", "rotated")).toBe(true);
      expect(await sets("rotating-named", "other", "true")).toBe(false);
      expect(await sets("rotating-named-and-tagged", "rotated", "true")).toBe(true);
      expect(await sets("rotating-named-and-tagged", "rotated")).toBe(false);
      expect(await sets("rotating-named-and-tagged", "other", "true")).toBe(false);
      expect(await sets("rotating-none", "rotated", "true")).toBe(false);
    });

    test.each(Object.keys(rotating))("%s: Teleport still finds all users", async (call) => {
      expect(await allows(policyOf(call), `${type}:DescribeUsers`, [arnOf("other")])).toBe(true);
    });
  });

  describe("users that connect", () => {
    test.each([
      ["elasticache", `arn:aws:elasticache:us-east-1:${ACCOUNT}:user:`, ["alice", "carol"]],
      ["memorydb", `arn:aws:memorydb:us-east-1:${ACCOUNT}:user/`, ["alice"]],
    ])("%s: only those that are named may be looked up", async (type, arn, users) => {
      // Without managed users, whose statement is about all of them.
      const Statement = policyOf("named").Statement.filter(
        ({ Sid = "" }) => !Sid.endsWith("ManageUsers"),
      );
      const looksUp = (user: string): Promise<boolean> =>
        allows({ Version: "2012-10-17", Statement }, `${type}:DescribeUsers`, [`${arn}${user}`]);
      for (const user of users) expect(await looksUp(user)).toBe(true);
      expect(await looksUp("mallory")).toBe(false);
    });

    test("of serverless caches need not be looked up", () => {
      expect(sidsOf("null").filter((sid) => !sidsOf("no-describe-users").includes(sid))).toEqual([
        "ElastiCacheServerlessDescribeUsers",
      ]);
    });

    test("of RDS with Kerberos need no token", () => {
      expect(sidsOf("null").filter((sid) => !sidsOf("no-rds-connect").includes(sid))).toEqual([
        "RDSConnect",
      ]);
    });
  });

  describe("managed users", () => {
    test.each(["ElastiCacheManagePasswords", "MemoryDBManagePasswords"])("%s: prefixes", (sid) => {
      expect(statement(policyOf("secrets"), sid).Resource).toEqual([
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:teleport/*`,
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:team/db/*`,
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:single/*`,
      ]);
    });

    test.each([
      ["ElastiCacheManagePasswords", "elasticache", "memorydb"],
      ["MemoryDBManagePasswords", "memorydb", "elasticache"],
    ])("%s: secrets of its own type only", async (sid, own, other) => {
      const policy = {
        Version: "2012-10-17",
        Statement: [statement(policyOf("secrets-by-type"), sid)],
      };
      const reads = (type: string): Promise<boolean> =>
        allows(policy, "secretsmanager:GetSecretValue", [
          `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:teleport/${type}/us-east-1/alice-AbCdEf`,
        ]);
      expect(await reads(own)).toBe(true);
      expect(await reads(other)).toBe(false);
    });

    test.each(["ElastiCacheUseKMSKeys", "MemoryDBUseKMSKeys"])("%s: keys", (sid) => {
      expect(statement(policyOf("secrets"), sid).Resource).toEqual([
        `arn:aws:kms:*:${ACCOUNT}:key/${KEY}`,
        `arn:aws:kms:*:${ACCOUNT}:key/mrk-0123456789abcdef0123456789abcdef`,
        `arn:aws:kms:eu-west-1:999999999999:key/${KEY}`,
      ]);
    });

    test.each([
      ["teleport/elasticache/user-AbCdEf", true],
      ["team/db/user-AbCdEf", true],
      ["team/dbs/user-AbCdEf", false],
      ["teleportation/user-AbCdEf", false],
      ["singles/user-AbCdEf", false],
    ])("secret %s: %s", async (secret, expected) => {
      const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${secret}`;
      expect(await allows(policyOf("secrets"), "secretsmanager:GetSecretValue", [arn])).toBe(
        expected,
      );
    });
  });

  describe.each(PARTITIONS)("restrict_to_account in %s", (partition) => {
    const call = `restricted-${partition}`;
    const statements = (): readonly PolicyStatement[] => [
      ...policyOf(call).Statement,
      ...inlinePolicy(call, "redshift").Statement,
      ...inlinePolicy(call, "redshift-serverless").Statement,
    ];

    test('leaves no "*", and no ARN of another partition or account', () => {
      // 32 statements of policies and 2 of database-user roles.
      expect(statements()).toHaveLength(34);
      for (const { Resource } of statements()) {
        for (const arn of [Resource].flat()) {
          expect(arn).toMatch(new RegExp(`^arn:${partition}:[a-z-]+:(\\*)?:${ACCOUNT}:.`));
        }
      }
    });
  });

  test.each(Object.keys(calls).filter((call) => !call.startsWith("unknown")))(
    "the boundary of %s allows all that the policy grants, and assuming roles",
    (call) => {
      const boundary = boundaryOf(call);
      for (const { Sid, Action, Resource } of policyOf(call).Statement) {
        for (const action of [Action].flat()) {
          for (const resource of [Resource ?? []].flat()) {
            expect([Sid, action, resource, covers(boundary, action, resource)]).toEqual([
              Sid,
              action,
              resource,
              true,
            ]);
          }
        }
      }
      expect(statement(boundary, "AssumeAnyRole").Resource).toEqual(["*"]);
    },
  );

  interface Outputs {
    readonly policy: string;
    readonly boundary: string;
  }

  function outputs(call: string): Outputs {
    return plan.planned_values.outputs?.[call]?.value as Outputs;
  }

  function policyOf(call: string): Policy {
    return JSON.parse(outputs(call).policy) as Policy;
  }

  function boundaryOf(call: string): Policy {
    return JSON.parse(outputs(call).boundary) as Policy;
  }

  function sidsOf(call: string): string[] {
    return policyOf(call)
      .Statement.map(({ Sid = "" }) => Sid)
      .sort();
  }

  function inlinePolicies(call: string): Record<string, Policy> {
    return Object.fromEntries(
      plannedResources(plan, call, "aws_iam_role_policy.user").map(([key, { policy }]) => [
        String(key),
        JSON.parse(policy as string) as Policy,
      ]),
    );
  }

  function inlinePolicy(call: string, type: string): Policy {
    const found = inlinePolicies(call)[`${type}/${type}-user`];
    if (found === undefined) throw new Error(`${call} plans no inline policy for ${type}`);
    return found;
  }

  function grantOf({ carriedBy }: NarrowingCase): Policy {
    // What the whole call allows is allowed: the statements of all types are in it.
    return carriedBy === undefined ? policyOf("named") : inlinePolicy("named", carriedBy);
  }
});

/** True if a statement of `policy` has the action on everything that `resource` can stand for. */
function covers(policy: Policy, action: string, resource: string): boolean {
  return policy.Statement.some(({ Action, Resource }) => {
    const patterns = [Resource ?? []]
      .flat()
      .map((arn) => arn.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
    return (
      [Action].flat().includes(action) &&
      patterns.some((pattern) => new RegExp(`^${pattern}$`).test(resource))
    );
  });
}

function statement(policy: Policy, sid: string): PolicyStatement {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid}`);
  return found;
}

function withoutResource(policy: Policy, arn: string): Policy {
  return {
    Version: policy.Version,
    Statement: policy.Statement.map((entry) => ({
      ...entry,
      Resource: [entry.Resource ?? []].flat().map((one) => (one === arn ? `${arn}-other` : one)),
    })),
  };
}

/** True if the service's role may do `action` on all of `arns` at once. */
function allows(
  policy: Policy,
  action: string,
  arns: readonly string[],
  context: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const caller = { arn: `arn:aws:iam::${ACCOUNT}:role/teleport-db-service-role`, policies: [policy] };
  const requests: Request[] = arns.map((resource) => ({ caller, action, resource, context }));
  return requests.length === 1 && requests[0] !== undefined
    ? isAllowed(requests[0])
    : areAllowed(requests);
}

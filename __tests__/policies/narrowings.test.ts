/**
 * Least privilege: what the documents of a module allow and deny, by the IAM simulator. Terraform makes
 * the same documents: two-readers.test.ts.
 */
import { databaseTypes } from "../../lib/catalog";
import type { Inputs } from "../../lib/inputs/assignments";
import { defineModule } from "../../lib/inputs/module-definition";
import { documents } from "../../lib/policies/documents";
import type { Json } from "../../lib/text/json";
import { areAllowed } from "../support/iam-simulator";
import { narrowingCases } from "../support/narrowing-cases";
import {
  ACCOUNT,
  filledPolicy,
  meaning,
  type Policy,
  type PolicyStatement,
  withLists,
} from "../support/reference-page";

const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];
const KEY = "01234567-89ab-cdef-0123-456789abcdef";
const MULTI_REGION_KEY = "mrk-0123456789abcdef0123456789abcdef";
const managed = { elasticache_managed_users: true, memorydb_managed_users: true };

const narrowings = defineModule(databaseTypes).variables.flatMap(({ name, type }) =>
  type.kind === "objects" ? [name] : [],
);
const everyNarrowing = (value: Json): Inputs =>
  Object.fromEntries(narrowings.map((name) => [name, value]));
const named: Inputs = Object.fromEntries(
  narrowingCases.map(({ variable, value }) => [variable, [value]]),
);
const one = (...variables: readonly string[]): Inputs =>
  Object.fromEntries(variables.map((variable) => [variable, named[variable] ?? null]));

/** The documents of the module of all types. */
const documentsOf = (inputs: Inputs): ReturnType<typeof documents> =>
  documents(databaseTypes, { aws_account_id: ACCOUNT, ...inputs });
const policyOf = (inputs: Inputs): Policy => documentsOf(inputs).policy;
const sidsOf = (inputs: Inputs): string[] => policyOf(inputs).Statement.map(({ Sid = "" }) => Sid);

/** True if the service's role may do `action` on all of `arns` at once. */
function allows(
  policy: Policy,
  action: string,
  arns: readonly string[],
  context: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const caller = { arn: `arn:aws:iam::${ACCOUNT}:role/teleport`, policies: [policy] };
  return areAllowed(arns.map((resource) => ({ caller, action, resource, context })));
}

test("every narrowing of the modules has a case", () => {
  expect(Object.keys(named).sort()).toEqual([...narrowings].sort());
});

describe.each(narrowingCases)("$variable: $actions", (narrowed) => {
  const { actions, arns, others, carriedBy } = narrowed;
  // What the whole policy allows is allowed: the statements of all types are in it.
  const { policy, userRolePolicies } = documentsOf({ ...named, ...managed });
  const grant = (carriedBy === undefined ? policy : userRolePolicies[carriedBy]) as Policy;

  test("allows what it names", async () => {
    for (const action of actions) expect(await allows(grant, action, arns)).toBe(true);
  });

  test.each(
    Object.entries({
      "us-east-1": "us-east-2",
      [ACCOUNT]: "210987654321",
      "arn:aws:": "arn:aws-us-gov:",
      ...others,
    }),
  )("denies, in place of %s, %s", async (text, other) => {
    const changed = arns.map((arn) => arn.replaceAll(text, other));
    expect(changed).not.toEqual(arns);
    for (const action of actions) expect(await allows(grant, action, changed)).toBe(false);
  });

  test.each(arns)("needs %s", async (arn) => {
    const without = JSON.parse(
      JSON.stringify(grant).replaceAll(`"${arn}"`, `"${arn}-x"`),
    ) as Policy;
    expect(without).not.toEqual(grant);
    for (const action of actions) expect(await allows(without, action, arns)).toBe(false);
  });
});

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
  "ElastiCacheManageUsers",
  "ElastiCacheManagePasswords",
  "KeyspacesConnectAsIAMRole",
  "MemoryDBManageUsers",
  "MemoryDBManagePasswords",
  "OpenSearchConnectAsIAMRole",
  "RedshiftConnectAsIAMRole",
  "RedshiftServerlessConnectAsIAMRole",
];

describe.each([false, true])("a list, with restrict_to_account = %s", (restrict_to_account) => {
  // null is what the page has: page.test.ts.
  test("null names the account if it is restricted", () => {
    const { Statement } = policyOf({ ...everyNarrowing(null), restrict_to_account });
    const isOpen = Statement.some(({ Resource }) => [Resource].flat().includes("*"));
    expect(isOpen).toBe(!restrict_to_account);
  });

  test("that is empty allows nothing: its statements are gone, and no others", () => {
    const empty = { ...everyNarrowing([]), ...managed, restrict_to_account };
    expect(sidsOf(empty)).toEqual(WITHOUT_NARROWING);
  });

  test.each([0, 1])("that is empty removes a statement that another list is for, too", (which) => {
    const empty: Inputs = Object.fromEntries(
      SHARED_BY_TWO.map((lists) => [lists[which === 0 ? 0 : 1], []]),
    );
    const gone: readonly string[] = SHARED_BY_TWO.flatMap(([, , sids]) => sids);
    expect(sidsOf({ ...empty, restrict_to_account })).toEqual(
      sidsOf({ restrict_to_account }).filter((sid) => !gone.includes(sid)),
    );
  });
});

test("under restrict_to_account, the statement of an RDS proxy opens no instance", async () => {
  const user = (resource: string, name: string): string[] => [
    `arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:${resource}/${name}`,
  ];
  const connects = (restrict_to_account: boolean, arns: readonly string[]): Promise<boolean> =>
    allows(policyOf({ ...one("rds_database_users"), restrict_to_account }), "rds-db:connect", arns);
  for (const other of [user("db-ABCDEFGHIJKL01234", "bob"), user("cluster-ABC", "alice")]) {
    expect(await connects(true, other)).toBe(false);
    expect(await connects(false, other)).toBe(true);
  }
  expect(await connects(true, user("db-ABCDEFGHIJKL01234", "alice"))).toBe(true);
  expect(await connects(true, user("prx-0123456789abcdef0", "bob"))).toBe(true);
});

const tagged = {
  elasticache_rotate_tagged_users_only: true,
  memorydb_rotate_tagged_users_only: true,
};
const rotated = one("elasticache_rotated_users", "memorydb_rotated_users");
const rotatesNobody = { elasticache_rotated_users: [], memorydb_rotated_users: [] };

describe.each([
  ["elasticache", "ElastiCache", "elasticache:ModifyUser", "elasticache", "user:"],
  ["memorydb", "MemoryDB", "memorydb:UpdateUser", "memorydb", "user/"],
])("passwords of %s", (type, sids, setPassword, service, resource) => {
  const arn = `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;

  test("by default the statement is the page's", () => {
    const [page] = meaning(filledPolicy(`${type}-managed-users`));
    const { Statement } = policyOf(managed);
    expect(Statement.map(withLists)).toContainEqual(page);
    expect(sidsOf(managed)).not.toContain(`${sids}RotatePasswords`);
  });

  test.each<[string, boolean, Inputs, string, string | undefined]>([
    ["any user", true, {}, "rotated", undefined],
    ["a user with the tag", true, tagged, "rotated", "true"],
    ["a user with another tag", false, tagged, "rotated", "false"],
    ["a user without the tag", false, tagged, "rotated", undefined],
    ["a named user", true, rotated, "rotated", undefined],
    ["a user that is not named", false, rotated, "other", "true"],
    ["a named user with the tag", true, { ...rotated, ...tagged }, "rotated", "true"],
    ["a named user without the tag", false, { ...rotated, ...tagged }, "rotated", undefined],
    ["a user with the tag, not named", false, { ...rotated, ...tagged }, "other", "true"],
    ["a user with the tag, if none is named", false, rotatesNobody, "rotated", "true"],
  ])("of %s may be set: %s", async (_, isAllowed, inputs, user, tag) => {
    const policy = policyOf({ ...managed, ...inputs });
    const tags = tag === undefined ? [] : [["aws:ResourceTag/teleport.dev/managed", tag]];
    const context = Object.fromEntries(tags) as Record<string, string>;
    expect(await allows(policy, setPassword, [arn + user], context)).toBe(isAllowed);
    // Teleport finds all users, whoever's passwords it sets.
    expect(await allows(policy, `${type}:DescribeUsers`, [`${arn}other`])).toBe(true);
  });

  test("of the users that connect, only those that are named may be looked up", async () => {
    // Without managed users, whose statement is about all of them.
    const policy = policyOf(named);
    const looksUp = (user: string): Promise<boolean> =>
      allows(policy, `${type}:DescribeUsers`, [arn + user]);
    for (const user of type === "memorydb" ? ["alice"] : ["alice", "carol"]) {
      expect(await looksUp(user)).toBe(true);
    }
    expect(await looksUp("mallory")).toBe(false);
  });

  test.each([
    [type, true],
    [type === "memorydb" ? "elasticache" : "memorydb", false],
  ])("secrets of %s may be read under restrict_secrets_to_type: %s", async (of, isAllowed) => {
    const { Statement, Version } = policyOf({ ...managed, restrict_secrets_to_type: true });
    const own = Statement.filter(({ Sid = "" }) => Sid === `${sids}ManagePasswords`);
    const secret = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:teleport/${of}/us-east-1/alice-AbCdEf`;
    const policy = { Version, Statement: own };
    expect(await allows(policy, "secretsmanager:GetSecretValue", [secret])).toBe(isAllowed);
  });

  test("the keys of secrets are those that are named", () => {
    const foreign = `arn:aws:kms:eu-west-1:999999999999:key/${KEY}`;
    const policy = policyOf({ ...managed, kms_key_ids: [KEY, MULTI_REGION_KEY, foreign] });
    expect(policy.Statement.find(({ Sid }) => Sid === `${sids}UseKMSKeys`)?.Resource).toEqual([
      `arn:aws:kms:*:${ACCOUNT}:key/${KEY}`,
      `arn:aws:kms:*:${ACCOUNT}:key/${MULTI_REGION_KEY}`,
      foreign,
    ]);
  });
});

test.each([
  ["teleport/elasticache/user-AbCdEf", true],
  ["team/db/user-AbCdEf", true],
  ["single/user-AbCdEf", true],
  ["team/dbs/user-AbCdEf", false],
  ["teleportation/user-AbCdEf", false],
  ["singles/user-AbCdEf", false],
])("secret %s with three prefixes: %s", async (secret, isAllowed) => {
  const policy = policyOf({
    ...managed,
    secret_key_prefixes: ["teleport/", "team/db", "single"],
  });
  const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${secret}`;
  expect(await allows(policy, "secretsmanager:GetSecretValue", [arn])).toBe(isAllowed);
});

test.each([
  ["elasticache_serverless_describe_users", "ElastiCacheServerlessDescribeUsers"],
  ["rds_connect", "RDSConnect"],
])("%s = false removes %s alone", (variable, sid) => {
  const left = sidsOf({ [variable]: false });
  expect(sidsOf({}).filter((each) => !left.includes(each))).toEqual([sid]);
});

test.each(PARTITIONS)("restrict_to_account in %s names the account in each ARN", (partition) => {
  const { policy, userRolePolicies } = documentsOf({
    ...managed,
    kms_key_ids: [KEY],
    restrict_to_account: true,
    aws_partition: partition,
  });
  const statements = [policy, ...Object.values(userRolePolicies)].flatMap(
    ({ Statement }) => Statement as unknown as PolicyStatement[],
  );
  // 32 statements of the policy and 2 of database-user roles.
  expect(statements).toHaveLength(34);
  for (const arn of statements.flatMap(({ Resource = [] }) => Resource)) {
    expect(arn).toMatch(new RegExp(`^arn:${partition}:[a-z-]+:(\\*)?:${ACCOUNT}:.`));
  }
});

describe("the boundary allows all that the policy grants, and assuming roles", () => {
  const discovering = { services: ["database", "discovery"], discover_all_regions: true };
  const prefixes = { secret_key_prefixes: ["teleport/", "single"], kms_key_ids: [KEY] };
  test.each<[string, Inputs]>([
    ["by default", {}],
    ["with all names", { ...named, ...managed }],
    ["without a name", { ...everyNarrowing([]), ...managed }],
    ["with secrets", { ...managed, ...prefixes }],
    ["with secrets of a type", { ...managed, restrict_secrets_to_type: true }],
    ["with tagged users", { ...managed, ...tagged }],
    ["with named users", { ...managed, ...rotated }],
    ["with discovery", discovering],
    ["with discovery in the account", { ...discovering, restrict_to_account: true }],
    ...PARTITIONS.map((aws_partition): [string, Inputs] => [
      `in ${aws_partition}`,
      { ...managed, ...prefixes, restrict_to_account: true, aws_partition },
    ]),
  ])("%s", (_, inputs) => {
    const { permissionsBoundary } = documentsOf(inputs);
    const boundary = meaning(JSON.stringify(permissionsBoundary));
    for (const { Action, Resource = [] } of policyOf(inputs).Statement) {
      for (const action of [Action].flat()) {
        for (const resource of [Resource].flat()) {
          expect(boundary.filter((statement) => covers(statement, action, resource))).not.toEqual(
            [],
          );
        }
      }
    }
    expect(boundary.find(({ Sid }) => Sid === "AssumeAnyRole")?.Resource).toEqual(["*"]);
  });
});

/** True if a statement has the action on everything that a pattern of resources can match. */
function covers({ Action, Resource = [] }: PolicyStatement, action: string, resource: string) {
  const patterns = [Resource]
    .flat()
    .map((arn) => arn.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
  return (
    [Action].flat().includes(action) &&
    patterns.some((pattern) => new RegExp(`^${pattern}$`).test(resource))
  );
}

/**
 * Actions that Teleport's own commands allow, from its list (lib/configurators/aws) and its discovery page,
 * against what print-iam prints: the page about the differences has them all, and no other.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { type PrintIamOptions, printIam } from "../../lib/answers/print-iam";
import { ACCOUNT } from "../support/reference-page";
import { PROJECT } from "../support/terraform";

const SECRETS = [
  "secretsmanager:CreateSecret",
  "secretsmanager:DeleteSecret",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:TagResource",
  "secretsmanager:UpdateSecret",
];

interface Lists {
  /** Actions that find databases: `discovery bootstrap`. */
  readonly discovery: readonly string[];
  /** Actions that check and complete databases. */
  readonly metadata: readonly string[];
  /**
   * Actions that connect to databases, including managed users; with the first two: `print-iam`.
   */
  readonly connecting: readonly string[];
}

/** Teleport's actions on `*`, and on secrets, by type. Roles to assume are options of the command. */
const TELEPORT: Readonly<Record<string, Lists>> = {
  docdb: {
    discovery: ["rds:DescribeDBClusters"],
    metadata: ["rds:DescribeDBClusters"],
    connecting: [],
  },
  dynamodb: { discovery: [], metadata: [], connecting: [] },
  elasticache: {
    discovery: [
      "elasticache:DescribeCacheClusters",
      "elasticache:DescribeCacheSubnetGroups",
      "elasticache:DescribeReplicationGroups",
      "elasticache:ListTagsForResource",
    ],
    metadata: ["elasticache:DescribeReplicationGroups"],
    connecting: [
      "elasticache:Connect",
      "elasticache:DescribeUsers",
      "elasticache:ListTagsForResource",
      "elasticache:ModifyUser",
      ...SECRETS,
    ],
  },
  "elasticache-serverless": {
    discovery: [
      "ec2:DescribeSubnets",
      "elasticache:DescribeServerlessCaches",
      "elasticache:ListTagsForResource",
    ],
    metadata: ["elasticache:DescribeServerlessCaches"],
    connecting: ["elasticache:Connect", "elasticache:DescribeUsers"],
  },
  keyspace: { discovery: [], metadata: [], connecting: [] },
  memorydb: {
    discovery: ["memorydb:DescribeClusters", "memorydb:DescribeSubnetGroups", "memorydb:ListTags"],
    metadata: ["memorydb:DescribeClusters"],
    connecting: [
      "memorydb:Connect",
      "memorydb:DescribeUsers",
      "memorydb:ListTags",
      "memorydb:UpdateUser",
      ...SECRETS,
    ],
  },
  opensearch: {
    discovery: ["es:DescribeDomains", "es:ListDomainNames", "es:ListTags"],
    metadata: ["es:DescribeDomains"],
    connecting: [],
  },
  rds: {
    discovery: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
    metadata: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
    connecting: ["rds-db:connect", "rds:ModifyDBCluster", "rds:ModifyDBInstance"],
  },
  rdsproxy: {
    discovery: ["rds:DescribeDBProxies", "rds:DescribeDBProxyEndpoints", "rds:ListTagsForResource"],
    metadata: ["rds:DescribeDBProxies", "rds:DescribeDBProxyEndpoints"],
    connecting: ["rds-db:connect"],
  },
  redshift: {
    discovery: ["redshift:DescribeClusters"],
    metadata: ["redshift:DescribeClusters"],
    connecting: ["redshift:GetClusterCredentials"],
  },
  "redshift-serverless": {
    discovery: [
      "redshift-serverless:ListEndpointAccess",
      "redshift-serverless:ListTagsForResource",
      "redshift-serverless:ListWorkgroups",
    ],
    metadata: ["redshift-serverless:GetEndpointAccess", "redshift-serverless:GetWorkgroup"],
    connecting: [],
  },
};

const page = fs.readFileSync(path.join(PROJECT, "docs", "teleport-differences.md"), "utf8");

const BOTH = ["database", "discovery"];

/** The permissions of a type's policy, as `action on resource`; of roles, the actions alone. */
function allowed(type: string, names: readonly string[], more: PrintIamOptions): string[] {
  // A type that cannot be discovered has no `services`: only the Database Service uses it.
  const services: PrintIamOptions["values"] =
    TELEPORT[type]?.discovery.length === 0 ? {} : { services: names };
  const { policy } = printIam({
    ...more,
    types: [type],
    accountId: ACCOUNT,
    values: { ...services, ...more.values },
  });
  const pairs = policy.Statement.flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) =>
        [Resource ?? []]
          .flat()
          .map((resource) => (action.startsWith("sts:") ? action : `${action} on ${resource}`)),
      ),
  );
  return [...new Set(pairs)].sort();
}

/** Teleport's actions with what it allows them on. */
function teleport(actions: readonly string[]): string[] {
  const on = (action: string): string =>
    SECRETS.includes(action) ? `arn:aws:secretsmanager:*:${ACCOUNT}:secret:teleport/*` : "*";
  return [...new Set(actions.map((action) => `${action} on ${on(action)}`))].sort();
}

const isOfRoles = (action: string): boolean => action.startsWith("sts:");
const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((one) => !others.includes(one));
const actionOf = (pair: string): string => pair.replace(/ on .*/, "");

describe.each(Object.entries(TELEPORT))("%s", (type, { discovery, metadata, connecting }) => {
  const all = teleport([...discovery, ...metadata, ...connecting]);
  const managedUsers = ["elasticache", "memorydb"].includes(type)
    ? { values: { [`${type}_managed_users`]: true } }
    : {};
  const none = { types: [type] };

  test("the page names what print-iam and the module do not both allow, on the same resources", () => {
    const ours = allowed(type, BOTH, none);
    const cell = (pairs: readonly string[]): string =>
      pairs.length === 0 ? "–" : pairs.map((pair) => `\`${actionOf(pair)}\``).join(", ");
    const row = page.split("\n").find((line) => line.startsWith(`| \`${type}\` `)) ?? "";
    const cells = row.split("|").map((text) => text.trim());
    expect(cells.slice(2, 4)).toEqual([cell(without(all, ours)), cell(without(ours, all))]);
    expect(cells[4] === "").toBe(cells[2] === "–" && cells[3] === "–");
  });

  test("with managed users, print-iam allows what the module does, but for roles", () => {
    const ours = allowed(type, BOTH, { ...none, ...managedUsers });
    expect(ours.filter((pair) => !isOfRoles(pair))).toEqual(all);
  });

  if (discovery.length > 0) {
    test("discovery bootstrap allows what the module does for the Discovery Service", () => {
      expect(allowed(type, ["discovery"], none)).toEqual(teleport(discovery));
    });
  }

  test("discovery bootstrap allows the Database Service what the module does", () => {
    const ours = allowed(type, ["database"], { ...none, ...managedUsers });
    expect(ours.filter((pair) => !isOfRoles(pair))).toEqual(teleport([...metadata, ...connecting]));
  });
});

test("roles that are named are allowed on both sides, for the types that connect as one", () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/reader`;
  for (const type of ["docdb", "keyspace", "opensearch", "redshift", "redshift-serverless"]) {
    const { policy } = printIam({ types: [type], assumesRoles: [role], accountId: ACCOUNT });
    const ofRoles = policy.Statement.filter(({ Action }) =>
      [Action].flat().includes("sts:AssumeRole"),
    );
    expect(ofRoles.map(({ Resource }) => Resource)).toEqual([[role]]);
  }
});

test("DynamoDB's session tags are allowed on the roles where that is asked for", () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/reader`;
  const on = (values: PrintIamOptions["values"]) =>
    printIam({
      types: ["dynamodb"],
      assumesRoles: [role],
      accountId: ACCOUNT,
      values: values ?? {},
    })
      .policy.Statement.filter(({ Action }) => [Action].flat().includes("sts:TagSession"))
      .map(({ Resource }) => Resource);
  expect(on({})).toEqual([["*"]]);
  expect(on({ restrict_to_account: true })).toEqual([[role]]);
  expect(on({ dynamodb_session_tags: false })).toEqual([]);
});

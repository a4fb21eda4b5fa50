/**
 * Actions that Teleport's own commands allow, from its list (lib/configurators/aws) and its discovery page,
 * against what print-iam prints: the page about the differences has them all, and no other.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { type PrintIamOptions, printIam } from "../../lib/answers/print-iam";
import { ACCOUNT } from "../support/reference-page";
import { PROJECT } from "../support/terraform";

/** The actions of services: `service:One,Two`, with spaces between services. */
const actions = (text = ""): readonly string[] =>
  text.split(" ").flatMap((words) => {
    const [service = "", names = ""] = words.split(":");
    return names === "" ? [] : names.split(",").map((name) => `${service}:${name}`);
  });

const SECRETS =
  "secretsmanager:CreateSecret,DeleteSecret,DescribeSecret,GetSecretValue,PutSecretValue,TagResource,UpdateSecret";

/**
 * Teleport's actions on `*`, and on secrets, by type: those that find databases (`discovery bootstrap`),
 * that check and complete them, and that connect to them, including managed users; with the first two:
 * `print-iam`. Roles to assume are options of the command.
 */
const TELEPORT: Readonly<
  Record<string, readonly [discovery?: string, metadata?: string, connecting?: string]>
> = {
  docdb: ["rds:DescribeDBClusters", "rds:DescribeDBClusters"],
  dynamodb: [],
  elasticache: [
    "elasticache:DescribeCacheClusters,DescribeCacheSubnetGroups,DescribeReplicationGroups,ListTagsForResource",
    "elasticache:DescribeReplicationGroups",
    `elasticache:Connect,DescribeUsers,ListTagsForResource,ModifyUser ${SECRETS}`,
  ],
  "elasticache-serverless": [
    "ec2:DescribeSubnets elasticache:DescribeServerlessCaches,ListTagsForResource",
    "elasticache:DescribeServerlessCaches",
    "elasticache:Connect,DescribeUsers",
  ],
  keyspace: [],
  memorydb: [
    "memorydb:DescribeClusters,DescribeSubnetGroups,ListTags",
    "memorydb:DescribeClusters",
    `memorydb:Connect,DescribeUsers,ListTags,UpdateUser ${SECRETS}`,
  ],
  opensearch: ["es:DescribeDomains,ListDomainNames,ListTags", "es:DescribeDomains"],
  rds: [
    "rds:DescribeDBClusters,DescribeDBInstances",
    "rds:DescribeDBClusters,DescribeDBInstances",
    "rds-db:connect rds:ModifyDBCluster,ModifyDBInstance",
  ],
  rdsproxy: [
    "rds:DescribeDBProxies,DescribeDBProxyEndpoints,ListTagsForResource",
    "rds:DescribeDBProxies,DescribeDBProxyEndpoints",
    "rds-db:connect",
  ],
  redshift: [
    "redshift:DescribeClusters",
    "redshift:DescribeClusters",
    "redshift:GetClusterCredentials",
  ],
  "redshift-serverless": [
    "redshift-serverless:ListEndpointAccess,ListTagsForResource,ListWorkgroups",
    "redshift-serverless:GetEndpointAccess,GetWorkgroup",
  ],
};

const page = fs.readFileSync(path.join(PROJECT, "docs", "teleport-differences.md"), "utf8");

const BOTH = ["database", "discovery"];

/** The permissions of a type's policy, as `action on resource`; of roles, the actions alone. */
function allowed(type: string, names: readonly string[], more: PrintIamOptions): string[] {
  // A type that cannot be discovered has no `services`: only the Database Service uses it.
  const services: PrintIamOptions["values"] =
    TELEPORT[type]?.[0] === undefined ? {} : { services: names };
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
function teleport(names: readonly string[]): string[] {
  const on = (action: string): string =>
    action.startsWith("secretsmanager:")
      ? `arn:aws:secretsmanager:*:${ACCOUNT}:secret:teleport/*`
      : "*";
  return [...new Set(names.map((action) => `${action} on ${on(action)}`))].sort();
}

const isOfRoles = (action: string): boolean => action.startsWith("sts:");
const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((one) => !others.includes(one));
const actionOf = (pair: string): string => pair.replace(/ on .*/, "");

describe.each(Object.entries(TELEPORT))("%s", (type, lists) => {
  const [discovery = [], metadata = [], connecting = []] = [0, 1, 2].map((index) =>
    actions(lists[index]),
  );
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

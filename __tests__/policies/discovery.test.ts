/**
 * A configuration with every type in its matchers: the policies that compose --from gives are
 * sufficient for each call of discovery, and for nothing else. IAM's simulator says what they allow.
 */
import { selectTypes } from "../../lib/catalog/select-types";
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import type { Inputs } from "../../lib/inputs/assignments";
import { documents } from "../../lib/policies/documents";
import { type Caller, isAllowed } from "../support/iam-simulator";
import { ACCOUNT, type Policy } from "../support/reference-page";
import { words } from "../support/words";

const MATCHER =
  '{ types: [rds, rdsproxy, redshift, redshift-serverless, elasticache, elasticache-serverless, memorydb, opensearch, docdb], regions: ["*"], tags: { env: prod } }';

const arn = (rest: string): string => {
  const [service = "", ...resource] = rest.split("/");
  return `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource.join("/")}`;
};

/** Each call of discovery, and what Teleport asks about; `*` where AWS knows no resource. */
const DISCOVERY: readonly (readonly [action: string, resource: string])[] = [
  ["account:ListRegions", `arn:aws:account::${ACCOUNT}:account`],
  ["rds:DescribeDBClusters", arn("rds/cluster:orders")],
  ["rds:DescribeDBInstances", arn("rds/db:orders")],
  ["rds:DescribeDBProxies", arn("rds/db-proxy:prx-0123456789abcdef0")],
  ["rds:DescribeDBProxyEndpoints", arn("rds/db-proxy-endpoint:prx-endpoint-0123456789abcdef0")],
  ["rds:ListTagsForResource", arn("rds/db-proxy:prx-0123456789abcdef0")],
  ["rds:ListTagsForResource", arn("rds/db-proxy-endpoint:prx-endpoint-0123456789abcdef0")],
  ["redshift:DescribeClusters", arn("redshift/cluster:dw")],
  ["redshift-serverless:ListWorkgroups", "*"],
  ["redshift-serverless:ListEndpointAccess", arn("redshift-serverless/managedvpcendpoint/0a1b2c")],
  ["redshift-serverless:ListTagsForResource", arn("redshift-serverless/workgroup/0a1b2c")],
  ["elasticache:DescribeReplicationGroups", arn("elasticache/replicationgroup:carts")],
  ["elasticache:DescribeCacheClusters", arn("elasticache/cluster:carts-001")],
  ["elasticache:DescribeCacheSubnetGroups", arn("elasticache/subnetgroup:private")],
  ["elasticache:ListTagsForResource", arn("elasticache/replicationgroup:carts")],
  ["elasticache:DescribeServerlessCaches", arn("elasticache/serverlesscache:carts")],
  ["elasticache:ListTagsForResource", arn("elasticache/serverlesscache:carts")],
  ["ec2:DescribeSubnets", "*"],
  ["memorydb:DescribeClusters", arn("memorydb/cluster/sessions")],
  ["memorydb:DescribeSubnetGroups", arn("memorydb/subnetgroup/private")],
  ["memorydb:ListTags", arn("memorydb/cluster/sessions")],
  ["es:ListDomainNames", "*"],
  ["es:DescribeDomains", arn("es/domain/logs")],
  ["es:ListTags", arn("es/domain/logs")],
];

/** Calls of the Database Service, when it checks databases and when somebody connects. */
const DATABASE: typeof DISCOVERY = [
  ["rds-db:connect", arn("rds-db/dbuser:db-ABCDEFGHIJKL01234/reader")],
  ["rds:ModifyDBInstance", arn("rds/db:orders")],
  ["rds:ModifyDBCluster", arn("rds/cluster:orders")],
  ["redshift:GetClusterCredentials", arn("redshift/dbuser:dw/reader")],
  ["redshift-serverless:GetWorkgroup", arn("redshift-serverless/workgroup/0a1b2c")],
  ["redshift-serverless:GetEndpointAccess", arn("redshift-serverless/managedvpcendpoint/0a1b2c")],
  ["elasticache:Connect", arn("elasticache/replicationgroup:carts")],
  ["elasticache:DescribeUsers", arn("elasticache/user:reader")],
  ["memorydb:Connect", arn("memorydb/cluster/sessions")],
  ["memorydb:DescribeUsers", arn("memorydb/user/reader")],
];

/** Actions of the same services that Teleport does not need without managed users. */
const NEVER: typeof DISCOVERY = [
  ["account:GetAccountInformation", `arn:aws:account::${ACCOUNT}:account`],
  ["rds:DeleteDBInstance", arn("rds/db:orders")],
  ["rds:AddTagsToResource", arn("rds/db:orders")],
  ["rds:DescribeDBSnapshots", arn("rds/snapshot:orders")],
  ["rds:ModifyDBProxy", arn("rds/db-proxy:prx-0123456789abcdef0")],
  ["redshift:ModifyCluster", arn("redshift/cluster:dw")],
  ["redshift:GetClusterCredentialsWithIAM", arn("redshift/dbname:dw/sales")],
  ["redshift-serverless:GetCredentials", arn("redshift-serverless/workgroup/0a1b2c")],
  ["redshift-serverless:UpdateWorkgroup", arn("redshift-serverless/workgroup/0a1b2c")],
  ["elasticache:ModifyUser", arn("elasticache/user:reader")],
  ["elasticache:DescribeSnapshots", arn("elasticache/snapshot:carts")],
  ["elasticache:AddTagsToResource", arn("elasticache/replicationgroup:carts")],
  ["ec2:DescribeInstances", "*"],
  ["ec2:DescribeVpcs", "*"],
  ["memorydb:UpdateUser", arn("memorydb/user/reader")],
  ["memorydb:TagResource", arn("memorydb/cluster/sessions")],
  ["es:ESHttpGet", arn("es/domain/logs")],
  ["es:UpdateDomainConfig", arn("es/domain/logs")],
  ["secretsmanager:GetSecretValue", arn("secretsmanager/secret:teleport/elasticache/x-AbCdEf")],
  ["iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/teleport`],
  ["dynamodb:GetItem", arn("dynamodb/table/orders")],
];

/** A role with the policies of the modules that a configuration gives, one module after the other. */
function callers(configuration: string | readonly string[], values: Inputs = {}): Caller[] {
  const inputs = [configuration].flat().map((text, index) => ({ file: String(index), text }));
  const modules = readTeleportConfiguration(inputs).modules.filter(({ types }) => types.length > 0);
  return modules.map(({ types, defaults }) => ({
    arn: `arn:aws:iam::${ACCOUNT}:role/teleport`,
    policies: [
      documents(selectTypes(types).types, { aws_account_id: ACCOUNT, ...defaults, ...values })
        .policy as unknown as Policy,
    ],
  }));
}

/** The calls that a caller may not make. */
async function denied(caller: Caller | undefined, calls: typeof DISCOVERY): Promise<string[]> {
  if (caller === undefined) throw new Error("There is no module");
  const results = await Promise.all(
    calls.map(async ([action, resource]) =>
      (await isAllowed({ caller, action, resource })) ? [] : [`${action} on ${resource}`],
    ),
  );
  return results.flat();
}

const named = (calls: typeof DISCOVERY): string[] =>
  calls.map(([action, resource]) => `${action} on ${resource}`);

test("a Database Service that discovers may find, check and connect, and nothing else", async () => {
  const [caller, ...others] = callers(`db_service: { aws: [${MATCHER}] }`);
  expect(others).toEqual([]);
  expect(await denied(caller, [...DISCOVERY, ...DATABASE])).toEqual([]);
  expect(await denied(caller, NEVER)).toEqual(named(NEVER));
});

test("a Discovery Service may find, and nothing else", async () => {
  const [caller, ...others] = callers(`discovery_service: { aws: [${MATCHER}] }`);
  expect(others).toEqual([]);
  expect(await denied(caller, DISCOVERY)).toEqual([]);
  const more = [...DATABASE, ...NEVER];
  expect(await denied(caller, more)).toEqual(named(more));
});

test("an agent that serves what the Discovery Service finds needs none of it but to check", async () => {
  const [caller, discoverer] = callers([
    `discovery_service: { aws: [${MATCHER}] }`,
    'db_service: { resources: [{ labels: { "*": "*" } }] }',
  ]);
  const checks = [
    ...words("rds:DescribeDBClusters rds:DescribeDBInstances rds:DescribeDBProxies"),
    ...words("rds:DescribeDBProxyEndpoints redshift:DescribeClusters"),
    ...words("elasticache:DescribeReplicationGroups elasticache:DescribeServerlessCaches"),
    ...words("memorydb:DescribeClusters es:DescribeDomains"),
  ];
  const onlyFinds = DISCOVERY.filter(([action]) => !checks.includes(action));
  expect(await denied(caller, DISCOVERY)).toEqual(named(onlyFinds));
  expect(await denied(caller, DATABASE)).toEqual([]);
  expect(await denied(discoverer, DISCOVERY)).toEqual([]);
});

test("one process that does both may do both", async () => {
  const [caller, ...others] = callers(
    `discovery_service: { aws: [${MATCHER}] }\ndb_service: { resources: [{ labels: { "*": "*" } }] }`,
  );
  expect(others).toEqual([]);
  expect(await denied(caller, [...DISCOVERY, ...DATABASE])).toEqual([]);
  expect(await denied(caller, NEVER)).toEqual(named(NEVER));
});

test("what is restricted to the account is enough to discover, and to connect", async () => {
  const [caller] = callers(`db_service: { aws: [${MATCHER}] }`, { restrict_to_account: true });
  expect(await denied(caller, [...DISCOVERY, ...DATABASE])).toEqual([]);
});

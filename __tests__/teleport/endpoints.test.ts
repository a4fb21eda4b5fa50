/**
 * Every form of endpoint that AWS's and Teleport's documentation show, and what it names.
 *
 * - https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html
 * - https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html
 * - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 * - https://docs.aws.amazon.com/memorydb/latest/devguide/endpoints.html
 * - https://docs.aws.amazon.com/keyspaces/latest/devguide/programmatic.endpoints.html
 * - https://docs.aws.amazon.com/general/latest/gr/ddb.html
 * - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html
 */
import { readConfiguration } from "../../lib/teleport/read";

const readDatabase = (uri: string, ...lines: readonly string[]) =>
  readConfiguration([
    {
      file: "teleport.yaml",
      text: ["db_service:", "  databases:", `  - uri: ${JSON.stringify(uri)}`]
        .concat(lines.map((line) => `    ${line}`))
        .join("\n"),
    },
  ]);

function named(uri: string): Record<string, string | undefined> {
  const { databases } = readDatabase(uri);
  const [database] = databases;
  const found = Object.entries(database?.found ?? {}).map(
    ([key, { text }]) => [key, text] as const,
  );
  return { type: database?.type?.name, ...Object.fromEntries(found) };
}

/** The type, then each endpoint with its region and what else it names; `-` is nothing. */
const ENDPOINTS = `
rds
  orders.abc123.us-west-1.rds.amazonaws.com:5432 us-west-1 instance_name=orders
  postgres://orders.abc123.eu-west-3.rds.amazonaws.com:5432/x?y=z eu-west-3 instance_name=orders
  orders.abc123.us-gov-west-1.rds.amazonaws.com us-gov-west-1 instance_name=orders
  orders.abc123.rds.cn-north-1.amazonaws.com.cn:3306 cn-north-1 instance_name=orders
  orders.abc123.rds.cn-northwest-1.amazonaws.com.cn cn-northwest-1 instance_name=orders
  ORDERS.abc123.us-west-1.RDS.amazonaws.com. us-west-1 instance_name=orders
  sales.cluster-abc123.us-west-1.rds.amazonaws.com:5432 us-west-1 cluster_name=sales
  sales.cluster-ro-abc123.us-west-1.rds.amazonaws.com us-west-1 cluster_name=sales
  sales.cluster-abc123.rds.cn-north-1.amazonaws.com.cn cn-north-1 cluster_name=sales
  sales.cluster-ro-abc123.rds.cn-north-1.amazonaws.com.cn cn-north-1 cluster_name=sales
  mine.cluster-custom-abc123.us-west-1.rds.amazonaws.com us-west-1
  mine.cluster-custom-abc123.rds.cn-north-1.amazonaws.com.cn cn-north-1
  mine.shardgrp-abc123.us-east-1.rds.amazonaws.com us-east-1
  mine.global-abc123.global.rds.amazonaws.com -
rdsproxy
  web.proxy-abc123.us-west-1.rds.amazonaws.com:5432 us-west-1
  mine.endpoint.proxy-abc123.us-west-1.rds.amazonaws.com:5432 us-west-1
  web.proxy-abc123.rds.cn-north-1.amazonaws.com.cn cn-north-1
  mine.endpoint.proxy-abc123.rds.cn-north-1.amazonaws.com.cn cn-north-1
docdb
  docs.cluster-abc123.us-east-1.docdb.amazonaws.com:27017 us-east-1 cluster_name=docs
  docs.cluster-ro-abc123.us-east-1.docdb.amazonaws.com us-east-1 cluster_name=docs
  docs.cluster-abc123.us-gov-west-1.docdb.amazonaws.com us-gov-west-1 cluster_name=docs
  docs.cluster-abc123.docdb.cn-north-1.amazonaws.com.cn cn-north-1 cluster_name=docs
  instance.abc123.us-east-1.docdb.amazonaws.com us-east-1
  instance.abc123.docdb.cn-north-1.amazonaws.com.cn cn-north-1
redshift
  dw.abc123.us-east-1.redshift.amazonaws.com:5439 us-east-1 cluster_name=dw
  dw.abc123.us-gov-east-1.redshift.amazonaws.com us-gov-east-1 cluster_name=dw
  dw.abc123.redshift.cn-north-1.amazonaws.com.cn cn-north-1 cluster_name=dw
  mine-endpoint-xyz.abc123.us-east-1.redshift.amazonaws.com us-east-1
redshift-serverless
  wg.123456789012.us-east-1.redshift-serverless.amazonaws.com:5439 us-east-1 account=123456789012
  mine-endpoint-xyz.123456789012.us-east-1.redshift-serverless.amazonaws.com us-east-1 account=123456789012
  wg.123456789012.us-gov-west-1.redshift-serverless.amazonaws.com us-gov-west-1 account=123456789012
  wg.123456789012.redshift-serverless.cn-north-1.amazonaws.com.cn cn-north-1 account=123456789012
elasticache
  clustercfg.cache.abc123.use1.cache.amazonaws.com:6379 us-east-1 replication_group=cache
  master.cache.abc123.cac1.cache.amazonaws.com:6379 ca-central-1 replication_group=cache
  replica.cache.abc123.euc1.cache.amazonaws.com:6379 eu-central-1 replication_group=cache
  cache-0002-001.cache.abc123.apse2.cache.amazonaws.com:6379 ap-southeast-2 replication_group=cache
  cache-001.cache.abc123.apne1.cache.amazonaws.com ap-northeast-1 replication_group=cache
  cache.abc123.clustercfg.use1.cache.amazonaws.com:6379 us-east-1 replication_group=cache
  cache.abc123.ng.0001.usw2.cache.amazonaws.com:6379 us-west-2 replication_group=cache
  cache-ro.abc123.ng.0001.usw2.cache.amazonaws.com:6379 us-west-2 replication_group=cache
  cache-001.abc123.0001.use2.cache.amazonaws.com us-east-2 replication_group=cache
  cache-0001-001.abc123.0001.afs1.cache.amazonaws.com af-south-1 replication_group=cache
  rediss://master.cache.abc123.usgw1.cache.amazonaws.com:6379?mode=x us-gov-west-1 replication_group=cache
  replica.cache.abc123.cnn1.cache.amazonaws.com.cn:6379 cn-north-1 replication_group=cache
  replica.cache.abc123.cnnw1.cache.amazonaws.com.cn:6379 cn-northwest-1 replication_group=cache
  master.cache.abc123.xyz9.cache.amazonaws.com - replication_group=cache
elasticache-serverless
  cache-abc123.serverless.use1.cache.amazonaws.com:6379 us-east-1 cache_name=cache
  cache-abc123.public.serverless.use1.cache.amazonaws.com:6379 us-east-1 cache_name=cache
  cache-abc123.serverless.cnn1.cache.amazonaws.com.cn:6379 cn-north-1 cache_name=cache
memorydb
  clustercfg.mem.abc123.memorydb.us-east-1.amazonaws.com:6379 us-east-1 cluster_name=mem
  mem.abc123.clustercfg.memorydb.us-east-1.amazonaws.com us-east-1 cluster_name=mem
  mem-0002-001.mem.abc123.memorydb.us-east-1.amazonaws.com us-east-1 cluster_name=mem
  mem-0002-001.abc123.0002.memorydb.us-east-1.amazonaws.com us-east-1 cluster_name=mem
  rediss://clustercfg.mem.abc123.memorydb.us-gov-west-1.amazonaws.com:6379 us-gov-west-1 cluster_name=mem
  clustercfg.mem.abc123.memorydb.cn-north-1.amazonaws.com.cn:6379 cn-north-1 cluster_name=mem
opensearch
  https://search-logs-abc123.us-east-1.es.amazonaws.com:443 us-east-1 domain_name=logs
  vpc-logs-abc123.us-east-1.es.amazonaws.com us-east-1 domain_name=logs
  search-logs-abc123.us-gov-west-1.es.amazonaws.com us-gov-west-1 domain_name=logs
  vpc-logs-abc123.cn-north-1.es.amazonaws.com.cn cn-north-1 domain_name=logs
  search-logs-abc123.aos.us-east-1.on.aws us-east-1 domain_name=logs
keyspace
  cassandra.us-east-1.amazonaws.com:9142 us-east-1
  cassandra-fips.us-west-2.amazonaws.com:9142 us-west-2
  cassandra.us-gov-east-1.amazonaws.com:9142 us-gov-east-1
  cassandra.cn-north-1.amazonaws.com.cn:9142 cn-north-1
  cassandra.us-east-1.api.aws:9142 us-east-1
  vpce-1a2b-3c4d.cassandra.us-east-1.vpce.amazonaws.com:9142 us-east-1
dynamodb
  aws://dynamodb.us-east-1.amazonaws.com us-east-1
  dynamodb.us-gov-west-1.amazonaws.com:443 us-gov-west-1
  aws://dynamodb.cn-north-1.amazonaws.com.cn cn-north-1
  dynamodb-fips.us-east-1.amazonaws.com us-east-1
  streams.dynamodb.us-east-1.amazonaws.com us-east-1
  dax.us-east-1.amazonaws.com us-east-1
  dax://mine.abc123.dax-clusters.us-east-1.amazonaws.com us-east-1
  dynamodb.us-east-1.api.aws us-east-1
  dynamodb.cn-north-1.api.amazonwebservices.com.cn cn-north-1
  vpce-1a2b-3c4d.dynamodb.us-east-1.vpce.amazonaws.com us-east-1
  123456789012.ddb.us-east-1.amazonaws.com us-east-1 account=123456789012
`;

describe.each(ENDPOINTS.trim().split(/\n(?=\S)/))("%s", (section) => {
  const [type, ...endpoints] = section.split(/\n\s*/);

  test.each(endpoints)("%s", (endpoint) => {
    const [uri = "", region = "-", ...names] = endpoint.split(" ");
    expect(named(uri)).toEqual({
      type,
      ...(region === "-" ? {} : { region }),
      ...Object.fromEntries(names.map((each) => each.split("="))),
    });
  });
});

test("an unknown code of a region is noticed, and no region is set", () => {
  const [warning] = readDatabase("master.cache.abc123.xyz9.cache.amazonaws.com").warnings;
  expect(warning).toMatchObject({ file: "teleport.yaml", line: 3, column: 10 });
  expect(warning?.text).toContain('"xyz9" is an unknown region code');
});

test("a custom endpoint of OpenSearch, by its protocol", () => {
  const { databases } = readDatabase("logs.example.com", "protocol: opensearch");
  expect(databases).toMatchObject([{ type: { name: "opensearch" }, found: {} }]);
});

test.each([
  ["localhost:5432", "not a database of AWS that this program knows"],
  ["cassandra.internal:9042", "not a database of AWS that this program knows"],
  ["orders.abc123.us-east-1.rds.amazonaws.com.example.org", "not a database of AWS"],
  ["graph.cluster-abc123.us-east-1.neptune.amazonaws.com:8182", "Neptune, which Teleport does not"],
  ["abc123.dsql.us-east-1.on.aws", "Aurora DSQL, which Teleport does not"],
  ["abc123.us-east-1.aoss.amazonaws.com", "not a database of AWS"],
  ["abc123.aoss.us-east-1.amazonaws.com", "OpenSearch Serverless, which Teleport does not"],
  ["docs-1234.us-east-1.docdb-elastic.amazonaws.com", "DocumentDB elastic clusters, which"],
  ["mc.abc123.cfg.use1.cache.amazonaws.com:11211", "ElastiCache for Memcached, which"],
])("nothing is granted for %s", (uri, why) => {
  const { databases, passedOver } = readDatabase(uri);
  expect(databases).toEqual([]);
  expect(passedOver.map(({ text }) => text)).toEqual([expect.stringContaining(why)]);
});

describe("the type of a host of one's own", () => {
  test.each([
    ["aws: { region: us-east-1 }", "rds"],
    ["aws: { rds: { cluster_id: sales } }", "rds"],
    ["aws: { rdsproxy: { name: web } }", "rdsproxy"],
    ["aws: { docdb: { cluster_id: docs } }", "docdb"],
    ["aws: { elasticache: { replication_group_id: cache } }", "elasticache"],
    ["aws: { elasticache_serverless: { cache_name: cache } }", "elasticache-serverless"],
    ["aws: { opensearch: { domain_name: logs } }", "opensearch"],
  ])("%s", (aws, type) => {
    const { databases } = readDatabase("db.example.com", aws);
    expect(databases.map((each) => each.type?.name)).toEqual([type]);
  });

  test("settings that Teleport writes without a value say nothing", () => {
    const aws = "aws: { rds: { iam_auth: false }, redshift: {}, memorydb: { cluster_name: '' } }";
    expect(readDatabase("db.example.com", aws).databases).toEqual([]);
  });
});

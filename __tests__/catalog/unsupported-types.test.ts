/** Databases of AWS that Teleport does not support are said so by name. */
import { databaseTypes } from "../../lib/catalog";
import { selectTypes } from "../../lib/catalog/select-types";
import { unsupportedTypes } from "../../lib/catalog/unsupported-types";
import { explain } from "../../lib/answers/explain";

test.each([
  ["dsql", "Aurora DSQL"],
  ["aurora-dsql", "Aurora DSQL"],
  ["opensearch-serverless", "OpenSearch Serverless"],
  ["aoss", "OpenSearch Serverless"],
  ["Neptune", "Neptune"],
  ["memcached", "ElastiCache for Memcached"],
  ["timestream", "Timestream"],
  ["aurora_dsql", "Aurora DSQL"],
  ["OpenSearch Serverless", "OpenSearch Serverless"],
  ["DocumentDB elastic clusters", "DocumentDB elastic clusters"],
])("%s", (given, title) => {
  const message = `Teleport does not support ${title} (${given})`;
  expect(() => selectTypes(["rds", given])).toThrow(message);
  expect(() => explain(given)).toThrow(message);
});

test("no supported type goes by one of these names", () => {
  const names = databaseTypes.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
  const others = unsupportedTypes.flatMap((type) => type.names);
  expect(others.filter((name) => names.includes(name))).toEqual([]);
});

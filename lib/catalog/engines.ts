/** Names of database engines and products, and the types whose databases run them. */
export const typesOfEngine: ReadonlyMap<string, readonly string[]> = new Map([
  ["aurora", ["rds"]],
  ["postgres", ["rds"]],
  ["postgresql", ["rds"]],
  ["mysql", ["rds"]],
  ["mariadb", ["rds"]],
  ["sqlserver", ["rds"]],
  ["redis", ["elasticache", "elasticache-serverless", "memorydb"]],
  ["valkey", ["elasticache", "elasticache-serverless", "memorydb"]],
  ["mongodb", ["docdb"]],
  ["cassandra", ["keyspace"]],
  ["elasticsearch", ["opensearch"]],
]);

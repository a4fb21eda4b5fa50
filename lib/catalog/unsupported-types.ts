interface UnsupportedType {
  /** The name as AWS writes it. */
  readonly title: string;
  /** Names that people ask for it by. */
  readonly names: readonly string[];
  /** Its host names, if no supported type has the same. */
  readonly host?: RegExp;
}

/**
 * Databases of AWS that Teleport's Database Service cannot connect to with IAM.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/
 */
export const unsupportedTypes: readonly UnsupportedType[] = [
  {
    title: "Aurora DSQL",
    names: ["dsql", "aurora-dsql"],
    host: /\.dsql(-fips)?\.[^.]+\.on\.aws$/,
  },
  {
    title: "OpenSearch Serverless",
    names: ["opensearch-serverless", "aoss"],
    host: /\.aoss\.[^.]+\.(amazonaws\.com(\.cn)?|on\.aws)$/,
  },
  {
    title: "Neptune",
    names: ["neptune", "neptune-analytics", "neptune-graph"],
    host: /\.neptune(-graph)?\.([^.]+\.)?amazonaws\.com(\.cn)?$/,
  },
  {
    title: "DocumentDB elastic clusters",
    names: ["docdb-elastic", "documentdb-elastic"],
    host: /\.docdb-elastic\.amazonaws\.com(\.cn)?$/,
  },
  {
    title: "ElastiCache for Memcached",
    names: ["memcached", "elasticache-memcached"],
    host: /\.cfg\.[^.]+\.cache\.amazonaws\.com(\.cn)?$/,
  },
  {
    title: "Timestream",
    names: ["timestream", "timestream-influxdb"],
    host: /\.timestream(-influxdb)?\.[^.]+\.(amazonaws\.com(\.cn)?|on\.aws)$/,
  },
  { title: "QLDB", names: ["qldb"], host: /^session\.qldb\.[^.]+\.amazonaws\.com$/ },
  { title: "Athena", names: ["athena"], host: /^athena(-fips)?\.[^.]+\.amazonaws\.com(\.cn)?$/ },
];

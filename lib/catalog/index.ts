import type { DatabaseType } from "./database-type";
import { docdb } from "./docdb";
import { dynamodb } from "./dynamodb";
import { elasticacheServerless } from "./elasticache-serverless";
import { elasticache } from "./elasticache";
import { keyspace } from "./keyspace";
import { memorydb } from "./memorydb";
import { opensearch } from "./opensearch";
import { rdsproxy } from "./rdsproxy";
import { rds } from "./rds";
import { redshiftServerless } from "./redshift-serverless";
import { redshift } from "./redshift";

/** The registry: every database type, in the order of the reference page. */
export const databaseTypes: readonly DatabaseType[] = [
  docdb,
  dynamodb,
  elasticache,
  elasticacheServerless,
  keyspace,
  memorydb,
  opensearch,
  rds,
  rdsproxy,
  redshift,
  redshiftServerless,
];

import type { PlainDocument, PlainStatement } from "./plain-iam-evaluator";

/** A policy document of the current version. */
export const document = (...Statement: PlainStatement[]): PlainDocument => ({
  Version: "2012-10-17",
  Statement,
});

type Names = string | readonly string[];
type Condition = PlainStatement["Condition"];

export const allow = (Action: Names, Resource: Names, Condition?: Condition): PlainStatement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

export const deny = (Action: Names, Resource: Names, Condition?: Condition): PlainStatement => ({
  ...allow(Action, Resource, Condition),
  Effect: "Deny",
});

/** A policy document in JSON. */
export const policyText = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

/** The trust policy of a role in JSON. */
export const trust = (Principal: unknown, more: object = {}): string =>
  policyText({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });

const SERVICES = [
  ["rds", "db", ["DescribeDBInstances", "DescribeDBClusters", "ModifyDBInstance"]],
  ["redshift", "cluster", ["DescribeClusters", "GetClusterCredentials"]],
  ["elasticache", "replicationgroup", ["DescribeReplicationGroups", "DescribeUsers", "ModifyUser"]],
  ["memorydb", "cluster", ["DescribeClusters", "DescribeUsers", "UpdateUser"]],
  ["dynamodb", "table", ["GetItem", "PutItem", "Query"]],
  ["kms", "key", ["Decrypt", "DescribeKey"]],
  ["secretsmanager", "secret", ["GetSecretValue", "DescribeSecret"]],
  ["lambda", "function", ["InvokeFunction"]],
] as const;

/** Statements of a document as large as IAM takes of a managed policy, 6,144 characters. */
export const largeStatements: readonly PlainStatement[] = SERVICES.flatMap(
  ([service, type, actions], number) =>
    ["eu-west-1", "us-east-1", "sa-east-1"].map((region, index) => ({
      Sid: `${service}${String(index)}`,
      ...allow(
        actions.map((action) => `${service}:${action}`),
        [
          `arn:aws:${service}:${region}:111122223333:${type}:app-*`,
          `arn:aws:${service}:${region}:111122223333:${type}:web-${String(number)}`,
        ],
        index === 2 ? { StringEquals: { "aws:ResourceTag/team": ["data", "app"] } } : undefined,
      ),
    })),
);

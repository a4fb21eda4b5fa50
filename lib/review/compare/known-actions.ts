/**
 * Actions that a request can show if a document names them only by a wildcard: some of the best known
 * of each service. They make a witness readable and decide nothing.
 */
const KNOWN: Readonly<Record<string, string>> = {
  s3: "GetObject PutObject DeleteObject ListBucket GetBucketPolicy PutBucketPolicy CreateBucket DeleteBucket ListAllMyBuckets GetObjectVersion",
  iam: "PassRole CreateUser DeleteUser AttachRolePolicy PutRolePolicy CreateRole DeleteRole GetRole ListRoles UpdateAssumeRolePolicy CreateAccessKey DeleteRolePolicy",
  sts: "AssumeRole AssumeRoleWithWebIdentity AssumeRoleWithSAML TagSession SetSourceIdentity GetCallerIdentity",
  ec2: "DescribeInstances RunInstances TerminateInstances StartInstances StopInstances CreateTags DescribeVpcs DeleteVpc CreateSecurityGroup",
  rds: "DescribeDBInstances ModifyDBInstance DeleteDBInstance CreateDBInstance DescribeDBClusters ModifyDBCluster",
  "rds-db": "connect",
  redshift:
    "DescribeClusters GetClusterCredentials GetClusterCredentialsWithIAM DeleteCluster CreateCluster",
  "redshift-serverless": "GetWorkgroup ListWorkgroups GetCredentials DeleteWorkgroup",
  elasticache: "Connect DescribeReplicationGroups DescribeUsers ModifyUser DeleteReplicationGroup",
  memorydb: "Connect DescribeClusters DescribeUsers UpdateUser DeleteCluster",
  dynamodb: "GetItem PutItem DeleteItem Query Scan UpdateItem DescribeTable DeleteTable",
  kms: "Decrypt Encrypt GenerateDataKey DescribeKey CreateGrant ScheduleKeyDeletion",
  lambda: "InvokeFunction CreateFunction DeleteFunction UpdateFunctionCode ListFunctions",
  logs: "PutLogEvents CreateLogGroup CreateLogStream DescribeLogGroups DeleteLogGroup",
  cloudwatch: "PutMetricData GetMetricData DeleteAlarms",
  sns: "Publish Subscribe CreateTopic DeleteTopic",
  sqs: "SendMessage ReceiveMessage DeleteMessage CreateQueue DeleteQueue",
  secretsmanager: "GetSecretValue DescribeSecret PutSecretValue CreateSecret DeleteSecret",
  ssm: "GetParameter GetParameters PutParameter DeleteParameter StartSession",
  cloudtrail: "LookupEvents StopLogging DeleteTrail",
  organizations: "DescribeOrganization LeaveOrganization ListAccounts",
  "docdb-elastic": "GetCluster ListClusters DeleteCluster",
  es: "ESHttpGet ESHttpPost DescribeDomains DeleteDomain",
};

/** Their full names, `s3:GetObject`, by the same in lower case. */
export const knownActions: ReadonlyMap<string, string> = new Map(
  Object.entries(KNOWN)
    .flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`))
    .map((name) => [name.toLowerCase(), name]),
);

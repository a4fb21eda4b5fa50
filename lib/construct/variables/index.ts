// Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.

import type { IResolvable } from "cdktf";

type Texts = Readonly<Record<string, string>>;

/** The variables of the modules. */
export interface Variables {
  /**
   * ID of the AWS account that holds the databases and the database-user roles.
   */
  readonly awsAccountId: string;
  /**
   * AWS partition of every ARN: aws, aws-cn or aws-us-gov.
   *
   * @default "aws"
   */
  readonly awsPartition?: string;
  /**
   * Whether to create the Database Service's IAM policy. The output policy_json has the document
   * either way.
   *
   * @default true
   */
  readonly createPolicy?: boolean | IResolvable;
  /**
   * Name of the IAM policy. Where there are several, each but the first has its key at the end of
   * the name. A new name replaces the policies, the new ones first. Calls of this module in one
   * account need different names.
   *
   * @default "DatabaseAccess"
   */
  readonly policyName?: string;
  /**
   * Path of the IAM policies. IAM cannot change the path of a policy that keeps its name: set a
   * new policyName along with it.
   *
   * @default "/"
   */
  readonly policyPath?: string;
  /**
   * Description of the IAM policies. IAM cannot change it, so it is that of the day when a policy
   * was created.
   *
   * @default "What the Teleport Database Service may do in AWS."
   */
  readonly policyDescription?: string;
  /**
   * Tags of all resources that the module creates.
   *
   * @default {}
   */
  readonly tags?: Texts | IResolvable;
  /**
   * Names of existing IAM roles to attach the policies to, each under a key of your choice. The
   * module detaches its policies from every role that is not named here: name all of them, and
   * attach policy_arns yourself only where this is empty and the module creates no role.
   *
   * @default {}
   */
  readonly attachToRoles?: Texts | IResolvable;
  /**
   * How many IAM policies to spread the named resources over, where one would exceed IAM's size
   * limit. A resource stays in its policy while the number stays.
   *
   * @default 1
   */
  readonly policyCount?: number;
  /**
   * Which of Teleport's services have the role: ["database"], ["discovery"] for the Discovery
   * Service with a role of its own, or both where the Database Service discovers databases by
   * itself or both services share the role.
   *
   * @default ["database"]
   */
  readonly services?: readonly string[];
  /**
   * Whether to replace every "*" of the policies by the narrowest ARNs of awsAccountId that IAM
   * supports.
   *
   * @default false
   */
  readonly restrictToAccount?: boolean | IResolvable;
  /**
   * Whether to create one policy per database type instead of one for all.
   *
   * @default false
   */
  readonly splitPolicyByType?: boolean | IResolvable;
  /**
   * Whether databases are discovered in all regions (regions: ["*"] in a matcher), so that
   * Teleport must find out which there are.
   *
   * @default false
   */
  readonly discoverAllRegions?: boolean | IResolvable;
  /**
   * Whether the Database Service may look up DocumentDB clusters to validate the endpoints of
   * auto-discovered ones.
   *
   * @default true
   */
  readonly docdbCheckDomainUrl?: boolean | IResolvable;
  /**
   * DocumentDB clusters whose endpoint may be looked up; clusterName is
   * aws_docdb_cluster.….cluster_identifier. "*" in a field is any. left out: all of them; []:
   * none.
   */
  readonly docdbClusters?: readonly { readonly region: string; readonly clusterName: string }[] | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to DocumentDB as. left
   * out: documentdb-user-role, as on the reference page; []: none.
   */
  readonly docdbUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to DocumentDB as.
   *
   * @default []
   */
  readonly docdbUserRoleArns?: readonly string[];
  /**
   * ARNs of managed policies to attach to the created DocumentDB user roles, by the role's name
   * (without path) and a key of your choice: { reader = { tables = "arn:…" } }. What users may do
   * is yours to decide.
   *
   * @default {}
   */
  readonly docdbUserRolePolicyArns?: Readonly<Record<string, Texts>> | IResolvable;
  /**
   * Policy documents (JSON text) to put into the created DocumentDB user roles, by the role's
   * name (without path): { reader = data.aws_iam_policy_document.reader.json }.
   *
   * @default {}
   */
  readonly docdbUserRolePolicies?: Texts | IResolvable;
  /**
   * Whether the Database Service may tag the sessions of DynamoDB user roles. Needed only where
   * aws.session_tags is set in Teleport's database configuration.
   *
   * @default true
   */
  readonly dynamodbSessionTags?: boolean | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to DynamoDB as. left
   * out: dynamodb-user-role, as on the reference page; []: none.
   */
  readonly dynamodbUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to DynamoDB as.
   *
   * @default []
   */
  readonly dynamodbUserRoleArns?: readonly string[];
  /**
   * ARNs of managed policies to attach to the created DynamoDB user roles, by the role's name
   * (without path) and a key of your choice: { reader = { tables = "arn:…" } }. What users may do
   * is yours to decide.
   *
   * @default {}
   */
  readonly dynamodbUserRolePolicyArns?: Readonly<Record<string, Texts>> | IResolvable;
  /**
   * Policy documents (JSON text) to put into the created DynamoDB user roles, by the role's name
   * (without path): { reader = data.aws_iam_policy_document.reader.json }.
   *
   * @default {}
   */
  readonly dynamodbUserRolePolicies?: Texts | IResolvable;
  /**
   * Whether the Database Service may read metadata of ElastiCache replication groups. Without it
   * Teleport connects all the same, but warns, and cannot check the endpoints of databases that
   * the Discovery Service registers.
   *
   * @default true
   */
  readonly elasticacheFetchMetadata?: boolean | IResolvable;
  /**
   * Whether Teleport manages the passwords of ElastiCache users tagged teleport.dev/managed=true
   * (legacy; IAM authentication needs none of it).
   *
   * @default false
   */
  readonly elasticacheManagedUsers?: boolean | IResolvable;
  /**
   * Whether Teleport may set the passwords of those ElastiCache users only that are tagged
   * teleport.dev/managed=true, and not of every user.
   *
   * @default false
   */
  readonly elasticacheRotateTaggedUsersOnly?: boolean | IResolvable;
  /**
   * ElastiCache replication groups whose metadata may be read; replicationGroup is
   * aws_elasticache_replication_group.….replication_group_id. "*" in a field is any. left out:
   * all of them; []: none.
   */
  readonly elasticacheReplicationGroups?: readonly { readonly region: string; readonly replicationGroup: string }[] | IResolvable;
  /**
   * ElastiCache replication groups and the users that may be connected as. IAM asks for both, so
   * each object allows its group and its user; replicationGroup is
   * aws_elasticache_replication_group.….replication_group_id; userName is
   * aws_elasticache_user.….user_id. "*" in a field is any. left out: all of them; []: none.
   */
  readonly elasticacheConnections?: readonly { readonly region: string; readonly replicationGroup: string; readonly userName: string }[] | IResolvable;
  /**
   * ElastiCache users whose passwords Teleport may set; userName is
   * aws_elasticache_user.….user_id. "*" in a field is any. left out: all of them; []: none.
   */
  readonly elasticacheRotatedUsers?: readonly { readonly region: string; readonly userName: string }[] | IResolvable;
  /**
   * Whether the Database Service may read metadata of ElastiCache serverless caches. Without it
   * Teleport connects all the same, but warns, and cannot check the endpoints of databases that
   * the Discovery Service registers.
   *
   * @default true
   */
  readonly elasticacheServerlessFetchMetadata?: boolean | IResolvable;
  /**
   * Whether the Database Service may look up the ElastiCache user that connects to a serverless
   * cache. It connects all the same where it may not.
   *
   * @default true
   */
  readonly elasticacheServerlessDescribeUsers?: boolean | IResolvable;
  /**
   * ElastiCache serverless caches whose metadata may be read; cacheName is
   * aws_elasticache_serverless_cache.….name. "*" in a field is any. left out: all of them; []:
   * none.
   */
  readonly elasticacheServerlessCaches?: readonly { readonly region: string; readonly cacheName: string }[] | IResolvable;
  /**
   * ElastiCache serverless caches and the users that may be connected as. IAM asks for both, so
   * each object allows its cache and its user; cacheName is
   * aws_elasticache_serverless_cache.….name; userName is aws_elasticache_user.….user_id. "*" in a
   * field is any. left out: all of them; []: none.
   */
  readonly elasticacheServerlessConnections?: readonly { readonly region: string; readonly cacheName: string; readonly userName: string }[] | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to Keyspaces as. left
   * out: keyspaces-user-role, as on the reference page; []: none.
   */
  readonly keyspaceUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to Keyspaces as.
   *
   * @default []
   */
  readonly keyspaceUserRoleArns?: readonly string[];
  /**
   * ARNs of managed policies to attach to the created Keyspaces user roles, by the role's name
   * (without path) and a key of your choice: { reader = { tables = "arn:…" } }. What users may do
   * is yours to decide.
   *
   * @default {}
   */
  readonly keyspaceUserRolePolicyArns?: Readonly<Record<string, Texts>> | IResolvable;
  /**
   * Policy documents (JSON text) to put into the created Keyspaces user roles, by the role's name
   * (without path): { reader = data.aws_iam_policy_document.reader.json }.
   *
   * @default {}
   */
  readonly keyspaceUserRolePolicies?: Texts | IResolvable;
  /**
   * Whether the Database Service may read metadata of MemoryDB clusters. Without it Teleport
   * connects all the same, but warns, and cannot check the endpoints of databases that the
   * Discovery Service registers.
   *
   * @default true
   */
  readonly memorydbFetchMetadata?: boolean | IResolvable;
  /**
   * Whether Teleport manages the passwords of MemoryDB users tagged teleport.dev/managed=true
   * (legacy; IAM authentication needs none of it).
   *
   * @default false
   */
  readonly memorydbManagedUsers?: boolean | IResolvable;
  /**
   * Whether Teleport may set the passwords of those MemoryDB users only that are tagged
   * teleport.dev/managed=true, and not of every user.
   *
   * @default false
   */
  readonly memorydbRotateTaggedUsersOnly?: boolean | IResolvable;
  /**
   * MemoryDB clusters whose metadata may be read; clusterName is aws_memorydb_cluster.….name. "*"
   * in a field is any. left out: all of them; []: none.
   */
  readonly memorydbClusters?: readonly { readonly region: string; readonly clusterName: string }[] | IResolvable;
  /**
   * MemoryDB clusters and the users that may be connected as. IAM asks for both, so each object
   * allows its cluster and its user; clusterName is aws_memorydb_cluster.….name; userName is
   * aws_memorydb_user.….user_name. "*" in a field is any. left out: all of them; []: none.
   */
  readonly memorydbConnections?: readonly { readonly region: string; readonly clusterName: string; readonly userName: string }[] | IResolvable;
  /**
   * MemoryDB users whose passwords Teleport may set; userName is aws_memorydb_user.….user_name.
   * "*" in a field is any. left out: all of them; []: none.
   */
  readonly memorydbRotatedUsers?: readonly { readonly region: string; readonly userName: string }[] | IResolvable;
  /**
   * Whether the Database Service may look up OpenSearch domains to validate the URLs of
   * auto-discovered ones.
   *
   * @default true
   */
  readonly opensearchCheckDomainUrl?: boolean | IResolvable;
  /**
   * OpenSearch domains whose endpoint may be looked up; domainName is
   * aws_opensearch_domain.….domain_name. "*" in a field is any. left out: all of them; []: none.
   */
  readonly opensearchDomains?: readonly { readonly region: string; readonly domainName: string }[] | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to OpenSearch as. left
   * out: opensearch-user-role, as on the reference page; []: none.
   */
  readonly opensearchUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to OpenSearch as.
   *
   * @default []
   */
  readonly opensearchUserRoleArns?: readonly string[];
  /**
   * ARNs of managed policies to attach to the created OpenSearch user roles, by the role's name
   * (without path) and a key of your choice: { reader = { tables = "arn:…" } }. What users may do
   * is yours to decide.
   *
   * @default {}
   */
  readonly opensearchUserRolePolicyArns?: Readonly<Record<string, Texts>> | IResolvable;
  /**
   * Policy documents (JSON text) to put into the created OpenSearch user roles, by the role's
   * name (without path): { reader = data.aws_iam_policy_document.reader.json }.
   *
   * @default {}
   */
  readonly opensearchUserRolePolicies?: Texts | IResolvable;
  /**
   * Whether the Database Service may turn on IAM authentication of RDS databases. It modifies a
   * database at once, and AWS applies all pending modifications along with it. For production
   * databases, check for pending modifications first, or turn IAM authentication on yourself and
   * set this to false.
   *
   * @default true
   */
  readonly rdsAutoEnableIamAuth?: boolean | IResolvable;
  /**
   * Whether the Database Service may connect to RDS databases with IAM authentication. Turn it
   * off where all of them are SQL Server or Oracle, which authenticate with Kerberos.
   *
   * @default true
   */
  readonly rdsConnect?: boolean | IResolvable;
  /**
   * Whether the Database Service may read metadata of RDS instances and Aurora clusters. Without
   * it Teleport connects all the same, but warns, and cannot check the endpoints of databases
   * that the Discovery Service registers.
   *
   * @default true
   */
  readonly rdsFetchMetadata?: boolean | IResolvable;
  /**
   * Aurora clusters whose metadata may be read and that may be modified; clusterName is
   * aws_rds_cluster.….cluster_identifier. "*" in a field is any. left out: all of them; []: none.
   */
  readonly rdsClusters?: readonly { readonly region: string; readonly clusterName: string }[] | IResolvable;
  /**
   * RDS instances whose metadata may be read and that may be modified; instanceName is
   * aws_db_instance.….identifier. "*" in a field is any. left out: all of them; []: none.
   */
  readonly rdsInstances?: readonly { readonly region: string; readonly instanceName: string }[] | IResolvable;
  /**
   * Database users that may be connected as, by RDS instance or Aurora cluster; resourceId is
   * aws_db_instance.….resource_id or aws_rds_cluster.….cluster_resource_id. "*" in a field is
   * any. left out: all of them; []: none.
   */
  readonly rdsDatabaseUsers?: readonly { readonly region: string; readonly resourceId: string; readonly userName: string }[] | IResolvable;
  /**
   * Whether the Database Service may read metadata of RDS proxies. Without it Teleport connects
   * all the same, but warns, and cannot check the endpoints of databases that the Discovery
   * Service registers.
   *
   * @default true
   */
  readonly rdsproxyFetchMetadata?: boolean | IResolvable;
  /**
   * Database users that may be connected as, by RDS proxy; resourceId is the last part of
   * aws_db_proxy.….arn. "*" in a field is any. left out: all of them; []: none.
   */
  readonly rdsproxyDatabaseUsers?: readonly { readonly region: string; readonly resourceId: string; readonly userName: string }[] | IResolvable;
  /**
   * RDS proxies whose metadata may be read; resourceId is the last part of aws_db_proxy.….arn.
   * "*" in a field is any. left out: all of them; []: none.
   */
  readonly rdsproxyProxies?: readonly { readonly region: string; readonly resourceId: string }[] | IResolvable;
  /**
   * RDS proxy endpoints whose metadata may be read; endpointId is the last part of
   * aws_db_proxy_endpoint.….arn. "*" in a field is any. left out: all of them; []: none.
   */
  readonly rdsproxyEndpoints?: readonly { readonly region: string; readonly endpointId: string }[] | IResolvable;
  /**
   * Whether the Database Service may connect to Redshift as an existing database user.
   *
   * @default true
   */
  readonly redshiftConnectAsDatabaseUser?: boolean | IResolvable;
  /**
   * Whether the Database Service may read metadata of Redshift clusters. Without it Teleport
   * connects all the same, but warns, and cannot check the endpoints of databases that the
   * Discovery Service registers.
   *
   * @default true
   */
  readonly redshiftFetchMetadata?: boolean | IResolvable;
  /**
   * Redshift database users that may be connected as, and the databases. Teleport names both in
   * its request, so each object allows its user and its database; clusterName is
   * aws_redshift_cluster.….cluster_identifier. "*" in a field is any. left out: all of them; []:
   * none.
   */
  readonly redshiftDatabaseUsers?: readonly { readonly region: string; readonly clusterName: string; readonly userName: string; readonly databaseName: string }[] | IResolvable;
  /**
   * Redshift clusters whose metadata may be read; clusterName is
   * aws_redshift_cluster.….cluster_identifier. "*" in a field is any. left out: all of them; []:
   * none.
   */
  readonly redshiftClusters?: readonly { readonly region: string; readonly clusterName: string }[] | IResolvable;
  /**
   * Redshift databases that the database-user roles may connect to; clusterName is
   * aws_redshift_cluster.….cluster_identifier. "*" in a field is any. left out: all of them; []:
   * none.
   */
  readonly redshiftDatabases?: readonly { readonly region: string; readonly clusterName: string; readonly databaseName: string }[] | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to Redshift as. left
   * out: redshift-user-role, as on the reference page; []: none.
   */
  readonly redshiftUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to Redshift as.
   *
   * @default []
   */
  readonly redshiftUserRoleArns?: readonly string[];
  /**
   * Whether the Database Service may read metadata of Redshift Serverless workgroups and
   * endpoints. Without it Teleport connects all the same, but warns, and cannot check the
   * endpoints of databases that the Discovery Service registers.
   *
   * @default true
   */
  readonly redshiftServerlessFetchMetadata?: boolean | IResolvable;
  /**
   * Redshift Serverless managed VPC endpoints whose metadata may be read; endpointId is the last
   * part of aws_redshiftserverless_endpoint_access.….arn. "*" in a field is any. left out: all of
   * them; []: none.
   */
  readonly redshiftServerlessEndpoints?: readonly { readonly region: string; readonly endpointId: string }[] | IResolvable;
  /**
   * Redshift Serverless workgroups whose metadata may be read and that the database-user roles
   * may connect to; workgroupId is aws_redshiftserverless_workgroup.….workgroup_id. "*" in a
   * field is any. left out: all of them; []: none.
   */
  readonly redshiftServerlessWorkgroups?: readonly { readonly region: string; readonly workgroupId: string }[] | IResolvable;
  /**
   * Names, with path, of the IAM roles in awsAccountId that users connect to Redshift Serverless
   * as. left out: redshift-serverless-user-role, as on the reference page; []: none.
   */
  readonly redshiftServerlessUserRoleNames?: readonly string[];
  /**
   * ARNs of further existing IAM roles, in any account, that users connect to Redshift Serverless
   * as.
   *
   * @default []
   */
  readonly redshiftServerlessUserRoleArns?: readonly string[];
  /**
   * Prefixes of the secrets that hold the passwords of managed users, as in
   * secret_store.key_prefix of Teleport's configuration, with or without the trailing slash.
   *
   * @default ["teleport/"]
   */
  readonly secretKeyPrefixes?: readonly string[];
  /**
   * KMS keys that encrypt these secrets (secret_store.kms_key_id): IDs of keys in awsAccountId,
   * or key ARNs of any account. Empty: Secrets Manager's own key, which needs no permission.
   *
   * @default []
   */
  readonly kmsKeyIds?: readonly string[];
  /**
   * Whether each type's statement allows its own secrets under the prefixes alone
   * (teleport/elasticache/*, teleport/memorydb/*) and not all of them.
   *
   * @default false
   */
  readonly restrictSecretsToType?: boolean | IResolvable;
  /**
   * Whether to create the roles that the …_user_role_names variables name. A variable that is not
   * set creates none.
   *
   * @default false
   */
  readonly createUserRoles?: boolean | IResolvable;
  /**
   * Path in front of the names of all database-user roles. A name can have a path of its own
   * behind it. IAM cannot change the path of a role that keeps its name.
   *
   * @default "/"
   */
  readonly userRolePath?: string;
  /**
   * Description of the created database-user roles.
   */
  readonly userRoleDescription?: string;
  /**
   * ARN of the permissions boundary of the created database-user roles.
   */
  readonly userRolePermissionsBoundaryArn?: string;
  /**
   * Longest session of the created database-user roles, in seconds. AWS allows an hour to
   * sessions that are assumed from another role's.
   *
   * @default 3600
   */
  readonly userRoleMaxSessionDuration?: number;
  /**
   * ID of the AWS account of the Database Service's role, where it is another than awsAccountId.
   */
  readonly serviceAccountId?: string;
  /**
   * Name, with path, of the Database Service's role: the principal of the trust policies, and the
   * role that createServiceRole creates.
   *
   * @default "teleport-db-service-role"
   */
  readonly serviceRoleName?: string;
  /**
   * Whether the trust policies name the role's whole account as principal instead of the role.
   * Then IAM policies in that account decide who may assume the roles.
   *
   * @default false
   */
  readonly trustAccount?: boolean | IResolvable;
  /**
   * External ID that the Database Service must present, as externalId in Teleport's
   * configuration. Required where serviceAccountId is another account. With createAccessRole it
   * guards that role only.
   */
  readonly externalId?: string;
  /**
   * Further external IDs that are accepted beside externalId, while a new one takes the place of
   * an old one.
   *
   * @default []
   */
  readonly additionalExternalIds?: readonly string[];
  /**
   * ARNs of access roles in the databases' accounts, as assume_role_arn in Teleport's
   * configuration. The policy then grants this hop and nothing else: everything else belongs to
   * the access roles. left out: no hop.
   */
  readonly assumeRoleArns?: readonly string[];
  /**
   * Whether to create, in awsAccountId, the role that the Database Service assumes first
   * (assume_role_arn in Teleport's configuration) and that carries this module's policies.
   *
   * @default false
   */
  readonly createAccessRole?: boolean | IResolvable;
  /**
   * Name, with path, of the role that createAccessRole creates.
   *
   * @default "teleport-db-access-role"
   */
  readonly accessRoleName?: string;
  /**
   * Description of the role that createAccessRole creates.
   */
  readonly accessRoleDescription?: string;
  /**
   * ARN of the permissions boundary of the role that createAccessRole creates.
   */
  readonly accessRolePermissionsBoundaryArn?: string;
  /**
   * Longest session of the role that createAccessRole creates, in seconds. AWS allows an hour to
   * sessions that are assumed from another role's.
   *
   * @default 3600
   */
  readonly accessRoleMaxSessionDuration?: number;
  /**
   * Whether to create a permissions boundary that allows all that the policy grants, and set it
   * on the role that createServiceRole or createAccessRole creates.
   *
   * @default false
   */
  readonly createPermissionsBoundary?: boolean | IResolvable;
  /**
   * Whether to create the Database Service's role and attach the policies to it, instead of
   * attaching them to existing roles.
   *
   * @default false
   */
  readonly createServiceRole?: boolean | IResolvable;
  /**
   * Where the Database Service runs, which decides who may assume the role that createServiceRole
   * creates: ec2 (with an instance profile), ecs, eks-pod-identity, eks-service-account (through
   * the cluster's OIDC provider), or oidc-integration (the Discovery Service of Teleport Cloud,
   * through Teleport's AWS OIDC integration). With eks-pod-identity, whoever creates the role,
   * sessions carry tags, and every role that is assumed from there allows sts:TagSession, unless
   * eksPodIdentityDisableSessionTags.
   *
   * @default "ec2"
   */
  readonly serviceRoleTrust?: string;
  /**
   * Further places where the Database Service runs, with the same names as serviceRoleTrust: both
   * are trusted while you move from one to the other.
   *
   * @default []
   */
  readonly additionalServiceRoleTrusts?: readonly string[];
  /**
   * Whether the role that createServiceRole creates may assume itself, for databases whose
   * assume_role_arn in Teleport's configuration is this same role. AWS lets no role assume itself
   * without a statement of its policy and one of its trust policy.
   *
   * @default false
   */
  readonly serviceRoleSelfAssumption?: boolean | IResolvable;
  /**
   * Description of the role that createServiceRole creates.
   */
  readonly serviceRoleDescription?: string;
  /**
   * ARN of the permissions boundary of the role that createServiceRole creates.
   */
  readonly serviceRolePermissionsBoundaryArn?: string;
  /**
   * Longest session of the role that createServiceRole creates, in seconds. AWS allows an hour to
   * sessions that are assumed from another role's.
   *
   * @default 3600
   */
  readonly serviceRoleMaxSessionDuration?: number;
  /**
   * ARN of the cluster's IAM OIDC provider, for eks-service-account.
   */
  readonly eksOidcProviderArn?: string;
  /**
   * Kubernetes service account as "namespace/name", for eks-service-account.
   */
  readonly eksServiceAccount?: string;
  /**
   * Whether every EKS Pod Identity association of the Database Service turns session tags off
   * (disable_session_tags). Then no role that is assumed from there needs sts:TagSession. Set it
   * in the calls for both accounts.
   *
   * @default false
   */
  readonly eksPodIdentityDisableSessionTags?: boolean | IResolvable;
  /**
   * ARN of the account's IAM OIDC provider for the Teleport cluster, for oidc-integration. An
   * account has one for each cluster: null where createTeleportOidcProvider makes it.
   */
  readonly teleportOidcProviderArn?: string;
  /**
   * Whether to create the IAM OIDC provider for the Teleport cluster at teleportProxyAddress, for
   * oidc-integration.
   *
   * @default false
   */
  readonly createTeleportOidcProvider?: boolean | IResolvable;
  /**
   * Public address of the Teleport cluster's Proxy Service, which createTeleportOidcProvider
   * needs. Beside teleportOidcProviderArn it must have the same host.
   */
  readonly teleportProxyAddress?: string;
  /**
   * Thumbprints of the certificate authority of the Proxy Service, for
   * createTeleportOidcProvider. left out: IAM looks them up, for which the AWS provider must be
   * 5.81 or newer.
   */
  readonly teleportOidcThumbprints?: readonly string[];
}

/** Those that every module has. */
export type CommonVariable =
    | "awsAccountId"
    | "awsPartition"
    | "createPolicy"
    | "policyName"
    | "policyPath"
    | "policyDescription"
    | "tags"
    | "attachToRoles"
    | "policyCount"
    | "services"
    | "restrictToAccount"
    | "serviceAccountId"
    | "serviceRoleName"
    | "trustAccount"
    | "externalId"
    | "additionalExternalIds"
    | "assumeRoleArns"
    | "createAccessRole"
    | "accessRoleName"
    | "accessRoleDescription"
    | "accessRolePermissionsBoundaryArn"
    | "accessRoleMaxSessionDuration"
    | "createPermissionsBoundary"
    | "createServiceRole"
    | "serviceRoleTrust"
    | "additionalServiceRoleTrusts"
    | "serviceRoleSelfAssumption"
    | "serviceRoleDescription"
    | "serviceRolePermissionsBoundaryArn"
    | "serviceRoleMaxSessionDuration"
    | "eksOidcProviderArn"
    | "eksServiceAccount"
    | "eksPodIdentityDisableSessionTags"
    | "teleportOidcProviderArn"
    | "createTeleportOidcProvider"
    | "teleportProxyAddress"
    | "teleportOidcThumbprints";

/** Those of modules for more than one type. */
export type VariableOfSeveral =
    | "splitPolicyByType";

/** Those that a module has because of a type. */
export interface VariableOf {
  readonly "docdb":
    | "discoverAllRegions"
    | "docdbCheckDomainUrl"
    | "docdbClusters"
    | "docdbUserRoleNames"
    | "docdbUserRoleArns"
    | "docdbUserRolePolicyArns"
    | "docdbUserRolePolicies"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
  readonly "dynamodb":
    | "dynamodbSessionTags"
    | "dynamodbUserRoleNames"
    | "dynamodbUserRoleArns"
    | "dynamodbUserRolePolicyArns"
    | "dynamodbUserRolePolicies"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
  readonly "elasticache":
    | "discoverAllRegions"
    | "elasticacheFetchMetadata"
    | "elasticacheManagedUsers"
    | "elasticacheRotateTaggedUsersOnly"
    | "elasticacheReplicationGroups"
    | "elasticacheConnections"
    | "elasticacheRotatedUsers"
    | "secretKeyPrefixes"
    | "kmsKeyIds"
    | "restrictSecretsToType";
  readonly "elasticache-serverless":
    | "discoverAllRegions"
    | "elasticacheServerlessFetchMetadata"
    | "elasticacheServerlessDescribeUsers"
    | "elasticacheServerlessCaches"
    | "elasticacheServerlessConnections";
  readonly "keyspace":
    | "keyspaceUserRoleNames"
    | "keyspaceUserRoleArns"
    | "keyspaceUserRolePolicyArns"
    | "keyspaceUserRolePolicies"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
  readonly "memorydb":
    | "discoverAllRegions"
    | "memorydbFetchMetadata"
    | "memorydbManagedUsers"
    | "memorydbRotateTaggedUsersOnly"
    | "memorydbClusters"
    | "memorydbConnections"
    | "memorydbRotatedUsers"
    | "secretKeyPrefixes"
    | "kmsKeyIds"
    | "restrictSecretsToType";
  readonly "opensearch":
    | "discoverAllRegions"
    | "opensearchCheckDomainUrl"
    | "opensearchDomains"
    | "opensearchUserRoleNames"
    | "opensearchUserRoleArns"
    | "opensearchUserRolePolicyArns"
    | "opensearchUserRolePolicies"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
  readonly "rds":
    | "discoverAllRegions"
    | "rdsAutoEnableIamAuth"
    | "rdsConnect"
    | "rdsFetchMetadata"
    | "rdsClusters"
    | "rdsInstances"
    | "rdsDatabaseUsers";
  readonly "rdsproxy":
    | "discoverAllRegions"
    | "rdsproxyFetchMetadata"
    | "rdsproxyDatabaseUsers"
    | "rdsproxyProxies"
    | "rdsproxyEndpoints";
  readonly "redshift":
    | "discoverAllRegions"
    | "redshiftConnectAsDatabaseUser"
    | "redshiftFetchMetadata"
    | "redshiftDatabaseUsers"
    | "redshiftClusters"
    | "redshiftDatabases"
    | "redshiftUserRoleNames"
    | "redshiftUserRoleArns"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
  readonly "redshift-serverless":
    | "discoverAllRegions"
    | "redshiftServerlessFetchMetadata"
    | "redshiftServerlessEndpoints"
    | "redshiftServerlessWorkgroups"
    | "redshiftServerlessUserRoleNames"
    | "redshiftServerlessUserRoleArns"
    | "createUserRoles"
    | "userRolePath"
    | "userRoleDescription"
    | "userRolePermissionsBoundaryArn"
    | "userRoleMaxSessionDuration";
}

/** The types with database-user roles. */
export type TypeWithUserRoles =
    | "docdb"
    | "dynamodb"
    | "keyspace"
    | "opensearch"
    | "redshift"
    | "redshift-serverless";

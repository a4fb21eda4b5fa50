/** What no single variable can see: preconditions, which terraform checks when it plans. */
import { compose } from "../../lib/answers/compose";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** A call that must not be planned: what it is about, its module's types, arguments and message. */
interface WrongCall {
  readonly about: string;
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly message: RegExp;
}

/** As long as IAM allows, so that more than one do not fit a policy that is planned for usual ones. */
const longRoles = (count: number): string =>
  `[for number in range(${String(count)}) : "\${join("/", [for part in range(7) : "${"x".repeat(63)}"])}/role-\${number}"]`;

const POLICY =
  'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = "*" }] })';
/** What a plan does not know. */
const LATER = "terraform_data.later.output";
const OTHER_ACCOUNT = '"210987654321"';
const ACCESS_ROLES = '["arn:aws:iam::210987654321:role/teleport-db-access-role"]';
const CROSS_ACCOUNT =
  /^the Database Service's role is in account 210987654321, the roles that it assumes are in 123456789012: set external_id, and the same external_id in Teleport's configuration\.$/;

const wrongCalls: readonly WrongCall[] = [
  {
    about: "roles to attach to, but no policy",
    types: ["rds"],
    values: { create_policy: "false", attach_to_roles: '{ service = "teleport" }' },
    message:
      /^attach_to_roles names roles, but create_policy is false, so there is no policy to attach\. Set create_policy = true, or leave attach_to_roles empty\.$/,
  },
  {
    about: "nothing left in the policy of one type",
    types: ["docdb"],
    values: { docdb_check_domain_url: "false", docdb_user_role_names: "[]" },
    message:
      /^the variables leave no statement in the policy, and IAM takes no empty one\. Allow something, or set create_policy = false\.$/,
  },
  {
    about: "nothing left in the policy of several types",
    types: ["opensearch", "keyspace"],
    values: {
      opensearch_check_domain_url: "false",
      opensearch_user_role_names: "[]",
      keyspace_user_role_names: "[]",
    },
    message: /^the variables leave no statement in the policy/,
  },
  {
    about: "a policy that exceeds IAM's limit",
    types: ["redshift", "keyspace"],
    values: {
      keyspace_user_role_names: '[for number in range(200) : "role-${number}"]',
    },
    message:
      /^policy merged is [0-9]{4,5} characters long; IAM allows 6144\. Set policy_count = 2\. Name fewer resources, or use wildcards in their names\.$/,
  },
  {
    about: "one of the policies of a split one that exceeds IAM's limit",
    types: ["redshift", "keyspace"],
    values: {
      keyspace_user_role_names: '[for number in range(200) : "role-${number}"]',
      split_policy_by_type: "true",
    },
    message:
      /^policy merged is [0-9]{4,5} characters long; IAM allows 6144\. Set split_policy_by_type = false and policy_count = 2\. Name fewer/,
  },
  {
    about: "policies that exceed IAM's limit, as many as a role takes",
    types: ["keyspace"],
    values: { keyspace_user_role_names: longRoles(120), policy_count: "10" },
    message:
      /^policy (merged|part-[0-9]+) is [0-9]{4,5} characters long; IAM allows 6144\. A role takes 10 policies by default, and they would not be enough\. Name fewer resources, or use wildcards in their names\.$/,
  },
  {
    about: "a split policy in parts",
    types: ["redshift", "keyspace"],
    values: { split_policy_by_type: "true", policy_count: "2" },
    message:
      /^split_policy_by_type and policy_count are two ways to need more policies\. Set one of them; policy_count fills the policies best\.$/,
  },
  {
    about: "a split policy that is one hop",
    types: ["redshift", "keyspace"],
    values: { split_policy_by_type: "true", assume_role_arns: ACCESS_ROLES },
    message:
      /^with assume_role_arns the policy is one statement, which split_policy_by_type cannot split\. Set split_policy_by_type = false\.$/,
  },
  ...[["redshift"], ["redshift", "keyspace"]].map((types) => ({
    about: `a part that would be empty, of a hop of ${types.join(", ")}`,
    types,
    values: { policy_count: "2", assume_role_arns: ACCESS_ROLES },
    message:
      /^policy (merged|part-2) has no statement, and IAM takes no empty one\. Leave out the type, lower policy_count,/,
  })),
  {
    about: "a policy of a split that would be empty",
    types: ["redshift", "keyspace"],
    values: {
      split_policy_by_type: "true",
      redshift_connect_as_database_user: "false",
      redshift_fetch_metadata: "false",
      redshift_user_role_names: "[]",
    },
    message:
      /^policy redshift has no statement, and IAM takes no empty one\. Leave out the type, lower policy_count, or set split_policy_by_type = false\.$/,
  },
  {
    about: "further external IDs without a first",
    types: ["dynamodb"],
    values: { additional_external_ids: '["older-id"]' },
    message: /^additional_external_ids are accepted beside external_id, which is not set\. Set external_id\.$/,
  },
  {
    about: "database-user roles in another account than the service's, without an external ID",
    types: ["dynamodb"],
    values: {
      service_account_id: OTHER_ACCOUNT,
      create_user_roles: "true",
      dynamodb_user_role_names: '["reader"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY} }`,
    },
    message: CROSS_ACCOUNT,
  },
  {
    about: "the same where the trust policies are only put out",
    types: ["dynamodb"],
    values: { service_account_id: OTHER_ACCOUNT },
    message: CROSS_ACCOUNT,
  },
  {
    about: "an access role in another account than the service's, without an external ID",
    types: ["rds"],
    values: { service_account_id: OTHER_ACCOUNT, create_access_role: "true" },
    message: CROSS_ACCOUNT,
  },
  {
    about: "an external ID on the service's side of assume_role_arn",
    types: ["redshift"],
    values: { assume_role_arns: ACCESS_ROLES, external_id: '"example"' },
    message: /^external_id is set together with assume_role_arns, and the chain would break: .*leave it out\.$/,
  },
  {
    about: "both sides of assume_role_arn in one call",
    types: ["rds"],
    values: { assume_role_arns: ACCESS_ROLES, create_access_role: "true" },
    message: /^assume_role_arns and create_access_role are the two sides of one hop: call the module once per account/,
  },
  {
    about: "database-user roles on the service's side of assume_role_arn",
    types: ["redshift"],
    values: {
      assume_role_arns: ACCESS_ROLES,
      create_user_roles: "true",
      redshift_user_role_names: '["analyst"]',
    },
    message: /^create_user_roles belongs to the databases' account, assume_role_arns to the Database Service's\./,
  },
  {
    about: "the service's role and the access role in one call",
    types: ["rds"],
    values: { create_service_role: "true", create_access_role: "true" },
    message: /^create_service_role and create_access_role create roles for the two ends of one hop\./,
  },
  {
    about: "the service's role and database-user roles of another account in one call",
    types: ["redshift-serverless"],
    values: {
      redshift_serverless_user_role_names: '["analyst"]',
      create_service_role: "true",
      create_user_roles: "true",
      service_account_id: OTHER_ACCOUNT,
      external_id: '"example"',
    },
    message: /^create_service_role and create_user_roles cannot work in one call: the roles belong to different accounts \(210987654321 and 123456789012\)\./,
  },
  {
    about: "an access role without a policy to carry",
    types: ["rds"],
    values: { create_access_role: "true", create_policy: "false" },
    message: /^create_access_role creates the role that carries this module's policy, but create_policy is false\./,
  },
  {
    about: "a service's role without a policy",
    types: ["rds"],
    values: { create_service_role: "true", create_policy: "false" },
    message: /^create_service_role creates a role for this module's policy, but create_policy is false\./,
  },
  {
    about: "a service account of Kubernetes that is not named",
    types: ["rds"],
    values: { create_service_role: "true", service_role_trust: '"eks-service-account"' },
    message: /^service_role_trust = "eks-service-account" needs eks_oidc_provider_arn and eks_service_account/,
  },
  {
    about: "one role name for two types",
    types: ["redshift", "redshift-serverless"],
    values: {
      create_user_roles: "true",
      redshift_user_role_names: '["shared"]',
      redshift_serverless_user_role_names: '["team/Shared"]',
    },
    message:
      /^redshift_serverless_user_role_names \(\/team\/Shared\) and redshift_user_role_names \(\/shared\) name the same role\. IAM has a name once, whatever its path and case: give each role a name of its own\.$/,
  },
  {
    about: "one role name under two paths",
    types: ["redshift"],
    values: {
      create_user_roles: "true",
      redshift_user_role_names: '["a/reader", "b/reader", "writer"]',
    },
    message:
      /^redshift_user_role_names \(\/a\/reader, \/b\/reader\): a role stands more than once in these variables, and IAM has a name once, whatever its path\. Name it once\.$/,
  },
  {
    about: "role names that differ only in case",
    types: ["redshift"],
    values: { create_user_roles: "true", redshift_user_role_names: '["reader", "Reader"]' },
    message:
      /^redshift_user_role_names \(\/Reader\) and redshift_user_role_names \(\/reader\) name the same role\./,
  },
  {
    about: "an access role that is a database-user role",
    types: ["redshift"],
    values: {
      create_access_role: "true",
      create_user_roles: "true",
      access_role_name: '"shared"',
      redshift_user_role_names: '["shared"]',
    },
    message:
      /^access_role_name \(\/shared\) and redshift_user_role_names \(\/shared\) name the same role\./,
  },
  {
    about: "a service's role that is a database-user role",
    types: ["redshift"],
    values: {
      create_service_role: "true",
      create_user_roles: "true",
      service_role_name: '"teleport/Shared"',
      redshift_user_role_names: '["shared"]',
    },
    message:
      /^redshift_user_role_names \(\/shared\) and service_role_name \(\/teleport\/Shared\) name the same role\./,
  },
  {
    about: "an access role by the name of the service's role",
    types: ["rds"],
    values: {
      create_access_role: "true",
      access_role_name: '"teleport-db-service-role"',
    },
    message:
      /^access_role_name \(\/teleport-db-service-role\) and service_role_name \(\/teleport-db-service-role\) name the same role\./,
  },
  {
    about: "the role that the module creates in attach_to_roles, in another case",
    types: ["rds"],
    values: {
      create_service_role: "true",
      service_role_name: '"teleport/service"',
      attach_to_roles: '{ other = "other", service = "Service" }',
    },
    message:
      /^attach_to_roles names Service, which the module creates\. Take it out of attach_to_roles:/,
  },
  {
    about: "no role to create",
    types: ["dynamodb", "redshift-serverless"],
    values: { create_user_roles: "true", dynamodb_user_role_names: "[]" },
    message:
      /^create_user_roles creates the roles that dynamodb_user_role_names, redshift_serverless_user_role_names name, and none is set\. Name the roles, or set create_user_roles = false\.$/,
  },
  {
    about: "policies for roles that are not created",
    types: ["dynamodb"],
    values: {
      dynamodb_user_role_names: '["reader"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY} }`,
    },
    message: /^\["dynamodb\/reader"\]: policies are given to these roles \(type\/name\), which the module does not create\..* set create_user_roles = true\.$/,
  },
  {
    about: "ARNs of policies for roles that are not created",
    types: ["dynamodb"],
    values: { dynamodb_user_role_policy_arns: '{ reader = { tables = "arn:aws:iam::aws:policy/x" } }' },
    message: /^\["dynamodb\/reader"\]: policies are given to these roles/,
  },
  {
    about: "policies for a role that has another name",
    types: ["dynamodb"],
    values: {
      create_user_roles: "true",
      dynamodb_user_role_names: '["team/reader"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY}, raeder = ${POLICY} }`,
    },
    message: /^\["dynamodb\/raeder"\]: policies are given to these roles/,
  },
  {
    about: "a boundary without a role that carries it",
    types: ["rds"],
    values: { create_permissions_boundary: "true" },
    message:
      /^create_permissions_boundary makes a boundary for the role that create_service_role or create_access_role creates, and neither is set\. Set one, or put the output permissions_boundary_json into a policy of your own\.$/,
  },
  {
    about: "two boundaries of one role",
    types: ["rds"],
    values: {
      create_permissions_boundary: "true",
      create_service_role: "true",
      service_role_permissions_boundary_arn: '"arn:aws:iam::123456789012:policy/boundary"',
    },
    message:
      /^create_permissions_boundary and service_role_permissions_boundary_arn both give the role a boundary, and it takes one\. Set one of them\.$/,
  },
  {
    about: "keys without managed users",
    types: ["memorydb", "elasticache"],
    values: { kms_key_ids: '["01234567-89ab-cdef-0123-456789abcdef"]' },
    message:
      /^kms_key_ids are for the secrets of managed users, and none are managed\. Set elasticache_managed_users or memorydb_managed_users, or leave kms_key_ids empty\.$/,
  },
  {
    about: "a service account of Kubernetes where EKS Pod Identity names it",
    types: ["rds"],
    values: {
      create_service_role: "true",
      service_role_trust: '"eks-pod-identity"',
      eks_service_account: '"teleport/database-service"',
    },
    message:
      /^eks_oidc_provider_arn and eks_service_account say who may assume the role through service_role_trust = "eks-service-account", and it is eks-pod-identity\./,
  },
  {
    about: "an OIDC provider of another account",
    types: ["rds"],
    values: {
      create_service_role: "true",
      service_role_trust: '"eks-service-account"',
      eks_oidc_provider_arn:
        '"arn:aws:iam::210987654321:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE"',
      eks_service_account: '"teleport/database-service"',
    },
    message:
      /^"arn:aws:iam::210987654321:oidc-provider\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/EXAMPLE" is an OIDC provider of another account than the role's, 123456789012, and IAM trusts none of those\. Use the provider of the role's account\.$/,
  },
  {
    about: "a role that shall assume itself, and is not created",
    types: ["rds"],
    values: { service_role_self_assumption: "true", attach_to_roles: '{ agent = "agent" }' },
    message:
      /^service_role_self_assumption makes a statement of the policy and one of the trust policy of the role that create_service_role creates, and one without the other allows nothing\. Set it in the call that creates the role\.$/,
  },
  {
    about: "Teleport's OIDC integration without a provider",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      teleport_proxy_address: '"example.teleport.sh"',
    },
    message:
      /^service_role_trust = "oidc-integration" needs the OIDC provider of the Teleport cluster in the account of the role, once: set teleport_oidc_provider_arn where there is one, or else create_teleport_oidc_provider and teleport_proxy_address\.$/,
  },
  {
    about: "a provider that is there, and shall be made",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      teleport_proxy_address: '"example.teleport.sh"',
      create_teleport_oidc_provider: "true",
      teleport_oidc_provider_arn: '"arn:aws:iam::123456789012:oidc-provider/example.teleport.sh"',
    },
    message: /^service_role_trust = "oidc-integration" needs the OIDC provider of the Teleport cluster/,
  },
  {
    about: "a provider to be made for no host",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      create_teleport_oidc_provider: "true",
    },
    message: /^create_teleport_oidc_provider needs teleport_proxy_address, whose host is the provider's URL\. Set it\.$/,
  },
  {
    about: "a provider to be made for no role",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_teleport_oidc_provider: "true",
      teleport_proxy_address: '"example.teleport.sh"',
    },
    message:
      /^create_teleport_oidc_provider makes a provider for the role that create_service_role creates with service_role_trust = "oidc-integration"\. Set both, or leave it out\.$/,
  },
  {
    about: "Teleport's provider where something else is trusted",
    types: ["rds"],
    values: {
      create_service_role: "true",
      teleport_oidc_provider_arn: '"arn:aws:iam::123456789012:oidc-provider/example.teleport.sh"',
    },
    message:
      /^teleport_oidc_provider_arn, create_teleport_oidc_provider and teleport_proxy_address say who may assume the role through service_role_trust = "oidc-integration", and it is ec2\. Change it, or leave them out\.$/,
  },
  {
    about: "Teleport's provider in another account",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      teleport_oidc_provider_arn: '"arn:aws:iam::210987654321:oidc-provider/example.teleport.sh"',
    },
    message:
      /^"arn:aws:iam::210987654321:oidc-provider\/example\.teleport\.sh" is an OIDC provider of another account than the role's, 123456789012, and IAM trusts none of those\./,
  },
  {
    about: "the provider of another cluster",
    types: ["rds"],
    values: {
      services: '["discovery"]',
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      teleport_oidc_provider_arn: '"arn:aws:iam::123456789012:oidc-provider/my.example.teleport.sh"',
      teleport_proxy_address: '"example.teleport.sh:443"',
    },
    message:
      /^"arn:aws:iam::123456789012:oidc-provider\/my\.example\.teleport\.sh" is the OIDC provider of another cluster than the one at teleport_proxy_address, "example\.teleport\.sh:443"\./,
  },
  {
    about: "the Database Service through Teleport's OIDC integration",
    types: ["rds"],
    values: {
      create_service_role: "true",
      service_role_trust: '"oidc-integration"',
      teleport_oidc_provider_arn: '"arn:aws:iam::123456789012:oidc-provider/example.teleport.sh"',
    },
    message:
      /^through service_role_trust = "oidc-integration" Teleport Cloud's Discovery Service alone assumes the role, and services is \["database"\]\. Set services = \["discovery"\], and give the Database Service a role by another call\.$/,
  },
  {
    about: "Teleport's provider of another partition",
    types: ["rds"],
    values: { teleport_oidc_provider_arn: '"arn:aws-cn:iam::123456789012:oidc-provider/example.teleport.sh"' },
    message:
      /^\["arn:aws-cn:iam::123456789012:oidc-provider\/example\.teleport\.sh"\]: these are of another partition/,
  },
  {
    about: "a region of another partition",
    types: ["rds"],
    values: { rds_instances: '[{ region = "cn-north-1", instance_name = "orders" }]' },
    message:
      /^\["cn-north-1"\]: these are of another partition than aws_partition \(aws\)\. Use ARNs and regions of one partition: nothing can be used across partitions\.$/,
  },
  {
    about: "a boundary of another partition",
    types: ["rds"],
    values: {
      create_access_role: "true",
      access_role_permissions_boundary_arn: '"arn:aws-cn:iam::123456789012:policy/boundary"',
    },
    message:
      /^\["arn:aws-cn:iam::123456789012:policy\/boundary"\]: these are of another partition than aws_partition \(aws\)\./,
  },
  {
    about: "policies of another partition for database-user roles",
    types: ["keyspace"],
    values: {
      create_user_roles: "true",
      keyspace_user_role_names: '["reader"]',
      keyspace_user_role_policy_arns:
        '{ reader = { tables = "arn:aws-cn:iam::aws:policy/AmazonKeyspacesReadOnlyAccess_v2" } }',
    },
    message:
      /^\["arn:aws-cn:iam::aws:policy\/AmazonKeyspacesReadOnlyAccess_v2"\]: these are of another partition/,
  },
  {
    about: "a role of another partition",
    types: ["redshift"],
    values: { redshift_user_role_arns: '["arn:aws-cn:iam::123456789012:role/analyst"]' },
    message: /^\["arn:aws-cn:iam::123456789012:role\/analyst"\]: these are of another partition than aws_partition \(aws\)\./,
  },
  {
    about: "a key of another partition",
    types: ["memorydb"],
    values: {
      memorydb_managed_users: "true",
      aws_partition: '"aws-us-gov"',
      kms_key_ids: '["arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"]',
    },
    message: /these are of another partition than aws_partition \(aws-us-gov\)\./,
  },
  {
    about: "a trust policy that exceeds IAM's limit",
    types: ["dynamodb"],
    values: {
      create_user_roles: "true",
      dynamodb_user_role_names: '["reader"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY} }`,
      external_id: `"${"x".repeat(1224)}"`,
      service_role_name: `"${`${"x".repeat(100)}/`.repeat(4)}teleport"`,
    },
    message: /^the trust policy is [0-9]{4} characters long; IAM allows 2048\. Use a shorter external_id or role name\.$/,
  },
  {
    about: "an inline policy of a role that exceeds IAM's limit",
    types: ["opensearch"],
    values: {
      create_user_roles: "true",
      opensearch_user_role_names: '["search/reader"]',
      opensearch_user_role_policies:
        '{ reader = jsonencode({ Statement = [for number in range(500) : { Effect = "Allow", Action = "es:ESHttpGet", Resource = tostring(number) }] }) }',
    },
    message:
      /^the inline policy of role opensearch\/reader is [0-9]{5} characters long; IAM allows 10240\./,
  },
  {
    about: "an inline policy of a role without a statement",
    types: ["redshift"],
    values: {
      create_user_roles: "true",
      redshift_user_role_names: '["analyst"]',
      redshift_databases: "[]",
    },
    message:
      /^the role redshift\/analyst would have a policy without a statement, and IAM takes no empty one\. Name what it may connect to, or do not create the role\.$/,
  },
];

/** Calls that are planned, with a warning: what cannot work, or not as one expects. */
const doubtfulCalls: readonly WrongCall[] = [
  {
    about: "databases in another account, and no role in between",
    types: ["rds", "redshift", "keyspace"],
    values: { service_account_id: OTHER_ACCOUNT, external_id: '"example"', redshift_user_role_names: "[]" },
    message:
      /^the Database Service's role is in account 210987654321, and RDS and Aurora, Redshift in account 123456789012 cannot be reached from there without a role in between\. Set create_access_role = true in the call for the databases' account and assume_role_arns in the call for the service's, or leave out service_account_id\.$/,
  },
  {
    about: "an external ID that Teleport does not send for Redshift",
    types: ["redshift"],
    values: { external_id: '"example"' },
    message: /^Teleport takes no external_id for Redshift without assume_role_arn, .*Set create_access_role = true here, and assume_role_arns in the call for the Database Service's account\.$/,
  },
  {
    about: "a role without a policy",
    types: ["dynamodb", "keyspace", "redshift"],
    values: {
      create_user_roles: "true",
      dynamodb_user_role_names: '["reader", "team/writer"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY} }`,
      keyspace_user_role_names: '["tables"]',
      keyspace_user_role_policy_arns: '{ tables = { read = "arn:aws:iam::aws:policy/x" } }',
      redshift_user_role_names: '["analyst"]',
    },
    message:
      /^dynamodb\/writer \(type\/name\) may do nothing: the roles are created without a policy\. Give them one by …_user_role_policies or …_user_role_policy_arns, or attach one yourself\.$/,
  },
  ...[["rds"], ["docdb", "rds"]].map((types) => ({
    about: `a sensitive name in what does not narrow ${types.join(" and ")}`,
    types,
    values: {
      services: '["database", "discovery"]',
      rds_instances: '[{ region = "us-east-1", instance_name = sensitive("orders") }]',
    },
    message:
      /^(rds_clusters and rds_instances (do not )?narrow RDSFetchMetadata, [a-zA-Z: ]+(; )?)+\. Narrow both, leave one out by its switch, or use two roles\.$/,
  })),
  {
    about: "the service's own role in between",
    types: ["rds"],
    values: {
      service_account_id: OTHER_ACCOUNT,
      service_role_name: '"team/teleport"',
      assume_role_arns:
        '["arn:aws:iam::210987654321:role/access", "arn:aws:iam::210987654321:role/team/teleport"]',
    },
    message:
      /^assume_role_arns holds the Database Service's own role, arn:aws:iam::210987654321:role\/team\/teleport, which would have to assume itself: this policy is the hop alone, .* Leave it out of assume_role_arns, and where Teleport's configuration has it as assume_role_arn, set service_role_self_assumption = true in the call that creates it\.$/,
  },
  {
    about: "sessions of more than an hour for roles that are assumed by roles",
    types: ["redshift"],
    values: {
      create_access_role: "true",
      access_role_max_session_duration: "7200",
      create_user_roles: "true",
      redshift_user_role_names: '["analyst"]',
      user_role_max_session_duration: "3601",
    },
    message:
      /^access_role_max_session_duration and user_role_max_session_duration above 3600 has no effect: AWS ends a session that is assumed from another role's after an hour, and these roles are assumed in no other way\. Leave it out\.$/,
  },
];

/** The neighbours of these calls: nothing is said about them. */
const rightCalls: readonly Omit<WrongCall, "message">[] = [
  {
    about: "databases in another account whose users are roles there",
    types: ["keyspace", "dynamodb"],
    values: { service_account_id: OTHER_ACCOUNT, external_id: '"example"' },
  },
  {
    about: "databases in another account behind an access role",
    types: ["rds", "redshift"],
    values: {
      service_account_id: OTHER_ACCOUNT,
      external_id: '"example"',
      additional_external_ids: '["older-id"]',
      create_access_role: "true",
      create_permissions_boundary: "true",
      create_user_roles: "true",
      redshift_user_role_names: '["analyst"]',
    },
  },
  {
    about: "the service's side of a hop, with long sessions of its own",
    types: ["rds"],
    values: {
      assume_role_arns: ACCESS_ROLES,
      create_service_role: "true",
      service_role_max_session_duration: "43200",
      service_account_id: OTHER_ACCOUNT,
    },
  },
  {
    about: "roles whose names are alike",
    types: ["dynamodb", "keyspace"],
    values: {
      create_service_role: "true",
      attach_to_roles: '{ other = "other" }',
      create_user_roles: "true",
      user_role_path: '"/teleport/"',
      dynamodb_user_role_names: '["a/reader", "a/reader-2"]',
      dynamodb_user_role_policies: `{ reader = ${POLICY}, reader-2 = ${POLICY} }`,
      keyspace_user_role_names: '["readers"]',
      keyspace_user_role_policies: `{ readers = ${POLICY} }`,
    },
  },
  {
    about: "an account that is known after apply",
    types: ["rds", "redshift"],
    values: { aws_account_id: LATER },
  },
  {
    about: "an account and an external ID that are known after apply, behind an access role",
    types: ["redshift"],
    values: {
      aws_account_id: LATER,
      service_account_id: OTHER_ACCOUNT,
      external_id: LATER,
      create_access_role: "true",
    },
  },
  {
    about: "an account that is known after apply, and the service's side of a hop",
    types: ["rds"],
    values: {
      aws_account_id: LATER,
      service_account_id: OTHER_ACCOUNT,
      assume_role_arns: ACCESS_ROLES,
    },
  },
  {
    about: "regions of the partition",
    types: ["rds"],
    values: {
      aws_partition: '"aws-cn"',
      rds_instances: '[{ region = "cn-north-1", instance_name = "a" }, { region = "*", instance_name = "a" }]',
    },
  },
];

const calls = [...wrongCalls, ...doubtfulCalls, ...rightCalls];

describeWithTerraform()("what spans variables", () => {
  let root: TerraformRoot;
  let diagnostics: readonly Diagnostic[];

  beforeAll(() => {
    root = new TerraformRoot({});
    const blocks = calls.map(({ types, values }, index) =>
      moduleCall(
        `call-${String(index)}`,
        // A folder of its own for each, by which its messages are told.
        root.addModule(folderOf(index), compose({ types })),
        { aws_account_id: '"123456789012"', ...values },
      ),
    );
    const later = 'resource "terraform_data" "later" {\n  input = "123456789012"\n}\n';
    root.write({ "main.tf": [OFFLINE_PROVIDER, later, ...blocks].join("\n") });
    root.init();
    diagnostics = root
      .run("plan", "-json")
      .stdout.split("\n")
      .flatMap((line) => (line === "" ? [] : ((JSON.parse(line) as Message).diagnostic ?? [])));
  });

  afterAll(() => {
    root.dispose();
  });

  const numbered = (
    some: readonly WrongCall[],
  ): (readonly [about: string, index: number, message: RegExp])[] =>
    some.map((call) => [call.about, calls.indexOf(call), call.message]);

  test.each(numbered(wrongCalls))(
    "%s: the plan fails, and says of which call and what to do",
    (_, index, message) => {
      const messages = said(index);
      expect(messages).not.toEqual([]);
      // Several policies can be too large, each in its own numbers.
      for (const one of messages) expect(one).toEqual(["error", expect.stringMatching(message)]);
    },
  );

  test.each(numbered(doubtfulCalls))("%s: the plan warns", (_, index, message) => {
    expect(said(index)).toEqual([["warning", expect.stringMatching(message)]]);
  });

  test.each(rightCalls.map((call) => [call.about, calls.indexOf(call)] as const))(
    "%s: the plan says nothing",
    (_, index) => {
      expect(said(index)).toEqual([]);
    },
  );

  test("terraform says nothing else", () => {
    const folders = new Set(diagnostics.map(({ range }) => range?.filename.split("/")[0]));
    expect(folders.size).toBe(wrongCalls.length + doubtfulCalls.length);
    expect([...folders].every((folder) => folder?.startsWith("module-"))).toBe(true);
  });

  /** What is said of a call, each message once, without the call's name in front of it. */
  function said(index: number): [severity: string, message: string][] {
    const found = diagnostics.filter(
      ({ range }) => range?.filename.startsWith(`${folderOf(index)}/`) === true,
    );
    const name = /^Account 123456789012, policy DatabaseAccess(-[a-z-]+)?: /;
    const messages = found.map(({ severity, detail }) => {
      const message = firstParagraph(detail);
      expect(message).toMatch(name);
      return `${severity}\n${message.replace(name, "")}`;
    });
    return [...new Set(messages)].map((text) => text.split("\n") as [string, string]);
  }
});

describe("a rule stands on the resource that it protects", () => {
  const blocks = Object.values(
    Object.fromEntries(compose({ types: ["all"] })),
  ).flatMap((content) => (content.startsWith("{") ? [JSON.parse(content) as Blocks] : []));
  const onResources = new Set(
    blocks.flatMap(({ resource = {} }) =>
      Object.values(resource)
        .flatMap((named) => Object.values(named))
        .flatMap(({ lifecycle }) => lifecycle?.precondition ?? [])
        .map(({ condition }) => condition),
    ),
  );
  const onOutputs = blocks.flatMap(({ output = {} }) =>
    Object.entries(output).flatMap(([name, { precondition = [] }]) =>
      precondition.map(({ condition }) => [name, condition] as const),
    ),
  );

  test("so that no output alone has one, but where nothing is created", () => {
    const alone = onOutputs.filter(([, condition]) => !onResources.has(condition));
    expect(alone.map(([name]) => name)).toEqual([
      // Roles are named, and there is no policy to attach to them.
      "policy_arns",
      // Policies are given to roles, and there are no such roles.
      "user_role_statements",
    ]);
  });
});

interface Rules {
  readonly precondition?: readonly { readonly condition: string }[];
}

interface Blocks {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { lifecycle?: Rules }>>>>;
  readonly output?: Readonly<Record<string, Rules>>;
}

function folderOf(index: number): string {
  return `module-${String(index)}`;
}

interface Diagnostic {
  readonly severity: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

interface Message {
  readonly diagnostic?: Diagnostic;
}

function firstParagraph(detail: string): string {
  return detail.split("\n\n")[0] ?? "";
}

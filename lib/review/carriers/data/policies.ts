import type { Absent, PolicyEffect } from "../../compare/resource-access";

/** An argument that is a policy of a resource. */
export interface PolicyArgument {
  readonly argument: string;
  /** The argument that names the resource it applies to; its own resource if undefined. */
  readonly target?: string;
  /**
   * The kind of thing that has the policy: policies of one kind that apply to the same resource
   * count together.
   */
  readonly of: string;
  /** The prefixes of the actions that such a resource has. */
  readonly services?: readonly string[];
  /** The effect next to the permissions of its callers; `either` if undefined. */
  readonly effect?: PolicyEffect;
  /** The access without a policy; nothing of its own if undefined. */
  readonly absent?: Absent;
  /** True if several resources of the type add to each other instead of replacing each other. */
  readonly adds?: true;
}

type Row = Partial<PolicyArgument>;

/** A policy of the resource itself. `services` has the prefixes of its actions, with spaces between. */
const own = (of: string, services: string, row: Row = {}): PolicyArgument => ({
  argument: "policy",
  of,
  ...(services === "" ? {} : { services: services.split(" ") }),
  ...row,
});

/** A policy that applies to another resource, which the argument `target` names. */
const onto = (target: string, of: string, services: string, row: Row = {}): PolicyArgument => ({
  ...own(of, services, row),
  target,
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const KEY: Row = { effect: "policy only", absent: "root of the account" };
/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const ENDPOINT: Row = { effect: "limit", absent: "everything" };
/** https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#default-file-system-policy */
const FILE_SYSTEM: Row = { absent: "everything" };
const TOPIC: Row = { absent: "topic of the account" };
const ADDS: Row = { adds: true };

/**
 * The types of the AWS provider 5.100 with a policy of a resource in the language of IAM, and where it is.
 * A resource of these types without a policy is private, or has AWS's own default.
 */
export const resourcePolicies: Readonly<Record<string, PolicyArgument>> = {
  aws_acmpca_policy: onto("resource_arn", "private certificate authority", "acm-pca"),
  aws_api_gateway_domain_name: own("domain name of API Gateway", "execute-api"),
  aws_api_gateway_rest_api: own("REST API", "execute-api"),
  aws_api_gateway_rest_api_policy: onto("rest_api_id", "REST API", "execute-api"),
  aws_backup_vault_policy: onto("backup_vault_name", "backup vault", "backup"),
  aws_cloudsearch_domain_service_access_policy: onto(
    "domain_name",
    "CloudSearch domain",
    "cloudsearch",
    { argument: "access_policy" },
  ),
  aws_cloudwatch_event_bus_policy: onto("event_bus_name", "event bus", "events"),
  aws_cloudwatch_log_delivery_destination_policy: onto(
    "delivery_destination_name",
    "log delivery destination",
    "logs",
    { argument: "delivery_destination_policy" },
  ),
  aws_cloudwatch_log_destination_policy: onto("destination_name", "log destination", "logs", {
    argument: "access_policy",
  }),
  aws_cloudwatch_log_resource_policy: own("log groups", "logs", {
    argument: "policy_document",
    ...ADDS,
  }),
  aws_codeartifact_domain_permissions_policy: onto(
    "domain",
    "CodeArtifact domain",
    "codeartifact",
    { argument: "policy_document" },
  ),
  aws_codeartifact_repository_permissions_policy: onto(
    "repository",
    "CodeArtifact repository",
    "codeartifact",
    { argument: "policy_document" },
  ),
  aws_codebuild_resource_policy: onto("resource_arn", "CodeBuild resource", "codebuild"),
  aws_dynamodb_resource_policy: onto("resource_arn", "DynamoDB resource", "dynamodb"),
  aws_ecr_registry_policy: own("container registry", "ecr"),
  aws_ecr_repository_creation_template: own("container repositories to be created", "ecr", {
    argument: "repository_policy",
  }),
  aws_ecr_repository_policy: onto("repository", "container repository", "ecr"),
  aws_ecrpublic_repository_policy: onto(
    "repository_name",
    "public container repository",
    "ecr-public",
  ),
  aws_efs_file_system_policy: onto(
    "file_system_id",
    "file system",
    "elasticfilesystem",
    FILE_SYSTEM,
  ),
  aws_elasticsearch_domain: own("search domain", "es", { argument: "access_policies" }),
  aws_elasticsearch_domain_policy: onto("domain_name", "search domain", "es", {
    argument: "access_policies",
  }),
  aws_glacier_vault: own("Glacier vault", "glacier", { argument: "access_policy" }),
  aws_glacier_vault_lock: onto("vault_name", "Glacier vault", "glacier", ADDS),
  aws_glue_resource_policy: own("Glue catalog", "glue"),
  aws_kinesis_resource_policy: onto("resource_arn", "Kinesis stream", "kinesis"),
  aws_kms_external_key: own("KMS key", "kms", KEY),
  aws_kms_key: own("KMS key", "kms", KEY),
  aws_kms_key_policy: onto("key_id", "KMS key", "kms", KEY),
  aws_kms_replica_external_key: own("KMS key", "kms", KEY),
  aws_kms_replica_key: own("KMS key", "kms", KEY),
  aws_media_store_container_policy: onto("container_name", "MediaStore container", "mediastore"),
  aws_msk_cluster_policy: onto("cluster_arn", "Kafka cluster", "kafka kafka-cluster"),
  aws_networkfirewall_resource_policy: onto(
    "resource_arn",
    "Network Firewall resource",
    "network-firewall",
  ),
  aws_oam_sink_policy: onto("sink_identifier", "observability sink", "oam"),
  aws_opensearch_domain: own("search domain", "es", { argument: "access_policies" }),
  aws_opensearch_domain_policy: onto("domain_name", "search domain", "es", {
    argument: "access_policies",
  }),
  aws_organizations_resource_policy: own("organization", "organizations", { argument: "content" }),
  aws_redshift_resource_policy: onto("resource_arn", "Redshift resource", "redshift"),
  aws_redshiftserverless_resource_policy: onto(
    "resource_arn",
    "Redshift Serverless resource",
    "redshift-serverless",
  ),
  aws_s3_access_point: own("S3 access point", "s3"),
  aws_s3_bucket: own("bucket", "s3"),
  aws_s3_bucket_policy: onto("bucket", "bucket", "s3"),
  aws_s3control_access_grants_instance_resource_policy: own("S3 Access Grants", "s3"),
  aws_s3control_access_point_policy: onto("access_point_arn", "S3 access point", "s3"),
  aws_s3control_bucket_policy: onto("bucket", "bucket on Outposts", "s3-outposts"),
  aws_s3control_multi_region_access_point_policy: onto(
    "details.name",
    "multi-Region access point",
    "s3",
    { argument: "details.policy" },
  ),
  aws_s3control_object_lambda_access_point_policy: onto(
    "name",
    "Object Lambda access point",
    "s3-object-lambda",
  ),
  aws_s3tables_table_bucket_policy: onto("table_bucket_arn", "table bucket", "s3tables", {
    argument: "resource_policy",
  }),
  aws_s3tables_table_policy: onto("name", "S3 table", "s3tables", { argument: "resource_policy" }),
  aws_sagemaker_model_package_group_policy: onto(
    "model_package_group_name",
    "model package group",
    "sagemaker",
    { argument: "resource_policy" },
  ),
  aws_schemas_registry_policy: onto("registry_name", "schema registry", "schemas"),
  aws_secretsmanager_secret: own("secret", "secretsmanager"),
  aws_secretsmanager_secret_policy: onto("secret_arn", "secret", "secretsmanager"),
  aws_ses_identity_policy: onto("identity", "email identity", "ses", ADDS),
  aws_sesv2_email_identity_policy: onto("email_identity", "email identity", "ses", ADDS),
  aws_sns_topic: own("topic", "sns", TOPIC),
  aws_sns_topic_policy: onto("arn", "topic", "sns", TOPIC),
  aws_sqs_queue: own("queue", "sqs"),
  aws_sqs_queue_policy: onto("queue_url", "queue", "sqs"),
  aws_vpc_endpoint: own("VPC endpoint", "", ENDPOINT),
  aws_vpc_endpoint_policy: onto("vpc_endpoint_id", "VPC endpoint", "", ENDPOINT),
  aws_vpclattice_auth_policy: onto(
    "resource_identifier",
    "VPC Lattice service",
    "vpc-lattice-svcs",
    { effect: "policy only" },
  ),
  aws_vpclattice_resource_policy: onto("resource_arn", "VPC Lattice resource", "vpc-lattice"),
  aws_xray_resource_policy: own("X-Ray", "xray", { argument: "policy_document", ...ADDS }),
};

/** An argument that is a policy without principals: its holders may do what it allows. */
export interface IdentityPolicyArgument {
  readonly argument: string;
  /** The name in messages. */
  readonly of: string;
  /** The access without it: nothing, or everything because it only limits. */
  readonly absent: "nothing" | "everything";
  /** The only value of another argument with which it is such a policy. */
  readonly when?: { readonly argument: string; readonly value: string };
}

/** Types with a policy of IAM that has no principals. */
export const identityPolicies: Readonly<Record<string, IdentityPolicyArgument>> = {
  aws_iot_policy: { argument: "policy", of: "IoT policy", absent: "nothing" },
  aws_organizations_policy: {
    argument: "content",
    of: "service control policy",
    absent: "everything",
    when: { argument: "type", value: "SERVICE_CONTROL_POLICY" },
  },
  aws_rolesanywhere_profile: {
    argument: "session_policy",
    of: "profile of Roles Anywhere",
    absent: "everything",
  },
  aws_ssoadmin_permission_set_inline_policy: {
    argument: "inline_policy",
    of: "permission set",
    absent: "nothing",
  },
  aws_transfer_access: { argument: "policy", of: "Transfer access", absent: "everything" },
  aws_transfer_user: { argument: "policy", of: "Transfer user", absent: "everything" },
};

/** The thing that policies apply to, and the attributes by which they name it. */
export interface PolicyTarget {
  readonly of: string;
  readonly names: readonly string[];
}

const target = (of: string, ...names: string[]): PolicyTarget => ({ of, names });

/** The types that policies of other resources apply to. */
export const policyTargets: Readonly<Record<string, PolicyTarget>> = {
  aws_api_gateway_rest_api: target("REST API", "id"),
  aws_backup_vault: target("backup vault", "name", "id"),
  aws_cloudwatch_event_bus: target("event bus", "name", "id", "arn"),
  aws_cloudwatch_log_destination: target("log destination", "name"),
  aws_codeartifact_domain: target("CodeArtifact domain", "domain"),
  aws_codeartifact_repository: target("CodeArtifact repository", "repository"),
  aws_dynamodb_table: target("DynamoDB resource", "arn", "stream_arn"),
  aws_ecr_repository: target("container repository", "name", "id"),
  aws_ecrpublic_repository: target("public container repository", "repository_name", "id"),
  aws_efs_file_system: target("file system", "id"),
  aws_elasticsearch_domain: target("search domain", "domain_name"),
  aws_glacier_vault: target("Glacier vault", "name", "id"),
  aws_kinesis_stream: target("Kinesis stream", "arn"),
  aws_kms_external_key: target("KMS key", "arn", "id"),
  aws_kms_key: target("KMS key", "arn", "key_id", "id"),
  aws_kms_replica_external_key: target("KMS key", "arn", "key_id", "id"),
  aws_kms_replica_key: target("KMS key", "arn", "key_id", "id"),
  aws_lambda_function: target("function", "function_name", "arn", "id"),
  aws_lambda_layer_version: target("layer", "layer_arn"),
  aws_media_store_container: target("MediaStore container", "name", "id"),
  aws_msk_cluster: target("Kafka cluster", "arn"),
  aws_opensearch_domain: target("search domain", "domain_name"),
  aws_s3_access_point: target("S3 access point", "arn"),
  aws_s3_bucket: target("bucket", "bucket", "id"),
  aws_s3tables_table_bucket: target("table bucket", "arn"),
  aws_schemas_registry: target("schema registry", "name", "id"),
  aws_secretsmanager_secret: target("secret", "arn", "id", "name"),
  aws_ses_domain_identity: target("email identity", "domain", "arn"),
  aws_ses_email_identity: target("email identity", "email", "arn"),
  aws_sesv2_email_identity: target("email identity", "email_identity", "arn"),
  aws_sns_topic: target("topic", "arn", "id"),
  aws_sqs_queue: target("queue", "url", "id"),
  aws_vpc_endpoint: target("VPC endpoint", "id"),
  aws_vpclattice_service: target("VPC Lattice service", "arn", "id"),
  aws_vpclattice_service_network: target("VPC Lattice service", "arn", "id"),
};

/** A type that is one statement of a policy, put together from its arguments: see statement-grants.ts. */
export const statementGrants: Readonly<Record<string, Omit<PolicyArgument, "argument">>> = {
  aws_cloudwatch_event_permission: onto("event_bus_name", "event bus", "events", ADDS),
  aws_kms_grant: onto("key_id", "KMS key", "kms", { ...KEY, ...ADDS }),
  aws_lambda_layer_version_permission: onto("layer_name", "layer", "lambda", ADDS),
  aws_lambda_permission: onto("function_name", "function", "lambda", ADDS),
};

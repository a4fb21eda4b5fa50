import type { Absent, PolicyEffect } from "../../compare/resource-access";
import { argumentsOf, byType, typesOf } from "./words";

/** A kind of thing that has policies. Those that apply to the same thing count together. */
interface Kind {
  /** The name in messages. */
  readonly of: string;
  /** The prefixes of the actions that such a thing has; any if undefined. */
  readonly services?: readonly string[];
  /** The effect next to the permissions of its callers; `either` if undefined. */
  readonly effect?: PolicyEffect;
  /** The access without a policy; nothing of its own if undefined. */
  readonly absent?: Absent;
}

const kind = (of: string, services: string, more: Partial<Kind> = {}): Kind => ({
  of,
  services: services.split(" "),
  ...more,
});

/** The kinds by the beginning of the types that are one or apply to one, without `aws_`. The first one counts. */
const kinds: Readonly<Record<string, Kind>> = {
  acmpca: kind("private certificate authority", "acm-pca"),
  api_gateway_domain_name: kind("domain name of API Gateway", "execute-api"),
  api_gateway_rest_api: kind("REST API", "execute-api"),
  backup_vault: kind("backup vault", "backup"),
  cloudsearch: kind("CloudSearch domain", "cloudsearch"),
  cloudwatch_event: kind("event bus", "events"),
  cloudwatch_log_delivery_destination: kind("log delivery destination", "logs"),
  cloudwatch_log_destination: kind("log destination", "logs"),
  cloudwatch_log_resource: kind("log groups", "logs"),
  codeartifact_domain: kind("CodeArtifact domain", "codeartifact"),
  codeartifact_repository: kind("CodeArtifact repository", "codeartifact"),
  codebuild: kind("CodeBuild resource", "codebuild"),
  dynamodb: kind("DynamoDB resource", "dynamodb"),
  ecr_registry: kind("container registry", "ecr"),
  ecr_repository_creation: kind("container repositories to be created", "ecr"),
  ecr_repository: kind("container repository", "ecr"),
  ecrpublic: kind("public container repository", "ecr-public"),
  // https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#default-file-system-policy
  efs: kind("file system", "elasticfilesystem", { absent: "everything" }),
  elasticsearch: kind("search domain", "es"),
  glacier: kind("Glacier vault", "glacier"),
  glue: kind("Glue catalog", "glue"),
  kinesis: kind("Kinesis stream", "kinesis"),
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  kms: kind("KMS key", "kms", { effect: "policy only", absent: "root of the account" }),
  lambda_layer: kind("layer", "lambda"),
  lambda: kind("function", "lambda"),
  media_store: kind("MediaStore container", "mediastore"),
  msk: kind("Kafka cluster", "kafka kafka-cluster"),
  networkfirewall: kind("Network Firewall resource", "network-firewall"),
  oam: kind("observability sink", "oam"),
  opensearch: kind("search domain", "es"),
  organizations: kind("organization", "organizations"),
  redshift_: kind("Redshift resource", "redshift"),
  redshiftserverless: kind("Redshift Serverless resource", "redshift-serverless"),
  s3_access_point: kind("S3 access point", "s3"),
  s3_bucket: kind("bucket", "s3"),
  s3control_access_grants: kind("S3 Access Grants", "s3"),
  s3control_access_point: kind("S3 access point", "s3"),
  s3control_bucket: kind("bucket on Outposts", "s3-outposts"),
  s3control_multi_region_access_point: kind("multi-Region access point", "s3"),
  s3control_object_lambda_access_point: kind("Object Lambda access point", "s3-object-lambda"),
  s3tables_table_bucket: kind("table bucket", "s3tables"),
  s3tables_table: kind("S3 table", "s3tables"),
  sagemaker: kind("model package group", "sagemaker"),
  schemas: kind("schema registry", "schemas"),
  secretsmanager: kind("secret", "secretsmanager"),
  ses: kind("email identity", "ses"),
  sns: kind("topic", "sns", { absent: "topic of the account" }),
  sqs: kind("queue", "sqs"),
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  vpc_endpoint: { of: "VPC endpoint", effect: "limit", absent: "everything" },
  vpclattice_resource: kind("VPC Lattice resource", "vpc-lattice"),
  vpclattice: kind("VPC Lattice service", "vpc-lattice-svcs", { effect: "policy only" }),
  xray: kind("X-Ray", "xray"),
};

/** The kind of thing that a type of the tables below is or applies to. */
export function kindOf(type: string): Kind {
  const found = Object.entries(kinds).find(([start]) => type.startsWith(`aws_${start}`));
  if (found === undefined) throw new Error(`No kind of thing has the type ${type}.`);
  return found[1];
}

/** A policy of a thing, by its type. */
export interface ThingPolicy extends Kind {
  /** The argument that names the thing; the resource itself is one if undefined. */
  readonly target?: string;
}

/** The names of arguments that are a policy, unless it is in a block with the name of the thing. */
export const policyNames: readonly string[] = [
  ...["access_policies", "access_policy", "content", "delivery_destination_policy", "policy"],
  ...["policy_document", "repository_policy", "resource_policy"],
];

/** Types of which several resources add to each other instead of replacing each other. */
export const additions: ReadonlySet<string> = new Set(
  typesOf(`
  cloudwatch_log_resource_policy glacier_vault_lock ses_identity_policy sesv2_email_identity_policy
  xray_resource_policy
  `),
);

/** Policies by their types, from words: a type, and behind a dot the argument that names the thing. */
const policiesOf = (text: string): ReadonlyMap<string, ThingPolicy> =>
  new Map(
    typesOf(text).map((word) => {
      const [type = "", ...path] = word.split(".");
      return [type, { ...kindOf(type), ...(path.length === 0 ? {} : { target: path.join(".") }) }];
    }),
  );

/**
 * The types of the AWS provider 5.100 with a policy of a resource in the language of IAM, and where it is.
 * A resource of these types without a policy is private, or has AWS's own default.
 */
export const resourcePolicies = policiesOf(`
  acmpca_policy.resource_arn api_gateway_domain_name api_gateway_rest_api
  api_gateway_rest_api_policy.rest_api_id backup_vault_policy.backup_vault_name
  cloudsearch_domain_service_access_policy.domain_name cloudwatch_event_bus_policy.event_bus_name
  cloudwatch_log_delivery_destination_policy.delivery_destination_name
  cloudwatch_log_destination_policy.destination_name cloudwatch_log_resource_policy
  codeartifact_domain_permissions_policy.domain
  codeartifact_repository_permissions_policy.repository codebuild_resource_policy.resource_arn
  dynamodb_resource_policy.resource_arn ecr_registry_policy ecr_repository_creation_template
  ecr_repository_policy.repository ecrpublic_repository_policy.repository_name
  efs_file_system_policy.file_system_id elasticsearch_domain elasticsearch_domain_policy.domain_name
  glacier_vault glacier_vault_lock.vault_name glue_resource_policy
  kinesis_resource_policy.resource_arn kms_external_key kms_key kms_key_policy.key_id
  kms_replica_external_key kms_replica_key media_store_container_policy.container_name
  msk_cluster_policy.cluster_arn networkfirewall_resource_policy.resource_arn
  oam_sink_policy.sink_identifier opensearch_domain opensearch_domain_policy.domain_name
  organizations_resource_policy redshift_resource_policy.resource_arn
  redshiftserverless_resource_policy.resource_arn s3_access_point s3_bucket s3_bucket_policy.bucket
  s3control_access_grants_instance_resource_policy s3control_access_point_policy.access_point_arn
  s3control_bucket_policy.bucket s3control_multi_region_access_point_policy.details.name
  s3control_object_lambda_access_point_policy.name s3tables_table_bucket_policy.table_bucket_arn
  s3tables_table_policy.name sagemaker_model_package_group_policy.model_package_group_name
  schemas_registry_policy.registry_name secretsmanager_secret
  secretsmanager_secret_policy.secret_arn ses_identity_policy.identity
  sesv2_email_identity_policy.email_identity sns_topic sns_topic_policy.arn sqs_queue
  sqs_queue_policy.queue_url vpc_endpoint vpc_endpoint_policy.vpc_endpoint_id
  vpclattice_auth_policy.resource_identifier vpclattice_resource_policy.resource_arn
  xray_resource_policy
`);

/** A type that is one statement of a policy, put together from its arguments: see statement-grants.ts. */
export const statementGrants = policiesOf(`
  cloudwatch_event_permission.event_bus_name kms_grant.key_id lambda_permission.function_name
  lambda_layer_version_permission.layer_name
`);

/** The types that policies of other resources apply to, with the attributes by which they name them. */
export const targetNames = argumentsOf({
  "api_gateway_rest_api efs_file_system vpc_endpoint": "id",
  "backup_vault ecr_repository glacier_vault media_store_container": "name id",
  schemas_registry: "name id",
  cloudwatch_event_bus: "name id arn",
  cloudwatch_log_destination: "name",
  codeartifact_domain: "domain",
  codeartifact_repository: "repository",
  dynamodb_table: "arn stream_arn",
  ecrpublic_repository: "repository_name id",
  "elasticsearch_domain opensearch_domain": "domain_name",
  "kinesis_stream msk_cluster s3_access_point s3tables_table_bucket": "arn",
  "kms_external_key sns_topic vpclattice_service vpclattice_service_network": "arn id",
  "kms_key kms_replica_external_key kms_replica_key": "arn key_id id",
  lambda_function: "function_name arn id",
  lambda_layer_version: "layer_arn",
  s3_bucket: "bucket id",
  secretsmanager_secret: "arn id name",
  ses_domain_identity: "domain arn",
  ses_email_identity: "email arn",
  sesv2_email_identity: "email_identity arn",
  sqs_queue: "url id",
});

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
export const identityPolicies = byType<IdentityPolicyArgument>({
  iot_policy: { argument: "policy", of: "IoT policy", absent: "nothing" },
  organizations_policy: {
    argument: "content",
    of: "service control policy",
    absent: "everything",
    when: { argument: "type", value: "SERVICE_CONTROL_POLICY" },
  },
  rolesanywhere_profile: {
    argument: "session_policy",
    of: "profile of Roles Anywhere",
    absent: "everything",
  },
  ssoadmin_permission_set_inline_policy: {
    argument: "inline_policy",
    of: "permission set",
    absent: "nothing",
  },
  "transfer_access transfer_user": {
    argument: "policy",
    of: "Transfer user",
    absent: "everything",
  },
});

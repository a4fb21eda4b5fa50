import { typesOf } from "./words";

/** The way an argument names a role: itself, by an instance profile, or by a task definition of ECS. */
export type RoleArgument = "role" | "profile" | "task definition";

/**
 * The names of arguments that hand a role to what a resource is, by an ARN or a name: patterns of a type and
 * the path of an argument in it. The AWS provider names nearly all of them so.
 */
export const roleNames: readonly (readonly [RoleArgument, RegExp])[] = [
  ["profile", /[ ._]instance_profile(_arn|_name)?$/],
  ["task definition", /[ .]task_definition(_arn)?$/],
  ["role", /[ ._](roles?|role_arns?|role_name)$/],
  ["role", /^aws_api_?gateway(v2)?_\w+ (authorizer_)?credentials(_arn)?$/],
];

/** Arguments of such a name that hand no role, or not in this way. */
export const noRoles: readonly RegExp[] = [
  // Compared as policies and members of the role, or as grants.
  /^aws_(auditmanager_\w+|iam_(?!instance_profile )\w+) |iam_action_definition/,
  // Roles inside of an application, of a database, or of a conversation.
  /^aws_(bedrockagent_prompt|db_proxy_endpoint|grafana_(role|workspace)_\w+|mq_broker) /,
  /^aws_quicksight_(?!data_source |vpc_connection )|saml_options\.|snowflake_role$/,
  // Roles of a service itself, of other accounts, and those that a filter looks for.
  /service_linked_role|placement_group_config|deliver_cross_account_role|ecr_image_puller_role/,
  /^aws_(inspector2_filter|organizations_account|securityhub_insight) /,
  // AWS tells them, and nobody sets them.
  /^aws_(connect_instance|macie2_account|mwaa_environment) service_role(_arn)?$/,
  /^aws_prometheus_scraper role_arn$|^aws_securitylake_subscriber /,
  /^aws_servicecatalog_provisioned_product |^aws_redshift_cluster cluster_nodes\./,
  /^aws_securitylake_custom_log_source provider_details\./,
  // See below.
  /^aws_launch_template iam_instance_profile$|compute_resources\.instance_role$/,
];

/** Further arguments of some types. A path has the key of a map in brackets. */
export const otherRoles: Readonly<Record<string, readonly (readonly [RoleArgument, string])[]>> = {
  aws_batch_compute_environment: [["profile", "compute_resources.instance_role"]],
  aws_bedrock_model_invocation_logging_configuration: [
    ["role", "logging_config.cloudwatch_config.role_arn"],
  ],
  aws_launch_template: [
    ["profile", "iam_instance_profile.arn"],
    ["profile", "iam_instance_profile.name"],
  ],
  kubernetes_annotations: [["role", "annotations[eks.amazonaws.com/role-arn]"]],
  kubernetes_service_account: [["role", "metadata.annotations[eks.amazonaws.com/role-arn]"]],
  kubernetes_service_account_v1: [["role", "metadata.annotations[eks.amazonaws.com/role-arn]"]],
};

/** Blocks with such an argument for a block of which a plan tells nothing yet. */
export const roleBlocks: ReadonlySet<string> = new Set(
  typesOf(`
  appconfig_environment.monitor appconfig_extension.action_point
  appflow_connector_profile.connector_profile_config appflow_flow.metadata_catalog_config
  apprunner_service.instance_configuration apprunner_service.source_configuration
  appsync_graphql_api.log_config athena_workgroup.configuration
  autoscaling_group.initial_lifecycle_hook batch_compute_environment.compute_resources
  bedrock_model_invocation_logging_configuration.logging_config
  chimesdkmediapipelines_media_insights_pipeline_configuration.elements
  cleanrooms_membership.default_result_configuration cloudformation_type.logging_config
  cloudfront_realtime_log_config.endpoint cloudwatch_event_target.ecs_target
  codebuild_project.build_batch_config codepipeline.stage
  cognito_identity_pool_roles_attachment.role_mapping
  cognito_managed_user_pool_client.analytics_configuration
  cognito_user_pool_client.analytics_configuration
  config_configuration_aggregator.organization_aggregation_source datasync_location_s3.s3_config
  datasync_task.task_report_config db_instance.s3_import dms_endpoint.elasticsearch_settings
  dms_endpoint.kinesis_settings dms_endpoint.redshift_settings dms_endpoint.s3_settings
  ecs_service.service_connect_configuration ecs_service.volume_configuration
  ecs_service.vpc_lattice_configurations eks_addon.pod_identity_association
  eks_cluster.compute_config elastic_beanstalk_application.appversion_lifecycle
  elasticsearch_domain.cognito_options emr_cluster.ec2_attributes
  emrcontainers_job_template.job_template_data gamelift_build.storage_location
  gamelift_script.storage_location glue_catalog_table_optimizer.configuration
  glue_data_catalog_encryption_settings.data_catalog_encryption_settings
  imagebuilder_distribution_configuration.distribution iot_ca_certificate.registration_config
  iot_topic_rule.cloudwatch_alarm iot_topic_rule.cloudwatch_logs iot_topic_rule.cloudwatch_metric
  iot_topic_rule.dynamodb iot_topic_rule.dynamodbv2 iot_topic_rule.elasticsearch
  iot_topic_rule.error_action iot_topic_rule.firehose iot_topic_rule.iot_analytics
  iot_topic_rule.iot_events iot_topic_rule.kinesis iot_topic_rule.republish iot_topic_rule.s3
  iot_topic_rule.sns iot_topic_rule.sqs iot_topic_rule.step_functions iot_topic_rule.timestream
  iot_topic_rule_destination.vpc_configuration
  kendra_data_source.custom_document_enrichment_configuration
  kinesis_analytics_application.cloudwatch_logging_options kinesis_analytics_application.inputs
  kinesis_analytics_application.outputs kinesis_analytics_application.reference_data_sources
  kinesis_firehose_delivery_stream.elasticsearch_configuration
  kinesis_firehose_delivery_stream.extended_s3_configuration
  kinesis_firehose_delivery_stream.http_endpoint_configuration
  kinesis_firehose_delivery_stream.iceberg_configuration
  kinesis_firehose_delivery_stream.kinesis_source_configuration
  kinesis_firehose_delivery_stream.msk_source_configuration
  kinesis_firehose_delivery_stream.opensearch_configuration
  kinesis_firehose_delivery_stream.opensearchserverless_configuration
  kinesis_firehose_delivery_stream.redshift_configuration
  kinesis_firehose_delivery_stream.snowflake_configuration
  kinesis_firehose_delivery_stream.splunk_configuration launch_template.iam_instance_profile
  lex_bot_alias.conversation_logs opensearch_domain.cognito_options pipes_pipe.target_parameters
  prometheus_scraper.role_configuration quicksight_data_source.parameters rds_cluster.s3_import
  rum_app_monitor.app_monitor_configuration s3_bucket.replication_configuration
  sagemaker_domain.default_space_settings sagemaker_domain.default_user_settings
  sagemaker_domain.domain_settings sagemaker_user_profile.user_settings scheduler_schedule.target
  securitylake_custom_log_source.configuration securitylake_data_lake.configuration
  securitylake_subscriber_notification.configuration servicecatalog_service_action.definition
  ses_event_destination.kinesis_destination ses_receipt_rule.s3_action
  sesv2_configuration_set_event_destination.event_destination
  spot_fleet_request.launch_specification ssm_maintenance_window_task.task_invocation_parameters
  ssmincidents_response_plan.action ssmquicksetup_configuration_manager.configuration_definition
  transcribe_language_model.input_data_config transfer_server.workflow_details
  `),
);

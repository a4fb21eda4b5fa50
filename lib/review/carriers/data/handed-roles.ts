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

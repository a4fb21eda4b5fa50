/**
 * Arguments of the types in the tables that the AWS provider fills in by itself if they are not set, and blocks that
 * it fills in, by its documentation: patterns of a type and the name of an argument.
 */
export const computedArguments: readonly RegExp[] = [
  / (acl|admins|allowed_principals|auth_type|authorized_session_tag_value_list|duration_seconds)$/,
  / (enabled|external_data_filtering_allow_list|guardrail_policy_arns|hybrid_access_enabled)$/,
  / (owner_arn|parent_id|permission_arns|read_only_admins|status|thumbprint_list)$/,
  / (trusted_resource_owners|user_authorization_required|with_federation)$/,
  /^aws_lakeformation_data_lake_settings parameters$/,
  // Blocks.
  / advanced_security_options$|^aws_s3_bucket_acl access_control_policy$/,
  /^aws_s3_bucket (grant|replication_configuration)$/,
];

/** Arguments that bear on access and are not compared. */
interface Others {
  /** Ends the sentence "It …". */
  readonly why: string;
  /** By type, the arguments; `*` for every one but tags. */
  readonly types: Readonly<Record<string, readonly string[]>>;
}

const ALL: readonly string[] = ["*"];

const groups: readonly Others[] = [
  {
    why: "decides who can sign in, as whom, or with which credentials",
    types: {
      aws_iam_account_password_policy: ALL,
      aws_iam_openid_connect_provider: ["thumbprint_list"],
      aws_iam_organizations_features: ["enabled_features"],
      aws_iam_saml_provider: ["saml_metadata_document"],
      aws_iam_security_token_service_preferences: ["global_endpoint_token_version"],
      aws_iam_virtual_mfa_device: ["virtual_mfa_device_name", "path"],
      aws_rolesanywhere_profile: [
        ...["managed_policy_arns", "enabled", "require_instance_properties", "duration_seconds"],
      ],
      aws_rolesanywhere_trust_anchor: ["enabled", "source"],
      aws_ssoadmin_application: ["application_provider_arn", "status", "portal_options"],
      aws_ssoadmin_application_assignment_configuration: ["assignment_required"],
      aws_ssoadmin_instance_access_control_attributes: ["attribute"],
      aws_ssoadmin_trusted_token_issuer: ["trusted_token_issuer_configuration"],
      aws_identitystore_user: ["user_name", "emails", "user_type"],
    },
  },
  {
    why: "has a policy or rules in a language that is not compared, or decides what one applies to",
    types: {
      aws_budgets_budget_action: ["definition", "approval_model", "action_threshold"],
      aws_chatbot_slack_channel_configuration: [
        ...["guardrail_policy_arns", "slack_channel_id", "slack_team_id"],
        "user_authorization_required",
      ],
      aws_chatbot_teams_channel_configuration: [
        ...["guardrail_policy_arns", "channel_id", "team_id", "tenant_id"],
        "user_authorization_required",
      ],
      aws_ecr_account_setting: ALL,
      aws_fsx_s3_access_point_attachment: ["s3_access_point"],
      aws_iot_provisioning_template: ["template_body", "enabled", "pre_provisioning_hook"],
      aws_iot_thing_group: ["parent_group_name"],
      aws_networkmanager_core_network_policy_attachment: ["policy_document"],
      aws_opensearchserverless_access_policy: ALL,
      aws_opensearchserverless_security_config: ALL,
      aws_opensearchserverless_security_policy: ALL,
      aws_prometheus_resource_policy: ["policy_document"],
      aws_s3_bucket_abac: ALL,
      aws_s3control_directory_bucket_access_point_scope: ["scope"],
      aws_s3vectors_vector_bucket_policy: ["policy"],
      aws_transfer_access: ["home_directory", "home_directory_mappings", "posix_profile"],
      aws_transfer_user: ["home_directory", "home_directory_mappings", "posix_profile"],
      aws_verifiedaccess_endpoint: ["policy_document", "verified_access_group_id"],
      aws_verifiedaccess_group: ["policy_document", "verifiedaccess_instance_id"],
      aws_verifiedaccess_instance_trust_provider_attachment: ALL,
      aws_verifiedaccess_trust_provider: ALL,
      aws_verifiedpermissions_identity_source: ALL,
      aws_verifiedpermissions_policy: ALL,
      aws_verifiedpermissions_policy_store: ["validation_settings"],
      aws_verifiedpermissions_policy_template: ALL,
      aws_verifiedpermissions_schema: ALL,
    },
  },
  {
    why: "can grant access to others without a policy document",
    types: {
      aws_api_gateway_authorizer: ["type", "provider_arns", "identity_source", "authorizer_uri"],
      aws_api_gateway_method: ["authorizer_id", "api_key_required", "authorization_scopes"],
      aws_api_gateway_rest_api: ["body"],
      aws_api_gateway_rest_api_put: ["body", "parameters"],
      aws_apigatewayv2_api: ["body", "target"],
      aws_apigatewayv2_authorizer: [
        ...["authorizer_type", "authorizer_uri", "identity_sources", "jwt_configuration"],
      ],
      aws_apigatewayv2_route: ["authorizer_id", "api_key_required", "authorization_scopes"],
      aws_appsync_api: ["event_config"],
      aws_appsync_channel_namespace: ["publish_auth_mode", "subscribe_auth_mode"],
      aws_appsync_graphql_api: [
        ...["authentication_type", "additional_authentication_provider"],
        ...["lambda_authorizer_config", "openid_connect_config", "user_pool_config", "visibility"],
      ],
      aws_bedrockagentcore_agent_runtime: ["authorizer_configuration", "role_arn"],
      aws_bedrockagentcore_gateway: ["authorizer_type", "authorizer_configuration", "role_arn"],
      aws_cleanrooms_collaboration: ["member", "creator_member_abilities"],
      aws_cleanrooms_membership: ["collaboration_id"],
      aws_cloud9_environment_ec2: ["owner_arn"],
      aws_cognito_identity_pool: [
        ...["cognito_identity_providers", "openid_connect_provider_arns", "saml_provider_arns"],
        ...["supported_login_providers", "developer_provider_name"],
      ],
      aws_cognito_identity_pool_provider_principal_tag: ["principal_tags", "use_defaults"],
      aws_cognito_identity_pool_roles_attachment: ["role_mapping"],
      aws_cognito_user_group: ["precedence"],
      aws_directory_service_trust: ALL,
      aws_dlm_lifecycle_policy: ["policy_details.schedule.share_rule"],
      aws_eks_capability: ALL,
      aws_eks_identity_provider_config: ["oidc"],
      aws_elasticsearch_domain: [
        "cognito_options",
        "advanced_security_options.master_user_options",
      ],
      aws_elasticsearch_domain_saml_options: ["saml_options"],
      aws_emr_studio: ["auth_mode", "idp_auth_url"],
      aws_iot_authorizer: ["authorizer_function_arn", "signing_disabled", "status"],
      aws_iot_ca_certificate: ["active", "allow_auto_registration", "ca_certificate_pem"],
      aws_iot_certificate: ["active"],
      aws_lakeformation_data_cells_filter: ["table_data"],
      aws_lakeformation_data_lake_settings: [
        ...["allow_external_data_filtering", "allow_full_table_external_data_access"],
        ...["authorized_session_tag_value_list", "parameters"],
      ],
      aws_lakeformation_identity_center_configuration: ALL,
      aws_lakeformation_lf_tag: ["values"],
      aws_lakeformation_lf_tag_expression: ["expression"],
      aws_lakeformation_opt_in: ALL,
      aws_lakeformation_resource: ["arn", "hybrid_access_enabled", "with_federation"],
      aws_lakeformation_resource_lf_tag: ALL,
      aws_lakeformation_resource_lf_tags: ALL,
      aws_opensearch_domain: [
        ...["cognito_options", "advanced_security_options.master_user_options"],
        "advanced_security_options.internal_user_database_enabled",
      ],
      aws_opensearch_domain_saml_options: ["saml_options"],
      aws_quicksight_account_subscription: [
        ...["admin_group", "author_group", "reader_group", "authentication_method"],
      ],
      aws_quicksight_custom_permissions: ALL,
      aws_quicksight_data_set: ["row_level_permission_data_set", "column_level_permission_rules"],
      aws_quicksight_role_custom_permission: ALL,
      aws_quicksight_user_custom_permission: ALL,
      aws_ram_resource_share: ["permission_arns"],
      aws_s3control_access_grants_instance: ["identity_center_arn"],
      aws_s3control_access_grants_location: ["location_scope"],
      aws_securitylake_custom_log_source: ["configuration.provider_identity"],
      aws_servicecatalog_constraint: ["parameters", "type"],
      aws_ssm_service_setting: ["setting_value"],
    },
  },
  {
    why: "can create anything, roles and policies included",
    types: {
      aws_cloudcontrolapi_resource: ALL,
      aws_cloudformation_stack: ALL,
      aws_cloudformation_stack_instances: ALL,
      aws_cloudformation_stack_set: ALL,
      aws_cloudformation_stack_set_instance: ALL,
      aws_sagemaker_project: ALL,
      aws_serverlessapplicationrepository_cloudformation_stack: ALL,
      aws_servicecatalog_provisioned_product: ALL,
      aws_ssmquicksetup_configuration_manager: ALL,
    },
  },
  {
    why: "decides what accounts and identities of an organization may do",
    types: {
      aws_backup_global_settings: ["global_settings"],
      aws_controltower_baseline: ALL,
      aws_controltower_control: ALL,
      aws_controltower_landing_zone: ALL,
      aws_organizations_account: ["parent_id", "role_name", "iam_user_access_to_billing"],
      aws_organizations_organization: ["enabled_policy_types", "feature_set"],
      aws_organizations_organizational_unit: ["parent_id"],
    },
  },
];

/** Arguments that bear on access and are not compared, and why they can. */
export interface OtherArguments {
  readonly arguments: readonly string[];
  readonly why: string;
}

/** By type, the arguments that bear on access and are not compared. */
export const otherArguments: ReadonlyMap<string, OtherArguments> = new Map(
  groups.flatMap(({ why, types }) =>
    Object.entries(types).map(([type, names]) => [type, { arguments: names, why }] as const),
  ),
);

/** Types of those that give nobody anything yet by being created. */
export const nothingWhenNew: ReadonlySet<string> = new Set([
  "aws_api_gateway_authorizer",
  "aws_apigatewayv2_authorizer",
  "aws_cloud9_environment_ec2",
  "aws_cognito_identity_pool",
  "aws_cognito_user_group",
  "aws_elasticsearch_domain",
  "aws_iam_openid_connect_provider",
  "aws_iam_saml_provider",
  "aws_iam_virtual_mfa_device",
  "aws_identitystore_user",
  "aws_iot_certificate",
  "aws_iot_thing_group",
  "aws_lakeformation_lf_tag",
  "aws_opensearch_domain",
  "aws_organizations_organizational_unit",
  "aws_quicksight_data_set",
  "aws_ram_resource_share",
  "aws_s3control_access_grants_location",
  "aws_verifiedpermissions_policy_store",
]);

import { argumentsOf, typesOf } from "./words";

/** Arguments that bear on access and are not compared, by the words of {@link argumentsOf}. */
interface Others {
  /** Ends the sentence "It …". */
  readonly why: string;
  /** Types of which every argument but tags counts. */
  readonly all: string;
  /** The arguments of other types. */
  readonly some: Readonly<Record<string, string>>;
}

const groups: readonly Others[] = [
  {
    why: "decides who can sign in, under which identity, or with which credentials",
    all: `
      iam_account_password_policy`,
    some: {
      iam_openid_connect_provider: "thumbprint_list",
      iam_organizations_features: "enabled_features",
      iam_saml_provider: "saml_metadata_document",
      iam_security_token_service_preferences: "global_endpoint_token_version",
      iam_virtual_mfa_device: "virtual_mfa_device_name path",
      rolesanywhere_profile:
        "managed_policy_arns enabled require_instance_properties duration_seconds",
      rolesanywhere_trust_anchor: "enabled source",
      ssoadmin_application: "application_provider_arn status portal_options",
      ssoadmin_application_assignment_configuration: "assignment_required",
      ssoadmin_instance_access_control_attributes: "attribute",
      ssoadmin_trusted_token_issuer: "trusted_token_issuer_configuration",
      identitystore_user: "user_name emails user_type",
    },
  },
  {
    why: "has a policy or rules in a language that is not compared, or decides to which resources one applies",
    all: `
      ecr_account_setting opensearchserverless_access_policy opensearchserverless_security_config
      opensearchserverless_security_policy s3_bucket_abac
      verifiedaccess_instance_trust_provider_attachment verifiedaccess_trust_provider
      verifiedpermissions_identity_source verifiedpermissions_policy
      verifiedpermissions_policy_template verifiedpermissions_schema`,
    some: {
      budgets_budget_action: "definition approval_model action_threshold",
      chatbot_slack_channel_configuration:
        "guardrail_policy_arns slack_channel_id slack_team_id user_authorization_required",
      chatbot_teams_channel_configuration:
        "guardrail_policy_arns channel_id team_id tenant_id user_authorization_required",
      fsx_s3_access_point_attachment: "s3_access_point",
      iot_provisioning_template: "template_body enabled pre_provisioning_hook",
      iot_thing_group: "parent_group_name",
      "networkmanager_core_network_policy_attachment prometheus_resource_policy": "policy_document",
      s3control_directory_bucket_access_point_scope: "scope",
      s3vectors_vector_bucket_policy: "policy",
      "transfer_access transfer_user": "home_directory home_directory_mappings posix_profile",
      verifiedaccess_endpoint: "policy_document verified_access_group_id",
      verifiedaccess_group: "policy_document verifiedaccess_instance_id",
      verifiedpermissions_policy_store: "validation_settings",
    },
  },
  {
    why: "can grant access to others without a policy document",
    all: `
      directory_service_trust eks_capability lakeformation_identity_center_configuration
      lakeformation_opt_in lakeformation_resource_lf_tag lakeformation_resource_lf_tags
      quicksight_custom_permissions quicksight_role_custom_permission
      quicksight_user_custom_permission`,
    some: {
      api_gateway_authorizer: "type provider_arns identity_source authorizer_uri",
      "api_gateway_method apigatewayv2_route":
        "authorizer_id api_key_required authorization_scopes",
      api_gateway_rest_api: "body",
      api_gateway_rest_api_put: "body parameters",
      apigatewayv2_api: "body target",
      apigatewayv2_authorizer: "authorizer_type authorizer_uri identity_sources jwt_configuration",
      appsync_api: "event_config",
      appsync_channel_namespace: "publish_auth_mode subscribe_auth_mode",
      appsync_graphql_api: `
        authentication_type additional_authentication_provider lambda_authorizer_config
        openid_connect_config user_pool_config visibility`,
      bedrockagentcore_agent_runtime: "authorizer_configuration role_arn",
      bedrockagentcore_gateway: "authorizer_type authorizer_configuration role_arn",
      cleanrooms_collaboration: "member creator_member_abilities",
      cleanrooms_membership: "collaboration_id",
      cloud9_environment_ec2: "owner_arn",
      cognito_identity_pool: `
        cognito_identity_providers openid_connect_provider_arns saml_provider_arns
        supported_login_providers developer_provider_name`,
      cognito_identity_pool_provider_principal_tag: "principal_tags use_defaults",
      cognito_identity_pool_roles_attachment: "role_mapping",
      cognito_user_group: "precedence",
      dlm_lifecycle_policy: "policy_details.schedule.share_rule",
      eks_identity_provider_config: "oidc",
      elasticsearch_domain: "cognito_options advanced_security_options.master_user_options",
      "elasticsearch_domain_saml_options opensearch_domain_saml_options": "saml_options",
      emr_studio: "auth_mode idp_auth_url",
      iot_authorizer: "authorizer_function_arn signing_disabled status",
      iot_ca_certificate: "active allow_auto_registration ca_certificate_pem",
      iot_certificate: "active",
      lakeformation_data_cells_filter: "table_data",
      lakeformation_data_lake_settings: `
        allow_external_data_filtering allow_full_table_external_data_access
        authorized_session_tag_value_list parameters`,
      lakeformation_lf_tag: "values",
      lakeformation_lf_tag_expression: "expression",
      lakeformation_resource: "arn hybrid_access_enabled with_federation",
      opensearch_domain: `
        cognito_options advanced_security_options.master_user_options
        advanced_security_options.internal_user_database_enabled`,
      quicksight_account_subscription:
        "admin_group author_group reader_group authentication_method",
      quicksight_data_set: "row_level_permission_data_set column_level_permission_rules",
      ram_resource_share: "permission_arns",
      s3control_access_grants_instance: "identity_center_arn",
      s3control_access_grants_location: "location_scope",
      securitylake_custom_log_source: "configuration.provider_identity",
      servicecatalog_constraint: "parameters type",
      ssm_service_setting: "setting_value",
    },
  },
  {
    why: "can create anything, including roles and policies",
    all: `
      cloudcontrolapi_resource cloudformation_stack cloudformation_stack_instances
      cloudformation_stack_set cloudformation_stack_set_instance sagemaker_project
      serverlessapplicationrepository_cloudformation_stack servicecatalog_provisioned_product
      ssmquicksetup_configuration_manager`,
    some: {},
  },
  {
    why: "decides what accounts and identities of an organization may do",
    all: `
      controltower_baseline controltower_control controltower_landing_zone`,
    some: {
      backup_global_settings: "global_settings",
      organizations_account: "parent_id role_name iam_user_access_to_billing",
      organizations_organization: "enabled_policy_types feature_set",
      organizations_organizational_unit: "parent_id",
    },
  },
];

/**
 * By type, the arguments that bear on access and are not compared, and why they can; no arguments for every one but
 * tags.
 */
export const otherArguments = new Map(
  groups.flatMap(({ why, all, some }) =>
    [...typesOf(all).map((type) => [type, undefined] as const), ...argumentsOf(some)].map(
      ([type, names]) => [type, { why, arguments: names }] as const,
    ),
  ),
);

/** Types of those that give nobody anything yet by being created. */
export const nothingWhenNew: ReadonlySet<string> = new Set(
  typesOf(`
  api_gateway_authorizer apigatewayv2_authorizer cloud9_environment_ec2 cognito_identity_pool
  cognito_user_group elasticsearch_domain iam_openid_connect_provider iam_saml_provider
  iam_virtual_mfa_device identitystore_user iot_certificate iot_thing_group lakeformation_lf_tag
  opensearch_domain organizations_organizational_unit quicksight_data_set ram_resource_share
  s3control_access_grants_location verifiedpermissions_policy_store`),
);

/** Types whose deletion only removes access. They limit nobody. */
export const ends: ReadonlySet<string> = new Set(
  typesOf(`
  api_gateway_authorizer api_gateway_method api_gateway_rest_api apigatewayv2_api
  apigatewayv2_authorizer apigatewayv2_route appsync_api appsync_channel_namespace
  appsync_graphql_api bedrockagentcore_agent_runtime bedrockagentcore_gateway budgets_budget_action
  chatbot_slack_channel_configuration chatbot_teams_channel_configuration cleanrooms_collaboration
  cleanrooms_membership cloud9_environment_ec2 cognito_identity_pool
  cognito_identity_pool_roles_attachment cognito_user_group directory_service_trust
  dlm_lifecycle_policy eks_capability eks_identity_provider_config elasticsearch_domain
  elasticsearch_domain_saml_options emr_studio iam_openid_connect_provider iam_saml_provider
  iam_virtual_mfa_device identitystore_user iot_authorizer iot_ca_certificate iot_certificate
  iot_provisioning_template iot_thing_group opensearch_domain opensearch_domain_saml_options
  opensearchserverless_access_policy opensearchserverless_security_config rolesanywhere_profile
  rolesanywhere_trust_anchor s3control_access_grants_instance s3control_access_grants_location
  securitylake_custom_log_source ssoadmin_application ssoadmin_trusted_token_issuer transfer_access
  transfer_user verifiedaccess_endpoint verifiedaccess_instance_trust_provider_attachment
  verifiedaccess_trust_provider verifiedpermissions_identity_source`),
);

import { argumentsOf, typesOf } from "./words";

/**
 * Types that give somebody something by being there, without a policy document. A created one is a gain, a deleted
 * one a loss.
 */
export const grants: ReadonlySet<string> = new Set(
  typesOf(`
  acmpca_permission ami_launch_permission api_gateway_domain_name_access_association appsync_api_key
  auditmanager_assessment_delegation auditmanager_framework_share
  auditmanager_organization_admin_account_registration cloud9_environment_membership
  cloudtrail_organization_delegated_admin_account cognito_user_in_group
  config_aggregate_authorization detective_organization_admin_account
  directory_service_shared_directory directory_service_shared_directory_accepter eks_access_entry
  eks_access_policy_association emr_studio_session_mapping fms_admin_account
  globalaccelerator_cross_account_attachment guardduty_organization_admin_account iam_access_key
  iam_service_linked_role iam_service_specific_credential iam_signing_certificate
  iam_user_login_profile iam_user_ssh_key identitystore_group_membership
  inspector2_delegated_admin_account iot_policy_attachment iot_thing_group_membership
  iot_thing_principal_attachment lakeformation_permissions licensemanager_grant
  licensemanager_grant_accepter lightsail_bucket_access_key lightsail_bucket_resource_access
  macie2_organization_admin_account network_interface_permission oam_link
  opensearch_authorize_vpc_endpoint_access opsworks_permission opsworks_user_profile
  organizations_delegated_administrator quicksight_folder_membership quicksight_group_membership
  quicksight_iam_policy_assignment quicksight_role_membership quicksight_user
  ram_principal_association ram_resource_association ram_resource_share_accepter
  ram_sharing_with_organization redshift_data_share_authorization
  redshift_data_share_consumer_association redshift_endpoint_authorization
  redshift_snapshot_copy_grant s3control_access_grant securityhub_organization_admin_account
  securitylake_subscriber servicecatalog_organizations_access servicecatalog_portfolio_share
  servicecatalog_principal_portfolio_association servicecatalog_product_portfolio_association
  shield_drt_access_log_bucket_association signer_signing_profile_permission
  snapshot_create_volume_permission ssm_activation ssoadmin_account_assignment
  ssoadmin_application_access_scope ssoadmin_application_assignment
  ssoadmin_customer_managed_policy_attachment ssoadmin_managed_policy_attachment transfer_ssh_key
  vpc_endpoint_service_allowed_principal vpc_ipam_organization_admin_account
  `),
);

/** Types that limit by being there: one that is created is a loss, one that is deleted a gain. */
export const limits: ReadonlySet<string> = new Set(
  typesOf("organizations_policy_attachment ssoadmin_permissions_boundary_attachment"),
);

/** The names of arguments that tell who receives a grant, the more certain ones first. */
export const receivers: readonly RegExp[] = [
  /^(principals?(_arn|_id)?|grantee|consumer_(arn|identifier)|subscriber_identity)$/,
  /^(member_(id|name)|identit(y_id|y_name|ies)|user(name|_name|_arn)?|iam_arn)$/,
  /^((\w+_)?account(_id)?|target(_id)?|group|organization(al_unit)?_arn)$/,
  /^(aws_service_name|permission_set_arn|role_arn|thing_name)$/,
];

/** Attributes of a grant that bear on nothing: names, descriptions, orders to Terraform, and what AWS tells. */
export const silent: readonly RegExp[] = [
  /^(id|arn|name|path|tags|tags_all|timeouts|authorized_principal|resources|unique_id|version|\w*fingerprint)$/,
  /^(comment|notes|description|subscriber_(name|description)|accept_language)$/,
  /^(force|skip|wait)_|^(associated|created?|joined|modified|last_modified)_/,
];

/** Arguments of grants that AWS fills in if they are not set. One that is removed may give more than before. */
export const filledIn: readonly RegExp[] = [
  /^(access_type|account_id|allow_\w+|expiration_date|identity_\w+|kms_key_id|kubernetes_groups)$/,
  /^(level|namespace|permissions_with_grant_option|profile_version|source_account|user_name)$/,
];

/** Arguments that list who has something: an entry more is a gain, one fewer a loss. */
export const principalLists = argumentsOf({
  auditmanager_assessment: "roles",
  "db_cluster_snapshot db_snapshot db_snapshot_copy rds_cluster_snapshot_copy": "shared_accounts",
  glue_catalog_database: "create_table_default_permission",
  iam_openid_connect_provider: "client_id_list",
  imagebuilder_distribution_configuration: `
    distribution.ami_distribution_configuration.launch_permission
    distribution.ami_distribution_configuration.target_account_ids`,
  lakeformation_data_lake_settings: `
    admins read_only_admins trusted_resource_owners external_data_filtering_allow_list
    create_database_default_permissions create_table_default_permissions`,
  organizations_organization: "aws_service_access_principals",
  "quicksight_analysis quicksight_dashboard quicksight_data_set": "permissions",
  "quicksight_folder quicksight_template quicksight_theme ssm_document": "permissions",
  quicksight_data_source: "permission",
  "s3_bucket s3_object_copy": "grant",
  s3_bucket_acl: "access_control_policy.grant",
  s3_bucket_logging: "target_grant",
  vpc_endpoint_service: "allowed_principals",
});

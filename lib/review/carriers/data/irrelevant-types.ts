/**
 * Types of the AWS provider that look as if they decided about access to AWS, by their name or an attribute, and do
 * not. Roles that they hand on are found by their names.
 */
const irrelevantTypes: readonly RegExp[] = [
  // They shape traffic, and decide about the network.
  /_(stickiness|ssl_negotiation|https_redirection|proxy_protocol)_policy$/,
  /^aws_(load_balancer(_listener|_backend_server)?|proxy_protocol|route53_traffic)_policy(_instance)?$/,
  /^aws_cloudfront_(cache|continuous_deployment|origin_request|response_headers)_policy$/,
  /^aws_(lb_trust_store(_revocation)?|cloudfront_origin_access_(control|identity))$/,
  /_(network|web)_acl$|^aws_(ec2_transit_gateway_policy_table|networkfirewall_firewall_policy)/,
  /^aws_(ec2_(client_vpn_authorization_rule|network_insights_analysis)|networkmanager_core_network)$/,
  /^aws_(emr|vpc)_block_public_access_|^aws_redshift(serverless)?_endpoint_access$/,
  /^aws_route53_(delegation_set|vpc_association_authorization)$|_delegation_signer_record$/,
  // They scale, keep files for a time, and protect or check what there is.
  /(auto|_managed_)scaling_policy$|_(scheduling|(?<!dlm_)lifecycle|backup|redrive(_allow)?)_policy$/,
  /_(data_protection|log_account|log_index|resiliency)_policy$|_access_log(ging|_subscription)/,
  /^aws_(accessanalyzer_|config_(config|organization_custom_policy)_rule$|fms_policy$)/,
  /^aws_(lambda_code_signing_config|securityhub_configuration_policy(_association)?)$/,
  // They sign in to something else than AWS, or are its accounts.
  /^aws_(app(fabric|stream)|workspacesweb)_|_(credential_provider|workload_identity)$/,
  /^aws_(appflow_connector_profile|appsync_datasource|bedrockagent_data_source|dms_endpoint)$/,
  /^aws_(cloudwatch_event_connection|codebuild_source_credential|cognito_identity_provider)$/,
  /^aws_(connect_security_profile|datasync_location_(azure_blob|hdfs)|docdbelastic_cluster)$/,
  /^aws_(grafana_workspace_saml_configuration|memorydb_acl|mskconnect_connector)$/,
  /^aws_(iot_domain_configuration|verifiedaccess_instance(_logging_configuration)?)$/,
  /^aws_(chime_voice_connector_termination_credentials|storagegateway_(nfs|smb)_file_share)$/,
  /^aws_ses(v2)?_(domain|email|identity)_(identity|notification)(?!_policy)|^aws_ses_receipt_filter$/,
  // They give nothing by themselves.
  /_role_(alias|(arn_)?association)$|^aws_(eks_pod_identity_association|redshift_cluster_iam_roles)$/,
  /^aws_iam_(account_alias|instance_profile|server_certificate)$|^aws_identitystore_group$/,
  /^aws_(efs|s3control_object_lambda)_access_point$|^aws_ssoadmin_permission_set$/,
];

/** True if a type looks as if it decided about access, and does not. */
export const isIrrelevant = (type: string): boolean =>
  irrelevantTypes.some((pattern) => pattern.test(type));

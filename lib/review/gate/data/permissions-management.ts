/**
 * The actions to which AWS gives the access level "Permissions management", by service.
 *
 * `rds-db:connect` has this level too and is left out: it connects to a database and gives no permissions.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const permissionsManagement: Readonly<Record<string, string>> = {
  "acm-pca": "CreatePermission DeletePermission DeletePolicy PutPolicy",
  aidevops: "AllowVendedLogDeliveryForResource",
  apigateway:
    "AddCertificateToDomain CreateAccessAssociation DeletePortalProductSharingPolicy PutPortalProductSharingPolicy RejectAccessAssociation RemoveCertificateFromDomain SetWebACL UpdateDomainNameManagementPolicy UpdateDomainNamePolicy UpdateRestApiPolicy",
  appsync: "SetWebACL",
  "arc-region-switch": "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy",
  "aws-marketplace": "DeleteResourcePolicy PutResourcePolicy",
  backup:
    "DeleteBackupVaultAccessPolicy DeleteBackupVaultSharingPolicy ListIndexedRecoveryPointsForSearch PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy SearchRecoveryPoint",
  bedrock: "AllowVendedLogDeliveryForResource",
  "bedrock-agentcore":
    "AllowVendedLogDeliveryForResource AuthorizeAction InvokeGateway InvokeWebSearch ManageAdminPolicy ManageResourceScopedPolicy PartiallyAuthorizeActions SynchronizeGatewayTargets",
  billing: "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy",
  "cleanrooms-ml": "PutConfiguredAudienceModelPolicy",
  cloudformation: "SetStackPolicy",
  cloudfront: "AllowVendedLogDeliveryForResource",
  cloudhsm: "DeleteResourcePolicy PutResourcePolicy",
  cloudsearch: "UpdateServiceAccessPolicies",
  cloudwatch:
    "AssumeAccessProfile CreateAccessGrant CreateAccessProfile CreateDomainAccessGrantForOrganization DeleteAccessGrant DeleteAccessProfile DeleteDomainAccessGrantForOrganization UpdateAccessProfile",
  codeartifact: "DeleteDomainPermissionsPolicy DeleteRepositoryPermissionsPolicy",
  codebuild: "DeleteResourcePolicy PutResourcePolicy",
  "codeguru-profiler": "PutPermission RemovePermission",
  codestar:
    "AssociateTeamMember CreateProject DeleteProject DisassociateTeamMember UpdateTeamMember",
  codewhisperer: "AllowVendedLogDeliveryForResource",
  datazone:
    "AddPolicyGrant DeleteDomainSharingPolicy GetIamPortalLoginUrl PutDomainSharingPolicy RemovePolicyGrant RevokeSubscription",
  deadline:
    "AssociateMemberToFarm AssociateMemberToFleet AssociateMemberToJob AssociateMemberToQueue DisassociateMemberFromFarm DisassociateMemberFromFleet DisassociateMemberFromJob DisassociateMemberFromQueue",
  ds: "AccessDSData",
  dynamodb: "DeleteResourcePolicy PutResourcePolicy UpdateAbacStatus",
  ec2: "AttachApplianceToNatGateway AttachResourcesToPlacementGroup CancelImageLaunchPermission CreateCoipPoolPermission CreateLocalGatewayRouteTablePermission CreateNetworkInterfacePermission CreateOdbNetworkPeering DeleteCoipPoolPermission DeleteLocalGatewayRouteTablePermission DeleteNetworkInterfacePermission DeleteOdbNetworkPeering DeleteResourcePolicy DetachApplianceFromNatGateway DetachResourcesFromPlacementGroup DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess EnableImageBlockPublicAccess EnableSnapshotBlockPublicAccess ModifyOdbNetworkPeering ModifySnapshotAttribute ModifyVpcEndpointServicePermissions PutResourcePolicy ResetSnapshotAttribute",
  ecr: "DeleteRegistryPolicy DeleteRepositoryPolicy PutRegistryPolicy SetRepositoryPolicy",
  "ecr-public": "SetRepositoryPolicy",
  ecs: "AllowVendedLogDeliveryForResource",
  elasticfilesystem: "DeleteFileSystemPolicy PutFileSystemPolicy",
  elasticloadbalancing: "AllowVendedLogDeliveryForResource",
  elasticmapreduce: "DeleteWorkspaceAccess PutBlockPublicAccessConfiguration PutWorkspaceAccess",
  entityresolution: "AddPolicyStatement DeletePolicyStatement PutPolicy UseIdNamespace UseWorkflow",
  events: "DeleteResourcePolicy PutPermission PutResourcePolicy RemovePermission",
  fsx: "BypassSnaplockEnterpriseRetention DeleteResourcePolicy GetResourcePolicy ManageBackupPrincipalAssociations PutResourcePolicy",
  glacier:
    "AbortVaultLock CompleteVaultLock DeleteVaultAccessPolicy InitiateVaultLock SetDataRetrievalPolicy SetVaultAccessPolicy",
  glue: "BatchGetStageFiles DeleteResourcePolicy DeregisterDataPreview DescribeConnectionType DescribeEntity GetDataPreviewStatement GetEnvironment GetExecutors GetExecutorsThreads GetLogParsingStatus GetNotebookInstanceStatus GetQueries GetQuery GetRecipeAction GetStage GetStageAttempt GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles GetStages GetStorage GetStorageUnit GlueNotebookAuthorize GlueNotebookRefreshCredentials ListConnectionTypes ListEntities ManagedConnector PutResourcePolicy RefreshOAuth2Tokens RequestLogParsing RunDataPreviewStatement SendRecipeAction StartNotebook TerminateNotebook TestConnection UseGlueStudio",
  grafana: "UpdatePermissions",
  greengrass: "AssociateServiceRoleToAccount",
  health: "DisableHealthServiceAccessForOrganization EnableHealthServiceAccessForOrganization",
  iam: "AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreatePolicy CreatePolicyVersion DeleteAccountPasswordPolicy DeleteGroupPolicy DeletePolicy DeletePolicyVersion DeleteRolePermissionsBoundary DeleteRolePolicy DeleteUserPermissionsBoundary DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy SetDefaultPolicyVersion UpdateAssumeRolePolicy",
  "identity-sync": "AllowVendedLogDeliveryForResource",
  imagebuilder: "PutComponentPolicy PutContainerRecipePolicy PutImagePolicy PutImageRecipePolicy",
  iot: "AttachPolicy AttachPrincipalPolicy CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion DetachPolicy DetachPrincipalPolicy SetDefaultAuthorizer SetDefaultPolicyVersion",
  iotfleetwise: "GenerateCommandPayload",
  kms: "CreateGrant PutKeyPolicy RetireGrant RevokeGrant",
  lakeformation:
    "BatchGrantPermissions BatchRevokePermissions GrantPermissions PutDataLakeSettings RevokePermissions",
  lambda:
    "AddLayerVersionPermission AddPermission DeleteResourcePolicy DisableReplication EnableReplication PutResourcePolicy RemoveLayerVersionPermission RemovePermission",
  "license-manager": "UpdateServiceSettings",
  logs: "DeleteResourcePolicy PutResourcePolicy",
  managedblockchain: "GET Invoke POST",
  mediastore: "DeleteContainerPolicy PutContainerPolicy",
  mediatailor: "DeleteChannelPolicy PutChannelPolicy",
  monitron:
    "AssociateProjectAdminUser CreateProjectUserAssociation CreateUserAccessRoleAssociation DeleteProjectUserAssociation DeleteUserAccessRoleAssociation DisassociateProjectAdminUser ListProjectAdminUsers",
  mpa: "DeleteResourcePolicy PutResourcePolicy",
  networkmanager: "DeleteResourcePolicy PutResourcePolicy StartOrganizationServiceAccessUpdate",
  notifications:
    "DisableNotificationsAccessForOrganization EnableNotificationsAccessForOrganization",
  opensearch: "ApplicationAccessAll ViewLoginPage",
  opsworks: "SetPermission UpdateUserProfile",
  organizations: "AttachPolicy DeleteResourcePolicy DetachPolicy PutResourcePolicy UpdatePolicy",
  "payment-cryptography": "DeleteResourcePolicy PutResourcePolicy",
  qbusiness: "AllowVendedLogDeliveryForResource",
  quicksight:
    "AllowVendedLogDeliveryForResource DescribeKnowledgeBasePermissions DescribeSpacePermissions DescribeTopicPermissions UpdateActionConnectorPermissions UpdateAgentPermissions UpdateAnalysisPermissions UpdateAppPermissions UpdateDashboardPermissions UpdateDataSetPermissions UpdateDataSourcePermissions UpdateExtensionPermissions UpdateFlowPermissions UpdateFolderPermissions UpdateKnowledgeBasePermissions UpdateSpacePermissions UpdateTemplatePermissions UpdateThemePermissions UpdateTopicPermissions",
  ram: "EnableSharingWithAwsOrganization",
  rds: "AuthorizeDBSecurityGroupIngress",
  redshift:
    "AuthorizeDataShare AuthorizeEndpointAccess AuthorizeSnapshotAccess CreateClusterUser CreateSnapshotCopyGrant DeauthorizeDataShare DeleteResourcePolicy JoinGroup ModifyClusterIamRoles PutResourcePolicy RejectDataShare RevokeEndpointAccess RevokeSnapshotAccess",
  "resource-explorer-2": "DeleteResourcePolicy PutResourcePolicy",
  "route53-recovery-control-config": "DeleteResourcePolicy PutResourcePolicy",
  route53globalresolver: "AllowVendedLogDeliveryForResource",
  route53resolver:
    "PutFirewallRuleGroupPolicy PutResolverQueryLogConfigPolicy PutResolverRulePolicy",
  s3: "AssociateAccessGrantsIdentityCenter BypassGovernanceRetention CreateAccessGrant CreateAccessGrantsInstance CreateAccessGrantsLocation DeleteAccessGrant DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy DeleteAccessGrantsLocation DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda DeleteBucketPolicy DissociateAccessGrantsIdentityCenter ObjectOwnerOverrideToBucketOwner PutAccessGrantsInstanceResourcePolicy PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutMultiRegionAccessPointPolicy PutObjectAcl PutObjectVersionAcl UpdateAccessGrantsLocation",
  "s3-object-lambda": "PutObjectAcl PutObjectVersionAcl",
  "s3-outposts":
    "DeleteAccessPointPolicy DeleteBucketPolicy PutAccessPointPolicy PutBucketPolicy PutObjectAcl",
  s3express:
    "DeleteAccessPointPolicy DeleteAccessPointScope DeleteBucketPolicy PutAccessPointPolicy PutAccessPointScope PutBucketPolicy",
  s3files: "DeleteFileSystemPolicy PutFileSystemPolicy",
  s3tables: "DeleteTableBucketPolicy DeleteTablePolicy PutTableBucketPolicy PutTablePolicy",
  s3vectors: "DeleteVectorBucketPolicy PutVectorBucketPolicy",
  secretsmanager: "DeleteResourcePolicy PutResourcePolicy ValidateResourcePolicy",
  securityhub: "AllowVendedLogDeliveryForResource",
  servicecatalog: "CreatePortfolioShare DeletePortfolioShare UpdatePortfolioShare",
  ses: "AllowVendedLogDeliveryForResource ApplyTrackingConfigurationOverrides CreateEmailIdentityPolicy DeleteEmailIdentityPolicy DeleteIdentityPolicy PutIdentityPolicy ReplicateEmailIdentityDkimSigningKey UpdateEmailIdentityPolicy",
  signer: "AddProfilePermission RemoveProfilePermission",
  "sms-voice": "DeleteResourcePolicy PutResourcePolicy",
  sns: "AddPermission RemovePermission SetTopicAttributes",
  sqs: "AddPermission RemovePermission SetQueueAttributes",
  ssm: "DeleteResourcePolicy ModifyDocumentPermission PutResourcePolicy",
  "ssm-contacts": "AssociateContact",
  "ssm-incidents": "DeleteResourcePolicy PutResourcePolicy",
  "ssm-sap": "DeleteResourcePermission GetResourcePermission PutResourcePermission",
  sso: "AttachCustomerManagedPolicyReferenceToPermissionSet AttachManagedPolicyToPermissionSet DeletePermissionsBoundaryFromPermissionSet DetachCustomerManagedPolicyReferenceFromPermissionSet DetachManagedPolicyFromPermissionSet PutPermissionsBoundaryToPermissionSet PutPermissionsPolicy UpdatePermissionSet",
  "vpc-lattice":
    "AssociateViaAWSService AssociateViaAWSService-EventsAndStates CreateServiceNetworkVpcEndpointAssociation DeleteAuthPolicy PutAuthPolicy",
  waf: "CreateWebACL DeletePermissionPolicy DeleteWebACL PutPermissionPolicy UpdateWebACL",
  "waf-regional":
    "CreateWebACL DeletePermissionPolicy DeleteWebACL PutPermissionPolicy UpdateWebACL",
  wafv2: "DeletePermissionPolicy PutPermissionPolicy",
  wisdom: "AllowVendedLogDeliveryForResource",
  workspaces:
    "ModifySelfservicePermissions UpdateConnectionAliasPermission UpdateWorkspaceImagePermission",
  xray: "PutEncryptionConfig",
};

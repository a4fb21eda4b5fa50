import * as rules from "../catalog/formats";
import type { Variable } from "./variable";

/** What IAM lets one say of a role, for one of the module's roles. */
function roleSettings(prefix: "service" | "access" | "user", what: string): Variable[] {
  return [
    {
      name: `${prefix}_role_description`,
      type: { kind: "string", rule: rules.roleDescription },
      description: `Description of the ${what}.`,
      default: null,
    },
    {
      name: `${prefix}_role_permissions_boundary_arn`,
      type: { kind: "string", rule: rules.policyArn },
      description: `ARN of the permissions boundary of the ${what}.`,
      default: null,
    },
    {
      name: `${prefix}_role_max_session_duration`,
      type: { kind: "number", min: 3600, max: 43200 },
      description: `Longest session of the ${what}, in seconds. AWS allows an hour to sessions that are assumed from another role's.`,
      default: 3600,
    },
  ];
}

/** Whether the Database Service's created role may assume itself. */
export const selfAssumption: Variable = {
  name: "service_role_self_assumption",
  type: { kind: "bool" },
  description:
    "Whether the role that create_service_role creates may assume itself, for databases whose assume_role_arn in Teleport's configuration is this same role. AWS lets no role assume itself without a statement of its policy and one of its trust policy.",
  default: false,
};

/** Who assumes what: variables that every module has. */
export const trustVariables: readonly Variable[] = [
  {
    name: "service_account_id",
    type: { kind: "string", rule: rules.accountId },
    description:
      "ID of the AWS account of the Database Service's role, where it is another than aws_account_id.",
    default: null,
  },
  {
    name: "service_role_name",
    type: { kind: "string", rule: rules.roleNameWithPath },
    description:
      "Name, with path, of the Database Service's role: the principal of the trust policies, and the role that create_service_role creates.",
    default: "teleport-db-service-role",
  },
  {
    name: "trust_account",
    type: { kind: "bool" },
    description:
      "Whether the trust policies name the role's whole account as principal instead of the role. Then IAM policies in that account decide who may assume the roles.",
    default: false,
  },
  {
    name: "external_id",
    type: { kind: "string", rule: rules.externalId, confidential: true },
    description:
      "External ID that the Database Service must present, as external_id in Teleport's configuration. Required where service_account_id is another account. With create_access_role it guards that role only.",
    default: null,
  },
  {
    name: "additional_external_ids",
    type: { kind: "list", rule: rules.externalId, confidential: true },
    description:
      "Further external IDs that are accepted beside external_id, while a new one takes the place of an old one.",
    default: [],
  },
  {
    name: "assume_role_arns",
    type: { kind: "list", rule: rules.roleArn, minItems: 1 },
    description:
      "ARNs of access roles in the databases' accounts, as assume_role_arn in Teleport's configuration. The policy then grants this hop and nothing else: everything else belongs to the access roles. null: no hop.",
    default: null,
  },
  {
    name: "create_access_role",
    type: { kind: "bool" },
    description:
      "Whether to create, in aws_account_id, the role that the Database Service assumes first (assume_role_arn in Teleport's configuration) and that carries this module's policies.",
    default: false,
  },
  {
    name: "access_role_name",
    type: { kind: "string", rule: rules.roleNameWithPath },
    description: "Name, with path, of the role that create_access_role creates.",
    default: "teleport-db-access-role",
  },
  ...roleSettings("access", "role that create_access_role creates"),
  {
    name: "create_permissions_boundary",
    type: { kind: "bool" },
    description:
      "Whether to create a permissions boundary that allows all that the policy grants, and set it on the role that create_service_role or create_access_role creates.",
    default: false,
  },
  {
    name: "create_service_role",
    type: { kind: "bool" },
    description:
      "Whether to create the Database Service's role and attach the policies to it, instead of attaching them to existing roles.",
    default: false,
  },
  {
    name: "service_role_trust",
    type: { kind: "string", rule: rules.serviceRoleTrust },
    description:
      "Where the Database Service runs, which decides who may assume the role that create_service_role creates: ec2 (with an instance profile), ecs, eks-pod-identity, eks-service-account (through the cluster's OIDC provider), or oidc-integration (the Discovery Service of Teleport Cloud, through Teleport's AWS OIDC integration). With eks-pod-identity, whoever creates the role, sessions carry tags, and every role that is assumed from there allows sts:TagSession, unless eks_pod_identity_disable_session_tags.",
    default: "ec2",
  },
  {
    name: "additional_service_role_trusts",
    type: { kind: "list", rule: rules.serviceRoleTrust },
    description:
      "Further places where the Database Service runs, with the same names as service_role_trust: both are trusted while you move from one to the other.",
    default: [],
  },
  selfAssumption,
  ...roleSettings("service", "role that create_service_role creates"),
  {
    name: "eks_oidc_provider_arn",
    type: { kind: "string", rule: rules.oidcProviderArn },
    description: "ARN of the cluster's IAM OIDC provider, for eks-service-account.",
    default: null,
  },
  {
    name: "eks_service_account",
    type: { kind: "string", rule: rules.kubernetesServiceAccount },
    description: 'Kubernetes service account as "namespace/name", for eks-service-account.',
    default: null,
  },
  {
    name: "eks_pod_identity_disable_session_tags",
    type: { kind: "bool" },
    description:
      "Whether every EKS Pod Identity association of the Database Service turns session tags off (disable_session_tags). Then no role that is assumed from there needs sts:TagSession. Set it in the calls for both accounts.",
    default: false,
  },
  {
    name: "teleport_oidc_provider_arn",
    type: { kind: "string", rule: rules.teleportOidcProviderArn },
    description:
      "ARN of the account's IAM OIDC provider for the Teleport cluster, for oidc-integration. An account has one for each cluster: null where create_teleport_oidc_provider makes it.",
    default: null,
  },
  {
    name: "create_teleport_oidc_provider",
    type: { kind: "bool" },
    description:
      "Whether to create the IAM OIDC provider for the Teleport cluster at teleport_proxy_address, for oidc-integration.",
    default: false,
  },
  {
    name: "teleport_proxy_address",
    type: { kind: "string", rule: rules.teleportProxyAddress },
    description:
      "Public address of the Teleport cluster's Proxy Service, which create_teleport_oidc_provider needs. Beside teleport_oidc_provider_arn it must have the same host.",
    default: null,
  },
  {
    name: "teleport_oidc_thumbprints",
    type: { kind: "list", rule: rules.thumbprint, minItems: 1 },
    description:
      "Thumbprints of the certificate authority of the Proxy Service, for create_teleport_oidc_provider. null: IAM looks them up, for which the AWS provider must be 5.81 or newer.",
    default: null,
  },
];

/** The database-user roles: variables of modules with a type whose users connect as a role. */
export const userRoleVariables: readonly Variable[] = [
  {
    name: "create_user_roles",
    type: { kind: "bool" },
    description:
      "Whether to create the roles that the …_user_role_names variables name. A variable that is not set creates none.",
    default: false,
  },
  {
    name: "user_role_path",
    type: { kind: "string", rule: rules.path },
    description:
      "Path in front of the names of all database-user roles. A name can have a path of its own behind it. IAM cannot change the path of a role that keeps its name.",
    default: "/",
  },
  ...roleSettings("user", "created database-user roles"),
];

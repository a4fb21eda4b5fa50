import * as rules from "../catalog/formats";
import { accountVariables } from "./policy-variables";
import { bool, type Variable } from "./variable";

const trustConditions: Variable = {
  name: "trust_conditions",
  type: { kind: "conditions" },
  description:
    'Conditions to add to each AssumeRole statement of the trust policies: { StringEquals = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5"] } }.',
  default: {},
};

const externalIds: Variable = {
  name: "external_ids",
  type: { kind: "list", rule: rules.externalId, confidential: true },
  description:
    "Accepted external IDs (external_id in Teleport's configuration). Give the old and the new one during a change.",
  default: [],
};

const trustedPrincipals = (needed: string, isRequired: boolean): Variable => ({
  name: "trusted_principals",
  type: { kind: "list", rule: rules.principal, ...(isRequired ? { minItems: 1 } : {}) },
  description: `${needed} ARNs of existing roles or of accounts (arn:aws:iam::111122223333:root). A principal of another account needs external_ids or a condition on the organisation.`,
  ...(isRequired ? {} : { default: [] }),
});

const sessionTags = (what: string): Variable =>
  bool(
    "session_tags",
    `Whether ${what} have tags. On EKS Pod Identity they do, unless the association has disable_session_tags. AWS then also requires sts:TagSession.`,
    false,
  );

/** Variables of modules with a type whose users connect as an IAM role. */
export const userRoleVariables: readonly Variable[] = [
  bool(
    "create_user_roles",
    "Whether to create the database-user roles in …_user_role_names.",
    false,
  ),
  {
    name: "user_role_path",
    type: { kind: "string", rule: rules.path },
    description:
      "Path of all database-user roles. A name can add its own path. A new path replaces the roles.",
    default: "/",
  },
  trustedPrincipals(
    "Principals that may assume the created database-user roles: the Database Service's role, or the access role if you use one. Required with create_user_roles.",
    false,
  ),
  externalIds,
  trustConditions,
  sessionTags("the sessions that assume the database-user roles"),
  {
    name: "user_role_permissions_boundary_arn",
    type: { kind: "string", rule: rules.policyArn },
    description: "ARN of the permissions boundary of the created database-user roles.",
    default: null,
  },
];

/** Name, path and boundary of the role that a role module creates. */
const ownRoleVariables = (title: string, name: string): readonly Variable[] => [
  {
    name: "role_name",
    type: { kind: "string", rule: rules.roleName },
    description: `Name of the ${title}. A new name replaces the role, and trust policies that name its ARN must be updated.`,
    default: name,
  },
  {
    name: "role_path",
    type: { kind: "string", rule: rules.path },
    description: `Path of the ${title}. A new path replaces the role, as a new role_name does.`,
    default: "/",
  },
  {
    name: "permissions_boundary_arn",
    type: { kind: "string", rule: rules.policyArn },
    description: `ARN of the permissions boundary of the ${title}.`,
    default: null,
  },
];

/** The variables of `modules/service-role`. */
export const serviceRoleVariables: readonly Variable[] = [
  ...accountVariables("in which the Database Service runs"),
  ...ownRoleVariables("Database Service's role", "teleport-db-service-role"),
  bool(
    "trust_ec2",
    "Whether the Database Service runs on EC2. The module then also creates an instance profile with the role's name.",
    false,
  ),
  bool("trust_ecs", "Whether the Database Service runs as an ECS task of this account.", false),
  {
    name: "trust_eks_pod_identity",
    type: {
      kind: "object",
      fields: {
        cluster_arns: rules.eksClusterArn,
        namespaces: rules.kubernetesNamespace,
        service_accounts: rules.kubernetesServiceAccount,
        session_tags: "bool",
      },
    },
    description:
      "Trusts EKS Pod Identity, for these clusters, namespaces and service accounts ([] for any). Set session_tags = false only if the association has disable_session_tags; the three lists must then be empty.",
    default: null,
  },
  {
    name: "trust_eks_service_accounts",
    type: {
      kind: "objects",
      fields: {
        oidc_provider_arn: { ...rules.oidcProviderArn, maxLength: 2048 },
        namespace: { ...rules.kubernetesNamespace, maxLength: 63 },
        service_account: { ...rules.kubernetesServiceAccount, maxLength: 253 },
      },
    },
    description:
      "Trusts service accounts of EKS (IRSA): the cluster's IAM OIDC provider, the namespace and the service account.",
    default: [],
  },
  {
    name: "trust_teleport_oidc_provider_arn",
    type: { kind: "string", rule: rules.teleportOidcProviderArn },
    description:
      "Trusts Teleport's AWS OIDC integration: the ARN of the IAM OIDC provider of the Teleport cluster.",
    default: null,
  },
  trustConditions,
  {
    name: "assume_role_arns",
    type: { kind: "map", rule: rules.roleArn },
    description:
      "ARNs of the access roles that the role may assume (assume_role_arn in Teleport's configuration), by a key of your choice.",
    default: {},
  },
  bool(
    "assume_itself",
    "Whether the role may assume itself. Needed if assume_role_arn of a database is this role.",
    false,
  ),
];

/** The variables of `modules/access-role`. */
export const accessRoleVariables: readonly Variable[] = [
  ...accountVariables("that holds the databases"),
  ...ownRoleVariables("access role", "teleport-db-access-role"),
  trustedPrincipals("Principals that may assume the role: the Database Service's role.", true),
  externalIds,
  trustConditions,
  sessionTags("the sessions that assume the role"),
];

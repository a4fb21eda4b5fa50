import type { TextRule } from "./text-rule";

/*
 * Formats of IAM's names and identifiers:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

const ROLE_NAME = "[\\w+=,.@-]{1,64}";
const PATH = "([\\w+=,.@-]+/)*";
const KEY_ID = "(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
const PARTITION = "(aws|aws-cn|aws-us-gov)";
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST = `${LABEL}(\\.${LABEL})+`;

/** An AWS account ID. */
export const accountId: TextRule = {
  pattern: "^[0-9]{12}$",
  allowed: "the 12 digits of an AWS account ID, in quotes",
};

/** An AWS region. */
export const region: TextRule = {
  pattern: "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$",
  allowed: "an AWS region such as us-east-1",
};

/** An AWS partition. */
export const partition: TextRule = {
  pattern: `^${PARTITION}$`,
  allowed: "aws, aws-cn or aws-us-gov",
};

/** The name of a managed policy. */
export const policyName: TextRule = {
  pattern: "^[\\w+=,.@-]{1,128}$",
  allowed: "1 to 128 letters, digits and _+=,.@-",
};

/** The path of a policy or role: no wildcard may be part of an ARN. */
export const path: TextRule = {
  pattern: `^/${PATH}$`,
  maxLength: 512,
  allowed:
    'a path of letters, digits and _+=,.@- that begins and ends with "/", at most 512 characters',
};

/** A role's name without its path. */
export const roleName: TextRule = {
  pattern: `^${ROLE_NAME}$`,
  allowed:
    "the name of an IAM role (1 to 64 letters, digits and _+=,.@-), without its path, not an ARN",
};

/** A role's name, with its path in front if it has one. */
export const roleNameWithPath: TextRule = {
  pattern: `^${PATH}${ROLE_NAME}$`,
  maxLength: 512,
  allowed:
    'the name of an IAM role (1 to 64 letters, digits and _+=,.@-), with its path in front if it has one ("team/name"), at most 512 characters in all, not an ARN',
};

/** An account in an ARN of IAM. The mocks that the modules ship use `aws`, which no caller's role has. */
const ACCOUNT = "([0-9]{12}|aws)";

/** A role's ARN. */
export const roleArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::${ACCOUNT}:role/${PATH}${ROLE_NAME}$`,
  allowed: "the ARN of an IAM role (arn:aws:iam::123456789012:role/name)",
};

/** A principal of a trust policy: a role, or a whole account. */
export const principal: TextRule = {
  pattern: `^arn:${PARTITION}:iam::${ACCOUNT}:(root|role/${PATH}${ROLE_NAME})$`,
  allowed:
    "the ARN of a role (arn:aws:iam::123456789012:role/name) or of an account (arn:aws:iam::123456789012:root)",
};

/** The ARN of a managed policy, the customer's or AWS's own. */
export const policyArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::${ACCOUNT}:policy/${PATH}[\\w+=,.@-]{1,128}$`,
  allowed: "the ARN of an IAM managed policy (arn:aws:iam::123456789012:policy/name)",
};

/** A tag's key. */
export const tagKey: TextRule = {
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]+$",
  except: "^[aA][wW][sS]:",
  maxLength: 128,
  allowed:
    'a tag key of 1 to 128 letters, digits, spaces and _.:/=+@- that does not begin with "aws:"',
};

/** A tag's value. */
export const tagValue: TextRule = {
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$",
  maxLength: 256,
  allowed: "a tag value of at most 256 letters, digits, spaces and _.:/=+@-",
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalId: TextRule = {
  pattern: "^[\\w+=,.@:/-]{2,}$",
  maxLength: 1224,
  allowed: "2 to 1,224 letters, digits and _+=,.@:/-",
};

/** A prefix of secret names, as in `secret_store.key_prefix` of Teleport's configuration. */
export const secretKeyPrefix: TextRule = {
  pattern: "^[\\w+=.@-]+(/[\\w+=.@-]+)*/?$",
  maxLength: 256,
  allowed:
    'a prefix of secret names such as "teleport/" (letters, digits and /_+=.@-, at most 256 characters): an empty one, "*" or a leading slash would grant other secrets than Teleport\'s',
};

/** A KMS key by its ID or ARN. An alias cannot stand in a policy's Resource. */
export const kmsKeyId: TextRule = {
  pattern: `^(${KEY_ID}|arn:${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/${KEY_ID})$`,
  allowed:
    "a KMS key's ID (a UUID or mrk-…) or its ARN, not an alias: IAM does not resolve aliases in a policy's Resource",
};

/** A service of Teleport that uses AWS's permissions. */
export const service: TextRule = {
  pattern: "^(database|discovery)$",
  allowed: "database or discovery",
};

/** The ARN of an OIDC provider of IAM. */
export const oidcProviderArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::${ACCOUNT}:oidc-provider/[\\w./-]+$`,
  allowed:
    "the ARN of an IAM OIDC provider (arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/…)",
};

/** The ARN of IAM's OIDC provider for a Teleport cluster, whose issuer is a host without a path. */
export const teleportOidcProviderArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::${ACCOUNT}:oidc-provider/${HOST}$`,
  maxLength: 2048,
  allowed:
    "the ARN of the IAM OIDC provider of a Teleport cluster (arn:aws:iam::123456789012:oidc-provider/example.teleport.sh): its host alone, without a path, which the provider of an EKS cluster has",
};

/** A namespace of Kubernetes. */
export const kubernetesNamespace: TextRule = {
  pattern: `^${LABEL}$`,
  allowed: "the name of a Kubernetes namespace",
};

/** A service account of Kubernetes, without its namespace. */
export const kubernetesServiceAccount: TextRule = {
  pattern: `^${LABEL}(\\.${LABEL})*$`,
  maxLength: 253,
  allowed: "the name of a Kubernetes service account, without its namespace",
};

/** The ARN of an EKS cluster. */
export const eksClusterArn: TextRule = {
  pattern: `^arn:${PARTITION}:eks:[a-z0-9-]+:[0-9]{12}:cluster/[0-9A-Za-z][\\w-]{0,99}$`,
  allowed: "the ARN of an EKS cluster (arn:aws:eks:us-east-1:123456789012:cluster/name)",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
export const sid: TextRule = {
  pattern: "^[0-9A-Za-z]+$",
  allowed: "letters and digits",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html */
export const effect: TextRule = { pattern: "^(Allow|Deny)$", allowed: "Allow or Deny" };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const conditionOperator: TextRule = {
  pattern:
    "^((ForAllValues|ForAnyValue):)?(Not)?(String|Numeric|Date|Bool|Binary|Ip|Arn|Null)[A-Za-z]*$",
  allowed: "a condition operator of IAM such as StringEquals",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export const conditionKey: TextRule = {
  pattern: "^[0-9A-Za-z./_-]+:.+$",
  allowed: "a condition key of IAM such as aws:SourceIp",
};

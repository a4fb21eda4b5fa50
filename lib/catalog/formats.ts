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

/** The name of a managed policy. The module adds a type's name to it, hence less than IAM's 128. */
export const policyName: TextRule = {
  pattern: "^[\\w+=,.@-]{1,96}$",
  allowed: "1 to 96 letters, digits and _+=,.@-",
};

/** The path of a policy or role: no wildcard may be part of an ARN. */
export const path: TextRule = {
  pattern: `^/${PATH}$`,
  maxLength: 512,
  allowed:
    'a path of letters, digits and _+=,.@- that begins and ends with "/", at most 512 characters',
};

/** The description of a policy. */
export const description: TextRule = {
  pattern: "^[ -~\\xA1-\\xFF]*$",
  maxLength: 1000,
  allowed: "at most 1,000 printable characters of Latin-1, on one line",
  refused: "two\nlines",
};

/** The description of a role. */
export const roleDescription: TextRule = {
  pattern: "^[\\t\\n\\r -~\\xA1-\\xFF]*$",
  maxLength: 1000,
  allowed: "at most 1,000 printable characters of Latin-1",
  refused: "→",
};

/** A role's name without its path. */
export const roleName: TextRule = {
  pattern: `^${ROLE_NAME}$`,
  allowed:
    "the name of an IAM role (1 to 64 letters, digits and _+=,.@-), without its path, not an ARN",
};

/** A role's name, with its path in front where it has one. */
export const roleNameWithPath: TextRule = {
  pattern: `^${PATH}${ROLE_NAME}$`,
  maxLength: 512,
  allowed:
    'the name of an IAM role (1 to 64 letters, digits and _+=,.@-), with its path in front where it has one ("team/name"), at most 512 characters in all, not an ARN',
};

/** A role's ARN. */
export const roleArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::[0-9]{12}:role/${PATH}${ROLE_NAME}$`,
  allowed: "the ARN of an IAM role (arn:aws:iam::123456789012:role/name)",
};

/** The ARN of a managed policy, the customer's or AWS's own. */
export const policyArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::([0-9]{12}|aws):policy/${PATH}[\\w+=,.@-]{1,128}$`,
  allowed: "the ARN of an IAM managed policy (arn:aws:iam::123456789012:policy/name)",
};

/** A tag's key. */
export const tagKey: TextRule = {
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]+$",
  except: "^[aA][wW][sS]:",
  maxLength: 128,
  allowed:
    'a tag key of 1 to 128 letters, digits, spaces and _.:/=+@- that does not begin with "aws:"',
  refused: "two\nlines",
};

/** A tag's value. */
export const tagValue: TextRule = {
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$",
  maxLength: 256,
  allowed: "a tag value of at most 256 letters, digits, spaces and _.:/=+@-",
  refused: "two\nlines",
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

/** Where the Database Service can run: the keys of the service role's trust policies. */
export const serviceRoleTrust: TextRule = {
  pattern: "^(ec2|ecs|eks-pod-identity|eks-service-account|oidc-integration)$",
  allowed: "ec2, ecs, eks-pod-identity, eks-service-account or oidc-integration",
};

/** A service of Teleport that uses AWS's permissions. */
export const service: TextRule = {
  pattern: "^(database|discovery)$",
  allowed: "database or discovery",
};

/** The ARN of an OIDC provider of IAM. */
export const oidcProviderArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::[0-9]{12}:oidc-provider/[\\w./-]+$`,
  allowed:
    "the ARN of an IAM OIDC provider (arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/…)",
};

/**
 * The public address of Teleport's Proxy Service. The issuer of its tokens is this host, and an OIDC
 * provider of IAM has no port: only 443, which the issuer leaves out, goes with one.
 *
 * @see https://github.com/gravitational/teleport/blob/master/lib/utils/oidc/issuer.go
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const teleportProxyAddress: TextRule = {
  pattern: `^${HOST}(:443)?$`,
  maxLength: 253,
  allowed:
    "the host of the cluster's Proxy Service (example.teleport.sh), in lower case, without https:// and a path; IAM takes no OIDC provider on another port than 443",
};

/** The ARN of IAM's OIDC provider for a Teleport cluster, whose issuer is a host without a path. */
export const teleportOidcProviderArn: TextRule = {
  pattern: `^arn:${PARTITION}:iam::[0-9]{12}:oidc-provider/${HOST}$`,
  maxLength: 2048,
  allowed:
    "the ARN of the IAM OIDC provider of a Teleport cluster (arn:aws:iam::123456789012:oidc-provider/example.teleport.sh): its host alone, without a path, which the provider of an EKS cluster has",
};

/** The thumbprint of a certificate authority, as IAM's OIDC providers have it. */
export const thumbprint: TextRule = {
  pattern: "^[0-9a-f]{40}$",
  allowed: "a SHA-1 thumbprint: 40 hexadecimal digits in lower case, without colons",
};

/** A service account of Kubernetes with its namespace. */
export const kubernetesServiceAccount: TextRule = {
  pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$",
  allowed: 'a Kubernetes service account as "namespace/name"',
};

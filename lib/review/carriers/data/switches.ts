import { byType, words } from "./words";

/** An argument that opens or closes something. */
export interface Switch {
  readonly argument: string;
  /** The values that open it, from the least open to the most. Any other one is closed. */
  readonly open: readonly string[];
  /** The opening, to end "It now …". */
  readonly says: string;
  /** The first of the open values with which anybody in the world gets in; none if undefined. */
  readonly publicFrom?: string;
  /** True if creating the resource changes nothing. If not, what it opens was closed before. */
  readonly isNewAsBefore?: true;
  /** True if the resource only guards another one, which is open without it. */
  readonly guards?: true;
}

const one = (argument: string, open: string, says: string, more: Partial<Switch> = {}): Switch => ({
  argument,
  open: words(open),
  says,
  ...more,
});

const GUARDS = { guards: true } as const;
const AS_BEFORE = { isNewAsBefore: true } as const;

const publicAccessBlock = (path: string, more: Partial<Switch> = {}): Switch[] => [
  one(`${path}block_public_acls`, "false", "takes public ACLs", more),
  one(`${path}block_public_policy`, "false", "accepts public policies", more),
  one(`${path}ignore_public_acls`, "false", "lets public ACLs count", more),
  one(`${path}restrict_public_buckets`, "false", "lets other accounts use public policies", more),
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedAcl = one(
  "acl",
  `bucket-owner-read bucket-owner-full-control aws-exec-read log-delivery-write
  authenticated-read public-read public-read-write`,
  "has an ACL for accounts other than its owner",
  { publicFrom: "authenticated-read" },
);

const withoutLogin = (argument: string): Switch =>
  one(argument, "NONE", "accepts calls from anybody", { publicFrom: "NONE" });

const fineGrained = one(
  "advanced_security_options.enabled",
  "false",
  "has no fine-grained access control",
  AS_BEFORE,
);

/** By type, the arguments that open or close something. */
export const switches = byType<readonly Switch[]>({
  api_gateway_method: [withoutLogin("authorization")],
  "apigatewayv2_route lambda_function_url": [withoutLogin("authorization_type")],
  cognito_identity_pool: [
    one("allow_unauthenticated_identities", "true", "gives credentials to anybody", {
      publicFrom: "true",
    }),
    one("allow_classic_flow", "true", "lets a client choose its role"),
  ],
  ebs_snapshot_block_public_access: [
    one("state", "block-new-sharing unblocked", "lets snapshots be public", GUARDS),
  ],
  ec2_image_block_public_access: [one("state", "unblocked", "lets images be public", GUARDS)],
  ec2_serial_console_access: [one("enabled", "true", "lets serial consoles be used")],
  elasticsearch_domain: [fineGrained],
  opensearch_domain: [
    fineGrained,
    one("advanced_security_options.anonymous_auth_enabled", "true", "takes anybody", {
      publicFrom: "true",
    }),
  ],
  ram_resource_share: [
    one(
      "allow_external_principals",
      "true",
      "can be shared outside of the organization",
      AS_BEFORE,
    ),
  ],
  s3_access_point: publicAccessBlock("public_access_block_configuration."),
  "s3_account_public_access_block s3_bucket_public_access_block": publicAccessBlock("", GUARDS),
  "s3_bucket s3_bucket_acl s3_bucket_object s3_object s3_object_copy": [cannedAcl],
  s3_bucket_ownership_controls: [
    one("rule.object_ownership", "BucketOwnerPreferred ObjectWriter", "lets ACLs count", AS_BEFORE),
  ],
  s3control_multi_region_access_point: publicAccessBlock("details.public_access_block."),
  secretsmanager_secret_policy: [
    one("block_public_policy", "false", "accepts a public policy", AS_BEFORE),
  ],
  "vpclattice_service vpclattice_service_network": [
    one("auth_type", "NONE", "does not require a signature", AS_BEFORE),
  ],
});

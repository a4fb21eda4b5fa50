/** An argument that opens or closes something. */
export interface Switch {
  readonly argument: string;
  /** The values that open it, from the least open to the most. Any other one is closed. */
  readonly open: readonly string[];
  /** Those of `open` with which anybody in the world gets in. */
  readonly public: readonly string[];
  /** The opening, to end "It now …". */
  readonly says: string;
  /** The state before a resource is created: its default, or as if nothing was open. */
  readonly isNew: "closed" | "as it is created";
  /** True if the resource only guards another one, which is open without it. */
  readonly guards?: true;
}

const publicAccessBlock = (path = ""): Switch[] =>
  (
    [
      ["block_public_acls", "takes public ACLs"],
      ["block_public_policy", "accepts public policies"],
      ["ignore_public_acls", "lets public ACLs count"],
      ["restrict_public_buckets", "lets a public policy apply to other accounts"],
    ] as const
  ).map(([name, says]) => ({
    argument: path + name,
    open: ["false"],
    public: [],
    says,
    isNew: "closed",
    ...(path === "" ? { guards: true as const } : {}),
  }));

const one = (
  argument: string,
  open: string[],
  says: string,
  more: Partial<Switch> = {},
): Switch[] => [{ argument, open, public: [], says, isNew: "closed", ...more }];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedAcl = one(
  "acl",
  [
    ...["bucket-owner-read", "bucket-owner-full-control", "aws-exec-read", "log-delivery-write"],
    ...["authenticated-read", "public-read", "public-read-write"],
  ],
  "has an ACL for accounts other than its owner",
  { public: ["authenticated-read", "public-read", "public-read-write"] },
);

/** By type, the arguments that open or close something, with their open values. */
export const switches: Readonly<Record<string, readonly Switch[]>> = {
  aws_api_gateway_method: one("authorization", ["NONE"], "accepts calls from anybody", {
    public: ["NONE"],
  }),
  aws_apigatewayv2_route: one("authorization_type", ["NONE"], "accepts calls from anybody", {
    public: ["NONE"],
  }),
  aws_cognito_identity_pool: [
    ...one("allow_unauthenticated_identities", ["true"], "gives credentials to anybody", {
      public: ["true"],
    }),
    ...one("allow_classic_flow", ["true"], "lets a client choose its role"),
  ],
  aws_ebs_snapshot_block_public_access: one(
    "state",
    ["block-new-sharing", "unblocked"],
    "lets snapshots be public",
    { guards: true },
  ),
  aws_ec2_image_block_public_access: one("state", ["unblocked"], "lets images be public", {
    guards: true,
  }),
  aws_ec2_serial_console_access: one("enabled", ["true"], "lets serial consoles be used"),
  aws_elasticsearch_domain: one(
    "advanced_security_options.enabled",
    ["false"],
    "has no fine-grained access control",
    { isNew: "as it is created" },
  ),
  aws_lambda_function_url: one("authorization_type", ["NONE"], "accepts calls from anybody", {
    public: ["NONE"],
  }),
  aws_opensearch_domain: [
    ...one("advanced_security_options.enabled", ["false"], "has no fine-grained access control", {
      isNew: "as it is created",
    }),
    ...one("advanced_security_options.anonymous_auth_enabled", ["true"], "takes anybody", {
      public: ["true"],
    }),
  ],
  aws_ram_resource_share: one(
    "allow_external_principals",
    ["true"],
    "can be shared outside of the organization",
    { isNew: "as it is created" },
  ),
  aws_s3_access_point: publicAccessBlock("public_access_block_configuration."),
  aws_s3_account_public_access_block: publicAccessBlock(),
  aws_s3_bucket: cannedAcl,
  aws_s3_bucket_acl: cannedAcl,
  aws_s3_bucket_object: cannedAcl,
  aws_s3_bucket_ownership_controls: one(
    "rule.object_ownership",
    ["BucketOwnerPreferred", "ObjectWriter"],
    "lets ACLs count",
    { isNew: "as it is created" },
  ),
  aws_s3_bucket_public_access_block: publicAccessBlock(),
  aws_s3_object: cannedAcl,
  aws_s3_object_copy: cannedAcl,
  aws_s3control_multi_region_access_point: publicAccessBlock("details.public_access_block."),
  aws_secretsmanager_secret_policy: one(
    "block_public_policy",
    ["false"],
    "accepts a public policy",
    {
      isNew: "as it is created",
    },
  ),
  aws_vpclattice_service: one("auth_type", ["NONE"], "does not require a signature", {
    isNew: "as it is created",
  }),
  aws_vpclattice_service_network: one("auth_type", ["NONE"], "does not require a signature", {
    isNew: "as it is created",
  }),
};

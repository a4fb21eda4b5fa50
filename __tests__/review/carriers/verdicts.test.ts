/**
 * Pull requests that change what carries access, each with the verdict that a person gives it. The
 * attributes are as the AWS provider 5.100 has them.
 */
import {
  ACCOUNT as OWN,
  inlinePolicy,
  planned,
  type PlannedResource,
  replaced,
  review,
  role,
  same,
  type Values,
} from "../../support/iam-plan";
import { allow, document, policyText as text } from "../../support/policy-documents";

const OTHER = "444455556666";
const PUBLIC = "Anybody in the world gains access.";

const statement = (principal: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::logs/*",
  ...more,
});
const TOLD = `arn:aws:sns:us-east-1:${OWN}:told`;
/** Tells the account of the plan. */
const account = same("aws_sns_topic", { arn: TOLD });
const bucket = same("aws_s3_bucket", { bucket: "logs", id: "logs" });
const newBucket = planned(
  "aws_s3_bucket",
  null,
  { bucket: "logs" },
  { unknown: ["id", "policy", "acl"] },
);
/** The policies of a resource of a type, before and after; null if there is none. */
const policies = (
  type: string,
  values: Values,
  before: string | null,
  after: string | null,
): PlannedResource => {
  const of = (policy: string | null): Values | null =>
    policy === null ? null : { ...values, policy };
  return planned(type, of(before), of(after), { references: { policy: ["local.policy"] } });
};
const bucketPolicy = (
  before: string | null,
  after: string | null,
  more: Partial<PlannedResource> = {},
): PlannedResource[] => [
  account,
  bucket,
  { ...policies("aws_s3_bucket_policy", { bucket: "logs" }, before, after), ...more },
];
const ONLY_TLS = statement("*", {
  Effect: "Deny",
  Action: "s3:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
const ROOT = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${OWN}:root` },
  Action: "kms:*",
  Resource: "*",
};
const key = (before: string | null, after: string | null): PlannedResource =>
  policies(
    "aws_kms_key",
    { arn: `arn:aws:kms:us-east-1:${OWN}:key/k`, key_id: "k" },
    before,
    after,
  );
const USE_BY_OTHER = {
  ...ROOT,
  Principal: { AWS: OTHER },
  Action: ["kms:Decrypt", "kms:DescribeKey"],
};
const FROM_BUCKET = { source_arn: "arn:aws:s3:::logs" };
const lambdaPermission = (before: Values | null, after: Values): PlannedResource[] => {
  const values = (own: Values): Values => ({
    action: "lambda:InvokeFunction",
    function_name: "orders",
    principal: "s3.amazonaws.com",
    statement_id: "s3",
    ...own,
  });
  const change = planned("aws_lambda_permission", before && values(before), values(after));
  return [account, before === null ? change : replaced(change)];
};
const layerPermission = (before: number, after: number): PlannedResource[] => {
  const values = (version: number): Values => ({
    action: "lambda:GetLayerVersion",
    layer_name: "tools",
    principal: OTHER,
    statement_id: "other",
    version_number: version,
  });
  const change = planned("aws_lambda_layer_version_permission", values(before), values(after));
  return [account, replaced(change)];
};
/** A permission in two Regions, of which the second one is new. */
const inTwoRegions = (): PlannedResource[] => {
  const values = {
    action: "lambda:GetLayerVersion",
    layer_name: "tools",
    principal: OTHER,
    version_number: 1,
  };
  return ["aws", "aws.west"].flatMap((provider, index) => [
    same("aws_sns_topic", { arn: TOLD }, { name: `t${String(index)}`, provider }),
    planned("aws_lambda_layer_version_permission", index === 0 ? values : null, values, {
      name: `p${String(index)}`,
      provider,
    }),
  ]);
};
const queueText = (principal: unknown, more: object = {}): string =>
  text(statement(principal, { Action: "sqs:SendMessage", Resource: "*", ...more }));
const queuePolicy = (before: string | null, after: string | null): PlannedResource[] => [
  account,
  policies("aws_sqs_queue_policy", { queue_url: "https://sqs/logs" }, before, after),
];
const topicPolicy = (before: string | null, after: string): PlannedResource[] => [
  account,
  policies("aws_sns_topic_policy", { arn: TOLD }, before, after),
];
const endpoint = (before: string, after: string): PlannedResource =>
  policies("aws_vpc_endpoint", { id: "vpce-1", vpc_id: "vpc-1" }, before, after);

const TOPIC = { ArnEquals: { "aws:SourceArn": TOLD } };
const SNS_DEFAULT = {
  Sid: "__default_statement_ID",
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: [
    ...["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:Receive"],
    ...["SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:Publish"],
    "SNS:ListSubscriptionsByTopic",
  ],
  Resource: TOLD,
  Condition: { StringEquals: { "AWS:SourceOwner": OWN } },
};
const block = (value: boolean): Values => ({
  bucket: "logs",
  block_public_acls: value,
  block_public_policy: value,
  ignore_public_acls: value,
  restrict_public_buckets: value,
});
const anything = text({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });
const onlyS3 = text({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" });

const WEAK = document(allow("s3:GetObject", "arn:aws:s3:::logs/*"));
const STRONG = document(allow("s3:*", "*"));
const arn = (name: string): string => `arn:aws:iam::${OWN}:role/${name}`;
const roles: readonly PlannedResource[] = [
  role("weak", { inline: { own: WEAK } }),
  role("strong", { inline: { own: STRONG } }),
];
const fn = (before: string | null, after: string | null): PlannedResource =>
  planned(
    "aws_lambda_function",
    before === null ? null : { function_name: "orders", role: before },
    after === null ? null : { function_name: "orders", role: after },
  );
const profile = (name: string): PlannedResource =>
  same("aws_iam_instance_profile", { name, id: name, role: name }, { name });
const task = (name: string): PlannedResource =>
  same(
    "aws_ecs_task_definition",
    { family: name, arn: `arn:${name}`, task_role_arn: arn(name) },
    { name },
  );
const PROVIDER = `arn:aws:iam::${OWN}:oidc-provider/token.example.com`;
const trusting = (before: string | undefined, after: string): PlannedResource => {
  const values = (policy: string): Values => ({
    ...role("ci", {}).after,
    assume_role_policy: policy,
  });
  return planned("aws_iam_role", before === undefined ? null : values(before), values(after));
};
const TRUST = text({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
});
const oidc = planned(
  "aws_iam_openid_connect_provider",
  null,
  { url: "https://token.example.com", client_id_list: ["sts.amazonaws.com"] },
  { unknown: ["arn", "thumbprint_list"] },
);

/** The changes by their verdict; what is public is broadened too. */
const CHANGES: Readonly<
  Record<string, Readonly<Record<string, PlannedResource | readonly PlannedResource[]>>>
> = {
  public: {
    "a bucket policy for everybody": bucketPolicy(null, text(statement("*"))),
    "a bucket policy for half of the world's addresses": bucketPolicy(
      null,
      text(statement("*", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } } })),
    ),
    "a bucket policy for everybody but some addresses": bucketPolicy(
      null,
      text(statement("*", { Condition: { NotIpAddress: { "aws:SourceIp": "198.51.100.0/24" } } })),
    ),
    "a Lambda permission for everybody": lambdaPermission(null, { principal: "*" }),
    "an object with a public ACL": planned("aws_s3_object", null, {
      bucket: "logs",
      key: "a",
      acl: "public-read",
    }),
    "a snapshot shared with all": planned(
      "aws_db_snapshot",
      { shared_accounts: [] },
      { shared_accounts: ["all"] },
    ),
    "an image shared with all": planned("aws_ami_launch_permission", null, {
      image_id: "ami-1",
      group: "all",
    }),
  },
  broadened: {
    "a bucket policy for an office's addresses": bucketPolicy(
      null,
      text(statement("*", { Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } } })),
    ),
    "a bucket policy for a VPC endpoint": bucketPolicy(
      null,
      text(statement("*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })),
    ),
    "a bucket policy for a role of its account": bucketPolicy(
      null,
      text(statement({ AWS: `arn:aws:iam::${OWN}:role/app` })),
    ),
    "a policy that only denies plain HTTP goes": bucketPolicy(text(ONLY_TLS), null),
    "a policy that is put anew and then deleted": bucketPolicy(text(ONLY_TLS), text(ONLY_TLS), {
      actions: ["create", "delete"],
    }),
    "a queue for a topic, by its ARN alone": queuePolicy(
      null,
      queueText("*", { Condition: TOPIC }),
    ),
    "a Lambda permission that loses its source": lambdaPermission(FROM_BUCKET, {}),
    "an endpoint's policy gets wider": endpoint(onlyS3, anything),
    "an API for its own VPC endpoint, in short": [
      account,
      planned("aws_api_gateway_rest_api_policy", null, {
        rest_api_id: "a",
        policy: text({
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        }),
      }),
    ],
    "a public access block that blocks nothing, with a new bucket": [
      newBucket,
      planned("aws_s3_bucket_public_access_block", null, block(false)),
    ],
    "an account's block of public access goes": planned(
      "aws_s3_account_public_access_block",
      { ...block(true), bucket: null, account_id: OWN },
      null,
    ),
    "an account's block of public snapshots goes": planned(
      "aws_ebs_snapshot_block_public_access",
      { state: "block-all-sharing" },
      null,
    ),
    "a permission that another Region has already": inTwoRegions(),
    "a policy of a table of the same name in another bucket": ["one", "two"].flatMap((name) => {
      const values = {
        name: "orders",
        table_bucket_arn: `arn:aws:s3tables:us-east-1:${OWN}:bucket/${name}`,
        resource_policy: text(
          statement({ AWS: OTHER }, { Action: "s3tables:GetTable", Resource: "*" }),
        ),
      };
      const more = { name, references: { resource_policy: ["local.policy"] } };
      return [
        account,
        planned("aws_s3tables_table_policy", name === "one" ? values : null, values, more),
      ];
    }),
    "a snapshot shared with an account": planned(
      "aws_db_snapshot",
      { shared_accounts: [] },
      { shared_accounts: [OTHER] },
    ),
    "an account assignment": [
      planned("aws_ssoadmin_account_assignment", null, {
        principal_id: "p",
        permission_set_arn: "a",
        target_id: OWN,
      }),
    ],
    "a service control policy detached": planned(
      "aws_organizations_policy_attachment",
      { policy_id: "p", target_id: "t" },
      null,
    ),
    "an instance gets another profile": [
      ...roles,
      profile("weak"),
      profile("strong"),
      planned("aws_instance", { iam_instance_profile: "weak" }, { iam_instance_profile: "strong" }),
    ],
    "a service gets another task definition": [
      ...[...roles, task("weak"), task("strong")],
      planned(
        "aws_ecs_service",
        { task_definition: "arn:weak" },
        { task_definition: "arn:strong" },
      ),
    ],
    "a service account of Kubernetes with another role": [
      ...roles,
      planned(
        "kubernetes_service_account",
        { metadata: [{ annotations: { "eks.amazonaws.com/role-arn": arn("weak") } }] },
        { metadata: [{ annotations: { "eks.amazonaws.com/role-arn": arn("strong") } }] },
      ),
    ],
    "a new OIDC provider that a role trusts already": [oidc, trusting(TRUST, TRUST)],
    "a new OIDC provider with a new role that trusts it": [oidc, trusting(undefined, TRUST)],
    "an OIDC provider for one audience more": [
      planned(
        "aws_iam_openid_connect_provider",
        { client_id_list: ["a"], thumbprint_list: [] },
        { client_id_list: ["a", "b"], thumbprint_list: [] },
      ),
    ],
    "a new function with its new role": [
      role("new", undefined),
      inlinePolicy("new", "own", undefined, STRONG),
      planned(
        "aws_lambda_function",
        null,
        { function_name: "f" },
        { unknown: ["role"], references: { role: ["aws_iam_role.new.arn", "aws_iam_role.new"] } },
      ),
    ],
    "an event bus that another account may put events on": [
      account,
      planned("aws_cloudwatch_event_permission", null, {
        event_bus_name: "default",
        principal: OTHER,
        statement_id: "o",
      }),
    ],
    "a session policy of Transfer gets wider": planned(
      "aws_transfer_user",
      { policy: JSON.stringify(WEAK) },
      { policy: JSON.stringify(STRONG) },
    ),
  },
  narrowed: {
    "another account's role in place of the account": bucketPolicy(
      text(statement({ AWS: OTHER })),
      text(statement({ AWS: `arn:aws:iam::${OTHER}:role/app` })),
    ),
    "a queue for a topic, by the service in place of everybody": queuePolicy(
      queueText("*", { Condition: TOPIC }),
      queueText({ Service: "sns.amazonaws.com" }, { Condition: TOPIC }),
    ),
    "a key that its account's root may no longer administer": [
      key(text(ROOT, USE_BY_OTHER), text(USE_BY_OTHER)),
    ],
    "a file system that only takes TLS": [
      account,
      planned("aws_efs_file_system_policy", null, {
        file_system_id: "fs-1",
        policy: text(
          {
            Effect: "Deny",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
        ),
      }),
    ],
    "a topic policy that allows less than AWS's own default one": topicPolicy(
      null,
      text({ ...SNS_DEFAULT, Action: ["SNS:Publish"] }),
    ),
    "an endpoint's policy gets narrower": endpoint(anything, onlyS3),
    "an access key that is made inactive": planned(
      "aws_iam_access_key",
      { user: "ci", status: "Active" },
      { user: "ci", status: "Inactive" },
    ),
    "a permission set's policy gets narrower": planned(
      "aws_ssoadmin_permission_set_inline_policy",
      { inline_policy: JSON.stringify(STRONG) },
      { inline_policy: JSON.stringify(WEAK) },
    ),
  },
  both: {
    "permissions of Lake Formation in another catalog": replaced(
      planned(
        "aws_lakeformation_permissions",
        { principal: OTHER, permissions: ["ALL"], catalog_id: OWN },
        { principal: OTHER, permissions: ["ALL"], catalog_id: OTHER },
      ),
    ),
    "permissions of Lake Formation for tables that are not known": replaced(
      planned(
        "aws_lakeformation_permissions",
        { principal: OTHER, permissions: ["SELECT"], table: [] },
        { principal: OTHER, permissions: ["SELECT"] },
        { unknown: ["table"] },
      ),
    ),
    "a signing permission that is replaced, and no longer for one version": replaced(
      planned(
        "aws_signer_signing_profile_permission",
        { principal: OTHER, action: "signer:StartSigningJob", profile_version: "v1" },
        { principal: OTHER, action: "signer:StartSigningJob" },
        { unknown: ["profile_version"] },
      ),
    ),
    "a layer of Lambda for another version": layerPermission(1, 2),
    "a topic that a service may publish to for any account, instead of AWS's own default policy":
      topicPolicy(
        text(SNS_DEFAULT),
        text(
          statement(
            { Service: "cloudwatch.amazonaws.com" },
            { Action: "sns:Publish", Resource: TOLD },
          ),
        ),
      ),
  },
  unchanged: {
    "an access key that is replaced by one for the same user": replaced(
      planned(
        "aws_iam_access_key",
        { user: "ci", status: "Active", create_date: "2026-01-01", id: "AKIA" },
        { user: "ci", status: "Active" },
        { unknown: ["create_date", "id", "key_fingerprint"] },
      ),
    ),
    "the description of an API key": planned(
      "aws_appsync_api_key",
      { api_id: "a", description: "old" },
      { api_id: "a", description: "new" },
    ),
    "a new key with the default policy, of an account that the plan does not show": planned(
      "aws_kms_key",
      null,
      { policy: text(ROOT) },
      { unknown: ["arn", "key_id"], references: { policy: ["local.policy"] } },
    ),
    "a bucket policy for its own account": bucketPolicy(null, text(statement({ AWS: OWN }))),
    "a role in a condition instead of the principal": bucketPolicy(
      text(
        statement("*", {
          Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${OTHER}:role/app` } },
        }),
      ),
      text(statement({ AWS: `arn:aws:iam::${OTHER}:role/app` })),
    ),
    "a policy that only denies goes with its bucket": [
      account,
      planned("aws_s3_bucket", { bucket: "logs", id: "logs" }, null),
      planned("aws_s3_bucket_policy", { bucket: "logs", policy: text(ONLY_TLS) }, null),
    ],
    "a policy in another resource": [
      account,
      bucket,
      planned("aws_s3_bucket_policy", { bucket: "logs", policy: text(statement("*")) }, null),
      {
        ...planned("aws_s3_bucket_policy", null, { bucket: "logs", policy: text(statement("*")) }),
        name: "y",
      },
    ],
    "what AWS reports of a bucket whose policy is another resource's": [
      account,
      planned(
        "aws_s3_bucket",
        { bucket: "logs", policy: text(statement("*")) },
        { bucket: "logs", policy: text(statement("*")), force_destroy: true },
      ),
    ],
    "a grant of a key that its policy gives already": [
      key(text(ROOT, USE_BY_OTHER), text(ROOT, USE_BY_OTHER)),
      planned("aws_kms_grant", null, {
        key_id: `arn:aws:kms:us-east-1:${OWN}:key/k`,
        grantee_principal: `arn:aws:iam::${OTHER}:role/app`,
        operations: ["Decrypt"],
      }),
    ],
    "a Lambda permission with another ID": lambdaPermission(FROM_BUCKET, {
      ...FROM_BUCKET,
      statement_id: "new",
    }),
    "a public access block with a new bucket": [
      newBucket,
      planned("aws_s3_bucket_public_access_block", null, block(true)),
    ],
    "a profile for a role that is there": [
      ...roles,
      planned("aws_iam_instance_profile", null, { name: "p", role: "strong" }),
    ],
    "a public access block goes with its bucket": [
      planned("aws_s3_bucket", { bucket: "logs", id: "logs" }, null),
      planned("aws_s3_bucket_public_access_block", block(true), null),
    ],
    "an object": planned("aws_s3_object", null, { bucket: "logs", key: "a" }, { unknown: ["acl"] }),
    "tags of a stack": planned(
      "aws_cloudformation_stack",
      { name: "s", tags: {} },
      { name: "s", tags: { a: "b" } },
    ),
    "a type that no table has, without a sign of access": planned("aws_new_thing", null, { a: 1 }),
    "a new instance without a profile": planned(
      "aws_instance",
      null,
      { ami: "a" },
      { unknown: ["iam_instance_profile"] },
    ),
    "a function with a role of AWS's own": [
      planned("aws_autoscaling_lifecycle_hook", null, {
        role_arn: `arn:aws:iam::${OWN}:role/aws-service-role/autoscaling.amazonaws.com/x`,
      }),
    ],
  },
  unknown: {
    "a grant of a key for actions that are not known": [
      key(text(ROOT), text(ROOT)),
      planned(
        "aws_kms_grant",
        null,
        { key_id: "k", grantee_principal: `arn:aws:iam::${OTHER}:role/app` },
        { unknown: ["operations"], references: { operations: ["var.operations"] } },
      ),
    ],
    "a policy that is not known yet": [
      account,
      planned(
        "aws_s3_bucket_policy",
        { bucket: "logs", policy: text(ONLY_TLS) },
        { bucket: "logs" },
        { unknown: ["policy"] },
      ),
    ],
    "a bucket policy without a principal in its Principal": bucketPolicy(
      text(statement({ AWS: OTHER })),
      text(statement({})),
    ),
    "a stack of CloudFormation": planned("aws_cloudformation_stack", null, { name: "s" }),
    "a type that no table has": planned("aws_new_thing_permission", null, { a: 1 }),
    "a new argument that is a policy": planned("aws_new_thing", null, { resource_policy: "{}" }),
    awscc: planned("awscc_s3_bucket", null, { a: 1 }),
    "a function gets a role that the plan does not show": [
      ...roles,
      fn(arn("weak"), arn("elsewhere")),
    ],
    "a new OIDC provider alone": [oidc],
  },
};

describe.each(Object.entries(CHANGES))("%s", (verdict, changes) => {
  test.each(Object.entries(changes))("%s", (_, resources) => {
    const report = review(...[resources].flat());
    const isPublic = report.items.some(({ reasons }) => reasons.includes(PUBLIC));
    expect([report.verdict, isPublic]).toEqual(
      verdict === "public" ? ["broadened", true] : [verdict, false],
    );
  });
});

describe("a row about a policy of a resource names the new part of a statement alone", () => {
  const GET = statement({ AWS: OTHER });
  const more = { Action: ["s3:GetObject", "s3:PutObject"] };
  const guard = (action: string): object =>
    statement("*", { Effect: "Deny", Action: action, Condition: undefined });

  test.each([
    ["an action more", [GET], [{ ...GET, ...more }], [[OTHER], ["s3:PutObject"]]],
    [
      "an account more",
      [GET],
      [statement({ AWS: [OTHER, "777788889999"] })],
      [["777788889999"], ["s3:GetObject"]],
    ],
    [
      "an action more, beside the same Deny",
      [GET, ONLY_TLS],
      [{ ...GET, ...more }, ONLY_TLS],
      [[OTHER], ["s3:PutObject"]],
    ],
    // What a Deny took is gained as well.
    [
      "an action more, and a Deny less",
      [GET, guard("s3:Get*")],
      [{ ...GET, ...more }],
      [[OTHER], ["s3:GetObject", "s3:PutObject"]],
    ],
  ])("%s", (_, before, after, expected) => {
    const report = review(...bucketPolicy(text(...before), text(...after)));
    const gains = report.rows.filter(({ change }) => change === "gained");
    const told = gains.flatMap(({ who, what }) =>
      what.map(({ actions }) => [who.map(({ name }) => name), actions]),
    );
    expect(told).toContainEqual(expected);
  });
});

/** Pull requests that change roles, users and groups as public modules make them. */
import { change, type OrdinaryChange } from "./change";
import {
  account,
  ACCOUNT,
  denies,
  has,
  may,
  OTHER,
  own,
  resource,
  roleFor,
  roleOf,
  text,
  when,
} from "./hcl";

const GET = may("s3:GetObject", "arn:aws:s3:::logs/*");
const PUT = may("s3:PutObject", "arn:aws:s3:::logs/*");
const app = (...statements: string[]): string => own(text(...statements));
const assumedBy = (principal: string, more = ""): string =>
  roleFor(`{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ${principal}${more} }`);
const MFA = `, ${when("Bool", "aws:MultiFactorAuthPresent", '"true"')}`;
const policy = (statement: string, more = ""): string =>
  resource("aws_iam_policy", `name = local.name\npolicy = ${text(statement)}\n${more}`);
const mapped = (entries: string): string => `
resource "aws_iam_policy" "x" {
  for_each = { ${entries} }
  name     = "\${local.name}-\${each.key}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value, Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "x" {
  for_each   = aws_iam_policy.x
  role       = aws_iam_role.app.name
  policy_arn = each.value.arn
}`;
const counted = (count: number): string =>
  own(text(GET)).replace('"app" {', `"app" {\n  count = ${String(count)}`);
const document = (name: string, body: string): string => `
data "aws_iam_policy_document" "${name}" {
  ${body}
}`;
const statement = (action: string, resources: string, sid = "Own"): string => `
  statement {
    sid       = "${sid}"
    actions   = ["${action}"]
    resources = [${resources}]
  }`;
const fromData = own("data.aws_iam_policy_document.x.json");
const user = resource("aws_iam_user", "name = local.name");
const groups = (members: string): string => `${user}
resource "aws_iam_group" "x" { name = local.name }
resource "aws_iam_group_policy" "x" {
  name   = "own"
  group  = aws_iam_group.x.name
  policy = ${text(GET)}
}
${members}`;
const membership = resource(
  "aws_iam_user_group_membership",
  "user = aws_iam_user.x.name\ngroups = [aws_iam_group.x.name]",
);
const teleport = (more = ""): string => `
module "access" {
  source          = "MODULES/rds"
  aws_account_id  = "${ACCOUNT}"
  policy_name     = local.name
  attach_to_roles = { service = aws_iam_role.app.name }
  ${more}
}`;
const users = (...names: string[]): string =>
  `rds_database_users = [${names.map((name) => `{ region = "us-east-1", resource_id = "db-ABCDEFGHIJKL01234567890123", user_name = "${name}" }`).join(", ")}]`;

export const IDENTITIES: Readonly<Record<string, OrdinaryChange>> = {
  role_new: change("broadened", "a new role with a policy", { after: roleOf("ec2") + app(GET) }),
  role_new_empty: change("broadened", "a new role that a service may assume", {
    after: roleOf("ec2"),
  }),
  role_deleted_policy: change("narrowed", "the inline policy is removed", {
    all: roleOf("ec2"),
    before: app(GET),
  }),
  role_second_policy: change("broadened", "another inline policy", {
    all: roleOf("ec2") + app(GET),
    after: own(text(PUT), "app", "more"),
  }),
  role_tagged: change("unchanged", "no document asks for the tag", {
    before: roleOf("ec2"),
    after: roleOf("ec2", "app", 'tags = { Environment = "prod" }'),
  }),
  trust_second_service: change("broadened", "Lambda may assume it too", {
    before: assumedBy('{ Service = "ec2.amazonaws.com" }'),
    after: assumedBy('{ Service = ["ec2.amazonaws.com", "lambda.amazonaws.com"] }'),
  }),
  trust_one_role: change("narrowed", "one role of the account instead of all of it", {
    before: assumedBy(account(OTHER)),
    after: assumedBy(`{ AWS = "arn:aws:iam::${OTHER}:role/deploy" }`),
  }),
  trust_mfa_removed: change("broadened", "MFA is no longer required", {
    before: assumedBy(account(OTHER), MFA),
    after: assumedBy(account(OTHER)),
  }),
  trust_source_account: change("narrowed", "the service must act for this account", {
    before: assumedBy('{ Service = "s3.amazonaws.com" }'),
    after: assumedBy(
      '{ Service = "s3.amazonaws.com" }',
      `, ${when("StringEquals", "aws:SourceAccount", `"${ACCOUNT}"`)}`,
    ),
  }),
  trust_other_account: change("both", "another account instead of one", {
    before: assumedBy(account(OTHER)),
    after: assumedBy(account("555566667777")),
  }),
  ip_required: change("narrowed", "only from the office", {
    all: roleOf("ec2"),
    before: app(GET),
    after: app(
      may(
        "s3:GetObject",
        "arn:aws:s3:::logs/*",
        when("IpAddress", "aws:SourceIp", '"203.0.113.0/24"'),
      ),
    ),
  }),
  ip_range_added: change("broadened", "from another office too", {
    all: roleOf("ec2"),
    before: app(may("s3:GetObject", "*", when("IpAddress", "aws:SourceIp", '["203.0.113.0/24"]'))),
    after: app(
      may(
        "s3:GetObject",
        "*",
        when("IpAddress", "aws:SourceIp", '["203.0.113.0/24", "198.51.100.0/24"]'),
      ),
    ),
  }),
  not_action: change("broadened", "everything but IAM", {
    all: roleOf("ec2"),
    before: app(GET),
    after: app(GET, '{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }'),
  }),
  pass_role: change("broadened", "it may pass roles", {
    all: roleOf("ec2"),
    before: app(may("ecs:RunTask", "*")),
    after: app(may("ecs:RunTask iam:PassRole", "*")),
  }),
  assume_role: change("broadened", "it may assume a role of another account", {
    all: roleOf("ec2"),
    before: app(GET),
    after: app(GET, may("sts:AssumeRole", `arn:aws:iam::${OTHER}:role/deploy`)),
  }),
  secret_suffix: change("narrowed", "six characters instead of any text", {
    all: roleOf("ec2"),
    before: app(
      may(
        "secretsmanager:GetSecretValue",
        `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:app-*`,
      ),
    ),
    after: app(
      may(
        "secretsmanager:GetSecretValue",
        `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:app-??????`,
      ),
    ),
  }),
  log_group_only: change("narrowed", "one log group instead of all", {
    all: roleOf("lambda"),
    before: app(may("logs:PutLogEvents", "arn:aws:logs:*:*:*")),
    after: app(
      may("logs:PutLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/app:*`),
    ),
  }),
  wildcard_spelled_out: change("unchanged", "the wildcard covered the action already", {
    all: roleOf("ec2"),
    before: app(may("s3:Get*", "*")),
    after: app(may("s3:Get* s3:GetObject", "*")),
  }),
  deny_of_role: change("narrowed", "deleting is denied by a policy of its own", {
    all: roleOf("ec2") + app(may("s3:*", "*")),
    after: own(text(denies(may("s3:DeleteBucket", "*"))), "app", "deny"),
  }),
  map_grown: change("broadened", "one more policy in a map", {
    all: roleOf("ec2"),
    before: mapped('read = "s3:GetObject"'),
    after: mapped('read = "s3:GetObject", write = "s3:PutObject"'),
  }),
  map_shrunk: change("narrowed", "one policy fewer in a map", {
    all: roleOf("ec2"),
    before: mapped('read = "s3:GetObject", write = "s3:PutObject"'),
    after: mapped('read = "s3:GetObject"'),
  }),
  toggled_on: change("broadened", "count of an inline policy from 0 to 1", {
    all: roleOf("ec2"),
    before: counted(0),
    after: counted(1),
  }),
  count_removed: change("unchanged", "the same policy without count", {
    all: roleOf("ec2"),
    before: counted(1),
    after: own(text(GET)),
  }),
  inline_block: change("unchanged", "the block becomes a resource of its own", {
    before: roleOf("ec2", "app", `inline_policy {\n name = "app"\n policy = ${text(GET)}\n}`),
    after: roleOf("ec2") + app(GET),
  }),
  managed_arns: change("unchanged", "the argument becomes an attachment", {
    before: roleOf(
      "ec2",
      "app",
      'managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]',
    ),
    after: roleOf("ec2") + has("ReadOnlyAccess"),
  }),
  read_only_detached: change("narrowed", "ReadOnlyAccess, AWS's longest policy, is detached", {
    all: roleOf("ec2") + app(GET),
    before: has("ReadOnlyAccess"),
  }),
  attachment_kind: change("unchanged", "the same attachment by another resource", {
    all: roleOf("ec2") + policy(GET),
    before: resource(
      "aws_iam_policy_attachment",
      "name = local.name\nroles = [aws_iam_role.app.name]\npolicy_arn = aws_iam_policy.x.arn",
    ),
    after: has("aws_iam_policy.x.arn"),
  }),
  policy_described: change("unchanged", "the policy is replaced with the same text", {
    all: roleOf("ec2") + has("aws_iam_policy.x.arn"),
    before: policy(GET, 'description = "One."'),
    after: policy(GET, 'description = "Two."'),
  }),
  policy_shared: change("broadened", "the policy of two roles allows writing", {
    all:
      roleOf("ec2") +
      roleOf("lambda", "other") +
      has("aws_iam_policy.x.arn") +
      has("aws_iam_policy.x.arn", "other"),
    before: policy(GET),
    after: policy(may("s3:GetObject s3:PutObject", "arn:aws:s3:::logs/*")),
  }),
  policy_unattached: change("broadened", "a new policy, which nobody has yet, may be attached", {
    after: policy(GET),
  }),
  source_documents: change("broadened", "a document that it is made of allows more", {
    all:
      roleOf("ec2") +
      document("x", "source_policy_documents = [data.aws_iam_policy_document.base.json]") +
      fromData,
    before: document("base", statement("s3:GetObject", '"*"')),
    after: document(
      "base",
      statement("s3:GetObject", '"*"') + statement("s3:PutObject", '"*"', "More"),
    ),
  }),
  override_documents: change("unchanged", "the same statement by way of an override", {
    all: roleOf("ec2") + fromData,
    before: document("x", statement("s3:GetObject", '"*"')),
    after:
      document("base", statement("s3:GetObject", '"*"')) +
      document(
        "x",
        `override_policy_documents = [data.aws_iam_policy_document.base.json]${statement("s3:Get*", '"*"')}`,
      ),
  }),
  new_bucket: change("broadened", "the role may read a bucket that the plan creates", {
    all: roleOf("ec2"),
    before: document("x", statement("s3:GetObject", '"arn:aws:s3:::logs/*"')) + fromData,
    after:
      resource("aws_s3_bucket", "bucket = local.name") +
      document(
        "x",
        statement("s3:GetObject", '"arn:aws:s3:::logs/*", "${aws_s3_bucket.x.arn}/*"'),
      ) +
      fromData,
  }),
  new_key: change("broadened", "the role may decrypt with a new key", {
    all: roleOf("ec2"),
    before: document("x", statement("s3:GetObject", '"*"')) + fromData,
    after:
      resource("aws_kms_key", "enable_key_rotation = true") +
      document(
        "x",
        statement("s3:GetObject", '"*"') + statement("kms:Decrypt", "aws_kms_key.x.arn", "Key"),
      ) +
      fromData,
  }),
  new_secret: change("broadened", "the role may read a new secret", {
    all: roleOf("ec2"),
    before: app(GET),
    after:
      resource("aws_secretsmanager_secret", "name = local.name") +
      app(GET, may("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.x.arn")),
  }),
  user_key: change("broadened", "a user gets an access key", {
    all: user,
    after: resource("aws_iam_access_key", "user = aws_iam_user.x.name"),
  }),
  user_removed: change("narrowed", "the user and its key are deleted", {
    before: user + resource("aws_iam_access_key", "user = aws_iam_user.x.name"),
  }),
  group_policy: change("broadened", "the group may write", {
    before: groups(membership),
    after: groups(membership).replace("s3:GetObject", "s3:*"),
  }),
  user_joins: change("broadened", "a user joins a group", {
    before: groups(""),
    after: groups(membership),
  }),
  user_leaves: change("narrowed", "a user leaves a group", {
    before: groups(membership),
    after: groups(""),
  }),
  oidc_audience: change("broadened", "tokens for another audience count", {
    before: resource(
      "aws_iam_openid_connect_provider",
      'url = "https://oidc.example.com/a"\nclient_id_list = ["sts.amazonaws.com"]\nthumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]',
    ),
    after: resource(
      "aws_iam_openid_connect_provider",
      'url = "https://oidc.example.com/a"\nclient_id_list = ["sts.amazonaws.com", "other"]\nthumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]',
    ),
  }),
  forgotten: change("unchanged", "Terraform forgets the policy, which stays in AWS", {
    all: roleOf("ec2"),
    before: app(GET),
    after: "removed {\n from = aws_iam_role_policy.app\n lifecycle {\n  destroy = false\n }\n}",
  }),
  teleport_new: change("broadened", "Teleport's role gets the access of RDS", {
    all: roleOf("ec2"),
    after: teleport(),
  }),
  teleport_user_added: change("broadened", "one more database user", {
    all: roleOf("ec2"),
    before: teleport(users("reader")),
    after: teleport(users("reader", "writer")),
  }),
  teleport_narrowed: change("narrowed", "one database user instead of all", {
    all: roleOf("ec2"),
    before: teleport(),
    after: teleport(users("reader")),
  }),
  teleport_switched_off: change("narrowed", "databases are no longer modified", {
    all: roleOf("ec2"),
    before: teleport(),
    after: teleport("rds_auto_enable_iam_auth = false"),
  }),
  teleport_agent: change("broadened", "the role of a Teleport Auth Service on DynamoDB and S3", {
    after:
      roleOf("ec2") +
      app(
        may(
          "dynamodb:*",
          `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/teleport arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/teleport/*`,
        ),
        may(
          "s3:GetObject s3:GetObjectVersion s3:PutObject s3:ListMultipartUploadParts s3:AbortMultipartUpload",
          "arn:aws:s3:::sessions/*",
        ),
      ),
  }),
  teleport_discovery: change("broadened", "Teleport may also find EKS clusters", {
    all: roleOf("ec2"),
    before: app(may("ec2:DescribeInstances ssm:SendCommand", "*")),
    after: app(
      may("ec2:DescribeInstances ssm:SendCommand", "*"),
      may("eks:DescribeCluster eks:ListClusters", "*"),
    ),
  }),
};

/** Pull requests that change roles, users and groups as public modules make them. */
import { change, edited, type OrdinaryChange, trusted } from "./change";
import {
  account,
  ACCOUNT,
  data,
  denies,
  FROM_DATA,
  has,
  may,
  moved,
  OTHER,
  own,
  policy,
  resource,
  roleOf,
  says,
  service,
  text,
  when,
} from "./hcl";

const GET = may("s3:GetObject", "arn:aws:s3:::logs/*");
const PUT = may("s3:PutObject", "arn:aws:s3:::logs/*");
const ROLE = roleOf("ec2");
const app = (...statements: string[]): string => own(text(...statements));
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
  app(GET).replace('"app" {', `"app" {\n  count = ${String(count)}`);
const fromOffices = (blocks: string): string =>
  may("s3:GetObject", "*", when("IpAddress", "aws:SourceIp", blocks));
const readsSecret = (name: string): string =>
  may("secretsmanager:*", `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}`);

const user = (name = "x"): string =>
  resource("aws_iam_user", `name = "\${local.name}-${name}"`, name);
const groupOf = (action: string): string =>
  user() +
  user("other") +
  resource("aws_iam_group", "name = local.name") +
  resource(
    "aws_iam_group_policy",
    `name = "own"\ngroup = aws_iam_group.x.name\npolicy = ${text(may(action, "*"))}`,
  );
const GROUP = groupOf("s3:GetObject");
const MEMBER = resource(
  "aws_iam_user_group_membership",
  "user = aws_iam_user.x.name\ngroups = [aws_iam_group.x.name]",
);
const members = (...names: string[]): string =>
  resource(
    "aws_iam_group_membership",
    `name = local.name\ngroup = aws_iam_group.x.name\nusers = [${names.map((name) => `aws_iam_user.${name}.name`).join(", ")}]`,
  );
const ACCESS_KEY = resource("aws_iam_access_key", "user = aws_iam_user.x.name");
const provider = (audiences: string): string =>
  resource(
    "aws_iam_openid_connect_provider",
    `url = "https://oidc.example.com/a"\nclient_id_list = [${audiences}]\nthumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]`,
  );

const teleport = (more = "", source = "MODULES/rds", name = "access"): string => `
module "${name}" {
  source          = "${source}"
  aws_account_id  = "${ACCOUNT}"
  policy_name     = "\${local.name}-teleport"
  attach_to_roles = { service = aws_iam_role.app.name }
  ${more}
}`;
const [REDSHIFT, BOTH] = ["MODULES/redshift", "COMPOSED/both"];
const ONE_EACH = teleport() + teleport("", REDSHIFT, "redshift").replace("-teleport", "-redshift");
const users = (...names: string[]): string =>
  `rds_database_users = [${names.map((name) => `{ region = "us-east-1", resource_id = "db-ABCDEFGHIJKL01234567890123", user_name = "${name}" }`).join(", ")}]`;
const serviceRole = (trust: string): string => `
module "access" {
  source         = "MODULES/service-role"
  aws_account_id = "${ACCOUNT}"
  role_name      = local.name
  ${trust}       = true
}`;

export const IDENTITIES: Readonly<Record<string, OrdinaryChange>> = {
  role_new: change("broadened", "a new role with a policy", { after: ROLE + app(GET) }),
  role_new_empty: change("broadened", "a new role that a service may assume", { after: ROLE }),
  role_deleted_policy: change("narrowed", "the inline policy is removed", {
    all: ROLE,
    before: app(GET),
  }),
  role_second_policy: change("broadened", "another inline policy", {
    all: ROLE + app(GET),
    after: own(text(PUT), "app", "more"),
  }),
  role_tagged: change("unchanged", "no document asks for the tag", {
    before: ROLE,
    after: roleOf("ec2", "app", 'tags = { Environment = "prod" }'),
  }),
  trust_second_service: trusted(
    "broadened",
    "Lambda may assume it too",
    [service("ec2")],
    ['{ Service = ["ec2.amazonaws.com", "lambda.amazonaws.com"] }'],
  ),
  trust_one_role: trusted(
    "narrowed",
    "one role of the account instead of all of it",
    [account(OTHER)],
    [`{ AWS = "arn:aws:iam::${OTHER}:role/deploy" }`],
  ),
  trust_mfa_removed: trusted(
    "broadened",
    "MFA is no longer required",
    [account(OTHER), when("Bool", "aws:MultiFactorAuthPresent", '"true"')],
    [account(OTHER)],
  ),
  trust_source_account: trusted(
    "narrowed",
    "the service must act for this account",
    [service("s3")],
    [service("s3"), when("StringEquals", "aws:SourceAccount", `"${ACCOUNT}"`)],
  ),
  trust_other_account: trusted(
    "both",
    "another account instead of one",
    [account(OTHER)],
    [account("555566667777")],
  ),
  ip_required: edited(
    "narrowed",
    "only from the office",
    [may("s3:GetObject", "*")],
    [fromOffices('"203.0.113.0/24"')],
  ),
  ip_range_added: edited(
    "broadened",
    "from another office too",
    [fromOffices('["203.0.113.0/24"]')],
    [fromOffices('["203.0.113.0/24", "198.51.100.0/24"]')],
  ),
  not_action: edited(
    "broadened",
    "everything but IAM",
    [GET],
    [GET, '{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }'],
  ),
  pass_role: edited(
    "broadened",
    "it may pass roles",
    [may("ecs:RunTask", "*")],
    [may("ecs:RunTask iam:PassRole", "*")],
  ),
  assume_role: edited(
    "broadened",
    "it may assume a role of another account",
    [GET],
    [GET, may("sts:AssumeRole", `arn:aws:iam::${OTHER}:role/deploy`)],
  ),
  secret_suffix: edited(
    "narrowed",
    "six characters instead of any text",
    [readsSecret("app-*")],
    [readsSecret("app-??????")],
  ),
  log_group_only: edited(
    "narrowed",
    "one log group instead of all",
    [may("logs:PutLogEvents", "arn:aws:logs:*:*:*")],
    [may("logs:PutLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/app:*`)],
  ),
  wildcard_spelled_out: edited(
    "unchanged",
    "the wildcard covered the action already",
    [may("s3:Get*", "*")],
    [may("s3:Get* s3:GetObject", "*")],
  ),
  deny_of_role: change("narrowed", "deleting is denied by a policy of its own", {
    all: ROLE + app(may("s3:*", "*")),
    after: own(text(denies(may("s3:DeleteBucket", "*"))), "app", "deny"),
  }),
  map_grown: change("broadened", "one more policy in a map", {
    all: ROLE,
    before: mapped('read = "s3:GetObject"'),
    after: mapped('read = "s3:GetObject", write = "s3:PutObject"'),
  }),
  map_shrunk: change("narrowed", "one policy fewer in a map", {
    all: ROLE,
    before: mapped('read = "s3:GetObject", write = "s3:PutObject"'),
    after: mapped('read = "s3:GetObject"'),
  }),
  map_rekeyed: change("unchanged", "the same two actions under other keys", {
    all: ROLE,
    before: mapped('a = "s3:GetObject", b = "s3:PutObject"'),
    after: mapped('c = "s3:GetObject", d = "s3:PutObject"'),
  }),
  map_rekeyed_grown: change("broadened", "another key, and s3:DeleteObject is new", {
    all: ROLE,
    before: mapped('a = "s3:GetObject"'),
    after: mapped('b = "s3:GetObject", c = "s3:DeleteObject"'),
  }),
  toggled_on: change("broadened", "count of an inline policy from 0 to 1", {
    all: ROLE,
    before: counted(0),
    after: counted(1),
  }),
  count_removed: change("unchanged", "the same policy without count", {
    all: ROLE,
    before: counted(1),
    after: app(GET),
  }),
  inline_block: change("unchanged", "the block becomes a resource of its own", {
    before: roleOf("ec2", "app", `inline_policy {\n name = "app"\n policy = ${text(GET)}\n}`),
    after: ROLE + app(GET),
  }),
  managed_arns: change("unchanged", "the argument becomes an attachment", {
    before: roleOf(
      "ec2",
      "app",
      'managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]',
    ),
    after: ROLE + has("ReadOnlyAccess"),
  }),
  read_only_detached: change("narrowed", "ReadOnlyAccess, AWS's longest policy, is detached", {
    all: ROLE + app(GET),
    before: has("ReadOnlyAccess"),
  }),
  attachment_kind: change("unchanged", "the same attachment by another resource", {
    all: ROLE + policy([GET]),
    before: resource(
      "aws_iam_policy_attachment",
      "name = local.name\nroles = [aws_iam_role.app.name]\npolicy_arn = aws_iam_policy.x.arn",
    ),
    after: has("aws_iam_policy.x.arn"),
  }),
  attachment_again: change("unchanged", "the role has the policy already", {
    all: ROLE + policy([GET]) + has("aws_iam_policy.x.arn"),
    after: has("aws_iam_policy.x.arn", "app", "again"),
  }),
  policy_described: change("unchanged", "the policy is replaced with the same text", {
    all: ROLE + has("aws_iam_policy.x.arn"),
    before: policy([GET], 'description = "One."'),
    after: policy([GET], 'description = "Two."'),
  }),
  policy_renamed: change("unchanged", "another policy with the same statement", {
    all: ROLE,
    before: policy([GET]) + has("aws_iam_policy.x.arn"),
    after: policy([GET], "", "y") + has("aws_iam_policy.y.arn", "app", "y"),
  }),
  policy_split: change("unchanged", "each of the two statements is in one of two policies", {
    all: ROLE + has("aws_iam_policy.x.arn"),
    before: policy([GET, PUT]),
    after: policy([GET]) + policy([PUT], "", "y") + has("aws_iam_policy.y.arn", "app", "y"),
  }),
  policy_shared: change("broadened", "the policy of two roles allows writing", {
    all:
      ROLE +
      roleOf("lambda", "other") +
      has("aws_iam_policy.x.arn") +
      has("aws_iam_policy.x.arn", "other"),
    before: policy([GET]),
    after: policy([may("s3:GetObject s3:PutObject", "arn:aws:s3:::logs/*")]),
  }),
  policy_unattached: change("broadened", "a new policy, which nobody has yet, may be attached", {
    after: policy([GET]),
  }),
  source_documents: change("broadened", "a document that it is made of allows more", {
    all:
      ROLE + data("source_policy_documents = [data.aws_iam_policy_document.base.json]") + FROM_DATA,
    before: data(says("s3:GetObject", "*"), "base"),
    after: data(says("s3:GetObject", "*") + says("s3:PutObject", "*", "More"), "base"),
  }),
  override_documents: change("unchanged", "the same statement by way of an override", {
    all: ROLE + FROM_DATA,
    before: data(says("s3:GetObject", "*")),
    after:
      data(says("s3:GetObject", "*"), "base") +
      data(
        `override_policy_documents = [data.aws_iam_policy_document.base.json]${says("s3:Get*", "*")}`,
      ),
  }),
  new_bucket: change("broadened", "the role may read a bucket that the plan creates", {
    all: ROLE + FROM_DATA,
    before: data(says("s3:GetObject", "arn:aws:s3:::logs/*")),
    after:
      resource("aws_s3_bucket", "bucket = local.name") +
      data(says("s3:GetObject", "arn:aws:s3:::logs/* ${aws_s3_bucket.x.arn}/*")),
  }),
  new_key: change("broadened", "the role may decrypt with a new key", {
    all: ROLE + FROM_DATA,
    before: data(says("s3:GetObject", "*")),
    after:
      resource("aws_kms_key", "enable_key_rotation = true") +
      data(says("s3:GetObject", "*") + says("kms:Decrypt", "aws_kms_key.x.arn", "Key")),
  }),
  new_secret: change("broadened", "the role may read a new secret", {
    all: ROLE,
    before: app(GET),
    after:
      resource("aws_secretsmanager_secret", "name = local.name") +
      app(GET, may("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.x.arn")),
  }),
  user_key: change("broadened", "a user gets an access key", { all: user(), after: ACCESS_KEY }),
  user_removed: change("narrowed", "the user and its key are deleted", {
    before: user() + ACCESS_KEY,
  }),
  group_policy: change("broadened", "the group may write", {
    all: MEMBER,
    before: GROUP,
    after: groupOf("s3:*"),
  }),
  user_joins: change("broadened", "a user joins a group", { all: GROUP, after: MEMBER }),
  user_leaves: change("narrowed", "a user leaves a group", { all: GROUP, before: MEMBER }),
  member_joins: change("broadened", "one more member", {
    all: GROUP,
    before: members("x"),
    after: members("x", "other"),
  }),
  oidc_audience: change("broadened", "tokens for another audience count", {
    before: provider('"sts.amazonaws.com"'),
    after: provider('"sts.amazonaws.com", "other"'),
  }),
  forgotten: change("unchanged", "Terraform forgets the policy, which stays in AWS", {
    all: ROLE,
    before: app(GET),
    after: "removed {\n from = aws_iam_role_policy.app\n lifecycle {\n  destroy = false\n }\n}",
  }),
  teleport_new: change("broadened", "Teleport's role gets the access of RDS", {
    all: ROLE,
    after: teleport(),
  }),
  teleport_user_added: change("broadened", "one more database user", {
    all: ROLE,
    before: teleport(users("reader")),
    after: teleport(users("reader", "writer")),
  }),
  teleport_narrowed: change("narrowed", "one database user instead of all", {
    all: ROLE,
    before: teleport(),
    after: teleport(users("reader")),
  }),
  teleport_switched_off: change("narrowed", "databases are no longer modified", {
    all: ROLE,
    before: teleport(),
    after: teleport("rds_auto_enable_iam_auth = false"),
  }),
  teleport_type_added: change("broadened", "what RDS needs is new", {
    all: ROLE,
    before: teleport("", REDSHIFT),
    after: teleport("", BOTH),
  }),
  teleport_split: change("unchanged", "the same statements in a policy per type", {
    all: ROLE,
    before: teleport("", BOTH),
    after: ONE_EACH,
  }),
  teleport_joined: change("unchanged", "the same statements in one policy", {
    all: ROLE,
    before: ONE_EACH,
    after: teleport("", BOTH),
  }),
  teleport_path: change("unchanged", "a path grants nothing", {
    all: ROLE,
    before: teleport(),
    after: teleport('policy_path = "/teleport/"'),
  }),
  teleport_composed: change("unchanged", "a ready module becomes a composed one", {
    all: ROLE,
    before: teleport("", REDSHIFT),
    after:
      teleport("", "COMPOSED/redshift", "composed") + moved("module.access", "module.composed"),
  }),
  teleport_trust: change("both", "ECS may assume the service role, and EC2 no longer", {
    before: serviceRole("trust_ec2"),
    after: serviceRole("trust_ecs"),
  }),
  teleport_agent: change("broadened", "the role of a Teleport Auth Service on DynamoDB and S3", {
    after:
      ROLE +
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
  teleport_discovery: edited(
    "broadened",
    "Teleport may also find EKS clusters",
    [may("ec2:DescribeInstances ssm:SendCommand", "*")],
    [
      may("ec2:DescribeInstances ssm:SendCommand", "*"),
      may("eks:DescribeCluster eks:ListClusters", "*"),
    ],
  ),
};

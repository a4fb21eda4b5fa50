/** Pull requests that change the policies of roles, users and groups. */
import { change, type OrdinaryChange } from "./change";

const EC2 = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })`;

const role = (name: string, rest = "", trust = EC2): string => `
resource "aws_iam_role" "app" {
  name               = "${name}"
  assume_role_policy = ${trust}
  ${rest}
}`;

const document = (...statements: readonly string[]): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [${statements.join(", ")}] })`;

const allow = (actions: string, resources: string, rest = ""): string =>
  `{ Effect = "Allow", Action = ${actions}, Resource = ${resources}${rest} }`;

const deny = (actions: string, resources: string): string =>
  allow(actions, resources).replace("Allow", "Deny");

const inline = (policy: string, name = "own"): string => `
resource "aws_iam_role_policy" "${name}" {
  name   = "${name}"
  role   = aws_iam_role.app.name
  policy = ${policy}
}`;

const managed = (name: string, policy: string): string => `
resource "aws_iam_policy" "own" {
  name   = "${name}"
  policy = ${policy}
}
${attached("own", "aws_iam_policy.own.arn")}`;

function attached(name: string, arn: string): string {
  return `
resource "aws_iam_role_policy_attachment" "${name}" {
  role       = aws_iam_role.app.name
  policy_arn = ${arn}
}`;
}

const aws = (name: string): string => `"arn:aws:iam::aws:policy/${name}"`;

const data = (blocks: string, rest = ""): string => `
data "aws_iam_policy_document" "own" {
  ${rest}
  ${blocks}
}`;

const block = (actions: string, resources: string, sid = "Tables"): string => `
  statement {
    sid       = "${sid}"
    actions   = ${actions}
    resources = ${resources}
  }`;

const FROM_DATA = inline("data.aws_iam_policy_document.own.json");
const table = (name: string): string => `
resource "aws_dynamodb_table" "new" {
  name         = "${name}"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}`;
const queue = (name: string, rest = ""): string => `
resource "aws_sqs_queue" "new" {
  name = "${name}"
  ${rest}
}`;
const OLD_TABLE = '"arn:aws:dynamodb:us-east-1:210987654321:table/old"';
const GET = '["s3:GetObject"]';
const PUT = '["s3:PutObject"]';
const BUCKET = '"arn:aws:s3:::logs/*"';
const READ = allow(GET, BUCKET);
const WRITE = allow(PUT, BUCKET);

const trust = (principal: string, rest = ""): string =>
  document(`{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ${principal}${rest} }`);

const github = (subject: string): string =>
  document(
    `{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com" }, Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "${subject}" } } }`,
  );

const keyed = (key: string): string => `
resource "aws_iam_role" "app" {
  for_each           = toset(["${key}"])
  name               = "renamed-keys"
  assume_role_policy = ${EC2}
}
resource "aws_iam_role_policy_attachment" "own" {
  for_each   = toset(["${key}"])
  role       = aws_iam_role.app[each.key].name
  policy_arn = ${aws("AmazonS3ReadOnlyAccess")}
}`;

const groupOf = (...users: readonly string[]): string => `
resource "aws_iam_group" "team" { name = "ordinary-team" }
resource "aws_iam_group_policy" "team" {
  name   = "own"
  group  = aws_iam_group.team.name
  policy = ${document(READ)}
}
resource "aws_iam_user" "user" {
  for_each = toset(["ordinary-ann", "ordinary-bob"])
  name     = each.key
}
resource "aws_iam_group_membership" "team" {
  name  = "team"
  group = aws_iam_group.team.name
  users = [${users.map((user) => `aws_iam_user.user["ordinary-${user}"].name`).join(", ")}]
}`;

const BOUNDARY = `
resource "aws_iam_policy" "boundary" {
  name   = "ordinary-boundary"
  policy = ${document(allow('["s3:Get*"]', '"*"'))}
}`;

export const POLICIES: Readonly<Record<string, OrdinaryChange>> = {
  table_data: change("broadened", "one more table, which the plan creates", {
    all: role("table-data") + FROM_DATA,
    before: data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}]`)),
    after:
      table("table-data") +
      data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}, aws_dynamodb_table.new.arn]`)),
  }),
  table_wildcard: change("unchanged", "the wildcard has allowed every table before", {
    all: role("table-wildcard") + FROM_DATA,
    before: data(block('["dynamodb:*"]', '["*"]')),
    after:
      table("table-wildcard") + data(block('["dynamodb:*"]', '["*", aws_dynamodb_table.new.arn]')),
  }),
  queue_jsonencode: change("broadened", "the document waits for the ARN of a new queue", {
    all: role("queue-jsonencode"),
    before: inline(document(READ)),
    after:
      queue("queue-jsonencode") +
      inline(document(READ, allow('"sqs:SendMessage"', "aws_sqs_queue.new.arn"))),
  }),
  everything_beside: change("broadened", "everything is allowed beside one ARN that is not known", {
    all: role("everything-beside") + FROM_DATA,
    before: data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}]`)),
    after:
      table("everything-beside") +
      data(
        block('["dynamodb:GetItem"]', `[${OLD_TABLE}, aws_dynamodb_table.new.arn]`) +
          block('["*"]', '["*"]', "All"),
      ),
  }),
  deferred_same: change("unchanged", "the data source is read later and says the same", {
    all: role("deferred-same") + FROM_DATA,
    before: data(block('["s3:GetObject"]', `[${BUCKET}]`)),
    after:
      table("deferred-same") +
      data(block('["s3:GetObject"]', `[${BUCKET}]`), "depends_on = [aws_dynamodb_table.new]"),
  }),
  deferred_function: change(
    "unknown",
    "a function on the way may change the document, so it is not called narrowed",
    {
      all: role("deferred-function"),
      before: data(block('["s3:GetObject", "s3:PutObject"]', `[${BUCKET}]`)) + FROM_DATA,
      after:
        table("deferred-function") +
        data(block('["s3:GetObject"]', `[${BUCKET}]`), "depends_on = [aws_dynamodb_table.new]") +
        inline('replace(data.aws_iam_policy_document.own.json, "s3:GetObject", "s3:*")'),
    },
  ),
  replaced_table: change(
    "unchanged",
    "the same expression: the role may read the table that replaces the old one",
    {
      all:
        role("replaced-table") +
        data(block('["dynamodb:GetItem"]', "[aws_dynamodb_table.new.arn]")) +
        FROM_DATA,
      before: table("replaced-table-a"),
      after: table("replaced-table-b"),
    },
  ),
  new_action: change("broadened", "s3:DeleteObject is new", {
    all: role("new-action"),
    before: inline(document(READ)),
    after: inline(document(allow('["s3:GetObject", "s3:DeleteObject"]', BUCKET))),
  }),
  fewer_actions: change("narrowed", "writing is gone", {
    all: role("fewer-actions"),
    before: inline(document(allow('"s3:*"', BUCKET))),
    after: inline(document(allow('["s3:Get*", "s3:List*"]', BUCKET))),
  }),
  one_bucket: change("narrowed", "one bucket instead of all", {
    all: role("one-bucket"),
    before: inline(document(allow(GET, '"*"'))),
    after: inline(document(READ)),
  }),
  another_bucket: change("both", "one bucket for another", {
    all: role("another-bucket"),
    before: inline(document(READ)),
    after: inline(document(allow(GET, '"arn:aws:s3:::reports/*"'))),
  }),
  reordered: change("unchanged", "another order and spelling", {
    all: role("reordered"),
    before: inline(document(READ, WRITE)),
    after: inline(document(WRITE, allow('["S3:getobject"]', `[${BUCKET}]`))),
  }),
  merged: change("unchanged", "two statements as one", {
    all: role("merged"),
    before: inline(document(READ, WRITE)),
    after: inline(document(allow('["s3:GetObject", "s3:PutObject"]', BUCKET))),
  }),
  sid_renamed: change("unchanged", "a Sid grants nothing", {
    all: role("sid-renamed"),
    before: inline(document(allow(GET, BUCKET, ', Sid = "A"'))),
    after: inline(document(allow(GET, BUCKET, ', Sid = "B"'))),
  }),
  mfa_added: change("narrowed", "MFA is required", {
    all: role("mfa-added"),
    before: inline(document(READ)),
    after: inline(
      document(
        allow(GET, BUCKET, ', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }'),
      ),
    ),
  }),
  deny_added: change("narrowed", "deleting is denied", {
    all: role("deny-added"),
    before: inline(document(allow('"s3:*"', BUCKET))),
    after: inline(document(allow('"s3:*"', BUCKET), deny('"s3:Delete*"', '"*"'))),
  }),
  deny_removed: change("broadened", "deleting is no longer denied", {
    all: role("deny-removed"),
    before: inline(document(allow('"s3:*"', BUCKET), deny('"s3:Delete*"', '"*"'))),
    after: inline(document(allow('"s3:*"', BUCKET))),
  }),
  inline_to_managed: change("unchanged", "the same statement in a policy of its own", {
    all: role("inline-to-managed"),
    before: inline(document(READ)),
    after: managed("inline-to-managed", document(READ)),
  }),
  split: change("unchanged", "two policies instead of one", {
    all: role("split"),
    before: inline(document(READ, WRITE)),
    after: inline(document(READ)) + inline(document(WRITE), "other"),
  }),
  jsonencode_to_data: change("unchanged", "the same statement from a data source", {
    all: role("jsonencode-to-data"),
    before: inline(document(READ)),
    after: data(block(GET, `[${BUCKET}]`)) + FROM_DATA,
  }),
  ssm_detached: change("narrowed", "AmazonSSMManagedInstanceCore has no Deny", {
    all: role("ssm-detached") + inline(document(READ)),
    before: attached("ssm", aws("AmazonSSMManagedInstanceCore")),
  }),
  s3_read_only: change("narrowed", "AmazonS3ReadOnlyAccess is within AmazonS3FullAccess", {
    all: role("s3-read-only"),
    before: attached("s3", aws("AmazonS3FullAccess")),
    after: attached("s3", aws("AmazonS3ReadOnlyAccess")),
  }),
  administrator: change("broadened", "everything instead of reading", {
    all: role("administrator"),
    before: attached("own", aws("ReadOnlyAccess")),
    after: attached("own", aws("AdministratorAccess")),
  }),
  administrator_has_all: change("unchanged", "an administrator gains nothing", {
    all: role("administrator-has-all") + attached("own", aws("AdministratorAccess")),
    after: attached("more", aws("AmazonS3FullAccess")),
  }),
  exclusive_list: change("unchanged", "the same list in a resource of its own", {
    before: role("exclusive-list", `managed_policy_arns = [${aws("AmazonS3ReadOnlyAccess")}]`),
    after: `${role("exclusive-list")}
resource "aws_iam_role_policy_attachments_exclusive" "own" {
  role_name   = aws_iam_role.app.name
  policy_arns = [${aws("AmazonS3ReadOnlyAccess")}]
}`,
  }),
  oidc: change("broadened", "a new role, trusted by a new provider", {
    //token.actions.githubusercontent.com"
    after: `
resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}
${role("oidc", "", trust("{ Federated = aws_iam_openid_connect_provider.github.arn }").replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"))}
${inline(document(READ))}`,
  }),
  github_narrowed: change("narrowed", "one repository instead of all", {
    before: role("github-narrowed", "", github("repo:example/*")),
    after: role("github-narrowed", "", github("repo:example/app:*")),
  }),
  instance_profile: change("unchanged", "no instance has it yet", {
    before: role("instance-profile") + inline(document(READ)),
    after: `${role("instance-profile")}${inline(document(READ))}
resource "aws_iam_instance_profile" "own" {
  name = "instance-profile"
  role = aws_iam_role.app.name
}`,
  }),
  renamed_keys: change("unchanged", "the same role with the same policy under another key", {
    before: keyed("a"),
    after: keyed("b"),
  }),
  destroyed: change("narrowed", "everything goes", {
    before:
      role("destroyed") + inline(document(READ)) + attached("own", aws("AmazonS3ReadOnlyAccess")),
  }),
  tag: change("broadened", "the queue becomes one of the team whose queues the role may use", {
    all:
      role("tag") +
      inline(
        document(
          allow(
            '"sqs:*"',
            '"*"',
            ', Condition = { StringEquals = { "aws:ResourceTag/team" = "blue" } }',
          ),
        ),
      ),
    before: queue("tag", 'tags = { team = "green" }'),
    after: queue("tag", 'tags = { team = "blue" }'),
  }),
  service_linked: change("broadened", "AWS gives the service what the role may do", {
    after: `
resource "aws_iam_service_linked_role" "own" {
  aws_service_name = "elasticbeanstalk.amazonaws.com"
}`,
  }),
  task_execution: change("broadened", "a new role", {
    after:
      role("task-execution", "", trust('{ Service = "ecs-tasks.amazonaws.com" }')) +
      attached("own", aws("service-role/AmazonECSTaskExecutionRolePolicy")),
  }),
  described: change("unchanged", "a description and the length of a session grant nothing", {
    all: inline(document(READ)),
    before: role("described", 'description = "One."'),
    after: role("described", 'description = "Two."\n max_session_duration = 7200'),
  }),
  moved: change("unchanged", "another address", {
    before: role("moved") + inline(document(READ)),
    after: `${role("moved")}${inline(document(READ)).replace('"own" {', '"files" {')}
moved {
  from = aws_iam_role_policy.own
  to   = aws_iam_role_policy.files
}`,
  }),
  boundary_added: change("narrowed", "the boundary allows reading only", {
    all: BOUNDARY + inline(document(allow('"s3:*"', '"*"'))),
    before: role("boundary-added"),
    after: role("boundary-added", "permissions_boundary = aws_iam_policy.boundary.arn"),
  }),
  boundary_removed: change("broadened", "nothing limits the role any more", {
    all:
      BOUNDARY.replace("ordinary-boundary", "ordinary-boundary-2") +
      inline(document(allow('"s3:*"', '"*"'))),
    before: role("boundary-removed", "permissions_boundary = aws_iam_policy.boundary.arn"),
    after: role("boundary-removed"),
  }),
  account_trusted: change("broadened", "another account may assume it", {
    before: role("account-trusted", "", trust('{ AWS = "arn:aws:iam::210987654321:root" }')),
    after: role(
      "account-trusted",
      "",
      trust('{ AWS = ["arn:aws:iam::210987654321:root", "arn:aws:iam::444455556666:root"] }'),
    ),
  }),
  external_id: change("narrowed", "an external ID is required", {
    before: role("external-id", "", trust('{ AWS = "arn:aws:iam::444455556666:root" }')),
    after: role(
      "external-id",
      "",
      trust(
        '{ AWS = "arn:aws:iam::444455556666:root" }',
        ', Condition = { StringEquals = { "sts:ExternalId" = "agreed" } }',
      ),
    ),
  }),
  member_joins: change("broadened", "one more member", {
    before: groupOf("ann"),
    after: groupOf("ann", "bob"),
  }),
  tagged_only: change("unchanged", "no document asks for the tag", {
    all: inline(document(READ)),
    before: role("tagged-only", 'tags = { a = "b" }'),
    after: role("tagged-only", 'tags = { a = "c" }'),
  }),
};

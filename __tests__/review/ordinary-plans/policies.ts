/** Pull requests that change the policies of roles, users and groups. */
import type { OrdinaryChange } from "./change";

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
  table_data: {
    before: role("table-data") + data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}]`)) + FROM_DATA,
    after:
      role("table-data") +
      table("table-data") +
      data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}, aws_dynamodb_table.new.arn]`)) +
      FROM_DATA,
    verdict: "broadened",
    why: "one more table, which the plan creates",
  },
  table_wildcard: {
    before: role("table-wildcard") + data(block('["dynamodb:*"]', '["*"]')) + FROM_DATA,
    after:
      role("table-wildcard") +
      table("table-wildcard") +
      data(block('["dynamodb:*"]', '["*", aws_dynamodb_table.new.arn]')) +
      FROM_DATA,
    verdict: "unchanged",
    why: "the wildcard has allowed every table before",
  },
  queue_jsonencode: {
    before: role("queue-jsonencode") + inline(document(READ)),
    after:
      role("queue-jsonencode") +
      queue("queue-jsonencode") +
      inline(document(READ, allow('"sqs:SendMessage"', "aws_sqs_queue.new.arn"))),
    verdict: "broadened",
    why: "the document waits for the ARN of a new queue",
  },
  everything_beside: {
    before:
      role("everything-beside") + data(block('["dynamodb:GetItem"]', `[${OLD_TABLE}]`)) + FROM_DATA,
    after:
      role("everything-beside") +
      table("everything-beside") +
      data(
        block('["dynamodb:GetItem"]', `[${OLD_TABLE}, aws_dynamodb_table.new.arn]`) +
          block('["*"]', '["*"]', "All"),
      ) +
      FROM_DATA,
    verdict: "broadened",
    why: "everything is allowed beside one ARN that is not known",
  },
  deferred_same: {
    before: role("deferred-same") + data(block('["s3:GetObject"]', `[${BUCKET}]`)) + FROM_DATA,
    after:
      role("deferred-same") +
      table("deferred-same") +
      data(block('["s3:GetObject"]', `[${BUCKET}]`), "depends_on = [aws_dynamodb_table.new]") +
      FROM_DATA,
    verdict: "unchanged",
    why: "the data source is read later and says the same",
  },
  deferred_function: {
    before:
      role("deferred-function") +
      data(block('["s3:GetObject", "s3:PutObject"]', `[${BUCKET}]`)) +
      FROM_DATA,
    after:
      role("deferred-function") +
      table("deferred-function") +
      data(block('["s3:GetObject"]', `[${BUCKET}]`), "depends_on = [aws_dynamodb_table.new]") +
      inline('replace(data.aws_iam_policy_document.own.json, "s3:GetObject", "s3:*")'),
    verdict: "unknown",
    why: "a function on the way may change the document, so it is not called narrowed",
  },
  replaced_table: {
    before:
      role("replaced-table") +
      table("replaced-table-a") +
      data(block('["dynamodb:GetItem"]', "[aws_dynamodb_table.new.arn]")) +
      FROM_DATA,
    after:
      role("replaced-table") +
      table("replaced-table-b") +
      data(block('["dynamodb:GetItem"]', "[aws_dynamodb_table.new.arn]")) +
      FROM_DATA,
    verdict: "unchanged",
    why: "the same expression: the role may read the table that replaces the old one",
  },
  new_action: {
    before: role("new-action") + inline(document(READ)),
    after:
      role("new-action") + inline(document(allow('["s3:GetObject", "s3:DeleteObject"]', BUCKET))),
    verdict: "broadened",
    why: "s3:DeleteObject is new",
  },
  fewer_actions: {
    before: role("fewer-actions") + inline(document(allow('"s3:*"', BUCKET))),
    after: role("fewer-actions") + inline(document(allow('["s3:Get*", "s3:List*"]', BUCKET))),
    verdict: "narrowed",
    why: "writing is gone",
  },
  one_bucket: {
    before: role("one-bucket") + inline(document(allow(GET, '"*"'))),
    after: role("one-bucket") + inline(document(READ)),
    verdict: "narrowed",
    why: "one bucket instead of all",
  },
  another_bucket: {
    before: role("another-bucket") + inline(document(READ)),
    after: role("another-bucket") + inline(document(allow(GET, '"arn:aws:s3:::reports/*"'))),
    verdict: "both",
    why: "one bucket for another",
  },
  reordered: {
    before: role("reordered") + inline(document(READ, WRITE)),
    after: role("reordered") + inline(document(WRITE, allow('["S3:getobject"]', `[${BUCKET}]`))),
    verdict: "unchanged",
    why: "another order and spelling",
  },
  merged: {
    before: role("merged") + inline(document(READ, WRITE)),
    after: role("merged") + inline(document(allow('["s3:GetObject", "s3:PutObject"]', BUCKET))),
    verdict: "unchanged",
    why: "two statements as one",
  },
  sid_renamed: {
    before: role("sid-renamed") + inline(document(allow(GET, BUCKET, ', Sid = "A"'))),
    after: role("sid-renamed") + inline(document(allow(GET, BUCKET, ', Sid = "B"'))),
    verdict: "unchanged",
    why: "a Sid grants nothing",
  },
  mfa_added: {
    before: role("mfa-added") + inline(document(READ)),
    after:
      role("mfa-added") +
      inline(
        document(
          allow(GET, BUCKET, ', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }'),
        ),
      ),
    verdict: "narrowed",
    why: "MFA is required",
  },
  deny_added: {
    before: role("deny-added") + inline(document(allow('"s3:*"', BUCKET))),
    after:
      role("deny-added") + inline(document(allow('"s3:*"', BUCKET), deny('"s3:Delete*"', '"*"'))),
    verdict: "narrowed",
    why: "deleting is denied",
  },
  deny_removed: {
    before:
      role("deny-removed") + inline(document(allow('"s3:*"', BUCKET), deny('"s3:Delete*"', '"*"'))),
    after: role("deny-removed") + inline(document(allow('"s3:*"', BUCKET))),
    verdict: "broadened",
    why: "deleting is no longer denied",
  },
  inline_to_managed: {
    before: role("inline-to-managed") + inline(document(READ)),
    after: role("inline-to-managed") + managed("inline-to-managed", document(READ)),
    verdict: "unchanged",
    why: "the same statement in a policy of its own",
  },
  split: {
    before: role("split") + inline(document(READ, WRITE)),
    after: role("split") + inline(document(READ)) + inline(document(WRITE), "other"),
    verdict: "unchanged",
    why: "two policies instead of one",
  },
  jsonencode_to_data: {
    before: role("jsonencode-to-data") + inline(document(READ)),
    after: role("jsonencode-to-data") + data(block(GET, `[${BUCKET}]`)) + FROM_DATA,
    verdict: "unchanged",
    why: "the same statement from a data source",
  },
  ssm_detached: {
    before:
      role("ssm-detached") +
      inline(document(READ)) +
      attached("ssm", aws("AmazonSSMManagedInstanceCore")),
    after: role("ssm-detached") + inline(document(READ)),
    verdict: "narrowed",
    why: "AmazonSSMManagedInstanceCore has no Deny",
  },
  s3_read_only: {
    before: role("s3-read-only") + attached("s3", aws("AmazonS3FullAccess")),
    after: role("s3-read-only") + attached("s3", aws("AmazonS3ReadOnlyAccess")),
    verdict: "narrowed",
    why: "AmazonS3ReadOnlyAccess is within AmazonS3FullAccess",
  },
  administrator: {
    before: role("administrator") + attached("own", aws("ReadOnlyAccess")),
    after: role("administrator") + attached("own", aws("AdministratorAccess")),
    verdict: "broadened",
    why: "everything instead of reading",
  },
  administrator_has_all: {
    before: role("administrator-has-all") + attached("own", aws("AdministratorAccess")),
    after:
      role("administrator-has-all") +
      attached("own", aws("AdministratorAccess")) +
      attached("more", aws("AmazonS3FullAccess")),
    verdict: "unchanged",
    why: "an administrator gains nothing",
  },
  exclusive_list: {
    before: role("exclusive-list", `managed_policy_arns = [${aws("AmazonS3ReadOnlyAccess")}]`),
    after: `${role("exclusive-list")}
resource "aws_iam_role_policy_attachments_exclusive" "own" {
  role_name   = aws_iam_role.app.name
  policy_arns = [${aws("AmazonS3ReadOnlyAccess")}]
}`,
    verdict: "unchanged",
    why: "the same list in a resource of its own",
  },
  oidc: {
    before: "",
    after: `
resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}
${role("oidc", "", trust("{ Federated = aws_iam_openid_connect_provider.github.arn }").replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"))}
${inline(document(READ))}`,
    verdict: "broadened",
    why: "a new role, trusted by a new provider",
  },
  github_narrowed: {
    before: role("github-narrowed", "", github("repo:example/*")),
    after: role("github-narrowed", "", github("repo:example/app:*")),
    verdict: "narrowed",
    why: "one repository instead of all",
  },
  instance_profile: {
    before: role("instance-profile") + inline(document(READ)),
    after: `${role("instance-profile")}${inline(document(READ))}
resource "aws_iam_instance_profile" "own" {
  name = "instance-profile"
  role = aws_iam_role.app.name
}`,
    verdict: "unchanged",
    why: "no instance has it yet",
  },
  renamed_keys: {
    before: keyed("a"),
    after: keyed("b"),
    verdict: "unchanged",
    why: "the same role with the same policy under another key",
  },
  destroyed: {
    before:
      role("destroyed") + inline(document(READ)) + attached("own", aws("AmazonS3ReadOnlyAccess")),
    after: "",
    verdict: "narrowed",
    why: "everything goes",
  },
  tag: {
    before:
      role("tag") +
      inline(
        document(
          allow(
            '"sqs:*"',
            '"*"',
            ', Condition = { StringEquals = { "aws:ResourceTag/team" = "blue" } }',
          ),
        ),
      ) +
      queue("tag", 'tags = { team = "green" }'),
    after:
      role("tag") +
      inline(
        document(
          allow(
            '"sqs:*"',
            '"*"',
            ', Condition = { StringEquals = { "aws:ResourceTag/team" = "blue" } }',
          ),
        ),
      ) +
      queue("tag", 'tags = { team = "blue" }'),
    verdict: "broadened",
    why: "the queue becomes one of the team whose queues the role may use",
  },
  service_linked: {
    before: "",
    after: `
resource "aws_iam_service_linked_role" "own" {
  aws_service_name = "elasticbeanstalk.amazonaws.com"
}`,
    verdict: "broadened",
    why: "AWS gives the service what the role may do",
  },
  task_execution: {
    before: "",
    after:
      role("task-execution", "", trust('{ Service = "ecs-tasks.amazonaws.com" }')) +
      attached("own", aws("service-role/AmazonECSTaskExecutionRolePolicy")),
    verdict: "broadened",
    why: "a new role",
  },
  described: {
    before: role("described", 'description = "One."') + inline(document(READ)),
    after:
      role("described", 'description = "Two."\n max_session_duration = 7200') +
      inline(document(READ)),
    verdict: "unchanged",
    why: "a description and the length of a session grant nothing",
  },
  moved: {
    before: role("moved") + inline(document(READ)),
    after: `${role("moved")}${inline(document(READ)).replace('"own" {', '"files" {')}
moved {
  from = aws_iam_role_policy.own
  to   = aws_iam_role_policy.files
}`,
    verdict: "unchanged",
    why: "another address",
  },
  boundary_added: {
    before: BOUNDARY + role("boundary-added") + inline(document(allow('"s3:*"', '"*"'))),
    after:
      BOUNDARY +
      role("boundary-added", "permissions_boundary = aws_iam_policy.boundary.arn") +
      inline(document(allow('"s3:*"', '"*"'))),
    verdict: "narrowed",
    why: "the boundary allows reading only",
  },
  boundary_removed: {
    before:
      BOUNDARY.replace("ordinary-boundary", "ordinary-boundary-2") +
      role("boundary-removed", "permissions_boundary = aws_iam_policy.boundary.arn") +
      inline(document(allow('"s3:*"', '"*"'))),
    after:
      BOUNDARY.replace("ordinary-boundary", "ordinary-boundary-2") +
      role("boundary-removed") +
      inline(document(allow('"s3:*"', '"*"'))),
    verdict: "broadened",
    why: "nothing limits the role any more",
  },
  account_trusted: {
    before: role("account-trusted", "", trust('{ AWS = "arn:aws:iam::210987654321:root" }')),
    after: role(
      "account-trusted",
      "",
      trust('{ AWS = ["arn:aws:iam::210987654321:root", "arn:aws:iam::444455556666:root"] }'),
    ),
    verdict: "broadened",
    why: "another account may assume it",
  },
  external_id: {
    before: role("external-id", "", trust('{ AWS = "arn:aws:iam::444455556666:root" }')),
    after: role(
      "external-id",
      "",
      trust(
        '{ AWS = "arn:aws:iam::444455556666:root" }',
        ', Condition = { StringEquals = { "sts:ExternalId" = "agreed" } }',
      ),
    ),
    verdict: "narrowed",
    why: "an external ID is required",
  },
  member_joins: {
    before: groupOf("ann"),
    after: groupOf("ann", "bob"),
    verdict: "broadened",
    why: "one more member",
  },
  tagged_only: {
    before: role("tagged-only", 'tags = { a = "b" }') + inline(document(READ)),
    after: role("tagged-only", 'tags = { a = "c" }') + inline(document(READ)),
    verdict: "unchanged",
    why: "no document asks for the tag",
  },
};

/** Pull requests that change the policies of roles. */
import { change, edited, type OrdinaryChange, trusted } from "./change";
import {
  account,
  ACCOUNT,
  assumedBy,
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
  text,
  when,
} from "./hcl";

const READ = may("s3:GetObject", "arn:aws:s3:::logs/*");
const WRITE = may("s3:PutObject", "arn:aws:s3:::logs/*");
const ALL = may("s3:*", "arn:aws:s3:::logs/*");
const NO_DELETE = denies(may("s3:Delete*", "*"));
const ROLE = roleOf("ec2");

const table = (name = "local.name"): string =>
  resource(
    "aws_dynamodb_table",
    `name = ${name}\nhash_key = "id"\nbilling_mode = "PAY_PER_REQUEST"\nattribute {\n name = "id"\n type = "S"\n}`,
    "new",
  );
const OLD_TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/old`;
const TABLES = `${OLD_TABLE} aws_dynamodb_table.new.arn`;
const LATER = "\ndepends_on = [aws_dynamodb_table.new]";
const queue = (more = ""): string => resource("aws_sqs_queue", `name = local.name\n${more}`, "new");

const GITHUB = "token.actions.githubusercontent.com";
const github = (subject: string): string =>
  assumedBy(
    `{ Federated = "arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}" }`,
    when("StringLike", `${GITHUB}:sub`, `"${subject}"`),
    "sts:AssumeRoleWithWebIdentity",
  );

const keyed = (key: string): string => `
resource "aws_iam_role" "app" {
  for_each           = toset(["${key}"])
  name               = local.name
  assume_role_policy = local.trust["ec2"]
}
resource "aws_iam_role_policy_attachment" "own" {
  for_each   = toset(["${key}"])
  role       = aws_iam_role.app[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}`;

const BOUNDARY = policy([may("s3:Get*", "*")], "", "boundary") + own(text(may("s3:*", "*")));
const BOUND = roleOf("ec2", "app", "permissions_boundary = aws_iam_policy.boundary.arn");

export const POLICIES: Readonly<Record<string, OrdinaryChange>> = {
  table_data: change("broadened", "one more table, which the plan creates", {
    all: ROLE + FROM_DATA,
    before: data(says("dynamodb:GetItem", OLD_TABLE)),
    after: table() + data(says("dynamodb:GetItem", TABLES)),
  }),
  table_wildcard: change("unchanged", "the wildcard has allowed every table before", {
    all: ROLE + FROM_DATA,
    before: data(says("dynamodb:*", "*")),
    after: table() + data(says("dynamodb:*", "* aws_dynamodb_table.new.arn")),
  }),
  queue_jsonencode: change("broadened", "the document waits for the ARN of a new queue", {
    all: ROLE,
    before: own(text(READ)),
    after: queue() + own(text(READ, may("sqs:SendMessage", "aws_sqs_queue.new.arn"))),
  }),
  everything_beside: change("broadened", "everything is allowed beside one ARN that is not known", {
    all: ROLE + FROM_DATA,
    before: data(says("dynamodb:GetItem", OLD_TABLE)),
    after: table() + data(says("dynamodb:GetItem", TABLES) + says("*", "*", "All")),
  }),
  deferred_same: change("unchanged", "the data source is read later and says the same", {
    all: ROLE + FROM_DATA,
    before: data(says("s3:GetObject", "arn:aws:s3:::logs/*")),
    after: table() + data(says("s3:GetObject", "arn:aws:s3:::logs/*") + LATER),
  }),
  deferred_function: change(
    "unknown",
    "a function on the way may change the document, so it is not called narrowed",
    {
      all: ROLE,
      before: data(says("s3:GetObject s3:PutObject", "arn:aws:s3:::logs/*")) + FROM_DATA,
      after:
        table() +
        data(says("s3:GetObject", "arn:aws:s3:::logs/*") + LATER) +
        own('replace(data.aws_iam_policy_document.x.json, "s3:GetObject", "s3:*")'),
    },
  ),
  deferred_arn: change("both", "an ARN that is known only after apply, instead of another", {
    all: ROLE + data(says("s3:GetObject", "arn:aws:s3:::${terraform_data.x.output}/*")) + FROM_DATA,
    before: resource("terraform_data", 'input = "logs"'),
    after: resource("terraform_data", 'input = "other"'),
  }),
  replaced_table: change(
    "unchanged",
    "the same expression: the role may read the table that replaces the old one",
    {
      all: ROLE + data(says("dynamodb:GetItem", "aws_dynamodb_table.new.arn")) + FROM_DATA,
      before: table('"${local.name}-a"'),
      after: table('"${local.name}-b"'),
    },
  ),
  new_action: edited(
    "broadened",
    "s3:DeleteObject is new",
    [READ],
    [may("s3:GetObject s3:DeleteObject", "arn:aws:s3:::logs/*")],
  ),
  fewer_actions: edited(
    "narrowed",
    "writing is gone",
    [ALL],
    [may("s3:Get* s3:List*", "arn:aws:s3:::logs/*")],
  ),
  one_bucket: edited("narrowed", "one bucket instead of all", [may("s3:GetObject", "*")], [READ]),
  another_bucket: edited(
    "both",
    "one bucket for another",
    [READ],
    [may("s3:GetObject", "arn:aws:s3:::reports/*")],
  ),
  reordered: edited(
    "unchanged",
    "another order and spelling",
    [READ, WRITE],
    [WRITE, '{ Effect = "Allow", Action = "S3:getobject", Resource = "arn:aws:s3:::logs/*" }'],
  ),
  merged: edited(
    "unchanged",
    "two statements as one",
    [READ, WRITE],
    [may("s3:GetObject s3:PutObject", "arn:aws:s3:::logs/*")],
  ),
  sid_renamed: edited(
    "unchanged",
    "a Sid grants nothing",
    [may("s3:GetObject", "*", 'Sid = "A"')],
    [may("s3:GetObject", "*", 'Sid = "B"')],
  ),
  mfa_added: edited(
    "narrowed",
    "MFA is required",
    [may("s3:GetObject", "*")],
    [may("s3:GetObject", "*", when("Bool", "aws:MultiFactorAuthPresent", '"true"'))],
  ),
  deny_added: edited("narrowed", "deleting is denied", [ALL], [ALL, NO_DELETE]),
  deny_removed: edited("broadened", "deleting is no longer denied", [ALL, NO_DELETE], [ALL]),
  inline_to_managed: change("unchanged", "the same statement in a policy of its own", {
    all: ROLE,
    before: own(text(READ)),
    after: policy([READ]) + has("aws_iam_policy.x.arn"),
  }),
  split: change("unchanged", "two policies instead of one", {
    all: ROLE,
    before: own(text(READ, WRITE)),
    after: own(text(READ)) + own(text(WRITE), "app", "other"),
  }),
  jsonencode_to_data: change("unchanged", "the same statement from a data source", {
    all: ROLE,
    before: own(text(READ)),
    after: data(says("s3:GetObject", "arn:aws:s3:::logs/*")) + FROM_DATA,
  }),
  ssm_detached: change("narrowed", "AmazonSSMManagedInstanceCore has no Deny", {
    all: ROLE + own(text(READ)),
    before: has("AmazonSSMManagedInstanceCore"),
  }),
  s3_read_only: change("narrowed", "AmazonS3ReadOnlyAccess is within AmazonS3FullAccess", {
    all: ROLE,
    before: has("AmazonS3FullAccess"),
    after: has("AmazonS3ReadOnlyAccess"),
  }),
  administrator: change("broadened", "everything instead of reading", {
    all: ROLE,
    before: has("ReadOnlyAccess"),
    after: has("AdministratorAccess"),
  }),
  administrator_has_all: change("unchanged", "an administrator gains nothing", {
    all: ROLE + has("AdministratorAccess"),
    after: has("AmazonS3FullAccess", "app", "more"),
  }),
  exclusive_list: change("unchanged", "the same list in a resource of its own", {
    before: roleOf(
      "ec2",
      "app",
      'managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]',
    ),
    after:
      ROLE +
      resource(
        "aws_iam_role_policy_attachments_exclusive",
        'role_name = aws_iam_role.app.name\npolicy_arns = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]',
      ),
  }),
  oidc: change("broadened", "a new role, trusted by a new provider", {
    after:
      resource(
        "aws_iam_openid_connect_provider",
        `url = "https://${GITHUB}"\nclient_id_list = ["sts.amazonaws.com"]\nthumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]`,
      ) +
      assumedBy(
        "{ Federated = aws_iam_openid_connect_provider.x.arn }",
        "",
        "sts:AssumeRoleWithWebIdentity",
      ) +
      own(text(READ)),
  }),
  github_narrowed: change("narrowed", "one repository instead of all", {
    before: github("repo:example/*"),
    after: github("repo:example/app:*"),
  }),
  instance_profile: change("unchanged", "no instance has it yet", {
    all: ROLE + own(text(READ)),
    after: resource("aws_iam_instance_profile", "name = local.name\nrole = aws_iam_role.app.name"),
  }),
  renamed_keys: change("unchanged", "the same role with the same policy under another key", {
    before: keyed("a"),
    after: keyed("b"),
  }),
  destroyed: change("narrowed", "everything goes", {
    before: ROLE + own(text(READ)) + has("AmazonS3ReadOnlyAccess"),
  }),
  tag: change("broadened", "the queue becomes one of the team whose queues the role may use", {
    all:
      ROLE + own(text(may("sqs:*", "*", when("StringEquals", "aws:ResourceTag/team", '"blue"')))),
    before: queue('tags = { team = "green" }'),
    after: queue('tags = { team = "blue" }'),
  }),
  service_linked: change("broadened", "AWS gives the service what the role may do", {
    after: resource(
      "aws_iam_service_linked_role",
      'aws_service_name = "elasticbeanstalk.amazonaws.com"',
    ),
  }),
  task_execution: change("broadened", "a new role", {
    after: roleOf("ecs-tasks") + has("service-role/AmazonECSTaskExecutionRolePolicy"),
  }),
  described: change("unchanged", "a description and the length of a session grant nothing", {
    all: own(text(READ)),
    before: roleOf("ec2", "app", 'description = "One."'),
    after: roleOf("ec2", "app", 'description = "Two."\n max_session_duration = 7200'),
  }),
  moved: change("unchanged", "another address", {
    all: ROLE,
    before: own(text(READ)),
    after:
      own(text(READ)).replace('"app" {', '"files" {') +
      moved("aws_iam_role_policy.app", "aws_iam_role_policy.files"),
  }),
  boundary_added: change("narrowed", "the boundary allows reading only", {
    all: BOUNDARY,
    before: ROLE,
    after: BOUND,
  }),
  boundary_removed: change("broadened", "nothing limits the role any more", {
    all: BOUNDARY,
    before: BOUND,
    after: ROLE,
  }),
  account_trusted: trusted(
    "broadened",
    "another account may assume it",
    [account(ACCOUNT)],
    [`{ AWS = ["arn:aws:iam::${ACCOUNT}:root", "arn:aws:iam::${OTHER}:root"] }`],
  ),
  external_id: trusted(
    "narrowed",
    "an external ID is required",
    [account(OTHER)],
    [account(OTHER), when("StringEquals", "sts:ExternalId", '"agreed"')],
  ),
  tagged_only: change("unchanged", "no document asks for the tag", {
    all: own(text(READ)),
    before: roleOf("ec2", "app", 'tags = { a = "b" }'),
    after: roleOf("ec2", "app", 'tags = { a = "c" }'),
  }),
};

/** Pull requests that change buckets, queues, topics, secrets, keys and other resources with a policy. */
import { change, type OrdinaryChange } from "./change";
import {
  account,
  ACCOUNT,
  denies,
  lets,
  OTHER,
  resource,
  roleOf,
  service,
  text,
  when,
} from "./hcl";

const ANYBODY = '"*"';
const bucket = (more = ""): string => resource("aws_s3_bucket", `bucket = local.name\n${more}`);
const ofBucket = (type: string, values = "", name = "x"): string =>
  resource(`aws_s3_bucket_${type}`, `bucket = aws_s3_bucket.x.bucket\n${values}`, name);
const onObjects = (principal: string, actions: string, more = ""): string =>
  lets(principal, actions, more, "arn:aws:s3:::${local.name}/*");
const bucketPolicy = (...statements: string[]): string =>
  ofBucket("policy", `policy = ${text(...statements)}`);
const ONLY_TLS = denies(
  lets(
    ANYBODY,
    "s3:*",
    when("Bool", "aws:SecureTransport", '"false"'),
    "arn:aws:s3:::${local.name} arn:aws:s3:::${local.name}/*",
  ),
);
const BLOCK = ofBucket(
  "public_access_block",
  "block_public_acls = true\nblock_public_policy = true\nignore_public_acls = true\nrestrict_public_buckets = true",
);

const queue = (more = "", name = "x"): string =>
  resource("aws_sqs_queue", `name = "\${local.name}-${name}"\n${more}`, name);
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:\${local.name}-x`;
const queuePolicy = (...statements: string[]): string =>
  resource(
    "aws_sqs_queue_policy",
    `queue_url = aws_sqs_queue.x.url\npolicy = ${text(...statements)}`,
  );
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:\${local.name}`;
const topic = (more = ""): string => resource("aws_sns_topic", `name = local.name\n${more}`);
const FROM_TOPIC = when("ArnEquals", "aws:SourceArn", `"${TOPIC}"`);

const secret = (more = ""): string =>
  resource("aws_secretsmanager_secret", `name = local.name\n${more}`);
const key = (more = ""): string => resource("aws_kms_key", more);
const keyed = (...statements: string[]): string => key(`policy = ${text(...statements)}`);
const OWN_ROOT = lets(account(ACCOUNT), "kms:*");
const USE = "kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey*";
const repository = (more = ""): string =>
  resource("aws_ecr_repository", `name = local.name\n${more}`);
const bus = resource("aws_cloudwatch_event_bus", "name = local.name");

export const RESOURCES: Readonly<Record<string, OrdinaryChange>> = {
  bucket_private: change("unchanged", "a new bucket is private", {
    after:
      bucket() +
      BLOCK +
      ofBucket("versioning", 'versioning_configuration {\n status = "Enabled"\n}') +
      ofBucket("ownership_controls", 'rule {\n object_ownership = "BucketOwnerEnforced"\n}') +
      ofBucket(
        "server_side_encryption_configuration",
        'rule {\n apply_server_side_encryption_by_default {\n sse_algorithm = "aws:kms"\n}\n}',
      ),
  }),
  bucket_private_tls: change("unchanged", "a new bucket whose policy only denies", {
    after: bucket() + BLOCK + bucketPolicy(ONLY_TLS),
  }),
  bucket_private_data: change("unchanged", "a new bucket whose policy only denies", {
    after: `${bucket()}
data "aws_iam_policy_document" "x" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.x.arn, "\${aws_s3_bucket.x.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_s3_bucket_policy" "x" {
  bucket = aws_s3_bucket.x.id
  policy = data.aws_iam_policy_document.x.json
}`,
  }),
  bucket_force_destroy: change("unchanged", "how Terraform deletes it", {
    before: bucket(),
    after: bucket("force_destroy = true"),
  }),
  bucket_versioning: change("unchanged", "versions and their life", {
    all: bucket(),
    after:
      ofBucket("versioning", 'versioning_configuration {\n status = "Enabled"\n}') +
      ofBucket(
        "lifecycle_configuration",
        'rule {\n id = "old"\n status = "Enabled"\n filter {}\n expiration {\n days = 90\n}\n}',
      ),
  }),
  bucket_cors: change("unchanged", "CORS grants nothing in IAM", {
    all: bucket(),
    after: ofBucket(
      "cors_configuration",
      'cors_rule {\n allowed_methods = ["GET"]\n allowed_origins = ["https://example.com"]\n}',
    ),
  }),
  bucket_notification: change("unchanged", "events go to a queue whose policy stays", {
    all: bucket() + queue(),
    after: ofBucket(
      "notification",
      'queue {\n queue_arn = aws_sqs_queue.x.arn\n events = ["s3:ObjectCreated:*"]\n}',
    ),
  }),
  bucket_tags: change("unchanged", "no document asks for the tag", {
    before: bucket('tags = { team = "a" }'),
    after: bucket('tags = { team = "b" }'),
  }),
  bucket_tls_only: change("narrowed", "plain HTTP is denied", {
    all: bucket(),
    after: bucketPolicy(ONLY_TLS),
  }),
  bucket_block_added: change("narrowed", "public policies and ACLs no longer count", {
    all: bucket(),
    after: BLOCK,
  }),
  bucket_block_removed: change("broadened", "public policies and ACLs count again", {
    all: bucket(),
    before: BLOCK,
  }),
  bucket_public: change("broadened", "anybody may read", {
    all: bucket(),
    after: bucketPolicy(onObjects(ANYBODY, "s3:GetObject")),
  }),
  bucket_public_acl: change("broadened", "anybody may list", {
    all: bucket(),
    after: ofBucket("acl", 'acl = "public-read"'),
  }),
  bucket_shared: change("broadened", "another account may read", {
    all: bucket(),
    before: bucketPolicy(ONLY_TLS),
    after: bucketPolicy(ONLY_TLS, onObjects(account(OTHER), "s3:GetObject")),
  }),
  bucket_no_longer_shared: change("narrowed", "another account may no longer read", {
    all: bucket(),
    before: bucketPolicy(ONLY_TLS, onObjects(account(OTHER), "s3:GetObject")),
    after: bucketPolicy(ONLY_TLS),
  }),
  bucket_cloudfront: change("broadened", "a distribution may read", {
    all: bucket(),
    after: bucketPolicy(
      onObjects(
        service("cloudfront"),
        "s3:GetObject",
        when(
          "StringEquals",
          "AWS:SourceArn",
          `"arn:aws:cloudfront::${ACCOUNT}:distribution/EDFDVBD6EXAMPLE"`,
        ),
      ),
    ),
  }),
  bucket_for_logs: change("broadened", "the load balancers may write to the new bucket", {
    after:
      bucket() +
      bucketPolicy(
        onObjects(service("logdelivery.elasticloadbalancing"), "s3:PutObject"),
        ONLY_TLS,
      ),
  }),
  bucket_organization: change("narrowed", "only principals of the organization", {
    all: bucket(),
    before: bucketPolicy(onObjects(ANYBODY, "s3:GetObject")),
    after: bucketPolicy(
      onObjects(
        ANYBODY,
        "s3:GetObject",
        when("StringEquals", "aws:PrincipalOrgID", '"o-a1b2c3d4e5"'),
      ),
    ),
  }),
  bucket_reordered: change("unchanged", "another order of the statements", {
    all: bucket(),
    before: bucketPolicy(ONLY_TLS, onObjects(account(OTHER), "s3:GetObject")),
    after: bucketPolicy(onObjects(account(OTHER), "s3:GetObject"), ONLY_TLS),
  }),
  bucket_deleted: change("narrowed", "the bucket goes with its policy", {
    before: bucket() + bucketPolicy(onObjects(account(OTHER), "s3:GetObject")),
  }),
  queue_new: change("unchanged", "a new queue and its dead letters are private", {
    after:
      queue(
        "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })",
      ) + queue("", "dead"),
  }),
  queue_timeout: change("unchanged", "visibility and retention", {
    before: queue(),
    after: queue("visibility_timeout_seconds = 120\nmessage_retention_seconds = 86400"),
  }),
  queue_redrive: change("unchanged", "dead letters go to another queue of the account", {
    all: queue("", "dead"),
    before: queue(),
    after: queue(
      "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })",
    ),
  }),
  queue_subscribed: change("broadened", "a topic may send to the queue", {
    all: topic() + queue(),
    after:
      queuePolicy(lets(service("sns"), "sqs:SendMessage", FROM_TOPIC, QUEUE)) +
      resource(
        "aws_sns_topic_subscription",
        'topic_arn = aws_sns_topic.x.arn\nprotocol = "sqs"\nendpoint = aws_sqs_queue.x.arn',
      ),
  }),
  queue_subscribed_new: change("broadened", "a topic may send to a new queue", {
    all: topic(),
    after:
      queue() +
      queuePolicy(
        lets(
          service("sns"),
          "sqs:SendMessage",
          when("ArnEquals", "aws:SourceArn", "aws_sns_topic.x.arn"),
          "aws_sqs_queue.x.arn",
        ),
      ),
  }),
  queue_subscribed_data: change("broadened", "a topic may send to a new queue", {
    all: topic(),
    after: `${queue()}
data "aws_iam_policy_document" "x" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.x.arn]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.x.arn]
    }
  }
}
resource "aws_sqs_queue_policy" "x" {
  queue_url = aws_sqs_queue.x.url
  policy    = data.aws_iam_policy_document.x.json
}`,
  }),
  queue_public: change("broadened", "anybody may send", {
    all: queue(),
    after: queuePolicy(lets(ANYBODY, "sqs:SendMessage", "", QUEUE)),
  }),
  queue_source_required: change("narrowed", "only one topic may still send", {
    all: queue(),
    before: queuePolicy(lets(service("sns"), "sqs:SendMessage", "", QUEUE)),
    after: queuePolicy(lets(service("sns"), "sqs:SendMessage", FROM_TOPIC, QUEUE)),
  }),
  queue_policy_removed: change("narrowed", "the topic may no longer send", {
    all: queue(),
    before: queuePolicy(lets(service("sns"), "sqs:SendMessage", FROM_TOPIC, QUEUE)),
  }),
  queue_policy_moved: change("unchanged", "the same policy in a resource of its own", {
    before: queue(`policy = ${text(lets(service("sns"), "sqs:SendMessage", FROM_TOPIC, QUEUE))}`),
    after: queue() + queuePolicy(lets(service("sns"), "sqs:SendMessage", FROM_TOPIC, QUEUE)),
  }),
  topic_new: change("unchanged", "a new topic has AWS's default policy", {
    after: topic(),
  }),
  topic_display_name: change("unchanged", "a name for people", {
    before: topic(),
    after: topic('display_name = "Orders"'),
  }),
  topic_email: change("unchanged", "a subscription by e-mail is not access in IAM", {
    all: topic(),
    after: resource(
      "aws_sns_topic_subscription",
      'topic_arn = aws_sns_topic.x.arn\nprotocol = "email"\nendpoint = "ops@example.com"',
    ),
  }),
  topic_policy: change("both", "CloudWatch may publish; the owner's default statement is gone", {
    all: topic(),
    after: resource(
      "aws_sns_topic_policy",
      `arn = aws_sns_topic.x.arn\npolicy = ${text(lets(service("cloudwatch"), "sns:Publish", "", TOPIC))}`,
    ),
  }),
  secret_new: change("unchanged", "a new secret is private", {
    after:
      secret() +
      resource(
        "aws_secretsmanager_secret_version",
        'secret_id = aws_secretsmanager_secret.x.id\nsecret_string = "example"',
      ),
  }),
  secret_description: change("unchanged", "a description and the days until it is deleted", {
    before: secret(),
    after: secret('description = "Of the orders"\nrecovery_window_in_days = 7'),
  }),
  secret_rotation: change("unchanged", "the secret gets a new value every 30 days", {
    all: secret(),
    after: resource(
      "aws_secretsmanager_secret_rotation",
      `secret_id = aws_secretsmanager_secret.x.id\nrotation_lambda_arn = "arn:aws:lambda:us-east-1:${ACCOUNT}:function:rotate"\nrotation_rules {\n automatically_after_days = 30\n}`,
    ),
  }),
  secret_shared: change("broadened", "another account may read the secret", {
    all: secret(),
    after: resource(
      "aws_secretsmanager_secret_policy",
      `secret_arn = aws_secretsmanager_secret.x.arn\npolicy = ${text(lets(account(OTHER), "secretsmanager:GetSecretValue"))}`,
    ),
  }),
  key_new: change("unchanged", "a new key has the default policy", {
    after:
      key('description = "Of the orders"\nenable_key_rotation = true') +
      resource(
        "aws_kms_alias",
        'name = "alias/${local.name}"\ntarget_key_id = aws_kms_key.x.key_id',
      ),
  }),
  key_rotation: change("unchanged", "rotation, and the days until it is deleted", {
    before: key(),
    after: key("enable_key_rotation = true\ndeletion_window_in_days = 10"),
  }),
  key_default_written: change("unchanged", "the default policy, written out", {
    before: key(),
    after: keyed(OWN_ROOT),
  }),
  key_shared: change("broadened", "another account may use the key", {
    before: keyed(OWN_ROOT),
    after: keyed(OWN_ROOT, lets(account(OTHER), USE)),
  }),
  key_for_logs: change("broadened", "CloudWatch Logs may use the key", {
    before: keyed(OWN_ROOT),
    after: keyed(OWN_ROOT, lets(service("logs.us-east-1"), USE)),
  }),
  key_for_logs_new: change("broadened", "CloudWatch Logs may use the new key", {
    after: keyed(OWN_ROOT, lets(service("logs.us-east-1"), USE)),
  }),
  key_for_role: change("broadened", "a role may use the key without a policy of its own", {
    all: roleOf("lambda"),
    before: keyed(OWN_ROOT),
    after: keyed(
      OWN_ROOT,
      lets(`{ AWS = "arn:aws:iam::${ACCOUNT}:role/\${local.name}-app" }`, USE),
    ),
  }),
  key_grant: change("broadened", "a role gets a grant", {
    all: roleOf("lambda") + key(),
    after: resource(
      "aws_kms_grant",
      'key_id = aws_kms_key.x.key_id\ngrantee_principal = aws_iam_role.app.arn\noperations = ["Decrypt"]',
    ),
  }),
  repository_new: change("unchanged", "a new repository is private", {
    after:
      repository() +
      resource(
        "aws_ecr_lifecycle_policy",
        'repository = aws_ecr_repository.x.name\npolicy = jsonencode({ rules = [{ rulePriority = 1, selection = { tagStatus = "untagged", countType = "imageCountMoreThan", countNumber = 5 }, action = { type = "expire" } }] })',
      ),
  }),
  repository_immutable: change("unchanged", "tags of images cannot be moved", {
    before: repository(),
    after: repository('image_tag_mutability = "IMMUTABLE"'),
  }),
  repository_shared: change("broadened", "another account may pull", {
    all: repository(),
    after: resource(
      "aws_ecr_repository_policy",
      `repository = aws_ecr_repository.x.name\npolicy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = ${account(OTHER)}, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }] })`,
    ),
  }),
  bus_shared: change("broadened", "another account may send events", {
    all: bus,
    after: resource(
      "aws_cloudwatch_event_bus_policy",
      `event_bus_name = aws_cloudwatch_event_bus.x.name\npolicy = ${text(lets(account(OTHER), "events:PutEvents", "", `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/\${local.name}`))}`,
    ),
  }),
  log_group: change("unchanged", "a log group and how long it keeps", {
    before: resource("aws_cloudwatch_log_group", "name = local.name"),
    after:
      resource("aws_cloudwatch_log_group", "name = local.name\nretention_in_days = 30") +
      resource("aws_cloudwatch_log_group", 'name = "${local.name}-new"', "new"),
  }),
  log_policy: change("broadened", "EventBridge may write logs", {
    after: resource(
      "aws_cloudwatch_log_resource_policy",
      `policy_name = local.name\npolicy_document = ${text(lets(service("events"), "logs:CreateLogStream logs:PutLogEvents", "", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/events/*:*`))}`,
    ),
  }),
  vault_locked: change("narrowed", "nobody may delete recovery points", {
    all: resource("aws_backup_vault", "name = local.name"),
    after: resource(
      "aws_backup_vault_policy",
      `backup_vault_name = aws_backup_vault.x.name\npolicy = ${text(denies(lets(ANYBODY, "backup:DeleteRecoveryPoint")))}`,
    ),
  }),
  endpoint_new: change("unchanged", "a new endpoint limits nothing and grants nothing", {
    after: resource(
      "aws_vpc_endpoint",
      'vpc_id = "vpc-0a1b2c3d"\nservice_name = "com.amazonaws.us-east-1.s3"',
    ),
  }),
  file_system_new: change("unchanged", "a new file system has AWS's default", {
    after: resource("aws_efs_file_system", "encrypted = true"),
  }),
  table_new: change("unchanged", "a new table has no policy", {
    after: resource(
      "aws_dynamodb_table",
      'name = local.name\nbilling_mode = "PAY_PER_REQUEST"\nhash_key = "id"\nattribute {\n name = "id"\n type = "S"\n}',
    ),
  }),
  parameter: change("unchanged", "a value of a parameter", {
    before: resource("aws_ssm_parameter", 'name = local.name\ntype = "String"\nvalue = "a"'),
    after: resource("aws_ssm_parameter", 'name = local.name\ntype = "String"\nvalue = "b"'),
  }),
  alarm: change("unchanged", "an alarm tells a topic", {
    all: topic(),
    after: resource(
      "aws_cloudwatch_metric_alarm",
      'alarm_name = local.name\ncomparison_operator = "GreaterThanThreshold"\nevaluation_periods = 1\nmetric_name = "Errors"\nnamespace = "AWS/Lambda"\nperiod = 60\nstatistic = "Sum"\nthreshold = 0\nalarm_actions = [aws_sns_topic.x.arn]',
    ),
  }),
  network: change("unchanged", "a network with its rules", {
    after:
      resource("aws_vpc", 'cidr_block = "10.0.0.0/16"') +
      resource("aws_subnet", 'vpc_id = aws_vpc.x.id\ncidr_block = "10.0.1.0/24"') +
      resource("aws_security_group", "name = local.name\nvpc_id = aws_vpc.x.id") +
      resource(
        "aws_vpc_security_group_ingress_rule",
        'security_group_id = aws_security_group.x.id\ncidr_ipv4 = "10.0.0.0/16"\nip_protocol = "tcp"\nfrom_port = 443\nto_port = 443',
      ),
  }),
  database_new: change("unchanged", "a new database is private", {
    after: resource(
      "aws_db_instance",
      'identifier = local.name\nengine = "postgres"\ninstance_class = "db.t4g.micro"\nallocated_storage = 20\nusername = "app"\nmanage_master_user_password = true\niam_database_authentication_enabled = true\nskip_final_snapshot = true',
    ),
  }),
};

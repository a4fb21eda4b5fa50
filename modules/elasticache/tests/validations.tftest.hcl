# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "wrong_values_1" {
  command = plan

  variables {
    aws_account_id                 = "no such value"
    aws_partition                  = "no such value"
    tags                           = { key = "two\nlines" }
    policy_name                    = "no such value"
    policy_path                    = "no such value"
    attach_to_roles                = { key = "no such value" }
    additional_statements          = [
  { Sid = "no letters", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} },
]
    statement_conditions           = { Sid = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } } }
    services                       = ["no such value"]
    elasticache_replication_groups = [{ region = "no such value", replication_group = "*" }]
    elasticache_connections        = [{ region = "no such value", replication_group = "*", user_name = "*" }]
    elasticache_rotated_users      = [{ region = "no such value", user_name = "*" }]
    secret_key_prefixes            = ["no such value"]
    kms_key_ids                    = ["no such value"]
  }

  expect_failures = [
    var.aws_account_id,
    var.aws_partition,
    var.tags,
    var.policy_name,
    var.policy_path,
    var.attach_to_roles,
    var.additional_statements,
    var.statement_conditions,
    var.services,
    var.elasticache_replication_groups,
    var.elasticache_connections,
    var.elasticache_rotated_users,
    var.secret_key_prefixes,
    var.kms_key_ids,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags                           = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    additional_statements          = [
  { Sid = "Own", Effect = "Perhaps", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} },
]
    statement_conditions           = { Sid = { StringEquals = { "no key" = ["value"] } } }
    services                       = []
    elasticache_replication_groups = [{ region = "*", replication_group = "no such value" }]
    elasticache_connections        = [{ region = "*", replication_group = "no such value", user_name = "*" }]
    elasticache_rotated_users      = [{ region = "*", user_name = "no such value" }]
    secret_key_prefixes            = []
  }

  expect_failures = [
    var.tags,
    var.additional_statements,
    var.statement_conditions,
    var.services,
    var.elasticache_replication_groups,
    var.elasticache_connections,
    var.elasticache_rotated_users,
    var.secret_key_prefixes,
  ]
}

run "wrong_values_3" {
  command = plan

  variables {
    additional_statements   = [
  { Sid = "Own", Effect = "Allow", Action = [], Resource = ["*"], Condition = {} },
]
    elasticache_connections = [{ region = "*", replication_group = "*", user_name = "no such value" }]
  }

  expect_failures = [
    var.additional_statements,
    var.elasticache_connections,
  ]
}

run "wrong_values_4" {
  command = plan

  variables {
    additional_statements = [
  { Sid = "Own", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["*"], Condition = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } } },
]
  }

  expect_failures = [
    var.additional_statements,
  ]
}

run "attach_without_policy" {
  command = plan

  variables {
    create_policy   = false
    attach_to_roles = { service = "teleport" }
  }

  expect_failures = [
    output.policy_arn,
  ]
}

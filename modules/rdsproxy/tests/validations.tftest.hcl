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
    aws_account_id          = "no such value"
    aws_partition           = "no such value"
    tags                    = { key = "two\nlines" }
    policy_name             = "no such value"
    policy_path             = "no such value"
    attach_to_roles         = { key = "no such value" }
    additional_statements   = [
  { Sid = "no letters", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} },
]
    statement_conditions    = { Sid = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } } }
    services                = ["no such value"]
    rdsproxy_database_users = [{ region = "no such value", resource_id = "*", user_name = "*" }]
    rdsproxy_proxies        = [{ region = "no such value", resource_id = "*" }]
    rdsproxy_endpoints      = [{ region = "no such value", endpoint_id = "*" }]
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
    var.rdsproxy_database_users,
    var.rdsproxy_proxies,
    var.rdsproxy_endpoints,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags                    = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    additional_statements   = [
  { Sid = "Own", Effect = "Perhaps", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} },
]
    statement_conditions    = { Sid = { StringEquals = { "no key" = ["value"] } } }
    services                = []
    rdsproxy_database_users = [{ region = "*", resource_id = "no such value", user_name = "*" }]
    rdsproxy_proxies        = [{ region = "*", resource_id = "no such value" }]
    rdsproxy_endpoints      = [{ region = "*", endpoint_id = "no such value" }]
  }

  expect_failures = [
    var.tags,
    var.additional_statements,
    var.statement_conditions,
    var.services,
    var.rdsproxy_database_users,
    var.rdsproxy_proxies,
    var.rdsproxy_endpoints,
  ]
}

run "wrong_values_3" {
  command = plan

  variables {
    additional_statements   = [
  { Sid = "Own", Effect = "Allow", Action = [], Resource = ["*"], Condition = {} },
]
    rdsproxy_database_users = [{ region = "*", resource_id = "*", user_name = "no such value" }]
  }

  expect_failures = [
    var.additional_statements,
    var.rdsproxy_database_users,
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

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
    aws_account_id                     = "no such value"
    aws_partition                      = "no such value"
    tags                               = { key = "two\nlines" }
    policy_name                        = "no such value"
    policy_path                        = "no such value"
    attach_to_roles                    = { key = "no such value" }
    additional_statements              = [
  { Sid = "no letters", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} },
]
    statement_conditions               = { Sid = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } } }
    dynamodb_user_role_names           = ["no such value"]
    dynamodb_user_role_arns            = ["no such value"]
    dynamodb_user_role_policy_arns     = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = { key = "x" } }
    dynamodb_user_role_policies        = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "{}" }
    user_role_path                     = "no such value"
    trusted_principals                 = ["no such value"]
    external_ids                       = ["no such value"]
    trust_conditions                   = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } }
    user_role_permissions_boundary_arn = "no such value"
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
    var.dynamodb_user_role_names,
    var.dynamodb_user_role_arns,
    var.dynamodb_user_role_policy_arns,
    var.dynamodb_user_role_policies,
    var.user_role_path,
    var.trusted_principals,
    var.external_ids,
    var.trust_conditions,
    var.user_role_permissions_boundary_arn,
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
    dynamodb_user_role_policy_arns = { role = { key = "no such value" } }
    dynamodb_user_role_policies    = { role = "no such value" }
    trust_conditions               = { StringEquals = { "no key" = ["value"] } }
  }

  expect_failures = [
    var.tags,
    var.additional_statements,
    var.statement_conditions,
    var.dynamodb_user_role_policy_arns,
    var.dynamodb_user_role_policies,
    var.trust_conditions,
  ]
}

run "wrong_values_3" {
  command = plan

  variables {
    additional_statements = [
  { Sid = "Own", Effect = "Allow", Action = [], Resource = ["*"], Condition = {} },
]
  }

  expect_failures = [
    var.additional_statements,
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

run "cross_account_without_external_id" {
  command = plan

  variables {
    create_user_roles  = true
    trusted_principals = ["arn:aws:iam::210987654321:root"]
  }

  expect_failures = [
    aws_iam_role.user,
  ]
}

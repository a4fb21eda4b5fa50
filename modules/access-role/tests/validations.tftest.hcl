# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id     = "123456789012"
  trusted_principals = ["arn:aws:iam::123456789012:role/teleport"]
}

run "wrong_values_1" {
  command = plan

  variables {
    aws_account_id           = "no such value"
    aws_partition            = "no such value"
    tags                     = { key = "two\nlines" }
    role_name                = "no such value"
    role_path                = "no such value"
    permissions_boundary_arn = "no such value"
    trusted_principals       = ["no such value"]
    external_ids             = ["no such value"]
    trust_conditions         = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } }
  }

  expect_failures = [
    var.aws_account_id,
    var.aws_partition,
    var.tags,
    var.role_name,
    var.role_path,
    var.permissions_boundary_arn,
    var.trusted_principals,
    var.external_ids,
    var.trust_conditions,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags               = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    trusted_principals = []
    trust_conditions   = { StringEquals = { "no key" = ["value"] } }
  }

  expect_failures = [
    var.tags,
    var.trusted_principals,
    var.trust_conditions,
  ]
}

run "cross_account_without_external_id" {
  command = plan

  variables {
    trusted_principals = ["arn:aws:iam::210987654321:root"]
  }

  expect_failures = [
    aws_iam_role.access,
  ]
}

# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "defaults" {
  command = plan

  assert {
    condition     = jsonencode([for statement in jsondecode(output.policy_json).Statement : statement.Sid]) == jsonencode([
  "ElastiCacheServerlessFetchMetadata",
  "ElastiCacheServerlessDescribeUsers",
  "ElastiCacheServerlessConnect",
])
    error_message = "The default policy does not have the statements of the reference page."
  }
}

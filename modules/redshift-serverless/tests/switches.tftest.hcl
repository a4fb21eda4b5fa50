# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "without_RedshiftServerlessFetchMetadata" {
  command = plan

  variables {
    redshift_serverless_fetch_metadata = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "RedshiftServerlessFetchMetadata")
    error_message = "redshift_serverless_fetch_metadata = false does not leave out RedshiftServerlessFetchMetadata."
  }
}

run "create_policy" {
  command = plan

  variables {
    create_policy = false
  }

  assert {
    condition     = length(aws_iam_policy.database_access) == 0
    error_message = "create_policy = false: not so that it leaves out the policy."
  }
}

run "restrict_to_account" {
  command = plan

  variables {
    restrict_to_account = true
  }

  assert {
    condition     = !strcontains(output.policy_json, "\"*\"")
    error_message = "restrict_to_account = true: not so that it leaves no \"*\"."
  }
}

run "create_user_roles" {
  command = plan

  variables {
    create_user_roles  = true
    trusted_principals = ["arn:aws:iam::123456789012:role/teleport"]
  }

  assert {
    condition     = length(aws_iam_role.user) == 1
    error_message = "create_user_roles = true: not so that it plans the database-user roles."
  }
}

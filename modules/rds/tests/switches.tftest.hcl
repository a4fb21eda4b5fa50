# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "without_RDSAutoEnableIAMAuth" {
  command = plan

  variables {
    rds_auto_enable_iam_auth = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "RDSAutoEnableIAMAuth")
    error_message = "rds_auto_enable_iam_auth = false does not leave out RDSAutoEnableIAMAuth."
  }
}

run "without_RDSConnect" {
  command = plan

  variables {
    rds_connect = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "RDSConnect")
    error_message = "rds_connect = false does not leave out RDSConnect."
  }
}

run "without_RDSFetchMetadata" {
  command = plan

  variables {
    rds_fetch_metadata = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "RDSFetchMetadata")
    error_message = "rds_fetch_metadata = false does not leave out RDSFetchMetadata."
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

# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "without_MemoryDBFetchMetadata" {
  command = plan

  variables {
    memorydb_fetch_metadata = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "MemoryDBFetchMetadata")
    error_message = "memorydb_fetch_metadata = false does not leave out MemoryDBFetchMetadata."
  }
}

run "with_MemoryDBManageUsers" {
  command = plan

  variables {
    memorydb_managed_users = true
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "MemoryDBManageUsers")
    error_message = "memorydb_managed_users = true does not grant MemoryDBManageUsers."
  }
}

run "with_MemoryDBManagePasswords" {
  command = plan

  variables {
    memorydb_managed_users = true
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "MemoryDBManagePasswords")
    error_message = "memorydb_managed_users = true does not grant MemoryDBManagePasswords."
  }
}

run "with_MemoryDBUseKMSKeys" {
  command = plan

  variables {
    memorydb_managed_users = true
    kms_key_ids            = ["01234567-89ab-cdef-0123-456789abcdef"]
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "MemoryDBUseKMSKeys")
    error_message = "memorydb_managed_users = true does not grant MemoryDBUseKMSKeys."
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

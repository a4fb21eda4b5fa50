# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "without_ElastiCacheFetchMetadata" {
  command = plan

  variables {
    elasticache_fetch_metadata = false
  }

  assert {
    condition     = !contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "ElastiCacheFetchMetadata")
    error_message = "elasticache_fetch_metadata = false does not leave out ElastiCacheFetchMetadata."
  }
}

run "with_ElastiCacheManageUsers" {
  command = plan

  variables {
    elasticache_managed_users = true
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "ElastiCacheManageUsers")
    error_message = "elasticache_managed_users = true does not grant ElastiCacheManageUsers."
  }
}

run "with_ElastiCacheManagePasswords" {
  command = plan

  variables {
    elasticache_managed_users = true
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "ElastiCacheManagePasswords")
    error_message = "elasticache_managed_users = true does not grant ElastiCacheManagePasswords."
  }
}

run "with_ElastiCacheUseKMSKeys" {
  command = plan

  variables {
    elasticache_managed_users = true
    kms_key_ids               = ["01234567-89ab-cdef-0123-456789abcdef"]
  }

  assert {
    condition     = contains([for statement in jsondecode(output.policy_json).Statement : statement.Sid], "ElastiCacheUseKMSKeys")
    error_message = "elasticache_managed_users = true does not grant ElastiCacheUseKMSKeys."
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

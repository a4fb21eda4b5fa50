# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {}

variables {
  aws_account_id = "123456789012"
}

run "wrong_values_1" {
  command = plan

  variables {
    aws_account_id          = "no such value"
    aws_partition           = "no such value"
    policy_name             = "no such value"
    policy_path             = "no such value"
    policy_description      = "two\nlines"
    tags                    = { key = "two\nlines" }
    attach_to_roles         = { key = "no such value" }
    rdsproxy_database_users = [{ region = "no such value" }]
    rdsproxy_proxies        = [{ region = "no such value" }]
    rdsproxy_endpoints      = [{ region = "no such value" }]
    service_account_id      = "no such value"
    service_role_name       = "no such value"
    external_id             = "no such value"
    assume_role_arns        = ["no such value"]
    access_role_name        = "no such value"
    service_role_trust      = "no such value"
    eks_oidc_provider_arn   = "no such value"
    eks_service_account     = "no such value"
  }

  expect_failures = [
    var.aws_account_id,
    var.aws_partition,
    var.policy_name,
    var.policy_path,
    var.policy_description,
    var.tags,
    var.attach_to_roles,
    var.rdsproxy_database_users,
    var.rdsproxy_proxies,
    var.rdsproxy_endpoints,
    var.service_account_id,
    var.service_role_name,
    var.external_id,
    var.assume_role_arns,
    var.access_role_name,
    var.service_role_trust,
    var.eks_oidc_provider_arn,
    var.eks_service_account,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags                    = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    rdsproxy_database_users = [{ resource_id = "no such value" }]
    rdsproxy_proxies        = [{ resource_id = "no such value" }]
    rdsproxy_endpoints      = [{ endpoint_id = "no such value" }]
  }

  expect_failures = [
    var.tags,
    var.rdsproxy_database_users,
    var.rdsproxy_proxies,
    var.rdsproxy_endpoints,
  ]
}

run "wrong_values_3" {
  command = plan

  variables {
    rdsproxy_database_users = [{ user_name = "no such value" }]
  }

  expect_failures = [
    var.rdsproxy_database_users,
  ]
}

run "attach_without_policy" {
  command = plan

  variables {
    create_policy   = false
    attach_to_roles = { service = "teleport" }
  }

  expect_failures = [
    output.policy_arns,
  ]
}

run "cross_account_without_external_id" {
  command = plan

  variables {
    service_account_id = "210987654321"
    create_access_role = true
  }

  expect_failures = [
    aws_iam_role.access,
  ]
}

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
    aws_account_id                   = "no such value"
    aws_partition                    = "no such value"
    tags                             = { key = "two\nlines" }
    role_name                        = "no such value"
    role_path                        = "no such value"
    permissions_boundary_arn         = "no such value"
    trust_eks_pod_identity           = { cluster_arns = ["no such value"], namespaces = [], service_accounts = [], session_tags = true }
    trust_eks_service_accounts       = [
  { oidc_provider_arn = "no such value", namespace = "*", service_account = "*" },
]
    trust_teleport_oidc_provider_arn = "no such value"
    trust_conditions                 = { Sounds = { "aws:SourceIp" = ["192.0.2.1"] } }
    assume_role_arns                 = { key = "no such value" }
  }

  expect_failures = [
    var.aws_account_id,
    var.aws_partition,
    var.tags,
    var.role_name,
    var.role_path,
    var.permissions_boundary_arn,
    var.trust_eks_pod_identity,
    var.trust_eks_service_accounts,
    var.trust_teleport_oidc_provider_arn,
    var.trust_conditions,
    var.assume_role_arns,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags                       = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    trust_eks_pod_identity     = { cluster_arns = [], namespaces = ["no such value"], service_accounts = [], session_tags = true }
    trust_eks_service_accounts = [
  { oidc_provider_arn = "*", namespace = "no such value", service_account = "*" },
]
    trust_conditions           = { StringEquals = { "no key" = ["value"] } }
  }

  expect_failures = [
    var.tags,
    var.trust_eks_pod_identity,
    var.trust_eks_service_accounts,
    var.trust_conditions,
  ]
}

run "wrong_values_3" {
  command = plan

  variables {
    trust_eks_pod_identity     = { cluster_arns = [], namespaces = [], service_accounts = ["no such value"], session_tags = true }
    trust_eks_service_accounts = [
  { oidc_provider_arn = "*", namespace = "*", service_account = "no such value" },
]
  }

  expect_failures = [
    var.trust_eks_pod_identity,
    var.trust_eks_service_accounts,
  ]
}

run "without_trust" {
  command = plan

  expect_failures = [
    aws_iam_role.service,
  ]
}

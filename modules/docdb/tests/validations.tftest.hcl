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
    aws_account_id                        = "no such value"
    aws_partition                         = "no such value"
    policy_name                           = "no such value"
    policy_path                           = "no such value"
    policy_description                    = "two\nlines"
    tags                                  = { key = "two\nlines" }
    attach_to_roles                       = { key = "no such value" }
    policy_count                          = 0
    services                              = ["no such value"]
    docdb_clusters                        = [{ region = "no such value", cluster_name = "*" }]
    docdb_user_role_names                 = ["no such value"]
    docdb_user_role_arns                  = ["no such value"]
    docdb_user_role_policy_arns           = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = { key = "x" } }
    docdb_user_role_policies              = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "{}" }
    user_role_path                        = "no such value"
    user_role_description                 = "→"
    user_role_permissions_boundary_arn    = "no such value"
    user_role_max_session_duration        = 3599
    service_account_id                    = "no such value"
    service_role_name                     = "no such value"
    external_id                           = "no such value"
    additional_external_ids               = ["no such value"]
    assume_role_arns                      = ["no such value"]
    access_role_name                      = "no such value"
    access_role_description               = "→"
    access_role_permissions_boundary_arn  = "no such value"
    access_role_max_session_duration      = 3599
    service_role_trust                    = "no such value"
    additional_service_role_trusts        = ["no such value"]
    service_role_description              = "→"
    service_role_permissions_boundary_arn = "no such value"
    service_role_max_session_duration     = 3599
    eks_oidc_provider_arn                 = "no such value"
    eks_service_account                   = "no such value"
    teleport_oidc_provider_arn            = "no such value"
    teleport_proxy_address                = "no such value"
    teleport_oidc_thumbprints             = ["no such value"]
  }

  expect_failures = [
    var.aws_account_id,
    var.aws_partition,
    var.policy_name,
    var.policy_path,
    var.policy_description,
    var.tags,
    var.attach_to_roles,
    var.policy_count,
    var.services,
    var.docdb_clusters,
    var.docdb_user_role_names,
    var.docdb_user_role_arns,
    var.docdb_user_role_policy_arns,
    var.docdb_user_role_policies,
    var.user_role_path,
    var.user_role_description,
    var.user_role_permissions_boundary_arn,
    var.user_role_max_session_duration,
    var.service_account_id,
    var.service_role_name,
    var.external_id,
    var.additional_external_ids,
    var.assume_role_arns,
    var.access_role_name,
    var.access_role_description,
    var.access_role_permissions_boundary_arn,
    var.access_role_max_session_duration,
    var.service_role_trust,
    var.additional_service_role_trusts,
    var.service_role_description,
    var.service_role_permissions_boundary_arn,
    var.service_role_max_session_duration,
    var.eks_oidc_provider_arn,
    var.eks_service_account,
    var.teleport_oidc_provider_arn,
    var.teleport_proxy_address,
    var.teleport_oidc_thumbprints,
  ]
}

run "wrong_values_2" {
  command = plan

  variables {
    tags                        = { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = "" }
    services                    = []
    docdb_clusters              = [{ region = "*", cluster_name = "no such value" }]
    docdb_user_role_policy_arns = { role = { key = "no such value" } }
    docdb_user_role_policies    = { role = "no such value" }
    assume_role_arns            = []
    teleport_oidc_thumbprints   = []
  }

  expect_failures = [
    var.tags,
    var.services,
    var.docdb_clusters,
    var.docdb_user_role_policy_arns,
    var.docdb_user_role_policies,
    var.assume_role_arns,
    var.teleport_oidc_thumbprints,
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

run "user_roles_without_external_id" {
  command = plan

  variables {
    service_account_id = "210987654321"
    create_policy      = false
  }

  expect_failures = [
    output.user_role_trust_policies,
  ]
}

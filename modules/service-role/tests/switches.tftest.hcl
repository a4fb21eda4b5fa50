# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.
# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  aws_account_id = "123456789012"
}

run "trust_ec2" {
  command = plan

  variables {
    trust_ec2 = true
  }

  assert {
    condition     = length(aws_iam_instance_profile.service) == 1
    error_message = "trust_ec2 = true: not so that it plans the instance profile."
  }
}

run "assume_itself" {
  command = plan

  variables {
    assume_itself = true
    trust_ecs     = true
  }

  assert {
    condition     = length(aws_iam_role_policy.assume_roles) == 1
    error_message = "assume_itself = true: not so that it plans the policy."
  }
}

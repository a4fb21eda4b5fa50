# The Database Service in EKS, and the databases in another account: EKS Pod Identity makes the hop to
# the target role, without session tags.

terraform {
  required_version = ">= 1.7.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "association_external_id" {
  type        = string
  description = "The external_id of the association, which EKS makes and presents to the target role."
  default     = "example-external-id"
}

locals {
  databases_account_id = "123456789012"
  service_account_id   = "210987654321"
  # By its name and not from the call that creates it: its trust policy asks for what the association
  # gives, and the association names it.
  target_role_arn = "arn:aws:iam::123456789012:role/teleport-db-access-role"
}

# The account of the EKS cluster.
provider "aws" {
  region = "us-east-1"
}

# The account of the databases.
provider "aws" {
  alias  = "databases"
  region = "us-east-1"

  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/terraform"
  }
}

# The role of the association may assume the target role, and nothing else.
module "service" {
  source = "../../modules/rds"

  aws_account_id                        = local.service_account_id
  create_service_role                   = true
  service_role_trust                    = "eks-pod-identity"
  eks_pod_identity_disable_session_tags = true
  assume_role_arns                      = [local.target_role_arn]
}

# The target role carries the policy.
module "databases" {
  source    = "../../modules/rds"
  providers = { aws = aws.databases }

  aws_account_id                        = local.databases_account_id
  service_account_id                    = local.service_account_id
  service_role_name                     = module.service.service_role_name_with_path
  service_role_trust                    = "eks-pod-identity"
  eks_pod_identity_disable_session_tags = true
  external_id                           = var.association_external_id
  create_access_role                    = true
}

output "pod_identity_association" {
  description = "Arguments of aws_eks_pod_identity_association."
  value = {
    role_arn             = module.service.service_role_arn
    target_role_arn      = local.target_role_arn
    disable_session_tags = true
  }
}

output "teleport_token_rule" {
  description = "What a join token with join_method iam allows: the pod runs as the target role."
  value       = module.databases.teleport_token_rules.access_role
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid, and who may assume the target role."
  value = {
    service           = module.service.statements
    databases         = module.databases.statements
    target_role_trust = module.databases.access_role_trust
  }
}

# The Database Service in EKS: its role is assumed by one Kubernetes service account.

terraform {
  required_version = ">= 1.7.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "aws_account_id" {
  type        = string
  description = "ID of your AWS account."
  default     = "123456789012"
}

variable "oidc_provider_arn" {
  type        = string
  description = "ARN of the cluster's IAM OIDC provider."
  default     = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
}

provider "aws" {
  region = "us-east-1"
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id           = var.aws_account_id
  rds_auto_enable_iam_auth = false

  create_service_role   = true
  service_role_trust    = "eks-service-account"
  eks_oidc_provider_arn = var.oidc_provider_arn
  eks_service_account   = "teleport/teleport-kube-agent"
}

output "service_account_annotation" {
  description = "Annotation of the service account, as in annotations.serviceAccount of the teleport-kube-agent chart."
  value       = { "eks.amazonaws.com/role-arn" = module.rds.service_role_arn }
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid."
  value       = module.rds.statements
}

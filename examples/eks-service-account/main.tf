# The Database Service in EKS: its role is assumed by one Kubernetes service account.

variable "aws_account_id" {
  type        = string
  description = "ID of your AWS account."
  default     = "111122223333"
}

variable "oidc_provider_arn" {
  type        = string
  description = "ARN of the cluster's IAM OIDC provider."
  default     = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
}

provider "aws" {
  region = "us-east-1"

  # With these lines a plan needs no credentials. Remove them to apply.
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "postgres"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

module "service_role" {
  source = "../../modules/service-role"

  aws_account_id = var.aws_account_id
  trust_eks_service_accounts = [
    { oidc_provider_arn = var.oidc_provider_arn, namespace = "teleport", service_account = "teleport-kube-agent" },
  ]
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = module.service_role.role_name }

  rds_auto_enable_iam_auth = false
  rds_instances            = [{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]
}

output "service_account_annotation" {
  description = "Annotation of the service account, as in annotations.serviceAccount of the teleport-kube-agent chart."
  value       = { "eks.amazonaws.com/role-arn" = module.service_role.role_arn }
}

# Everything named: no "*" is left, and no database or user beyond those listed.

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

locals {
  region = "eu-central-1"
  common = {
    aws_account_id  = var.aws_account_id
    attach_to_roles = { service = "teleport-db-service-role" }
  }
}

provider "aws" {
  region = local.region
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id           = local.common.aws_account_id
  attach_to_roles          = local.common.attach_to_roles
  restrict_to_account      = true
  rds_auto_enable_iam_auth = false

  rds_instances = [{ region = local.region, instance_name = "orders" }]
  rds_clusters  = [{ region = local.region, cluster_name = "ledger" }]
  rds_database_users = [
    { region = local.region, resource_id = "db-ABCDEFGHIJKL0123456789MNOP", user_name = "reader" },
    { region = local.region, resource_id = "cluster-ABCDEFGHIJKL0123456789MNOP", user_name = "reader" },
    { region = local.region, resource_id = "cluster-ABCDEFGHIJKL0123456789MNOP", user_name = "writer" },
  ]
}

module "elasticache" {
  source = "../../modules/elasticache"

  aws_account_id      = local.common.aws_account_id
  attach_to_roles     = local.common.attach_to_roles
  restrict_to_account = true

  elasticache_replication_groups = [{ region = local.region, replication_group = "sessions" }]
  elasticache_connections = [
    { region = local.region, replication_group = "sessions", user_name = "support" },
  ]
}

module "redshift" {
  source = "../../modules/redshift"

  aws_account_id      = local.common.aws_account_id
  attach_to_roles     = local.common.attach_to_roles
  restrict_to_account = true

  redshift_clusters = [{ region = local.region, cluster_name = "warehouse" }]
  redshift_database_users = [
    { region = local.region, cluster_name = "warehouse", user_name = "analyst", database_name = "sales" },
  ]
  redshift_user_role_names = []
}

output "policy_sizes" {
  description = "How large each policy is, and what is left of IAM's limit."
  value = {
    rds         = module.rds.policy_sizes
    elasticache = module.elasticache.policy_sizes
    redshift    = module.redshift.policy_sizes
  }
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid."
  value       = merge(module.rds.statements, module.elasticache.statements, module.redshift.statements)
}

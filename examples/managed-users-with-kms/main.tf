# Users whose passwords Teleport rotates, kept in Secrets Manager and encrypted with keys of your own.
# This is the legacy way: where the engine supports IAM authentication, use that.

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

variable "kms_key_id" {
  type        = string
  description = "ID of the KMS key that encrypts the secrets: secret_store.kms_key_id in Teleport's configuration."
  default     = "01234567-89ab-cdef-0123-456789abcdef"
}

provider "aws" {
  region = "us-east-1"
}

module "elasticache" {
  source = "../../modules/elasticache"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = "teleport-db-service-role" }

  elasticache_managed_users = true
  secret_key_prefixes       = ["teleport/elasticache/"]
  kms_key_ids               = [var.kms_key_id]
}

module "memorydb" {
  source = "../../modules/memorydb"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = "teleport-db-service-role" }

  memorydb_managed_users = true
  secret_key_prefixes    = ["teleport/memorydb/"]
  kms_key_ids            = [var.kms_key_id]
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration, as YAML."
  value = yamlencode(merge(
    module.elasticache.teleport_database_aws,
    module.memorydb.teleport_database_aws,
  ))
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid."
  value       = merge(module.elasticache.statements, module.memorydb.statements)
}

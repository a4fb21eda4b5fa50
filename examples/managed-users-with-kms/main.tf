# Users whose passwords Teleport rotates, kept in Secrets Manager and encrypted with your own key. This is
# the legacy way: use IAM authentication if the engine supports it.

variable "aws_account_id" {
  type        = string
  description = "ID of your AWS account."
  default     = "111122223333"
}

provider "aws" {
  region = "us-east-1"

  # With these lines a plan needs no credentials. Remove them to apply.
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

resource "aws_kms_key" "secrets" {
  description = "Passwords of ElastiCache users."
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop."
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
}

module "service_role" {
  source = "../../modules/service-role"

  aws_account_id = var.aws_account_id
  trust_ecs      = true
}

module "elasticache" {
  source = "../../modules/elasticache"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = module.service_role.role_name }

  elasticache_replication_groups = [{ region = "us-east-1", replication_group = aws_elasticache_replication_group.sessions.replication_group_id }]
  elasticache_managed_users      = true
  secret_key_prefixes            = ["teleport/elasticache/"]
  kms_key_ids                    = [aws_kms_key.secrets.key_id]
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration, as YAML."
  value       = yamlencode(module.elasticache.teleport_database_aws)
}

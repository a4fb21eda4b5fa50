# Everything named: no "*" is left in a policy, and no database or user beyond those listed.

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

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop."
  engine                     = "valkey"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
}

module "service_role" {
  source = "../../modules/service-role"

  aws_account_id           = var.aws_account_id
  trust_ecs                = true
  permissions_boundary_arn = aws_iam_policy.boundary.arn
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id           = var.aws_account_id
  attach_to_roles          = { service = module.service_role.role_name }
  restrict_to_account      = true
  rds_auto_enable_iam_auth = false

  rds_instances = [{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]
  rds_database_users = [
    { region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" },
  ]
}

module "elasticache" {
  source = "../../modules/elasticache"

  aws_account_id      = var.aws_account_id
  attach_to_roles     = { service = module.service_role.role_name }
  restrict_to_account = true

  elasticache_replication_groups = [{ region = "us-east-1", replication_group = aws_elasticache_replication_group.sessions.replication_group_id }]
  elasticache_connections = [
    { region = "us-east-1", replication_group = aws_elasticache_replication_group.sessions.replication_group_id, user_name = "support" },
  ]
}

# The most that the role may ever do. It names no single database, so it does not change with them.
# create_before_destroy: AWS refuses to delete a boundary that a role still has.
resource "aws_iam_policy" "boundary" {
  name = "TeleportDatabaseBoundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      jsondecode(module.rds.permissions_boundary_json).Statement,
      [for statement in jsondecode(module.elasticache.permissions_boundary_json).Statement : statement if statement.Sid != "AssumeAnyRole"],
    )
  })

  lifecycle {
    create_before_destroy = true
  }
}

# Two accounts: the Database Service assumes the database-user roles of the databases' account itself.
# Needed for types whose users connect as a role: DynamoDB, Keyspaces, OpenSearch and so on.

terraform {
  required_version = ">= 1.7.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "external_id" {
  type        = string
  description = "What the Database Service presents to the roles: external_id in Teleport's configuration."
  default     = "example-external-id"
}

# What both sides must agree on is written once.
locals {
  trust = {
    databases_account_id = "123456789012"
    service_account_id   = "210987654321"
    service_role_name    = "teleport-db-service-role"
    user_role_names      = ["keyspaces-reader", "keyspaces-writer"]
  }
}

# The account of the Database Service.
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

module "service" {
  source = "../../modules/keyspace"

  aws_account_id      = local.trust.databases_account_id
  service_account_id  = local.trust.service_account_id
  external_id         = var.external_id
  create_service_role = true
  service_role_name   = local.trust.service_role_name
  service_role_trust  = "ecs"

  keyspace_user_role_names = local.trust.user_role_names
}

module "databases" {
  source    = "../../modules/keyspace"
  providers = { aws = aws.databases }

  aws_account_id     = local.trust.databases_account_id
  service_account_id = local.trust.service_account_id
  external_id        = var.external_id
  create_policy      = false
  create_user_roles  = true
  service_role_name  = module.service.service_role_name_with_path

  keyspace_user_role_names = local.trust.user_role_names
  keyspace_user_role_policy_arns = {
    keyspaces-reader = { read = "arn:aws:iam::aws:policy/AmazonKeyspacesReadOnlyAccess_v2" }
  }
  keyspace_user_role_policies = {
    keyspaces-writer = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = ["cassandra:Select", "cassandra:Modify"]
          Resource = "arn:aws:cassandra:us-east-1:${local.trust.databases_account_id}:/keyspace/orders/table/*"
        },
        {
          # Drivers read the schema when they connect.
          Effect   = "Allow"
          Action   = "cassandra:Select"
          Resource = "arn:aws:cassandra:us-east-1:${local.trust.databases_account_id}:/keyspace/system*"
        },
      ]
    })
  }
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration."
  value       = module.databases.teleport_database_aws
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policy by Sid, and who may assume the roles."
  value = {
    service         = module.service.statements
    user_role_trust = module.databases.user_role_trust
  }
}

# Two accounts: the Database Service assumes an access role in the databases' account first
# (assume_role_arn in Teleport's configuration). Works for every type.

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
  description = "What the Database Service presents to the access role: external_id in Teleport's configuration."
  default     = "example-external-id"
}

locals {
  databases_account_id = "123456789012"
  service_account_id   = "210987654321"
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

# First hop: the service's role may assume the access role, and nothing else.
module "service" {
  source = "../../modules/redshift"

  aws_account_id      = local.service_account_id
  create_service_role = true
  assume_role_arns    = [module.databases.access_role_arn]
}

# The access role carries the policy. It asks for the external ID; the roles behind it do not.
module "databases" {
  source    = "../../modules/redshift"
  providers = { aws = aws.databases }

  aws_account_id     = local.databases_account_id
  service_account_id = local.service_account_id
  service_role_name  = module.service.service_role_name_with_path
  external_id        = var.external_id
  create_access_role = true

  create_user_roles        = true
  redshift_user_role_names = ["redshift-user-role"]
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration."
  value       = module.databases.teleport_database_aws
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid, and who may assume the roles."
  value = {
    service           = module.service.statements
    databases         = module.databases.statements
    access_role_trust = module.databases.access_role_trust
    user_role_trust   = module.databases.user_role_trust
  }
}

# Everything in one account: the Database Service on EC2, RDS databases, and DynamoDB through a role.

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

provider "aws" {
  region = "us-east-1"
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id           = var.aws_account_id
  create_service_role      = true
  rds_auto_enable_iam_auth = false
}

module "dynamodb" {
  source = "../../modules/dynamodb"

  aws_account_id    = var.aws_account_id
  service_role_name = module.rds.service_role_name_with_path
  attach_to_roles   = { service = module.rds.service_role_name }

  create_user_roles        = true
  dynamodb_user_role_names = ["dynamodb-reader"]
  dynamodb_user_role_policy_arns = {
    dynamodb-reader = { read = "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" }
  }
}

output "instance_profile" {
  description = "Instance profile for the instances that run the Database Service."
  value       = module.rds.service_instance_profile_name
}

# A plan then shows under its Sid what a change grants or takes away.
output "statements" {
  description = "The statements of the policies by Sid."
  value       = merge(module.rds.statements, module.dynamodb.statements)
}

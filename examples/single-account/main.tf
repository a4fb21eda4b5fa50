# Everything in one account: the Database Service on EC2, an RDS database, and DynamoDB through a role.

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

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

# The role that the Database Service runs as.
module "service_role" {
  source = "../../modules/service-role"

  aws_account_id = var.aws_account_id
  trust_ec2      = true
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = module.service_role.role_name }

  rds_auto_enable_iam_auth = false
  rds_instances            = [{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]
  rds_database_users = [
    { region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" },
  ]
}

module "dynamodb" {
  source = "../../modules/dynamodb"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = module.service_role.role_name }

  create_user_roles        = true
  trusted_principals       = [module.service_role.role_arn]
  dynamodb_user_role_names = ["dynamodb-reader"]
  dynamodb_user_role_policies = {
    dynamodb-reader = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.sessions.arn
      }]
    })
  }
}

output "instance_profile" {
  description = "Instance profile for the instances that run the Database Service."
  value       = module.service_role.instance_profile_name
}

# Teleport's module db-agent/aws runs the Database Service and makes its role. Our policy is attached to
# that role.

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

# A stand-in for Teleport's module, with the part of its interface that is used here.
module "agent" {
  source = "./stand-in"
}

module "rds" {
  source = "../../modules/rds"

  aws_account_id  = var.aws_account_id
  attach_to_roles = { service = module.agent.ecs_task_role_name }

  rds_auto_enable_iam_auth = false
  rds_instances            = [{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]
  rds_database_users = [
    { region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" },
  ]
}

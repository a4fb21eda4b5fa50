# Two accounts: the Database Service assumes the database-user roles of the databases' account itself.
# For the types whose users connect as a role: DynamoDB, Keyspaces, OpenSearch and so on.

variable "external_id" {
  type        = string
  description = "What the Database Service presents to the roles: external_id in Teleport's configuration."
  default     = "example-external-id"
}

locals {
  databases_account_id = "111122223333"
  service_account_id   = "444455556666"
}

# The account of the Database Service.
provider "aws" {
  region = "us-east-1"

  # With these lines a plan needs no credentials. Remove them to apply.
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

# The account of the databases.
provider "aws" {
  alias  = "databases"
  region = "us-east-1"

  # Replace these lines by assume_role { role_arn = "arn:aws:iam::111122223333:role/terraform" } to apply.
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

resource "aws_dynamodb_table" "orders" {
  provider = aws.databases

  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

module "service_role" {
  source = "../../modules/service-role"

  aws_account_id = local.service_account_id
  trust_ecs      = true
}

# In the databases' account: the roles, and no policy for the service.
module "user_roles" {
  source    = "../../modules/dynamodb"
  providers = { aws = aws.databases }

  aws_account_id        = local.databases_account_id
  create_policy         = false
  create_user_roles     = true
  dynamodb_session_tags = false
  trusted_principals    = [module.service_role.role_arn]
  external_ids          = [var.external_id]

  dynamodb_user_role_names = ["orders-reader", "orders-writer"]
  dynamodb_user_role_policies = {
    orders-reader = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = aws_dynamodb_table.orders.arn
      }]
    })
    orders-writer = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"]
        Resource = aws_dynamodb_table.orders.arn
      }]
    })
  }
}

# In the service's account: the policy to assume these roles. dynamodb_user_role_names = [] leaves out
# the role of this account that the reference page names.
module "dynamodb" {
  source = "../../modules/dynamodb"

  aws_account_id        = local.service_account_id
  attach_to_roles       = { service = module.service_role.role_name }
  dynamodb_session_tags = false

  dynamodb_user_role_names = []
  dynamodb_user_role_arns  = values(module.user_roles.user_role_arns.dynamodb)
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration."
  value       = module.user_roles.teleport_database_aws
}

# Two accounts: the Database Service assumes an access role in the databases' account
# (assume_role_arn in Teleport's configuration). Works for every type.

variable "external_id" {
  type        = string
  description = "What the Database Service presents to the access role: external_id in Teleport's configuration."
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

resource "aws_redshift_cluster" "warehouse" {
  provider = aws.databases

  cluster_identifier     = "warehouse"
  node_type              = "ra3.large"
  database_name          = "sales"
  master_username        = "administrator"
  manage_master_password = true
  skip_final_snapshot    = true
}

# The service's role may assume the access role, and nothing else.
module "service_role" {
  source = "../../modules/service-role"

  aws_account_id   = local.service_account_id
  trust_ecs        = true
  assume_role_arns = { databases = module.access_role.role_arn }
}

# The access role asks for the external ID.
module "access_role" {
  source    = "../../modules/access-role"
  providers = { aws = aws.databases }

  aws_account_id = local.databases_account_id
  external_ids   = [var.external_id]

  # The account, and a condition on the role: a role that is replaced stays trusted, because IAM keeps the
  # ID of a role that is named as principal.
  trusted_principals = ["arn:aws:iam::444455556666:root"]
  trust_conditions = {
    ArnEquals = { "aws:PrincipalArn" = ["arn:aws:iam::444455556666:role/teleport-db-service-role"] }
  }
}

# The access role carries the policy, and the database-user role trusts it.
module "redshift" {
  source    = "../../modules/redshift"
  providers = { aws = aws.databases }

  aws_account_id  = local.databases_account_id
  attach_to_roles = { access = module.access_role.role_name }

  redshift_clusters = [{ region = "us-east-1", cluster_name = aws_redshift_cluster.warehouse.cluster_identifier }]

  # No database users: everybody connects as the role.
  redshift_database_users  = []
  redshift_databases       = [{ region = "us-east-1", cluster_name = aws_redshift_cluster.warehouse.cluster_identifier, database_name = "sales" }]
  redshift_user_role_names = ["redshift-reader"]
  create_user_roles        = true
  trusted_principals       = [module.access_role.role_arn]
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration."
  value       = module.access_role.teleport_database_aws
}

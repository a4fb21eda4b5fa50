# The Database Service in EKS with Pod Identity: one service account of one cluster has the role. The
# databases are in another account, behind an access role.

locals {
  databases_account_id = "111122223333"
  service_account_id   = "444455556666"
  cluster_arn          = "arn:aws:eks:us-east-1:444455556666:cluster/production"
}

# The account of the EKS cluster.
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

resource "aws_db_instance" "orders" {
  provider = aws.databases

  identifier                          = "orders"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "postgres"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

module "service_role" {
  source = "../../modules/service-role"

  aws_account_id = local.service_account_id
  trust_eks_pod_identity = {
    cluster_arns     = [local.cluster_arn]
    namespaces       = ["teleport"]
    service_accounts = ["teleport-kube-agent"]
    session_tags     = true
  }
  assume_role_arns = { databases = module.access_role.role_arn }
}

# EKS puts tags on the sessions of the service's role, and they stay on the sessions of the access role.
module "access_role" {
  source    = "../../modules/access-role"
  providers = { aws = aws.databases }

  aws_account_id     = local.databases_account_id
  trusted_principals = ["arn:aws:iam::444455556666:root"]
  external_ids       = ["example-external-id"]
  session_tags       = true
  trust_conditions = {
    ArnEquals    = { "aws:PrincipalArn" = ["arn:aws:iam::444455556666:role/teleport-db-service-role"] }
    StringEquals = { "aws:PrincipalTag/kubernetes-namespace" = ["teleport"] }
  }
}

module "rds" {
  source    = "../../modules/rds"
  providers = { aws = aws.databases }

  aws_account_id  = local.databases_account_id
  attach_to_roles = { access = module.access_role.role_name }

  rds_auto_enable_iam_auth = false
  rds_instances            = [{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]
}

output "pod_identity_association" {
  description = "Arguments of aws_eks_pod_identity_association."
  value = {
    cluster_name    = "production"
    namespace       = "teleport"
    service_account = "teleport-kube-agent"
    role_arn        = module.service_role.role_arn
  }
}

output "teleport_database_aws" {
  description = "The aws settings of the databases in Teleport's configuration."
  value       = module.access_role.teleport_database_aws
}

/** A root in which databases, keys and agents wait for the modules' roles, and the modules for them. */
import {
  moduleCall,
  OFFLINE_PROVIDER,
  plannedResources,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const account = { aws_account_id: '"111122223333"' };

/** All in one root: Terraform reports every cycle there is. */
const ROOT = `${OFFLINE_PROVIDER}
${moduleCall("service", readyModule("service-role"), {
  ...account,
  trust_ec2: "true",
  assume_role_arns: "{ databases = module.access.role_arn }",
})}
${moduleCall("access", readyModule("access-role"), {
  aws_account_id: '"444455556666"',
  trusted_principals: "[module.service.role_arn]",
  external_ids: '["example-external-id"]',
  providers: "{ aws = aws.databases }",
})}
provider "aws" {
  alias                       = "databases"
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# A KMS key whose policy names the service's role.
${moduleCall("caches", readyModule("elasticache"), {
  ...account,
  attach_to_roles: "{ service = module.service.role_name }",
  elasticache_managed_users: "true",
  kms_key_ids: "[aws_kms_key.secrets.key_id]",
})}
resource "aws_kms_key" "secrets" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = module.service.role_arn }, Action = "kms:*", Resource = "*" }]
  })
}

# An OpenSearch domain whose policy names the database-user roles, and theirs the domain.
${moduleCall("search", readyModule("opensearch"), {
  ...account,
  create_user_roles: "true",
  trusted_principals: "[module.service.role_arn]",
  opensearch_user_role_names: '["search-reader"]',
  opensearch_user_role_policies:
    '{ search-reader = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "es:ESHttpGet", Resource = aws_opensearch_domain.logs.arn }] }) }',
  opensearch_domains:
    '[{ region = "us-east-1", domain_name = aws_opensearch_domain.logs.domain_name }]',
})}
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = values(module.search.user_role_arns.opensearch) }, Action = "es:ESHttp*", Resource = "*" }]
  })
}

# A boundary of the service's role, and an agent that the database's security group admits.
resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = module.databases.permissions_boundary_json
}
${moduleCall("databases", readyModule("rds"), {
  ...account,
  attach_to_roles: "{ agent = module.agent.role_name }",
  rds_instances: '[{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]',
  rds_database_users:
    '[{ region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" }]',
})}
${moduleCall("agent", readyModule("service-role"), {
  ...account,
  role_name: '"agent"',
  trust_ec2: "true",
  permissions_boundary_arn: "aws_iam_policy.boundary.arn",
})}
resource "aws_instance" "agent" {
  ami                  = "ami-01234567890abcdef"
  instance_type        = "t3.small"
  iam_instance_profile = module.agent.instance_profile_name
}
resource "aws_security_group" "orders" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["\${aws_instance.agent.private_ip}/32"]
  }
}
resource "aws_db_instance" "orders" {
  identifier             = "orders"
  instance_class         = "db.t3.small"
  engine                 = "postgres"
  allocated_storage      = 20
  username               = "postgres"
  password               = "example-password"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
`;

describeWithTerraform()("an ordinary root", () => {
  test("is planned without a cycle, and names each role that a policy is attached to", () => {
    const root = new TerraformRoot({ "main.tf": ROOT });
    const plan = root.init().plan();
    const [attachment] = plannedResources(
      plan,
      "caches",
      "aws_iam_role_policy_attachment.database_access",
    );
    expect(attachment?.[0]).toBe("service");
    const roles = (plan.resource_changes ?? []).filter(({ type }) => type === "aws_iam_role");
    expect(roles.map(({ address }) => address).sort()).toEqual([
      "module.access.aws_iam_role.access",
      "module.agent.aws_iam_role.service",
      'module.search.aws_iam_role.user["opensearch/search-reader"]',
      "module.service.aws_iam_role.service",
    ]);
  });
});

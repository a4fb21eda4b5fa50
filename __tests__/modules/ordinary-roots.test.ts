/** Roots in which databases, keys and agents wait for the module's roles, and the module for them. */
import { compose } from "../../lib/answers/compose";
import { moduleCall, OFFLINE_PROVIDER, type Plan, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const ACCOUNT = "123456789012";
const account = { aws_account_id: `"${ACCOUNT}"` };
const service = { create_service_role: "true", create_permissions_boundary: "true" };

/** Each root by itself: a cycle in one would hide the others. */
const roots: Readonly<Record<string, readonly [types: readonly string[], text: string]>> = {
  "a KMS key whose policy names the service's role": [
    ["elasticache"],
    `${moduleCall("m", "./module", {
      ...account,
      ...service,
      elasticache_managed_users: "true",
      kms_key_ids: "[aws_kms_key.secrets.key_id]",
    })}
resource "aws_kms_key" "secrets" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::${ACCOUNT}:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { AWS = module.m.service_role_arn }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}
`,
  ],
  "an OpenSearch domain whose policy names the database-user roles, and theirs the domain": [
    ["opensearch"],
    `${moduleCall("m", "./module", {
      ...account,
      ...service,
      create_user_roles: "true",
      opensearch_user_role_names: '["search-reader"]',
      opensearch_user_role_policies:
        '{ search-reader = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "es:ESHttpGet", Resource = aws_opensearch_domain.logs.arn }] }) }',
      opensearch_domains:
        '[{ region = "us-east-1", domain_name = aws_opensearch_domain.logs.domain_name }]',
    })}
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = values(module.m.user_role_arns.opensearch) }
        Action    = "es:ESHttp*"
        Resource  = "*"
      },
    ]
  })
}
`,
  ],
  "an agent that the database's security group admits": [
    ["rds"],
    `${moduleCall("m", "./module", {
      ...account,
      ...service,
      rds_instances:
        '[{ region = "us-east-1", instance_name = aws_db_instance.orders.identifier }]',
      rds_database_users:
        '[{ region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" }]',
    })}
resource "aws_instance" "agent" {
  ami                  = "ami-01234567890abcdef"
  instance_type        = "t3.small"
  iam_instance_profile = module.m.service_instance_profile_name
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
`,
  ],
  "a hop whose two calls use each other's outputs": [
    ["redshift"],
    [
      moduleCall("service", "./module", {
        aws_account_id: '"210987654321"',
        ...service,
        assume_role_arns: "[module.databases.access_role_arn]",
      }),
      moduleCall("databases", "./module", {
        ...account,
        service_account_id: '"210987654321"',
        external_id: '"example-external-id"',
        service_role_name: "module.service.service_role_name_with_path",
        create_access_role: "true",
        create_permissions_boundary: "true",
        create_user_roles: "true",
        redshift_user_role_names: '["analyst"]',
      }),
    ].join("\n"),
  ],
};

describeWithTerraform()("an ordinary root is planned, and is no cycle", () => {
  test.each(Object.entries(roots))("%s", (_, [types, text]) => {
    const root = new TerraformRoot({ "main.tf": OFFLINE_PROVIDER + text });
    try {
      root.addModule("module", compose({ types }));
      root.init();
      const { resource_changes: changes = [] }: Plan = root.plan();
      const roles = changes.filter(({ type }) => type === "aws_iam_role");
      expect(roles.length).toBeGreaterThan(0);
    } finally {
      root.dispose();
    }
  });
});

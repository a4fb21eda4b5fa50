import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Fn, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DatabaseAccess } from "teleport-db-iam/cdktf";

/** The databases, and what Teleport's Database Service may do with them. */
class Databases extends TerraformStack {
  readonly access: DatabaseAccess;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const orders = new DbInstance(this, "orders", {
      identifier: "orders",
      engine: "postgres",
      instanceClass: "db.t4g.micro",
      allocatedStorage: 20,
      username: "postgres",
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      skipFinalSnapshot: true,
    });
    const role = new IamRole(this, "service", {
      name: "teleport-db-service-role",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    new IamInstanceProfile(this, "profile", { role: role.name });

    const access = new DatabaseAccess(this, "db", {
      types: ["rds", "redshift"],
      awsAccountId: "123456789012",
      attachToRoles: { service: role.name },
      rdsDatabaseUsers: [
        { region: "eu-central-1", resourceId: orders.resourceId, userName: "reader" },
      ],
      redshiftUserRoleNames: ["analyst"],
    });
    new TerraformOutput(this, "policies", { value: access.policyArns });
    // A plan then shows under its Sid what a change grants or takes away.
    new TerraformOutput(this, "statements", { value: access.statements });
    this.access = access;
  }
}

/** What another team configures Teleport with, in a state of its own. */
class Teleport extends TerraformStack {
  constructor(scope: Construct, id: string, { access }: Databases) {
    super(scope, id);
    new TerraformOutput(this, "aws", { value: access.teleportDatabaseAws.lookup("rds") });
  }
}

const app = new App();
new Teleport(app, "teleport", new Databases(app, "databases"));
app.synth();

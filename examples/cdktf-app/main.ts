import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AccessRole, DatabaseAccess, ServiceRole } from "teleport-db-iam/cdktf";

/** The account of the Database Service, and that of the databases. */
const SERVICE_ACCOUNT = "444455556666";
const DATABASES_ACCOUNT = "111122223333";

/** The databases, and the role that Teleport's Database Service assumes to use them. */
class Databases extends TerraformStack {
  readonly accessRole: AccessRole;

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
    this.accessRole = new AccessRole(this, "access-role", {
      awsAccountId: DATABASES_ACCOUNT,
      trustedPrincipals: [`arn:aws:iam::${SERVICE_ACCOUNT}:root`],
      externalIds: ["example-external-id"],
    });
    new DatabaseAccess(this, "db", {
      types: ["rds", "redshift"],
      awsAccountId: DATABASES_ACCOUNT,
      attachToRoles: { access: this.accessRole.roleName },
      rdsDatabaseUsers: [
        { region: "eu-central-1", resourceId: orders.resourceId, userName: "reader" },
      ],
      redshiftUserRoleNames: ["analyst"],
      createUserRoles: true,
      trustedPrincipals: [this.accessRole.roleArn],
    });
  }
}

/** The Database Service's own role, in a state of its own. */
class Teleport extends TerraformStack {
  constructor(scope: Construct, id: string, { accessRole }: Databases) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const serviceRole = new ServiceRole(this, "service-role", {
      awsAccountId: SERVICE_ACCOUNT,
      trustEcs: true,
      assumeRoleArns: { databases: accessRole.roleArn },
    });
    new TerraformOutput(this, "role", { value: serviceRole.roleArn });
    new TerraformOutput(this, "database-settings", { value: accessRole.teleportDatabaseAws });
  }
}

const app = new App();
new Teleport(app, "teleport", new Databases(app, "databases"));
app.synth();

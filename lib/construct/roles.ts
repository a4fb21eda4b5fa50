import { AnyMap, type IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { roleModules } from "../inputs/module-definition";
import { type CallProps, ModuleCall } from "./module-call";
import type { AccessRoleVariables, ServiceRoleVariables } from "./variables";

/** The properties of `ServiceRole`. */
export type ServiceRoleProps = ServiceRoleVariables & CallProps;

/** The properties of `AccessRole`. */
export type AccessRoleProps = AccessRoleVariables & CallProps;

/** The outputs that both role modules have. */
class RoleCall extends ModuleCall {
  /** Name of the role, for `attachToRoles` of `DatabaseAccess`. */
  get roleName(): string {
    return this.getString("role_name");
  }

  /** ARN of the role. */
  get roleArn(): string {
    return this.getString("role_arn");
  }

  /** A list of rules for `spec.allow` of a join token with join_method iam. */
  get teleportTokenRules(): IResolvable {
    return this.interpolationForOutput("teleport_token_rules");
  }
}

/** The role of Teleport's Database Service: a call of the module `service-role`. */
export class ServiceRole extends RoleCall {
  /** @param id the name of the module call */
  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id, roleModules["service-role"], { ...props });
  }

  /** Name of the instance profile; null in Terraform if `trustEc2` is false. */
  get instanceProfileName(): string {
    return this.getString("instance_profile_name");
  }
}

/** The role in the databases' account that the service assumes: a call of the module `access-role`. */
export class AccessRole extends RoleCall {
  /** @param id the name of the module call */
  constructor(scope: Construct, id: string, props: AccessRoleProps) {
    super(scope, id, roleModules["access-role"], { ...props });
  }

  /** The `aws` settings of a database in Teleport's configuration that match the role. */
  get teleportDatabaseAws(): AnyMap {
    return new AnyMap(this, "teleport_database_aws");
  }
}

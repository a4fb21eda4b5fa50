import { AnyMap } from "cdktf";
import type { Construct } from "constructs";
import { selectTypes } from "../catalog/select-types";
import { defineModule, withUserRoles } from "../inputs/module-definition";
import { type CallProps, ModuleCall } from "./module-call";
import type { CommonVariable, TypeWithUserRoles, VariableOf, Variables } from "./variables";

/** The name of a database type. */
export type DatabaseTypeName = keyof VariableOf;

/** The properties of `DatabaseAccess`: the variables of the module for its types, and no others. */
export type DatabaseAccessProps<Type extends DatabaseTypeName> = {
  /** The database types, in any order. */
  readonly types: readonly Type[];
} & Pick<Variables, CommonVariable | VariableOf[Type]> &
  CallProps;

/** `Output` if one of the types has database-user roles. */
type WithUserRoles<Type, Output> = [Extract<Type, TypeWithUserRoles>] extends [never]
  ? undefined
  : Output;

/** Access to AWS databases for Teleport's Database Service: a call of the module for its types. */
export class DatabaseAccess<Type extends DatabaseTypeName = DatabaseTypeName> extends ModuleCall {
  /**
   * @param id the name of the module call
   * @throws UserError for an unknown type, or none
   */
  constructor(scope: Construct, id: string, { types, ...props }: DatabaseAccessProps<Type>) {
    super(scope, id, defineModule(selectTypes(types).types), props);
  }

  /** ARN of the policy; null in Terraform if `createPolicy` is false. */
  get policyArn(): string {
    return this.getString("policy_arn");
  }

  /** The policy document as JSON. */
  get policyJson(): string {
    return this.getString("policy_json");
  }

  /** The statements by Sid. */
  get statements(): AnyMap {
    return new AnyMap(this, "statements");
  }

  /** A permissions boundary for roles that carry the policy, as JSON. */
  get permissionsBoundaryJson(): string {
    return this.getString("permissions_boundary_json");
  }

  /** By type, the `aws` settings of a database in Teleport's configuration. */
  get teleportDatabaseAws(): AnyMap {
    return new AnyMap(this, "teleport_database_aws");
  }

  /** By type, the database users that the policy allows, for `spec.allow.db_users` of a Teleport role. */
  get teleportDbUsers(): AnyMap {
    return new AnyMap(this, "teleport_db_users");
  }

  /** ARNs of the created database-user roles by type and name, without path. */
  get userRoleArns(): WithUserRoles<Type, AnyMap> {
    const hasUserRoles = withUserRoles(this.definition.types).length > 0;
    const output = hasUserRoles ? new AnyMap(this, "user_role_arns") : undefined;
    return output as WithUserRoles<Type, AnyMap>;
  }
}

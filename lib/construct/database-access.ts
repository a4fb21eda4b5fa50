import {
  AnyMap,
  DefaultTokenResolver,
  type IInterpolatingParent,
  type IResolvable,
  StringConcat,
  StringMap,
  TerraformHclModule,
  type TerraformModuleUserConfig,
  Tokenization,
} from "cdktf";
import type { Construct } from "constructs";
import { camelCase, snakeCase } from "../text/camel-case";
import { selectTypes } from "../catalog/select-types";
import { marker } from "../files/marker";
import { checkInputs } from "../inputs/assignments";
import { defineModule, type ModuleDefinition } from "../inputs/module-definition";
import type { Variable } from "../inputs/variable";
import { isObject, type Json } from "../text/json";
import { databaseAccess } from "../module/database-access";
import { renderModule } from "../module/render";
import { UserError } from "../text/user-error";
import { knownPart } from "./known-values";
import { moduleSource } from "./module-asset";
import type {
  CommonVariable,
  TypeWithUserRoles,
  VariableOf,
  VariableOfSeveral,
  Variables,
} from "./variables";

/** The name of a database type. */
export type DatabaseTypeName = keyof VariableOf;

/** The variables of modules for several types, where `Type` is a union of several. */
type OfSeveral<Type, One = Type> = One extends unknown
  ? [Type] extends [One]
    ? never
    : VariableOfSeveral
  : never;

/** What `DatabaseAccess` takes: the variables of the module for its types, and no others. */
export type DatabaseAccessProps<Type extends DatabaseTypeName> = {
  /** The database types, in any order. */
  readonly types: readonly Type[];
} & Pick<Variables, CommonVariable | VariableOf[Type] | OfSeveral<Type>> &
  Pick<TerraformModuleUserConfig, "dependsOn" | "providers">;

/** `Output` where one of the types has database-user roles. */
type WithUserRoles<Type, Output> = [Extract<Type, TypeWithUserRoles>] extends [never]
  ? undefined
  : Output;

/** A value as the variable takes it: the fields of objects have Terraform's names. */
function asVariable({ type }: Variable, value: unknown): unknown {
  if (type.kind !== "objects" || !Array.isArray(value)) return value;
  return value.map((object: unknown) =>
    isObject(object)
      ? Object.fromEntries(Object.entries(object).map(([field, item]) => [snakeCase(field), item]))
      : object,
  );
}

/**
 * Access to AWS databases for Teleport's Database Service, in a stack of a CDKTF app: a call of the
 * module that is composed for its types, which it writes beside the stack itself.
 *
 * A value that is known when the app synthesises is checked then, by the rules of the module's
 * variable; everything else in the plan. Attributes are the module's outputs, and can be used in other
 * stacks.
 */
export class DatabaseAccess<Type extends DatabaseTypeName = DatabaseTypeName>
  extends TerraformHclModule
  implements IInterpolatingParent
{
  private readonly definition: ModuleDefinition;

  /**
   * @param id the name of the module call
   * @throws UserError for an unknown type, or none
   */
  constructor(scope: Construct, id: string, props: DatabaseAccessProps<Type>) {
    const { types, providers, dependsOn, ...values } = props;
    const definition = defineModule(selectTypes(types).types);
    const module = renderModule(marker("synth"), databaseAccess(definition));
    super(scope, id, {
      variables: Object.fromEntries(
        Object.entries(values).map(([name, value]) => {
          const variable = definition.variables.find((known) => camelCase(known.name) === name);
          return [snakeCase(name), variable === undefined ? value : asVariable(variable, value)];
        }),
      ),
      source: moduleSource(scope, `${id}-module`, module),
      skipAssetCreationFromLocalModules: true,
      ...(providers === undefined ? {} : { providers }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
    this.definition = definition;
    this.node.addValidation({ validate: () => this.findings() });
  }

  /** The whole policy of the Database Service as JSON. */
  get policyJson(): string {
    return this.getString("policy_json");
  }

  /** The statements of the policy by Sid, for a plan to show what a change grants or takes away. */
  get statements(): AnyMap {
    return new AnyMap(this, "statements");
  }

  /** ARNs of the created policies by key. */
  get policyArns(): StringMap {
    return new StringMap(this, "policy_arns");
  }

  /** Size, limit and headroom of each policy by key, in characters. */
  get policySizes(): AnyMap {
    return new AnyMap(this, "policy_sizes");
  }

  /** The permissions boundary as JSON. */
  get permissionsBoundaryJson(): string {
    return this.getString("permissions_boundary_json");
  }

  /** The statements of the permissions boundary by Sid. */
  get permissionsBoundaryStatements(): AnyMap {
    return new AnyMap(this, "permissions_boundary_statements");
  }

  /** ARN of the created permissions boundary; null in Terraform where there is none. */
  get permissionsBoundaryArn(): string {
    return this.getString("permissions_boundary_arn");
  }

  /** ARN of the Database Service's created role; null in Terraform where there is none. */
  get serviceRoleArn(): string {
    return this.getString("service_role_arn");
  }

  /** Name of that role, without its path. */
  get serviceRoleName(): string {
    return this.getString("service_role_name");
  }

  /** Name of that role with its path, as `serviceRoleName` of another call takes it. */
  get serviceRoleNameWithPath(): string {
    return this.getString("service_role_name_with_path");
  }

  /** The statements of that role's trust policy by where the service runs. */
  get serviceRoleTrust(): AnyMap {
    return new AnyMap(this, "service_role_trust");
  }

  /** Name of that role's instance profile. */
  get serviceInstanceProfileName(): string {
    return this.getString("service_instance_profile_name");
  }

  /** ARN of the created access role, the `assume_role_arn` of Teleport's configuration. */
  get accessRoleArn(): string {
    return this.getString("access_role_arn");
  }

  /** The list of statements of the access role's trust policy. */
  get accessRoleTrust(): IResolvable {
    return this.interpolationForOutput("access_role_trust");
  }

  /** By type, the `aws` settings that Teleport's configuration of a database must have. */
  get teleportDatabaseAws(): AnyMap {
    return new AnyMap(this, "teleport_database_aws");
  }

  /** By role, the rule for `spec.allow` of a join token of the IAM method. */
  get teleportTokenRules(): AnyMap {
    return new AnyMap(this, "teleport_token_rules");
  }

  /** By type, whom the policy lets users connect as, for `spec.allow.db_users` of a Teleport role. */
  get teleportDbUsers(): AnyMap {
    return new AnyMap(this, "teleport_db_users");
  }

  /** ARNs of the created database-user roles by type and name, without path. */
  get userRoleArns(): WithUserRoles<Type, AnyMap> {
    return this.withUserRoles((name) => new AnyMap(this, name), "user_role_arns");
  }

  /** The statements that the database-user roles carry by Sid. */
  get userRoleStatements(): WithUserRoles<Type, AnyMap> {
    return this.withUserRoles((name) => new AnyMap(this, name), "user_role_statements");
  }

  /** The statements of the database-user roles' trust policies by type. */
  get userRoleTrust(): WithUserRoles<Type, AnyMap> {
    return this.withUserRoles((name) => new AnyMap(this, name), "user_role_trust");
  }

  /** Trust policies of the database-user roles as JSON by type, for roles that are created elsewhere. */
  get userRoleTrustPolicies(): WithUserRoles<Type, StringMap> {
    return this.withUserRoles((name) => new StringMap(this, name), "user_role_trust_policies");
  }

  /** Where CDKTF's maps take their values from. */
  interpolationForAttribute(name: string): IResolvable {
    return this.interpolationForOutput(name);
  }

  private withUserRoles<Output>(
    output: (name: string) => Output,
    name: string,
  ): WithUserRoles<Type, Output> {
    const hasRoles = this.definition.types.some(({ userRole }) => userRole !== undefined);
    return (hasRoles ? output(name) : undefined) as WithUserRoles<Type, Output>;
  }

  /** What is wrong with the values that are known; CDKTF says it with the construct's path. */
  private findings(): string[] {
    const resolved = Tokenization.resolve(this.variables, {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    }) as Readonly<Record<string, Json>>;
    const known = Object.entries(resolved).flatMap(([name, value]) => {
      const variable = this.definition.variables.find((candidate) => candidate.name === name);
      const part = variable === undefined ? value : knownPart(variable.type, value);
      return part === undefined ? [] : [[name, part] as const];
    });
    try {
      checkInputs(this.definition, Object.fromEntries(known));
      return [];
    } catch (error) {
      if (error instanceof UserError) return error.message.split("\n");
      throw error;
    }
  }
}

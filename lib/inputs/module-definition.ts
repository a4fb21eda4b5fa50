import type { DatabaseType } from "../catalog/database-type";
import { isDiscovered } from "../catalog/discovery";
import { discoveryVariables, policyVariables } from "./policy-variables";
import { accessRoleVariables, serviceRoleVariables, userRoleVariables } from "./role-variables";
import { managedUserVariables, typeVariables } from "./type-variables";
import type { Variable } from "./variable";

/** The names of the modules that make a role. */
export type RoleModuleName = "service-role" | "access-role";

/** A module before it is rendered. */
export interface ModuleDefinition {
  /** The role that the module makes; undefined for a module that makes a policy. */
  readonly role?: RoleModuleName;
  /** In the order of the reference page; empty for a module that makes a role. */
  readonly types: readonly DatabaseType[];
  readonly variables: readonly Variable[];
}

/** The types whose users connect as an IAM role. */
export function withUserRoles(types: readonly DatabaseType[]): readonly DatabaseType[] {
  return types.filter(({ userRole }) => userRole !== undefined);
}

/**
 * The module for `types`.
 *
 * @param types database types of the catalogue, in the order of the reference page
 * @param policyName the default of `policy_name`
 */
export function defineModule(
  types: readonly DatabaseType[],
  policyName = "DatabaseAccess",
): ModuleDefinition {
  return {
    types,
    variables: [
      ...policyVariables(policyName),
      ...(types.some(isDiscovered) ? discoveryVariables : []),
      ...types.flatMap(typeVariables),
      ...managedUserVariables(types),
      ...(withUserRoles(types).length === 0 ? [] : userRoleVariables),
    ],
  };
}

/** The modules that make a role. */
export const roleModules: Readonly<Record<RoleModuleName, ModuleDefinition>> = {
  "service-role": { role: "service-role", types: [], variables: serviceRoleVariables },
  "access-role": { role: "access-role", types: [], variables: accessRoleVariables },
};

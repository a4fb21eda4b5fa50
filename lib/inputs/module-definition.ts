import type { DatabaseType } from "../catalog/database-type";
import { isDiscovered } from "../catalog/discovery";
import { discoveryVariables, policyVariables } from "./policy-variables";
import { accessRoleVariables, serviceRoleVariables, userRoleVariables } from "./role-variables";
import { managedUserVariables, typeVariables } from "./type-variables";
import type { Variable } from "./variable";

/** A module that makes a policy, before it is rendered: its database types and its variables. */
export interface ModuleDefinition {
  /** In the order of the reference page. */
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

/** The names of the modules that make a role. */
export type RoleModuleName = "service-role" | "access-role";

/** The variables of the modules that make a role. */
export const roleModules: Readonly<Record<RoleModuleName, readonly Variable[]>> = {
  "service-role": serviceRoleVariables,
  "access-role": accessRoleVariables,
};

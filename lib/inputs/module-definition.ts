import type { DatabaseType } from "../catalog/database-type";
import { isDiscovered } from "../catalog/discovery";
import { discoverAllRegions, sharedVariables, splitPolicyByType } from "./shared-variables";
import { trustVariables, userRoleVariables } from "./trust-variables";
import { managedUserVariables, typeVariables } from "./type-variables";
import type { Variable } from "./variable";

/** A module before it is rendered: whom it is for, and what it asks the caller for. */
export interface ModuleDefinition {
  /** In the order of the reference page. */
  readonly types: readonly DatabaseType[];
  readonly variables: readonly Variable[];
}

/** The variables of a module for `types`, in the order in which they are written. */
export function moduleVariables(
  types: readonly DatabaseType[],
  policyName: string,
): readonly Variable[] {
  return [
    ...sharedVariables(policyName),
    ...(types.length > 1 ? [splitPolicyByType] : []),
    ...(types.some(isDiscovered) ? [discoverAllRegions] : []),
    ...types.flatMap(typeVariables),
    ...managedUserVariables(types),
    ...(types.some(({ userRole }) => userRole !== undefined) ? userRoleVariables : []),
    ...trustVariables,
  ];
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
  return { types, variables: moduleVariables(types, policyName) };
}

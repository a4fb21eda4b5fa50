import type { DatabaseType } from "../catalog/database-type";
import { accessRoleStatement, policyLocals } from "./policies";
import { sharedVariables, splitPolicyByType } from "../inputs/shared-variables";
import { arnLocals, policyStatements } from "./statements";
import { managedUserVariables, typeVariables } from "../inputs/type-variables";
import { teleportLocals } from "./teleport-configuration";
import { trustLocals, userRoleLocals } from "./trust";
import { trustVariables, userRoleVariables } from "../inputs/trust-variables";
import type { Variable } from "../inputs/variable";

/** A module before it is rendered: what it asks the caller for and what it computes. */
export interface Composition {
  /** In the order of the reference page. */
  readonly types: readonly DatabaseType[];
  readonly variables: readonly Variable[];
  /** Local values; strings are Terraform templates. */
  readonly locals: Readonly<Record<string, unknown>>;
}

/**
 * The composition of a module for `types`.
 *
 * @param types database types of the catalogue, in the order of the reference page
 * @param policyName the default of `policy_name`
 */
export function composition(types: readonly DatabaseType[], policyName: string): Composition {
  const withUserRoles = types.filter(({ userRole }) => userRole !== undefined);
  return {
    types,
    variables: [
      ...sharedVariables(policyName),
      ...(types.length > 1 ? [splitPolicyByType] : []),
      ...types.flatMap(typeVariables),
      ...managedUserVariables(types),
      ...(withUserRoles.length > 0 ? userRoleVariables : []),
      ...trustVariables,
    ],
    locals: {
      ...arnLocals(types),
      statements: [...policyStatements(types), accessRoleStatement(types)],
      ...policyLocals(types),
      ...trustLocals(),
      ...(withUserRoles.length > 0 ? userRoleLocals(withUserRoles) : {}),
      ...teleportLocals(types),
    },
  };
}

import { type DatabaseType, isDiscovered } from "../catalog/database-type";
import { discoveryVariables, policyVariables } from "./policy-variables";
import { accessRoleVariables, serviceRoleVariables, userRoleVariables } from "./role-variables";
import { managedUserSwitches, secretVariables, typeVariables } from "./type-variables";
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
      ...(managedUserSwitches(types).length === 0 ? [] : secretVariables),
      ...(withUserRoles(types).length === 0 ? [] : userRoleVariables),
    ],
  };
}

/** A module that makes a role, with the words for a person. */
interface RoleModule extends ModuleDefinition {
  readonly title: string;
  /** In a sentence. */
  readonly purpose: string;
  /** The page of Teleport that needs the role. */
  readonly source: `https://${string}`;
}

/** The modules that make a role. */
export const roleModules: Readonly<Record<RoleModuleName, RoleModule>> = {
  "service-role": {
    role: "service-role",
    title: "Role of the Database Service",
    purpose:
      "Makes the IAM role that the Database Service runs as, on EC2, ECS or EKS or with Teleport's AWS OIDC integration.",
    source: "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/",
    types: [],
    variables: serviceRoleVariables,
  },
  "access-role": {
    role: "access-role",
    title: "Access role in the databases' account",
    purpose:
      "Makes the IAM role that the Database Service assumes in another account (assume_role_arn in Teleport's configuration).",
    source:
      "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/aws-cross-account/",
    types: [],
    variables: accessRoleVariables,
  },
};

import type { ModuleDefinition } from "../inputs/module-definition";
import { accessRole } from "./access-role";
import { type Element, input, locals } from "./element";
import { nameLocals, names } from "./names";
import { permissionsBoundary } from "./permissions-boundary";
import { policies } from "./policies";
import { serviceRole } from "./service-role";
import { dbUsersOutput, teleportConfiguration, tokenRules } from "./teleport-configuration";
import { teleportOidcProvider } from "./teleport-oidc-provider";
import { userRoles } from "./user-roles";

/** The elements of a module that gives Teleport's Database Service access to AWS databases. */
export function databaseAccess(definition: ModuleDefinition): readonly Element[] {
  return [
    ...definition.variables.map(input),
    ...policies(definition),
    ...permissionsBoundary(definition),
    ...teleportOidcProvider(),
    ...serviceRole(),
    ...accessRole(),
    ...userRoles(definition),
    ...locals(nameLocals(definition)),
    names(),
    ...teleportConfiguration(definition),
    tokenRules(),
    ...dbUsersOutput(definition),
  ];
}

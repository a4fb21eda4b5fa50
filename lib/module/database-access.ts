import type { Construct } from "constructs";
import type { ModuleDefinition } from "../inputs/module-definition";
import { addAccessRole } from "./access-role";
import { ModuleStack } from "./module-stack";
import { ModuleVariable } from "./module-variable";
import { addNames, nameLocals } from "./names";
import { addPermissionsBoundary } from "./permissions-boundary";
import { addPolicies } from "./policies";
import { addServiceRole } from "./service-role";
import { addDbUsers, addTeleportConfiguration, addTokenRules } from "./teleport-configuration";
import { addTeleportOidcProvider } from "./teleport-oidc-provider";
import { addUserRoles } from "./user-roles";

/** A module that gives Teleport's Database Service access to AWS databases. */
export class DatabaseAccessModule extends ModuleStack {
  constructor(scope: Construct, id: string, marker: string, definition: ModuleDefinition) {
    super(scope, id, marker);
    for (const variable of definition.variables) new ModuleVariable(this, variable);
    addPolicies(this, definition);
    addPermissionsBoundary(this, definition);
    addTeleportOidcProvider(this);
    addServiceRole(this);
    addAccessRole(this);
    if (definition.types.some(({ userRole }) => userRole !== undefined)) {
      addUserRoles(this, definition);
    }
    this.addLocals(nameLocals(definition));
    addNames(this);
    addTeleportConfiguration(this, definition);
    addTokenRules(this);
    addDbUsers(this, definition);
  }
}

import type { Construct } from "constructs";
import type { Composition } from "../policies/composition";
import { addAccessRole } from "./access-role";
import { ModuleLocal } from "./module-local";
import { ModuleOutput } from "./module-output";
import { ModuleStack } from "./module-stack";
import { ModuleVariable } from "./module-variable";
import { addPermissionsBoundary } from "./permissions-boundary";
import { addPolicies } from "./policies";
import { addServiceRole } from "./service-role";
import { addUserRoles } from "./user-roles";

/** A module that gives Teleport's Database Service access to AWS databases. */
export class DatabaseAccessModule extends ModuleStack {
  constructor(scope: Construct, id: string, marker: string, composition: Composition) {
    super(scope, id, marker);
    for (const variable of composition.variables) new ModuleVariable(this, variable);
    for (const [name, value] of Object.entries(composition.locals)) {
      new ModuleLocal(this, name, value);
    }
    addPolicies(this, composition);
    addPermissionsBoundary(this);
    addServiceRole(this);
    addAccessRole(this);
    if (composition.types.some(({ userRole }) => userRole !== undefined)) {
      addUserRoles(this, composition);
    }
    new ModuleOutput(this, "teleport_database_aws", {
      description:
        "By type, the aws settings that Teleport's configuration of a database must have to match what the module grants. Of several access roles, secret prefixes or keys it has the first; add your own tags to session_tags.",
      value: "${local.teleport_database_aws}",
    });
  }
}

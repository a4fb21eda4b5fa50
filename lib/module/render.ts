import { RootConstruct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import type { ModuleDefinition } from "../inputs/module-definition";
import { AccessRoleStack } from "./access-role-stack";
import { DatabaseAccessStack } from "./database-access-stack";
import type { ModuleJson } from "./module-json";
import type { ModuleStack } from "./module-stack";
import { ServiceRoleStack } from "./service-role-stack";
import type { Construct } from "constructs";

/**
 * Adds the stack of a module to `scope`.
 *
 * @param marker the comment that says how the module was generated
 * @param defaults values that replace the defaults of the module's variables
 */
export function addModuleStack(
  scope: Construct,
  id: string,
  marker: string,
  definition: ModuleDefinition,
  defaults: Inputs = {},
): ModuleStack {
  switch (definition.role) {
    case "service-role":
      return new ServiceRoleStack(scope, id, marker, defaults);
    case "access-role":
      return new AccessRoleStack(scope, id, marker, defaults);
    case undefined:
      return new DatabaseAccessStack(scope, id, marker, definition, defaults);
  }
}

/** The blocks of a module, as CDKTF renders them. For the parameters see {@link addModuleStack}. */
export function renderModule(
  marker: string,
  definition: ModuleDefinition,
  defaults: Inputs = {},
): ModuleJson {
  const stack = addModuleStack(new RootConstruct(), "module", marker, definition, defaults);
  return stack.toModule();
}

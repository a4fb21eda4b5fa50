import type { Construct } from "constructs";
import type { ModuleDefinition } from "../inputs/module-definition";
import { databaseAccess } from "../module/database-access";
import { addElements } from "./constructs";
import { ModuleStack } from "./module-stack";

/** A module that gives Teleport's Database Service access to AWS databases. */
export class DatabaseAccessModule extends ModuleStack {
  constructor(scope: Construct, id: string, marker: string, definition: ModuleDefinition) {
    super(scope, id, marker);
    addElements(this, databaseAccess(definition));
  }
}

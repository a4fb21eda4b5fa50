import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Composition } from "../composition";
import { ModuleStack } from "./module-stack";
import { ModuleVariable } from "./module-variable";
import { addPolicies } from "./policies";

/** A module that gives Teleport's Database Service access to AWS databases. */
export class DatabaseAccessModule extends ModuleStack {
  constructor(scope: Construct, id: string, marker: string, composition: Composition) {
    super(scope, id, marker);
    for (const variable of composition.variables) new ModuleVariable(this, variable);
    for (const [name, value] of Object.entries(composition.locals)) {
      new TerraformLocal(this, `local.${name}`, value).overrideLogicalId(name);
    }
    addPolicies(this, composition);
  }
}

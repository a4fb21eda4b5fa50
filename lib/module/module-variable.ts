import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { TokenFree } from "./token-free";
import { typeConstraint, validations } from "../inputs/validation";
import type { Variable } from "../inputs/variable";

/** An input variable of a module, with its `validation` blocks. */
export class ModuleVariable extends TerraformVariable implements TokenFree {
  readonly tokenFree = true;

  constructor(scope: Construct, variable: Variable) {
    super(scope, `var.${variable.name}`, {
      type: typeConstraint(variable),
      description: variable.description,
      nullable: variable.default === null,
    });
    this.overrideLogicalId(variable.name);
    // Overrides, because CDKTF refuses a default of null and changes the keys of objects in one.
    if (variable.default !== undefined) this.addOverride("default", variable.default);
    const blocks = validations(variable);
    if (blocks.length > 0) this.addOverride("validation", blocks);
  }
}

import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import type { Rule } from "./rules";
import type { TokenFree } from "./token-free";

/** A `check` block: it warns, where a precondition fails. CDKTF has none of its own. */
export class ModuleCheck extends TerraformElement implements TokenFree {
  readonly tokenFree = true;

  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly assertion: Rule,
  ) {
    super(scope, `check.${name}`);
  }

  override toTerraform(): object {
    return { check: { [this.name]: { assert: this.assertion } } };
  }
}

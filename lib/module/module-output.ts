import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { TokenFree } from "./token-free";
import type { Rule } from "./rules";

/** What an output gives. */
export interface ModuleOutputConfig {
  readonly description: string;
  /** A Terraform template. */
  readonly value: string;
  readonly preconditions?: readonly Rule[];
}

/** An output of a module. */
export class ModuleOutput extends TerraformOutput implements TokenFree {
  readonly tokenFree = true;

  constructor(scope: Construct, name: string, config: ModuleOutputConfig) {
    super(scope, `output.${name}`, { description: config.description, value: config.value });
    this.overrideLogicalId(name);
    // An override, because CDKTF drops an output's preconditions.
    if (config.preconditions !== undefined) {
      this.addOverride("precondition", config.preconditions);
    }
  }
}

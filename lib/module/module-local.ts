import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { TokenFree } from "./token-free";

/** A local value of a module. */
export class ModuleLocal extends TerraformLocal implements TokenFree {
  readonly tokenFree = true;

  /** @param value strings are Terraform templates */
  constructor(scope: Construct, name: string, value: unknown) {
    super(scope, `local.${name}`, value);
    this.overrideLogicalId(name);
  }
}

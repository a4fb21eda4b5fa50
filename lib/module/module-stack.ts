import {
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import type { Construct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import { type Rule, typeConstraint, validations } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import { isObject, type Json } from "../text/json";
import { BLOCKS, type ModuleJson } from "./module-json";

/** The provider that the module's resources need: a requirement, never a configuration. */
class RequiredAwsProvider extends TerraformProvider {
  constructor(scope: Construct) {
    super(scope, "aws", {
      terraformResourceType: "aws",
      terraformProviderSource: "hashicorp/aws",
      terraformGeneratorMetadata: { providerName: "aws", providerVersionConstraint: ">= 5.0" },
    });
  }

  /** Leaves out the `provider` block: a module with one cannot be used with count or depends_on. */
  override toTerraform(): { terraform: unknown } {
    const { terraform } = super.toTerraform() as { terraform: object };
    return { terraform: { required_version: ">= 1.5", ...terraform } };
  }
}

/** The element of {@link ModuleStack.addBlock}. */
class Block extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly block: object,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return this.block;
  }
}

/** CDKTF's class of a type of resource. */
interface ResourceClass<Config> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: Config): TerraformResource;
}

/** Arguments that CDKTF's classes do not accept as an expression. The names are Terraform's. */
type Overrides = Readonly<Record<string, unknown>>;

/** Blocks without the metadata that CDKTF has in each under `//`. */
function withoutMetadata(blocks: unknown): unknown {
  if (!isObject(blocks)) return blocks;
  const entries = Object.entries(blocks).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, block]) => [key, withoutMetadata(block)]));
}

/**
 * A stack that renders a reusable module instead of a root configuration:
 *
 * - no backend and no provider block, which only a root may have
 * - minimum versions, so that modules can be combined
 * - the same input gives the same bytes everywhere
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop
 */
export class ModuleStack extends TerraformStack {
  /** Defaults of variables, which CDKTF must not see: it would look for its own tokens in their text. */
  private readonly defaults = new Map<string, Json>();

  /** @param marker the comment that says how the module was generated */
  constructor(
    scope: Construct,
    id: string,
    private readonly marker: string,
  ) {
    super(scope, id);
    new RequiredAwsProvider(this);
  }

  /** Adds input variables with their `validation` blocks. `defaults` replace the variables' own. */
  addVariables(variables: readonly Variable[], defaults: Inputs): void {
    for (const variable of variables) {
      const { name, description, default: preset } = variable;
      const added = new TerraformVariable(this, `var.${name}`, {
        type: typeConstraint(variable),
        description,
        nullable: preset === null,
      });
      added.overrideLogicalId(name);
      const value = Object.hasOwn(defaults, name) ? defaults[name] : preset;
      if (value !== undefined) {
        added.addOverride("default", null);
        this.defaults.set(name, value);
      }
      const rules = validations(variable);
      if (rules.length > 0) added.addOverride("validation", rules);
    }
  }

  /** Adds local values. A name that exists already has the same value. */
  addLocals(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      const id = `local.${name}`;
      if (this.node.tryFindChild(id) !== undefined) continue;
      new TerraformLocal(this, id, value).overrideLogicalId(name);
    }
  }

  addResource<Config>(
    type: ResourceClass<Config>,
    name: string,
    config: Config,
    overrides: Overrides = {},
  ): void {
    const added = new type(this, `${type.tfResourceType}.${name}`, config);
    added.overrideLogicalId(name);
    for (const [key, value] of Object.entries(overrides)) added.addOverride(key, value);
  }

  /** Adds a block that CDKTF has no class for, as Terraform's JSON syntax has it. */
  addBlock(id: string, block: object): void {
    new Block(this, id, block);
  }

  /** Adds an output of the template `value`. */
  addOutput(
    name: string,
    description: string,
    value: unknown,
    preconditions: readonly Rule[] = [],
  ): void {
    const added = new TerraformOutput(this, `output.${name}`, { description, value });
    added.overrideLogicalId(name);
    // CDKTF drops the argument of this name.
    if (preconditions.length > 0) added.addOverride("precondition", preconditions);
  }

  /** Does nothing: preparing is for backends and references between stacks, and a module has none. */
  override prepareStack(): void {}

  /**
   * Returns what a CDKTF app writes: the module, with the metadata that cdktf-cli demands of every stack
   * beside the comment. Terraform ignores both.
   *
   * @see https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
   */
  override toTerraform(): object {
    const { "//": metadata } = super.toTerraform() as { readonly "//": object };
    return { ...this.toModule(), "//": { comment: this.marker, ...metadata } };
  }

  /** The module's blocks, without the metadata that CDKTF's own rendering of a stack adds. */
  toModule(): ModuleJson {
    const rendered = withoutMetadata(super.toTerraform()) as Record<string, unknown>;
    const variables = rendered.variable as Record<string, Record<string, unknown>>;
    for (const [name, value] of this.defaults) {
      // A copy, because a caller's change to one module must not change the next.
      Object.assign(variables[name] ?? {}, { default: structuredClone(value) });
    }
    const blocks = BLOCKS.filter((block) => rendered[block] !== undefined);
    return Object.fromEntries([
      ["//", this.marker],
      ...blocks.map((block) => [block, rendered[block]]),
    ]) as ModuleJson;
  }
}

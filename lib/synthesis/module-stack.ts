import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformProvider,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { Construct } from "constructs";
import { type ModuleJson, moduleJson } from "../module/module-json";

/** The provider that the module's resources need: a requirement, never a configuration. */
class RequiredAwsProvider extends TerraformProvider {
  constructor(scope: Construct) {
    super(scope, "aws", {
      terraformResourceType: "aws",
      terraformProviderSource: "hashicorp/aws",
      terraformGeneratorMetadata: { providerName: "aws", providerVersionConstraint: ">= 5.0" },
    });
  }

  /**
   * Leaves out the `provider` block: a module with one cannot be used with count or depends_on. Adds
   * the version of Terraform, 1.7 being the first with `removed` blocks.
   */
  override toTerraform(): { terraform: unknown } {
    const { terraform } = super.toTerraform() as { terraform: object };
    return { terraform: { required_version: ">= 1.7.0", ...terraform } };
  }
}

/** Merges the blocks of an element into those of the module, without CDKTF's `//` metadata. */
function mergeBlocks(into: Record<string, unknown>, blocks: object): void {
  for (const [key, value] of Object.entries(blocks) as [string, unknown][]) {
    if (key === "//" || value === undefined) continue;
    const there = into[key];
    if (Array.isArray(value)) {
      into[key] = [...(Array.isArray(there) ? (there as unknown[]) : []), ...(value as unknown[])];
    } else if (value !== null && typeof value === "object") {
      mergeBlocks((into[key] ??= {}) as Record<string, unknown>, value);
    } else {
      into[key] = value;
    }
  }
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
  /**
   * @param marker the comment that says how the module was generated
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly marker: string,
  ) {
    super(scope, id);
    new RequiredAwsProvider(this);
  }

  /** Does nothing: preparing is for backends and references between stacks, and a module has none. */
  override prepareStack(): void {}

  /**
   * What a CDKTF app writes: the module, with the metadata that cdktf-cli demands of every stack beside
   * the comment, which Terraform takes no notice of.
   *
   * @see https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
   */
  override toTerraform(): object {
    const { "//": comment, ...blocks } = this.toModule();
    const metadata = {
      version: this.node.tryGetContext("cdktfVersion") as unknown,
      stackName: this.node.id,
      // What Terraform takes where a configuration names none, as a module must.
      backend: "local",
    };
    return { "//": { comment, metadata, outputs: {} }, ...blocks };
  }

  /** The module's blocks, without the metadata that CDKTF's own rendering of a stack adds. */
  toModule(): ModuleJson {
    const rendered: Record<string, unknown> = {};
    for (const element of this.node.findAll()) {
      if (!TerraformElement.isTerraformElement(element)) continue;
      const resolved: unknown = Tokenization.resolve(element.toTerraform(), {
        scope: this,
        resolver: new DefaultTokenResolver(new StringConcat()),
        preparing: false,
      });
      mergeBlocks(rendered, resolved as object);
    }
    return moduleJson(this.marker, rendered);
  }
}

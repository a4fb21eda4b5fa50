import { TerraformProvider, TerraformStack } from "cdktf";
import { type Construct, RootConstruct } from "constructs";

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
    const { terraform } = super.toTerraform() as { terraform: unknown };
    return { terraform };
  }
}

/** The top-level blocks of a module, in the order in which they are written. */
const BLOCKS = ["terraform", "variable", "locals", "check", "resource", "output"] as const;

/** A module in Terraform's JSON syntax. */
export type ModuleJson = { readonly "//": string } & Readonly<
  Partial<Record<(typeof BLOCKS)[number], Readonly<Record<string, unknown>>>>
>;

/** `value` without CDKTF's `//` metadata, which carries paths and versions. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, inner]) => [key, withoutMetadata(inner)]),
  );
}

/**
 * A stack that renders a reusable module instead of a root configuration:
 *
 * - no backend and no provider block, which only a root may have
 * - minimum versions, so that modules can be combined
 * - no metadata: the same input gives the same bytes everywhere
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
    this.addOverride("terraform.required_version", ">= 1.5.0");
    new RequiredAwsProvider(this);
  }

  /** Does nothing: preparing is for backends and references between stacks, and a module has none. */
  override prepareStack(): void {}

  override toTerraform(): ModuleJson {
    const rendered = withoutMetadata(super.toTerraform()) as Record<string, unknown>;
    const blocks = BLOCKS.filter((block) => rendered[block] !== undefined);
    return Object.fromEntries([
      ["//", this.marker],
      ...blocks.map((block) => [block, rendered[block]] as const),
    ]) as ModuleJson;
  }
}

/**
 * The module that `build` makes in a stack, without writing anything.
 *
 * @throws Error where CDKTF's validation finds fault with the stack
 */
export function renderModule(build: (root: Construct) => ModuleStack): ModuleJson {
  // Not under an App, which makes an output folder in the working folder as soon as it exists.
  const stack = build(new RootConstruct());
  stack.runAllValidations();
  return stack.toTerraform();
}

import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformProvider,
  TerraformStack,
  Tokenization,
} from "cdktf";
import { type Construct, RootConstruct } from "constructs";
import { ModuleLocal } from "./module-local";

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

/** The top-level blocks of a module, in the order in which they are written. */
const BLOCKS = [
  "terraform",
  "variable",
  "locals",
  "check",
  "resource",
  "moved",
  "removed",
  "output",
] as const;

/** A module in Terraform's JSON syntax. */
export type ModuleJson = { readonly "//": string } & Readonly<
  Partial<Record<(typeof BLOCKS)[number], Readonly<Record<string, unknown>>>>
>;

/** An address of an earlier version of the module, and the one that took its place. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** Merges the blocks of an element into those of the module, without CDKTF's `//` metadata. */
function mergeBlocks(into: Record<string, unknown>, blocks: object): void {
  for (const [key, value] of Object.entries(blocks) as [string, unknown][]) {
    if (key === "//" || value === undefined) continue;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
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
  private readonly moves: Move[] = [];
  private readonly forgotten: string[] = [];

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

  /** Adds local values. Of those that several resources use, each is the same: it is added once. */
  addLocals(...groups: readonly Readonly<Record<string, unknown>>[]): void {
    for (const [name, value] of groups.flatMap((group) => Object.entries(group))) {
      if (this.node.tryFindChild(`local.${name}`) === undefined) new ModuleLocal(this, name, value);
    }
  }

  /** Moves what earlier versions of the module created to other addresses, without touching it. */
  move(...moves: readonly Move[]): void {
    this.moves.push(...moves);
  }

  /** Drops resources of earlier versions of the module from the state, without destroying them. */
  forget(...addresses: readonly string[]): void {
    this.forgotten.push(...addresses);
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

  /**
   * The module's blocks. CDKTF's own rendering of a stack resolves everything twice and adds
   * metadata, which would be most of the time of composing a module.
   */
  toModule(): ModuleJson {
    const rendered: Record<string, unknown> = {};
    for (const element of this.node.findAll()) {
      if (!TerraformElement.isTerraformElement(element)) continue;
      const blocks = element.toTerraform() as object;
      mergeBlocks(rendered, "tokenFree" in element ? blocks : this.resolved(blocks));
    }
    if (this.moves.length > 0) rendered.moved = this.moves;
    if (this.forgotten.length > 0) {
      rendered.removed = this.forgotten.map((from) => ({ from, lifecycle: { destroy: false } }));
    }
    return Object.fromEntries([
      ["//", this.marker],
      ...BLOCKS.flatMap((block) =>
        rendered[block] === undefined ? [] : [[block, rendered[block]] as const],
      ),
    ]) as ModuleJson;
  }

  private resolved(blocks: object): object {
    return Tokenization.resolve(blocks, {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    }) as object;
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
  return stack.toModule();
}

import type { ConfigurationModule, ConfigurationResource, ResourceChange } from "./plan-json";

/** One call of a module in an address, with the key of its instance; undefined for any key. */
export interface Call {
  readonly name: string;
  readonly key: string | undefined;
}

/** The key of `count` or `for_each` in an address. */
export const KEY = String.raw`\[(?:"(?:[^"\\]|\\.)*"|\d+)\]`;
/** A name ends at a dot or a key, whatever letters it has: Terraform takes those of all languages. */
export const NAME = String.raw`[^.[\]]+`;
const CALL = new RegExp(String.raw`module\.(${NAME})(${KEY})?`, "g");

/** The module calls in the address of a module; none for the root. */
export const pathOf = (moduleAddress?: string | null): Call[] =>
  [...(moduleAddress ?? "").matchAll(CALL)].map(([, name = "", key = ""]) => ({ name, key }));

/** The parts of a resource that its address in the configuration has. */
type Identifying = "module_address" | "mode" | "type" | "name";

/** The configuration of a plan: its modules, and their resources by address. */
export class Configuration {
  private readonly resources = new Map<
    ConfigurationModule,
    ReadonlyMap<string, ConfigurationResource>
  >();

  constructor(private readonly root: ConfigurationModule) {}

  /** The configuration of a module, if the plan still has it. */
  moduleAt(path: readonly Call[]): ConfigurationModule | undefined {
    return path.reduce<ConfigurationModule | undefined>(
      (parent, { name }) => parent?.module_calls?.[name]?.module,
      this.root,
    );
  }

  /** Returns the configuration of a resource, if the plan still has it. */
  of(resource: Pick<ResourceChange, Identifying>): ConfigurationResource | undefined {
    const { module_address: address, mode, type, name } = resource;
    const module = this.moduleAt(pathOf(address));
    const own = `${mode === "data" ? "data." : ""}${type}.${name}`;
    return module && this.resourcesOf(module).get(own);
  }

  private resourcesOf(module: ConfigurationModule): ReadonlyMap<string, ConfigurationResource> {
    let own = this.resources.get(module);
    if (own === undefined) {
      own = new Map((module.resources ?? []).map((resource) => [resource.address, resource]));
      this.resources.set(module, own);
    }
    return own;
  }
}

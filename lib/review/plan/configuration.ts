import type { ConfigurationModule, ConfigurationResource, ResourceChange } from "./plan-json";

/** The keys of `count` and `for_each` in an address. */
const INSTANCE_KEY = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** The names of the module calls in the address of a module; none for the root. */
export const callsOf = (moduleAddress: string): string[] =>
  moduleAddress
    .replace(INSTANCE_KEY, "")
    .split(/(?:^|\.)module\./)
    .slice(1);

/** The configuration of a plan: its modules, and their resources by address. */
export class Configuration {
  private readonly resources = new Map<
    ConfigurationModule,
    ReadonlyMap<string, ConfigurationResource>
  >();

  constructor(private readonly root: ConfigurationModule) {}

  /** The configuration of a module, if the plan still has it. */
  moduleAt(calls: readonly string[]): ConfigurationModule | undefined {
    return calls.reduce<ConfigurationModule | undefined>(
      (parent, call) => parent?.module_calls?.[call]?.module,
      this.root,
    );
  }

  /** Returns the configuration of a resource, if the plan still has it. */
  of({
    module_address: path,
    mode,
    type,
    name,
  }: ResourceChange): ConfigurationResource | undefined {
    const module = this.moduleAt(callsOf(path ?? ""));
    return (
      module && this.resourcesOf(module).get(`${mode === "data" ? "data." : ""}${type}.${name}`)
    );
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

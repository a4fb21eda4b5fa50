import { memo } from "../../text/memo";
import type { ConfigurationModule, ConfigurationResource, Plan, ResourceChange } from "./plan";

/** The keys of `count` and `for_each` in an address. */
const INSTANCE_KEY = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** The names of the module calls in the address of a module; none for the root. */
export const callsOf = (moduleAddress: string): string[] =>
  moduleAddress
    .replace(INSTANCE_KEY, "")
    .split(/(?:^|\.)module\./)
    .slice(1);

/** The configuration of a module, where the plan still has it. */
export function moduleAt(plan: Plan, calls: readonly string[]): ConfigurationModule | undefined {
  return calls.reduce<ConfigurationModule | undefined>(
    (parent, call) => parent?.module_calls?.[call]?.module,
    plan.configuration,
  );
}

/** The resources of a module by their addresses in it. A plan asks for each of them several times. */
const resourcesOf = memo(
  ({ resources = [] }: ConfigurationModule): ReadonlyMap<string, ConfigurationResource> =>
    new Map(resources.map((resource) => [resource.address, resource])),
);

/** What the configuration says about a resource, where the plan still has it. */
export function configurationOf(
  plan: Plan,
  { module_address: path = "", type, name }: ResourceChange,
): ConfigurationResource | undefined {
  const module = moduleAt(plan, callsOf(path));
  return module && resourcesOf(module).get(`${type}.${name}`);
}

import type { ConfigurationModule, Plan, ResourceChange } from "./plan";

/** The keys of `count` and `for_each` in an address. */
const INSTANCE_KEY = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** What the configuration says about a resource, where the plan still has it. */
export function expressionsOf(
  plan: Plan,
  { module_address: path = "", type, name }: ResourceChange,
): Readonly<Record<string, unknown>> | undefined {
  const calls = path.replace(INSTANCE_KEY, "").split(/(?:^|\.)module\./);
  const module = calls
    .slice(1)
    .reduce<ConfigurationModule | undefined>(
      (parent, call) => parent?.module_calls?.[call]?.module,
      plan.configuration,
    );
  return module?.resources?.find(({ address }) => address === `${type}.${name}`)?.expressions;
}

import { Planner } from "./calls";
import type { NeededCalls } from "./module-call";
import { roleCall } from "./role-calls";
import type { AwsRole } from "./roles";

/** The calls that the roles need: services' own roles first, and each role before what it may do. */
export function callsOf(roles: readonly AwsRole[]): NeededCalls {
  const planner = new Planner(roles);
  const calls = roles.flatMap(({ key }) => {
    const context = planner.context(key);
    const own = roleCall(planner, context);
    return [...(own === undefined ? [] : [own]), ...planner.typeCalls(context)];
  });
  return { calls, variables: [...planner.variables.values()] };
}

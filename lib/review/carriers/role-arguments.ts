import type { ResourceDifference } from "../plan/difference";
import { noRoles, otherRoles, type RoleArgument, roleNames } from "./data/handed-roles";

/** Returns the arguments of a resource that hand a role to what it is, as paths. */
export function roleArguments({
  type,
  paths,
}: Pick<ResourceDifference, "type" | "paths">): (readonly [RoleArgument, string])[] {
  const named = (path: string): (readonly [RoleArgument, string])[] => {
    const name = `${type} ${path}`;
    if (!type.startsWith("aws_") || noRoles.some((pattern) => pattern.test(name))) return [];
    const kind = roleNames.find(([, pattern]) => pattern.test(name))?.[0];
    return kind === undefined ? [] : [[kind, path]];
  };
  return [...(otherRoles[type] ?? []), ...paths.flatMap(named)];
}

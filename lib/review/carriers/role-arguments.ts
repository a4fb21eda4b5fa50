import type { ResourceDifference } from "../plan/difference";
import { noRoles, otherRoles, type RoleArgument, roleBlocks, roleNames } from "./data/handed-roles";

/** The parts of a resource by which its arguments are found. */
type Holder = Pick<ResourceDifference, "type" | "paths" | "value">;

/** Returns the arguments of a resource that hand a role to what it is, as paths. */
export function roleArguments(resource: Holder): (readonly [RoleArgument, string])[] {
  const { type, paths } = resource;
  const named = (path: string): (readonly [RoleArgument, string])[] => {
    const name = `${type} ${path}`;
    if (!type.startsWith("aws_") || noRoles.some((pattern) => pattern.test(name))) return [];
    const kind = roleNames.find(([, pattern]) => pattern.test(name))?.[0];
    if (kind !== undefined) return [[kind, path]];
    const isHidden =
      roleBlocks.has(`${type}.${path}`) && resource.value("after", path).kind === "unknown";
    return isHidden ? [["role", `${path}.role_arn`]] : [];
  };
  return [...(otherRoles[type] ?? []), ...paths.flatMap(named)];
}

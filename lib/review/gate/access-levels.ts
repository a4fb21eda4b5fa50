/** AWS's own access levels of all its actions. */
import { brotliDecompressSync } from "node:zlib";
import { once } from "../once";
import { overlap } from "./overlap";
import { packedAccessLevels } from "./data/access-levels";

/** AWS's access level of an action. */
export type AccessLevel = "List" | "Read" | "Tagging" | "Write" | "Permissions management";

type Levels = readonly (readonly [AccessLevel, readonly string[]])[];

const table = once((): ReadonlyMap<string, Levels> => {
  const packed = Buffer.from(packedAccessLevels, "base64");
  const read = JSON.parse(brotliDecompressSync(packed).toString()) as Record<string, object>;
  return new Map(
    Object.entries(read).map(([service, levels]) => [
      service,
      (Object.entries(levels) as [AccessLevel, string][]).map(([level, names]) => [
        level,
        names.split(" ").map((name) => `${service}:${name}`),
      ]),
    ]),
  );
});

/** The services of AWS, as actions have them: `s3`. */
export const services = once((): readonly string[] => [...table().keys()]);

/** The actions of a service by their level: `s3:GetObject` is Read. */
export const levelsOf = (service: string): Levels => table().get(service) ?? [];

/** The actions of the services that a pattern may name, by their level. */
export function levelsLike(pattern: string): Levels {
  const [service = ""] = pattern.split(":");
  return services()
    .filter((name) => overlap(service, name))
    .flatMap(levelsOf);
}

/** AWS's actions that a pattern matches: `s3:GetObject` for `s3:Get*`. */
export const actionsLike = once((pattern: string): readonly string[] =>
  levelsLike(pattern)
    .flatMap(([, actions]) => actions)
    .filter((action) => overlap(pattern, action)),
);

/** The actions of the access level "Permissions management": `iam:PutRolePolicy`. */
export const permissionActions = once((): readonly string[] =>
  services()
    .flatMap(levelsOf)
    .flatMap(([level, actions]) => (level === "Permissions management" ? actions : [])),
);

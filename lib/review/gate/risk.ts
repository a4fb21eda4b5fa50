/** The risk of an action, by AWS's access levels and two named lists. */
import { once } from "../once";
import { type AccessLevel, levelsLike } from "./access-levels";
import { secretActions } from "./data/secret-actions";
import { overlap } from "./overlap";

/**
 * A class of actions.
 *
 * - `permissions`: AWS's level Permissions management, and ways to get more permissions
 * - `secrets`: secrets, credentials and decryption
 * - `write`: AWS's levels Write and Tagging, and actions that AWS does not list
 * - `read`, `list`: AWS's levels of these names
 */
export type Risk = "permissions" | "secrets" | "write" | "read" | "list";

/** Every class, the riskiest first. */
export const risks: readonly Risk[] = ["permissions", "secrets", "write", "read", "list"];

const OF_LEVEL: Readonly<Record<AccessLevel, Risk>> = {
  "Permissions management": "permissions",
  Write: "write",
  Tagging: "write",
  Read: "read",
  List: "list",
};

const matchesSome = (pattern: string, actions: readonly string[]): boolean =>
  actions.some((action) => overlap(pattern, action));

/** The riskiest of some classes; `write` for none. */
export const riskiest = (classes: readonly Risk[]): Risk =>
  risks.find((risk) => classes.includes(risk)) ?? "write";

const levelRisk = once((pattern: string): Risk => {
  const levels = levelsLike(pattern)
    .filter(([, actions]) => matchesSome(pattern, actions))
    .map(([level]) => OF_LEVEL[level]);
  return riskiest([
    ...levels,
    ...(matchesSome(pattern, secretActions) ? ["secrets" as const] : []),
  ]);
});

/**
 * The class of the riskiest action that a pattern matches, such as `s3:Get*`.
 *
 * @param paths actions of ways to get more permissions that somebody has whole
 */
export function riskOf(pattern: string, paths: readonly string[] = []): Risk {
  if (matchesSome(pattern, paths)) return "permissions";
  return levelRisk(pattern.toLowerCase());
}

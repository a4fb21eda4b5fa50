import type { Answer } from "../compare";
import { escalationPaths } from "./data/escalation-paths";
import { permissionsManagement } from "./data/permissions-management";
import { overlap } from "./overlap";

/** The actions of the access level "Permissions management": `iam:PutRolePolicy`. */
export const permissionActions: readonly string[] = Object.entries(permissionsManagement).flatMap(
  ([service, names]) => names.split(" ").map((name) => `${service}:${name}`),
);

/** What can be asked about the access of somebody, before and after a plan. */
export interface Questions {
  /** Whether requests of some of these actions are allowed after and were not before. */
  readonly gains: (actions: readonly string[]) => Answer;
  /** Whether requests of some of these actions may be allowed after. */
  readonly has: (actions: readonly string[]) => boolean;
}

const mayMatch = (patterns: readonly string[], actions: readonly string[]): string[] =>
  actions.filter((action) => patterns.some((pattern) => overlap(pattern, action)));

/**
 * The ways to get more permissions that somebody gains, each as a clause. What is undecided is told as
 * gained.
 *
 * @param patterns the actions of the statements by which something is gained
 */
export function escalationsOf(patterns: readonly string[], { gains, has }: Questions): string[] {
  const found: string[] = [];
  const managing = mayMatch(patterns, permissionActions);
  if (managing.length > 0) {
    const answer = gains(managing);
    if (answer.answer === "yes") found.push(`manage permissions (${answer.witnesses[0].action})`);
    if (answer.answer === "undecided") found.push("manage permissions (undecided)");
  }
  for (const { name, actions } of escalationPaths) {
    const own = mayMatch(patterns, actions);
    if (own.length === 0 || gains(own).answer === "no") continue;
    if (actions.every((action) => has([action]))) found.push(`${name} (${actions.join(", ")})`);
  }
  return found;
}

/** The same of what is known by patterns only, each of which is gained. */
export const escalationsByPattern = (patterns: readonly string[]): string[] => [
  ...mayMatch(patterns, permissionActions)
    .slice(0, 1)
    .map((action) => `manage permissions (${action})`),
  ...escalationPaths
    .filter(({ actions }) => mayMatch(patterns, actions).length === actions.length)
    .map(({ name, actions }) => `${name} (${actions.join(", ")})`),
];

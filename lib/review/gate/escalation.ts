import type { Answer } from "../compare";
import { once } from "../once";
import { escalationPaths } from "./data/escalation-paths";
import { permissionActions } from "./access-levels";
import { overlap } from "./overlap";

/** Questions about somebody's access before and after a plan. */
export interface Questions {
  /** Asks if some of these actions are newly allowed. */
  readonly gains: (actions: readonly string[]) => Answer;
  /** Asks if some of these actions are no longer allowed. */
  readonly loses: (actions: readonly string[]) => Answer;
  /** True if requests of some of these actions may be allowed after. */
  readonly has: (actions: readonly string[]) => boolean;
}

const mayMatch = (patterns: readonly string[], actions: readonly string[]): string[] =>
  actions.filter((action) => patterns.some((pattern) => overlap(pattern, action)));

const managedBy = once((pattern: string): string[] => mayMatch([pattern], permissionActions()));

const pathActions = [...new Set(escalationPaths.flatMap(({ actions }) => actions))];

/** The actions of paths that a pattern matches. */
const onPaths = once((pattern: string): string[] => mayMatch([pattern], pathActions));

/** The actions that manage permissions and that one of the patterns matches. */
const managingOf = (patterns: readonly string[]): string[] => [
  ...new Set(patterns.flatMap((pattern) => managedBy(pattern))),
];

/** A way to get more permissions that somebody gains. */
export interface Escalation {
  /** A clause: "run a task with another role (iam:PassRole, …)". */
  readonly says: string;
  /** The actions that it takes, or that manage permissions. */
  readonly actions: readonly string[];
}

const pathSays = (name: string, actions: readonly string[]): string =>
  `${name} (${actions.join(", ")})`;

/**
 * The ways to get more permissions that somebody gains. Undecided ones count as gained.
 *
 * @param patterns the actions of the statements by which something is gained
 */
export function escalationsOf(
  patterns: readonly string[],
  { gains, has }: Questions,
): Escalation[] {
  const found: Escalation[] = [];
  const managing = managingOf(patterns);
  const answer = managing.length === 0 ? undefined : gains(managing);
  if (answer !== undefined && answer.answer !== "no") {
    const which = answer.answer === "yes" ? answer.witnesses[0].action : "undecided";
    found.push({ says: `manage permissions (${which})`, actions: managing });
  }
  const matched = new Set(patterns.flatMap((pattern) => onPaths(pattern)));
  for (const { name, actions } of escalationPaths) {
    const own = actions.filter((action) => matched.has(action));
    if (own.length === 0 || !actions.every((action) => has([action]))) continue;
    if (gains(own).answer !== "no") found.push({ says: pathSays(name, actions), actions });
  }
  return found;
}

/** The same for patterns of actions, each of which is gained. */
export function escalationsByPattern(patterns: readonly string[]): Escalation[] {
  const managing = managingOf(patterns);
  return [
    ...managing
      .slice(0, 1)
      .map((action) => ({ says: `manage permissions (${action})`, actions: managing })),
    ...escalationPaths
      .filter(({ actions }) => mayMatch(patterns, actions).length === actions.length)
      .map(({ name, actions }) => ({ says: pathSays(name, actions), actions })),
  ];
}

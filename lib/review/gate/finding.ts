import type { Impact } from "../verdict";

/** The acceptance of a finding: owner, reason and last day. */
interface Acceptance {
  readonly reason: string;
  readonly owner: string;
  /** The last day, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** One finding as a gate judges it and a team accepts it. */
export interface GateFinding extends Impact {
  /** The plans that have it, if a report is about several. */
  readonly plans?: readonly string[];
  /**
   * The same when the plan is made again, another one if an action, resource, principal or condition
   * differs. Missing if the finding depends on sensitive values, or on a document of which nothing is known
   * before apply: then it cannot be accepted.
   */
  readonly fingerprint?: string;
  /** The finding in one line. */
  readonly text: string;
  /** True if anybody in the world gains something, or may. */
  readonly isPublic: boolean;
  /** Ways to get more permissions that somebody gains, or may, each as a clause. */
  readonly escalation: readonly string[];
  /** True if it newly allows, or may, what `--never` names. */
  readonly isForbidden: boolean;
  /** Set if a person has accepted it: then a gate does not fail on it. */
  readonly accepted?: Acceptance;
}

import type { Impact } from "../verdict";

/** One finding as a gate judges it and a team accepts it. */
export interface GateFinding extends Impact {
  /**
   * The same when the plan is made again, another one if an action, resource, principal or condition
   * differs. Missing if the finding depends on sensitive values: then it cannot be accepted.
   */
  readonly fingerprint?: string;
  /** What it is, in one line. */
  readonly text: string;
  /** Whether anybody in the world gains something, or may. */
  readonly isPublic: boolean;
  /** Ways to get more permissions that somebody gains, or may, each as a clause. */
  readonly escalation: readonly string[];
  /** Whether it newly allows, or may, what `--never` names. */
  readonly isForbidden: boolean;
}

/** Access that a change took away for a while, although it was there before and after. */
import type { Call } from "./call";
import { accepted } from "./call";
import { describePermission, intersection, isCovered, permissionsOf } from "./permissions";
import { applyCall, emptyState } from "./state";

/** The permissions that a role lacked after a call. */
export interface Loss {
  readonly role: string;
  /** The call after which it was missing, with its parameters. */
  readonly after: string;
  /**
   * The permissions that are granted before the first and after the last call, and were missing
   * between.
   */
  readonly permissions: readonly string[];
}

/**
 * The losses between two moments: what a role is granted at both, and lacks between them.
 *
 * A role is known by its name. One that has another name, or does not exist, at one of the two
 * moments has nothing to lose.
 *
 * @param calls all calls since the API was started
 * @param from the index of the first call after the first moment
 * @param to the index after the last call before the second moment
 * @returns a loss for each call that began one, in the order of the calls
 */
export function losses(calls: readonly Call[], from: number, to = calls.length): readonly Loss[] {
  const state = emptyState();
  for (const call of calls.slice(0, from)) applyCall(state, call);
  const during = calls.slice(from, to).filter(accepted);
  const end = structuredClone(state);
  for (const call of during) applyCall(end, call);

  const kept = [...end.roles.keys()].map((role) => ({
    role,
    permissions: intersection(permissionsOf(state, role), permissionsOf(end, role)),
    missing: new Set<string>(),
  }));
  return during.flatMap((call) => {
    applyCall(state, call);
    return kept.flatMap((entry) => {
      const now = permissionsOf(state, entry.role);
      const before = entry.missing;
      entry.missing = new Set(
        entry.permissions
          .filter((permission) => !isCovered(permission, now))
          .map(describePermission),
      );
      const lost = [...entry.missing].filter((permission) => !before.has(permission));
      return lost.length === 0
        ? []
        : [{ role: entry.role, after: describeCall(call), permissions: lost }];
    });
  });
}

function describeCall({ action, parameters }: Call): string {
  const given = ["RoleName", "PolicyName", "PolicyArn", "VersionId"].flatMap(
    (name) => parameters[name] ?? [],
  );
  return [action, ...given].join(" ");
}

import { type Finding, findingOf, shownBoth } from "./finding";
import type { MembershipChange } from "./plan/group-members";
import { absent, shown, type Value } from "./plan/value";

/** The reason why the plan does not show the user or the group. */
function doubt({ group, user, isOpen }: MembershipChange): string[] {
  if (!isOpen) return [];
  const isUnknown = [group, user].some(({ kind }) => kind === "unknown");
  const why = isUnknown ? "known only after apply" : "marked sensitive";
  return [`The membership is ${why}.`];
}

function finding(change: MembershipChange, before: Value, after: Value): Finding {
  const { resource, user, userName, isOpen } = change;
  const item = {
    kind: "group membership",
    reasons: doubt(change),
    group: shownBoth(before, after),
    holder: `user ${shown(user)}`,
  } as const;
  return findingOf(resource, item, { isCompared: true, ...(isOpen ? {} : { user: userName }) });
}

/** The users who join groups and leave them. */
export function membershipFindings({
  joined,
  left,
}: Readonly<Record<"joined" | "left", readonly MembershipChange[]>>): Finding[] {
  return [
    ...joined.map((change) => finding(change, absent, change.group)),
    ...left.map((change) => finding(change, change.group, absent)),
  ];
}

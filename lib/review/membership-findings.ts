import { type Finding, findingOf, shownBoth } from "./finding";
import { isOpen, type Member } from "./plan/group-members";
import { absent, shown, type Value } from "./plan/value";

function finding(member: Member, before: Value, after: Value): Finding {
  const { resource, group, user } = member.membership;
  const isUnknown = [group, user].some(({ kind }) => kind === "unknown");
  const doubt = `The membership is ${isUnknown ? "known only after apply" : "marked sensitive"}.`;
  const item = {
    kind: "group membership",
    reasons: isOpen(member) ? [doubt] : [],
    group: shownBoth(before, after),
    holder: `user ${shown(user)}`,
  } as const;
  const whose = isOpen(member) ? {} : { user: member.user.name };
  return findingOf(resource, item, { isCompared: true, ...whose });
}

/** The users who join groups and leave them. */
export function membershipFindings({
  joined,
  left,
}: Readonly<Record<"joined" | "left", readonly Member[]>>): Finding[] {
  return [
    ...joined.map((member) => finding(member, absent, member.membership.group)),
    ...left.map((member) => finding(member, member.membership.group, absent)),
  ];
}

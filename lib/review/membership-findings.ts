import { type Impact, noImpact } from "./comparison/impact";
import { memo } from "../text/memo";
import type { MembershipChange } from "./plan/group-members";
import type { HeldDocument } from "./plan/held-document";
import { absent, type Value } from "./plan/value";
import { type Finding, origin, shown, shownBoth } from "./finding";

/** What statements some documents have. */
interface Effects {
  readonly allow: boolean;
  readonly deny: boolean;
  /** Whether there may be others, which cannot be read. */
  readonly unread: boolean;
}

/** The same list of documents is that of all members of a group. */
const effectsOf = memo((documents: readonly HeldDocument[]): Effects => {
  const effects = documents.flatMap(({ read }): unknown[] => {
    const content = read();
    if ("unknown" in content) return [undefined];
    const { Statement: statements } = content as { readonly Statement?: unknown };
    return [statements].flat().map((one) => (one as { readonly Effect?: unknown } | null)?.Effect);
  });
  return {
    allow: effects.includes("Allow"),
    deny: effects.includes("Deny"),
    unread: effects.some((effect) => effect !== "Allow" && effect !== "Deny"),
  };
});

/** What a user gains or loses with a group, as far as its documents say so one by one. */
interface Effect {
  readonly impact: Impact;
  readonly reason?: string;
}

function joining({ allow, deny, unread }: Effects): Effect {
  return {
    impact: { broadens: allow, narrows: deny, unknown: unread },
    ...(unread ? { reason: "What else the group has is not in the plan." } : {}),
  };
}

function leaving({ allow, deny, unread }: Effects): Effect {
  const impact: Impact = { broadens: deny, narrows: allow, unknown: unread };
  if (deny) return { impact, reason: "The group has a Deny, which no longer holds here." };
  return unread
    ? {
        impact,
        reason:
          "What else the group has is not in the plan. If it has a Deny, losing it broadens access.",
      }
    : { impact };
}

/** What a membership does of which the plan does not tell whose it is, or in which group. */
function open({ group, user }: MembershipChange): Effect {
  const isUnknown = [group, user].some(({ kind }) => kind === "unknown");
  const why = isUnknown ? "known only after apply" : "marked sensitive";
  return {
    impact: { ...noImpact, unknown: true },
    reason: `Who is a member of which group is ${why}.`,
  };
}

function finding(change: MembershipChange, own: Effect, group: readonly [Value, Value]): Finding {
  const { resource, user, userName, isOpen } = change;
  const { impact, reason } = isOpen ? open(change) : own;
  return {
    resource,
    isCompared: true,
    ...(isOpen ? {} : { user: userName }),
    impact,
    item: {
      ...origin(resource),
      reasons: reason === undefined ? [] : [reason],
      differences: [],
      kind: "group membership",
      group: shownBoth(...group),
      holder: `user ${shown(user) ?? ""}`,
    },
  };
}

/** What joining and leaving groups does. */
export function membershipFindings({
  joined,
  left,
}: Readonly<Record<"joined" | "left", readonly MembershipChange[]>>): Finding[] {
  return [
    ...joined.map((change) =>
      finding(change, joining(effectsOf(change.documents)), [absent, change.group]),
    ),
    ...left.map((change) =>
      finding(change, leaving(effectsOf(change.documents)), [change.group, absent]),
    ),
  ];
}

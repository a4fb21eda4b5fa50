import { addTo } from "../add-to";
import { otherSide, type ResourceDifference, type Side, SIDES } from "./difference";
import { perhaps } from "./held-document";
import { type Holder, isTaken } from "./holder";
import type { Membership } from "./memberships";

/** A user in a group, and who they are. */
export interface Member {
  readonly membership: Membership;
  readonly group: Holder;
  readonly user: Holder;
}

/** True if the plan does not tell which user it is, or which group. */
export const isOpen = ({ group, user }: Member): boolean => group.isOpen || user.isOpen;

type Members = ReadonlyMap<Holder, ReadonlyMap<Holder, ReadonlySet<ResourceDifference>>>;

/** The resources that say who is a member, by group and user. */
function sayers(members: readonly Member[]): Members {
  const groups = new Map<Holder, Map<Holder, Set<ResourceDifference>>>();
  for (const { membership, group, user } of members) {
    const users = groups.get(group) ?? new Map<Holder, Set<ResourceDifference>>();
    addTo(users, user, membership.resource);
    groups.set(group, users);
  }
  return groups;
}

/** True if one of the members is the same user in the same group. */
function includedIn(members: readonly Member[]): (member: Member) => boolean {
  const groups = sayers(members);
  return ({ group, user }) => groups.get(group)?.has(user) === true;
}

/**
 * The members of the groups of a plan.
 *
 * The memberships of all resources are merged: moving one from one resource to another is not a change.
 */
export class GroupMembers {
  private readonly said: Record<Side, Member[]> = { before: [], after: [] };

  add(member: Member, side: Side): void {
    this.said[side].push(member);
  }

  /**
   * Members that a resource names only on the other side. If the resource has unknown members on this
   * side, they may still be members.
   */
  private possible(side: Side): Member[] {
    const open = new Set<ResourceDifference>();
    for (const member of this.said[side]) if (isOpen(member)) open.add(member.membership.resource);
    const isSaid = includedIn(this.said[side]);
    return this.said[otherSide(side)].filter(
      (member) => open.has(member.membership.resource) && !isOpen(member) && !isSaid(member),
    );
  }

  /** Gives the users what their groups have. */
  give(): void {
    const [had, has] = SIDES.map((side) => sayers(this.said[side]));
    for (const side of SIDES) {
      const [said, possible] = [this.said[side], this.possible(side)];
      for (const { membership, group, user } of [...said, ...possible]) {
        user.resources.add(membership.resource);
        for (const resource of group.resources) user.resources.add(resource);
      }
      const isDoubtful = (member: Member): boolean => {
        const { membership, group, user } = member;
        const by = [had, has].map((members) => members?.get(group)?.get(user));
        return isOpen(member) || (side === "after" && isTaken(membership.resource, ...by));
      };
      for (const member of said) {
        if (!isDoubtful(member)) member.user.add(side, member.group.shared(side));
      }
      for (const { membership, group, user } of [...said.filter(isDoubtful), ...possible]) {
        const name = `the members of ${membership.resource.address}, ${side}`;
        user.add(
          side,
          group.shared(side).map((one) => perhaps(one, name)),
        );
      }
    }
  }

  /** The groups whose members are all the plan's: those that are created with members. */
  get ofNewGroups(): ReadonlySet<Holder> {
    const isNew = ({ group: { own } }: Member): boolean =>
      own.before === undefined && own.after !== undefined;
    const members = this.said.after.filter((member) => isNew(member) && !isOpen(member));
    return new Set(members.map(({ group }) => group));
  }

  /** The memberships that begin and end. */
  get changes(): Readonly<Record<"joined" | "left", readonly Member[]>> {
    const changed = (side: Side): Member[] => {
      const other = otherSide(side);
      const wasSaid = includedIn([...this.said[other], ...this.possible(other)]);
      return this.said[side].filter((member) => !member.group.isKept || !wasSaid(member));
    };
    return { joined: changed("after"), left: changed("before") };
  }
}

import { type PlannedResource, planOfResources } from "./iam-plan";
import type { PlainAccess, PlainDocument } from "./plain-iam-evaluator";
import type { Random } from "./random-choices";
import { randomDocument } from "./random-policies";

type Side = "before" | "after";
type Sides<Value> = Readonly<Record<Side, Value>>;

const sides = <Value>(of: (side: Side) => Value): Sides<Value> => ({
  before: of("before"),
  after: of("after"),
});

/** A user or group. */
interface Holder {
  readonly name: Sides<string>;
  readonly isNew: boolean;
  /** True if resources of the plan take away all that it does not name. */
  readonly isWhole: boolean;
  readonly policy: Sides<PlainDocument | undefined>;
  /** The other policies of the user. */
  readonly hidden: readonly PlainDocument[];
}

/** A plan of users and groups, and what everybody has before and after. */
export interface RandomMemberships {
  readonly plan: string;
  readonly people: readonly Sides<PlainAccess>[];
}

function randomHolder(
  random: Random,
  kind: "user" | "group",
  name: string,
  pool: readonly PlainDocument[],
): Holder {
  const isNew = random.chance(0.2);
  const isWhole = kind === "group" && !isNew && random.chance(0.6);
  const isRenamed = !isNew && !isWhole && random.chance(0.15);
  const maybe = (): PlainDocument | undefined =>
    random.chance(0.6) ? random.pick(pool) : undefined;
  const before = isNew ? undefined : maybe();
  return {
    name: { before: isRenamed ? `old-${name}` : name, after: name },
    isNew,
    isWhole,
    policy: { before, after: random.chance(0.7) && !isNew ? before : maybe() },
    hidden: isNew || isWhole || random.chance(0.5) ? [] : [random.pick(pool)],
  };
}

type Values = PlannedResource["before"];

/** A resource by its values; one of somebody whose name changes is replaced. */
function planned(
  type: string,
  { name }: Pick<Holder, "name">,
  values: Sides<Values>,
): PlannedResource[] {
  if (values.before === null && values.after === null) return [];
  const isReplaced =
    type !== "aws_iam_user" &&
    type !== "aws_iam_group" &&
    name.before !== name.after &&
    values.before !== null &&
    values.after !== null;
  const actions = isReplaced ? { actions: ["delete", "create"] } : {};
  return [{ type, name: name.after, ...values, ...actions }];
}

/** A user or group with its inline policy, and what takes away all else. */
function holderResources(kind: "user" | "group", holder: Holder): PlannedResource[] {
  const { name, isNew, isWhole, policy } = holder;
  const own = (type: string, of: (side: Side) => Values): PlannedResource[] =>
    planned(
      `aws_iam_${type}`,
      holder,
      sides((side) => (isNew && side === "before" ? null : of(side))),
    );
  return [
    ...own(kind, (side) => ({ name: name[side] })),
    ...own(`${kind}_policy`, (side) => {
      const document = policy[side];
      return document === undefined
        ? null
        : { name: "own", [kind]: name[side], policy: JSON.stringify(document) };
    }),
    ...(!isWhole
      ? []
      : [
          ...own("group_policies_exclusive", (side) => ({
            group_name: name[side],
            policy_names: policy[side] === undefined ? [] : ["own"],
          })),
          ...own("group_policy_attachments_exclusive", (side) => ({
            group_name: name[side],
            policy_arns: [],
          })),
        ]),
  ];
}

/** A user in a group on one side, and which of both has the resource that says so. */
interface Membership {
  readonly user: Holder;
  readonly group: Holder;
  readonly in: "group" | "user";
}

type Memberships = Sides<readonly Membership[]>;

function randomMemberships(
  random: Random,
  users: readonly Holder[],
  groups: readonly Holder[],
): Memberships {
  const before: Membership[] = [];
  const after: Membership[] = [];
  for (const user of users) {
    for (const group of groups) {
      const carrier = (): Membership => ({ user, group, in: random.pick(["group", "user"]) });
      const was = random.chance(0.5) && !user.isNew && !group.isNew;
      if (was) before.push(carrier());
      if (random.chance(0.7) ? was : !was) after.push(carrier());
    }
  }
  return { before, after };
}

/** The resources that say who is in which group; of some the list is sensitive, or not known yet. */
function membershipResources(
  random: Random,
  kind: "group" | "user",
  holders: readonly Holder[],
  memberships: Memberships,
): PlannedResource[] {
  const [type, one, list, other] =
    kind === "group"
      ? (["aws_iam_group_membership", "group", "users", "user"] as const)
      : (["aws_iam_user_group_membership", "user", "groups", "group"] as const);
  return holders.flatMap((holder) => {
    const values = sides((side): Values => {
      const own = memberships[side].filter((held) => held.in === kind && held[kind] === holder);
      const names = own.map((held) => held[other].name[side]).sort();
      return names.length === 0 ? null : { [one]: holder.name[side], [list]: names };
    });
    const resources = planned(type, holder, values);
    if (random.chance(0.05)) return resources.map((own) => ({ ...own, sensitive: [list] }));
    if (random.chance(0.95) || values.after === null) return resources;
    const after = { ...values.after, [list]: null };
    return resources.map((own) => ({ ...own, after, unknown: [list] }));
  });
}

/**
 * A plan that changes who is in which group, and what users and groups have. Each existing group may
 * have a member besides whom the plan does not name.
 */
export function randomMembershipPlan(random: Random): RandomMemberships {
  const pool = Array.from({ length: 3 }, () => randomDocument(random, { variables: 0 }, 2));
  const users = ["ann", "bob"].map((name) => randomHolder(random, "user", name, pool));
  const groups = ["team", "crew"].map((name) => randomHolder(random, "group", name, pool));
  const memberships = randomMemberships(random, users, groups);
  const own = ({ policy, hidden }: Holder, side: Side): PlainDocument[] => {
    const document = policy[side];
    return document === undefined ? [...hidden] : [document, ...hidden];
  };
  const people = [
    ...users.map((user) =>
      sides((side) => {
        const held = memberships[side].filter((membership) => membership.user === user);
        const shared = held.flatMap(({ group }) => own(group, side));
        return { policies: [...own(user, side), ...shared] };
      }),
    ),
    ...groups
      .filter(({ isNew }) => !isNew)
      .map((group) => {
        const besides = random.pick(pool);
        return sides((side) => ({ policies: [besides, ...own(group, side)] }));
      }),
  ];
  const plan = planOfResources([
    ...users.flatMap((user) => holderResources("user", user)),
    ...groups.flatMap((group) => holderResources("group", group)),
    ...membershipResources(random, "group", groups, memberships),
    ...membershipResources(random, "user", users, memberships),
  ]);
  return { plan, people };
}

import { type Action, actionOf } from "./action";
import { expressionsOf } from "./configuration";
import type { GoneHolders, HolderKind } from "./holders";
import type { Plan, ResourceChange } from "./plan";
import { type SizeLimit, sizeLimits } from "./size-limit";
import { isSame, lengthAt, textOf, type Value, valueAt } from "./value";

/** The kinds of documents that are compared. */
type DocumentKind = "managed policy" | "inline policy" | "trust policy";

/** A document before and after. */
export interface DocumentChange {
  readonly kind: DocumentKind;
  /** The name of an inline policy block. */
  readonly name?: string;
  readonly action: Action;
  readonly change: ResourceChange;
  readonly before: Value;
  readonly after: Value;
  /** Whether the text is surely the same, which a sensitive value does not show by itself. */
  readonly isSame: boolean;
  readonly size: SizeLimit;
  /** Whether the role, user or group that had it is gone, so that losing a Deny broadens nothing. */
  readonly holderGone: boolean;
  /** Whether it goes from one role, user or group to another, which has it anew. */
  readonly newHolder: "no" | "yes" | "unknown";
}

const ABSENT: Value = { kind: "absent" };

/** Inline policies that are resources of their own, by type. */
const INLINE_POLICIES: Readonly<Record<string, { holder: HolderKind; size: SizeLimit }>> = {
  aws_iam_role_policy: { holder: "role", size: sizeLimits.roleInline },
  aws_iam_user_policy: { holder: "user", size: sizeLimits.userInline },
  aws_iam_group_policy: { holder: "group", size: sizeLimits.groupInline },
};

function inlinePolicy(
  change: ResourceChange,
  { holder, size }: { holder: HolderKind; size: SizeLimit },
  gone: GoneHolders,
): DocumentChange {
  const after = valueAt(change, "after", [holder]);
  const moves = actionOf(change) === "replace" && !isSame(change, [holder]);
  return {
    kind: "inline policy",
    action: actionOf(change),
    change,
    before: valueAt(change, "before", ["policy"]),
    after: valueAt(change, "after", ["policy"]),
    isSame: isSame(change, ["policy"]),
    size,
    holderGone: gone.has(holder, textOf(valueAt(change, "before", [holder]))),
    newHolder: !moves ? "no" : after.kind === "unknown" ? "unknown" : "yes",
  };
}

type Side = "before" | "after";

/**
 * The `inline_policy` blocks of a role by name. A block without a known name stands alone; one without
 * a policy says that the role has none.
 */
function blocks(change: ResourceChange, side: Side): { name: string | undefined; policy: Value }[] {
  return Array.from({ length: lengthAt(change, side, ["inline_policy"]) ?? 0 }, (_, index) => ({
    name: textOf(valueAt(change, side, ["inline_policy", index, "name"])),
    policy: valueAt(change, side, ["inline_policy", index, "policy"]),
  })).filter(({ policy }) => policy.kind !== "absent");
}

function inlineBlocks(
  change: ResourceChange,
  common: Pick<DocumentChange, "action" | "change" | "holderGone" | "newHolder">,
  plan: Plan,
): DocumentChange[] {
  // AWS reports every inline policy of a role here, so a new role that sets none has it unknown.
  const expressions = expressionsOf(plan, change);
  const isSet = expressions === undefined || expressions.inline_policy !== undefined;
  const isUnknown = valueAt(change, "after", ["inline_policy"]).kind === "unknown";
  if (common.action === "delete") return [];
  if (isUnknown && !isSet && common.action !== "update") return [];
  if (isSame(change, ["inline_policy"])) return [];
  const shape = {
    ...common,
    kind: "inline policy",
    isSame: false,
    size: sizeLimits.roleInline,
  } as const;
  const whole = {
    before: valueAt(change, "before", ["inline_policy"]),
    after: valueAt(change, "after", ["inline_policy"]),
  };
  if ([whole.before, whole.after].some(({ kind }) => kind === "unknown" || kind === "sensitive")) {
    return [{ ...shape, ...whole }];
  }
  const [before, after] = [blocks(change, "before"), blocks(change, "after")];
  const find = (list: typeof before, name: string | undefined): Value =>
    list.find((block) => name !== undefined && block.name === name)?.policy ?? ABSENT;
  const label = (name: string | undefined): { name?: string } =>
    name === undefined ? {} : { name };
  return [
    ...after.map(({ name, policy }) => ({
      ...shape,
      ...label(name),
      before: find(before, name),
      after: policy,
    })),
    ...before
      .filter(({ name }) => find(after, name).kind === "absent")
      .map(({ name, policy }) => ({ ...shape, ...label(name), before: policy, after: ABSENT })),
  ];
}

function roleDocuments(change: ResourceChange, plan: Plan): DocumentChange[] {
  const action = actionOf(change);
  const holderGone = action === "delete";
  const common = { action, change, holderGone, newHolder: "no" } as const;
  return [
    {
      ...common,
      kind: "trust policy",
      before: valueAt(change, "before", ["assume_role_policy"]),
      after: valueAt(change, "after", ["assume_role_policy"]),
      isSame: isSame(change, ["assume_role_policy"]),
      size: sizeLimits.trustPolicy,
    },
    ...inlineBlocks(change, common, plan),
  ];
}

/** The IAM documents of a change. */
export function documentsOf(
  change: ResourceChange,
  plan: Plan,
  gone: GoneHolders,
): DocumentChange[] {
  const inline = INLINE_POLICIES[change.type];
  if (inline !== undefined) return [inlinePolicy(change, inline, gone)];
  if (change.type === "aws_iam_role") return roleDocuments(change, plan);
  if (change.type !== "aws_iam_policy") return [];
  return [
    {
      kind: "managed policy",
      action: actionOf(change),
      change,
      before: valueAt(change, "before", ["policy"]),
      after: valueAt(change, "after", ["policy"]),
      isSame: isSame(change, ["policy"]),
      size: sizeLimits.managedPolicy,
      holderGone: false,
      newHolder: "no",
    },
  ];
}

import { actionOf } from "./action";
import { expressionsOf } from "./configuration";
import { GoneHolders, type HolderKind } from "./holders";
import type { Plan, ResourceChange } from "./plan";
import { NotAPolicy, readPolicy } from "./policy-document";
import { replacedPolicy } from "./replaced-policies";
import { isSame, lengthAt, textOf, type Value, valueAt } from "./value";
import { type Effects, noEffects } from "./verdict";

/** A managed policy on a role, user or group. */
interface Attachment {
  readonly change: ResourceChange;
  readonly holderKind: HolderKind;
  readonly holder: Value;
  readonly policy: Value;
}

/** A managed policy that is newly attached, or no longer. */
export interface AttachmentChange extends Attachment, Effects {
  readonly kind: "attached" | "detached";
  readonly reason?: string;
}

/** What an exclusive resource may take away without the plan showing it. */
export interface ExclusiveChange extends Effects {
  readonly kind: "exclusive";
  readonly change: ResourceChange;
  readonly reason: string;
}

type Side = "before" | "after";

/** Where the resources that attach policies keep the holder and the policies. */
interface Shape {
  readonly holders: readonly { readonly kind: HolderKind; readonly attribute: string }[];
  readonly policies: string;
  /** Whether it detaches what it does not list, and leaves everything attached when destroyed. */
  readonly exclusive?: "detaches" | "detaches and leaves";
}

const one = (kind: HolderKind, attribute: string): Shape["holders"] => [{ kind, attribute }];

const SHAPES: Readonly<Record<string, Shape>> = {
  aws_iam_role_policy_attachment: { holders: one("role", "role"), policies: "policy_arn" },
  aws_iam_user_policy_attachment: { holders: one("user", "user"), policies: "policy_arn" },
  aws_iam_group_policy_attachment: { holders: one("group", "group"), policies: "policy_arn" },
  aws_iam_policy_attachment: {
    holders: [
      { kind: "role", attribute: "roles" },
      { kind: "user", attribute: "users" },
      { kind: "group", attribute: "groups" },
    ],
    policies: "policy_arn",
    exclusive: "detaches",
  },
  aws_iam_role_policy_attachments_exclusive: {
    holders: one("role", "role_name"),
    policies: "policy_arns",
    exclusive: "detaches and leaves",
  },
  aws_iam_user_policy_attachments_exclusive: {
    holders: one("user", "user_name"),
    policies: "policy_arns",
    exclusive: "detaches and leaves",
  },
  aws_iam_group_policy_attachments_exclusive: {
    holders: one("group", "group_name"),
    policies: "policy_arns",
    exclusive: "detaches and leaves",
  },
  aws_iam_role: { holders: one("role", "name"), policies: "managed_policy_arns" },
};

/** Resources that delete the inline policies that they do not name. */
const EXCLUSIVE_INLINE = /^aws_iam_(role|user|group)_policies_exclusive$/;

/** The values of an attribute that is text or a list. */
function valuesAt(change: ResourceChange, side: Side, attribute: string): Value[] {
  const whole = valueAt(change, side, [attribute]);
  if (whole.kind === "absent") return [];
  if (whole.kind !== "known" || !Array.isArray(whole.value)) return [whole];
  return Array.from({ length: lengthAt(change, side, [attribute]) ?? 0 }, (_, index) => {
    const value = valueAt(change, side, [attribute, index]);
    // An unknown entry of a list is shown as null.
    return value.kind === "absent" ? { kind: "unknown" } : value;
  });
}

function attachmentsOf(
  change: ResourceChange,
  side: Side,
  changes: readonly ResourceChange[],
  plan: Plan,
): Attachment[] {
  const shape = SHAPES[change.type];
  if (shape === undefined) return [];
  if (change.type === "aws_iam_role") {
    // AWS reports every policy of a role here. Only what the configuration sets is its own.
    if (expressionsOf(plan, change)?.managed_policy_arns === undefined) return [];
  }
  const leaves = shape.exclusive === "detaches and leaves" && actionOf(change) === "delete";
  const from = leaves ? "before" : side;
  const policies = valuesAt(change, from, shape.policies).map((policy) =>
    policy.kind === "unknown" ? (replacedPolicy(change, changes, plan) ?? policy) : policy,
  );
  return shape.holders.flatMap(({ kind, attribute }) =>
    valuesAt(change, from, attribute).flatMap((holder) =>
      policies.map((policy) => ({ change, holderKind: kind, holder, policy })),
    ),
  );
}

/** What identifies an attachment whose holder and policy are known. */
function keyOf({ holderKind, holder, policy }: Attachment): string | undefined {
  const [name, arn] = [textOf(holder), textOf(policy)];
  return name === undefined || arn === undefined
    ? undefined
    : JSON.stringify([holderKind, name, arn]);
}

/** Whether a resource keeps its attachments, though a value is sensitive. */
function keepsAll({ change }: Attachment): boolean {
  const shape = SHAPES[change.type];
  return (
    shape !== undefined &&
    isSame(change, [shape.policies]) &&
    shape.holders.every(({ attribute }) => isSame(change, [attribute]))
  );
}

/** The documents of the managed policies of a plan, as they are before it. */
class PoliciesBefore {
  private readonly byArn = new Map<string, ResourceChange>();

  constructor(changes: readonly ResourceChange[]) {
    for (const change of changes) {
      const arn =
        change.type === "aws_iam_policy" ? textOf(valueAt(change, "before", ["arn"])) : undefined;
      if (arn !== undefined) this.byArn.set(arn, change);
    }
  }

  /** Whether the policy has a Deny; undefined where its document cannot be read. */
  denies(policy: Value): boolean | undefined {
    const change = this.byArn.get(textOf(policy) ?? "");
    const document = change && textOf(valueAt(change, "before", ["policy"]));
    if (document === undefined) return undefined;
    try {
      return readPolicy(document).some(({ effect }) => effect === "Deny");
    } catch (error) {
      if (error instanceof NotAPolicy) return undefined;
      throw error;
    }
  }
}

function detached(
  attachment: Attachment,
  policies: PoliciesBefore,
  gone: GoneHolders,
): AttachmentChange {
  const result = { ...attachment, kind: "detached" } as const;
  if (gone.has(attachment.holderKind, textOf(attachment.holder))) {
    return { ...result, ...noEffects, narrows: true };
  }
  switch (policies.denies(attachment.policy)) {
    case false:
      return { ...result, ...noEffects, narrows: true };
    case true:
      return {
        ...result,
        ...noEffects,
        narrows: true,
        broadens: true,
        reason: "The policy has a Deny, which no longer holds here.",
      };
    default:
      return {
        ...result,
        ...noEffects,
        unknown: true,
        reason:
          "The policy's document is not in the plan. If it has a Deny, losing it broadens access.",
      };
  }
}

function exclusiveChange(change: ResourceChange): ExclusiveChange | undefined {
  const action = actionOf(change);
  const result = { ...noEffects, kind: "exclusive", change, unknown: true } as const;
  if (EXCLUSIVE_INLINE.test(change.type)) {
    if (action === "none" || action === "delete" || isSame(change, ["policy_names"])) {
      return undefined;
    }
    return {
      ...result,
      reason:
        "It deletes every inline policy that it does not name, and the plan does not show them.",
    };
  }
  return SHAPES[change.type]?.exclusive !== undefined && ["create", "replace"].includes(action)
    ? {
        ...result,
        reason: "It detaches what it does not list, and the plan does not show what that is.",
      }
    : undefined;
}

/**
 * The managed policies that a plan attaches and detaches.
 *
 * The attachments of all resources are taken together: one that goes from one resource to another is
 * no change.
 */
export function attachmentChanges(
  changes: readonly ResourceChange[],
  plan: Plan,
  gone: GoneHolders,
): (AttachmentChange | ExclusiveChange)[] {
  const collect = (side: Side): Attachment[] =>
    changes.flatMap((change) => attachmentsOf(change, side, changes, plan));
  const sides = { before: collect("before"), after: collect("after") };
  const keys = {
    before: new Set(sides.before.map(keyOf)),
    after: new Set(sides.after.map(keyOf)),
  };
  const isNew = (attachment: Attachment, others: Set<string | undefined>): boolean => {
    const key = keyOf(attachment);
    return key === undefined ? !keepsAll(attachment) : !others.has(key);
  };
  const policies = new PoliciesBefore(changes);
  return [
    ...sides.after
      .filter((attachment) => isNew(attachment, keys.before))
      .map((attachment) => ({
        ...attachment,
        ...noEffects,
        kind: "attached" as const,
        broadens: true,
      })),
    ...sides.before
      .filter((attachment) => isNew(attachment, keys.after))
      .map((attachment) => detached(attachment, policies, gone)),
    ...changes.flatMap((change) => exclusiveChange(change) ?? []),
  ];
}

import { type Finding, findingOf, shownBoth } from "./finding";
import type { Accounts } from "./plan/accounts";
import { type Attachment, attachmentsOf, nameOf, takenUnseen } from "./plan/attachments";
import type { ResourceDifference, Side } from "./plan/difference";
import type { References } from "./plan/references";
import { absent, shown, textOf, type Value } from "./plan/value";

/**
 * The policy of an attachment whose policy is replaced: a new ARN, but the same policy to a reader,
 * whose document is compared by itself.
 */
function replacedPolicy(one: Attachment, references: References): Value | undefined {
  const { resource } = one;
  if (one.policy.kind !== "unknown") return undefined;
  const before = resource.value("before", "policy_arn");
  const policy = references.originOf(resource, "policy_arn", "aws_iam_policy");
  return policy?.action === "replace" &&
    textOf(before) !== undefined &&
    textOf(before) === textOf(policy.value("before", "arn"))
    ? before
    : undefined;
}

function finding(
  { resource, identityKind, identity }: Attachment,
  before: Value,
  after: Value,
): Finding {
  const holder = `${identityKind} ${shown(identity)}`.trim();
  const item = { kind: "attachment", policy: shownBoth(before, after), holder } as const;
  return findingOf(resource, item, { isCompared: true });
}

const UNSEEN = {
  "inline policies":
    "It deletes every inline policy that it does not name, and the plan does not show them.",
  attachments: "It detaches every policy that it does not list, and the plan does not show them.",
} as const;

/**
 * The managed policies that a plan attaches and detaches, and those that it takes unseen.
 *
 * The attachments of all resources are taken together: one that goes from one resource to another is
 * no change.
 */
export function attachmentFindings(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
): Finding[] {
  const collect = (side: Side): Attachment[] =>
    resources
      .flatMap((resource) => attachmentsOf(resource, side))
      .map((one) => ({ ...one, policy: replacedPolicy(one, references) ?? one.policy }));
  const keyOf = (one: Attachment): string | undefined => {
    const name = nameOf(one);
    return name && JSON.stringify([accounts.of(one.resource), name]);
  };
  const without = (list: readonly Attachment[], others: readonly Attachment[]): Attachment[] => {
    const keys = new Set(others.map(keyOf));
    return list.filter((one) => {
      const { resource, policyAttribute, identityAttribute } = one;
      const key = keyOf(one);
      if (key !== undefined) return !keys.has(key);
      // It can be kept though a value is sensitive.
      return !resource.isSame(policyAttribute) || !resource.isSame(identityAttribute);
    });
  };
  const [before, after] = [collect("before"), collect("after")];
  const roles = resources.filter(({ type }) => type === "aws_iam_role");
  return [
    ...without(after, before).map((one) => finding(one, absent, one.policy)),
    ...without(before, after).map((one) => finding(one, one.policy, absent)),
    ...resources.flatMap((resource) => {
      const taken = takenUnseen(resource, references, roles);
      if (taken === undefined) return [];
      return [findingOf(resource, { kind: "exclusive attachments", reasons: [UNSEEN[taken]] })];
    }),
  ];
}

import { type Finding, findingOf, shownBoth } from "./finding";
import type { Accounts } from "./plan/accounts";
import { type Attachment, attachmentDifferences, takenUnseen } from "./plan/attachments";
import type { ResourceDifference } from "./plan/difference";
import type { References } from "./plan/references";
import { absent, shown, type Value } from "./plan/value";

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

/** The managed policies that a plan attaches and detaches, and those that it takes unseen. */
export function attachmentFindings(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
): Finding[] {
  const { attached, detached } = attachmentDifferences(resources, references, accounts);
  const roles = resources.filter(({ type }) => type === "aws_iam_role");
  return [
    ...attached.map((attachment) => finding(attachment, absent, attachment.policy)),
    ...detached.map((attachment) => finding(attachment, attachment.policy, absent)),
    ...resources.flatMap((resource) => {
      const taken = takenUnseen(resource, references, roles);
      if (taken === undefined) return [];
      return [findingOf(resource, { kind: "exclusive attachments", reasons: [UNSEEN[taken]] })];
    }),
  ];
}

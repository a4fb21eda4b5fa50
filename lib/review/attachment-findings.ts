import { type Finding, origin, shown, shownBoth } from "./finding";
import type { Accounts } from "./plan/accounts";
import { type Attachment, attachmentDifferences, takenUnseen } from "./plan/attachments";
import type { ResourceDifference } from "./plan/difference";
import type { References } from "./plan/references";
import { absent } from "./plan/value";
import type { ReportValues } from "./report/report";

function finding({ resource, identityKind, identity }: Attachment, policy: ReportValues): Finding {
  return {
    resource,
    isCompared: true,
    item: {
      ...origin(resource),
      reasons: [],
      differences: [],
      kind: "attachment",
      policy,
      holder: `${identityKind} ${shown(identity) ?? ""}`.trim(),
    },
  };
}

const UNSEEN = {
  "inline policies":
    "It deletes every inline policy that it does not name, and the plan does not show them.",
  attachments: "It detaches every policy that it does not list, and the plan does not show them.",
} as const;

function exclusiveFinding(
  resource: ResourceDifference,
  references: References,
  roles: readonly ResourceDifference[],
): Finding | undefined {
  const taken = takenUnseen(resource, references, roles);
  if (taken === undefined) return undefined;
  return {
    resource,
    isCompared: false,
    item: {
      ...origin(resource),
      reasons: [UNSEEN[taken]],
      differences: [],
      kind: "exclusive attachments",
    },
  };
}

/** The managed policies that a plan attaches and detaches. */
export function attachmentFindings(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
): Finding[] {
  const { attached, detached } = attachmentDifferences(resources, references, accounts);
  const roles = resources.filter(({ type }) => type === "aws_iam_role");
  return [
    ...attached.map((attachment) => finding(attachment, shownBoth(absent, attachment.policy))),
    ...detached.map((attachment) => finding(attachment, shownBoth(attachment.policy, absent))),
    ...resources.flatMap((resource) => exclusiveFinding(resource, references, roles) ?? []),
  ];
}

import { type Impact, noImpact } from "./comparison/impact";
import { NotAPolicy, parsePolicy } from "./comparison/parse-policy";
import type { Accounts } from "./plan/accounts";
import { type Attachment, attachmentDifferences, takenUnseen } from "./plan/attachments";
import type { ResourceDifference } from "./plan/difference";
import type { DeletedIdentities } from "./plan/identities";
import type { References } from "./plan/references";
import { absent, textOf } from "./plan/value";
import { type Finding, origin, shown, shownBoth } from "./finding";
import type { ReportValues } from "./report";

const NARROWS: Impact = { ...noImpact, narrows: true };
const UNKNOWN: Impact = { ...noImpact, unknown: true };

/** Managed policies of a plan by their ARNs before it. */
function policiesByArn(
  resources: readonly ResourceDifference[],
): ReadonlyMap<string, ResourceDifference> {
  return new Map(
    resources
      .filter(({ type }) => type === "aws_iam_policy")
      .flatMap((policy) => {
        const arn = textOf(policy.value("before", "arn"));
        return arn === undefined ? [] : [[arn, policy] as const];
      }),
  );
}

/** Whether a policy has a Deny before the plan; undefined for what cannot be read. */
function hasDeny(policy: ResourceDifference | undefined): boolean | undefined {
  const document = policy && textOf(policy.value("before", "policy"));
  if (document === undefined) return undefined;
  try {
    return parsePolicy(document).some(({ effect }) => effect === "Deny");
  } catch (error) {
    if (!(error instanceof NotAPolicy)) throw error;
    return undefined;
  }
}

/** What losing a policy does: where it has a Deny, that no longer holds. */
function detachment(denies: boolean | undefined): { impact: Impact; reason?: string } {
  switch (denies) {
    case false:
      return { impact: NARROWS };
    case true:
      return {
        impact: { ...NARROWS, broadens: true },
        reason: "The policy has a Deny, which no longer holds here.",
      };
    case undefined:
      return {
        impact: UNKNOWN,
        reason:
          "The policy's document is not in the plan. If it has a Deny, losing it broadens access.",
      };
  }
}

function finding(
  { resource, identityKind, identity }: Attachment,
  policy: ReportValues,
  { impact, reason }: { readonly impact: Impact; readonly reason?: string },
): Finding {
  return {
    resource,
    isCompared: true,
    impact,
    item: {
      ...origin(resource),
      reasons: reason === undefined ? [] : [reason],
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
  attachments: "It detaches what it does not list, and the plan does not show what that is.",
} as const;

function exclusiveFinding(
  resource: ResourceDifference,
  references: References,
): Finding | undefined {
  const taken = takenUnseen(resource, references);
  if (taken === undefined) return undefined;
  return {
    resource,
    isCompared: false,
    impact: UNKNOWN,
    item: {
      ...origin(resource),
      reasons: [UNSEEN[taken]],
      differences: [],
      kind: "exclusive attachments",
    },
  };
}

/** What attaching and detaching managed policies does. */
export function attachmentFindings(
  resources: readonly ResourceDifference[],
  references: References,
  accounts: Accounts,
  deleted: DeletedIdentities,
): Finding[] {
  const { attached, detached } = attachmentDifferences(resources, references, accounts);
  const policies = policiesByArn(resources);
  return [
    ...attached.map((attachment) =>
      finding(attachment, shownBoth(absent, attachment.policy), {
        impact: { ...noImpact, broadens: true },
      }),
    ),
    ...detached.map((attachment) => {
      const { identityKind, identity, policy } = attachment;
      return finding(
        attachment,
        shownBoth(policy, absent),
        deleted.has(attachment.resource, identityKind, textOf(identity))
          ? { impact: NARROWS }
          : detachment(hasDeny(policies.get(textOf(policy) ?? ""))),
      );
    }),
    ...resources.flatMap((resource) => exclusiveFinding(resource, references) ?? []),
  ];
}

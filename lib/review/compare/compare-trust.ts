import type { Answer, Witness } from "./answer";
import { Budget } from "./budget";
import { CALLER, callerName } from "./callers";
import { DEFAULT_STEPS } from "./compare-access";
import {
  compareResourcePolicies,
  type ResourceComparison,
  type ResourceSide,
} from "./resource-access";
import type { Content } from "./statement";

/** The known facts about the role. */
export interface TrustOptions {
  /** The role's account, 12 digits: only its callers need no permission of their own. */
  readonly account?: string | undefined;
  /** The budget of work; give the same one to all comparisons of a plan. */
  readonly budget?: Budget;
}

/** The trust policy of a role; undefined if there is no role. */
export type TrustPolicy = Content | undefined;

const ROLE_SESSION = /^\w+:arn:([\w-]+):iam::(\d+):role\/(?:.*\/)?([^/#]+)#(.+)$/;

/** A caller as AWS writes it: a role assumes another one in a session. */
function principalOf(caller: string): string {
  const [, partition = "", account = "", role, session = ""] = ROLE_SESSION.exec(caller) ?? [];
  return role === undefined
    ? callerName(caller)
    : `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`;
}

/** A request for the role, with its caller as the principal. */
function ofTrust({ action, context, assumes, statement }: Witness): Witness {
  const { [CALLER]: caller, ...others } = context;
  const text = typeof caller === "string" ? caller : "";
  return {
    action,
    principal: principalOf(text),
    ...(/^(named|held):/.test(text) ? { withoutPermission: true } : {}),
    context: others,
    assumes,
    statement: { ...statement, list: "trust" },
  };
}

function trustAnswer(answer: Answer): Answer {
  if (answer.answer !== "yes") return answer;
  const [first, ...others] = answer.witnesses;
  return { answer: "yes", witnesses: [ofTrust(first), ...others.map(ofTrust)] };
}

/**
 * Compares who may assume a role by two trust policies. They are policies of the role as a resource, which
 * nobody may assume without one.
 *
 * A request is a caller (a session of a role, a user, a service, a federated identity) with an action
 * and its context. A result that depends on NotPrincipal is undecided.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compareTrust(
  before: TrustPolicy,
  after: TrustPolicy,
  { account, budget = new Budget(DEFAULT_STEPS) }: TrustOptions = {},
): ResourceComparison {
  const side = (policy: TrustPolicy): ResourceSide => ({
    documents: policy === undefined ? [] : [policy],
    isWhole: true,
  });
  const options = {
    kind: "trust",
    effect: "policy only",
    services: ["sts"],
    account,
    budget,
  } as const;
  const { gained, lost, publicly } = compareResourcePolicies(side(before), side(after), options);
  return { gained: trustAnswer(gained), lost: trustAnswer(lost), publicly };
}

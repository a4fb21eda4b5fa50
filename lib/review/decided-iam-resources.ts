import type { ChangeAction, ResourceDifference } from "./plan/difference";
import { type Impact, noImpact } from "./verdict";

/** A change whose effect is known from its type and action alone. */
interface Decided {
  readonly impact: Impact;
  readonly reason: string;
}

const UNCHANGED = noImpact;
const NARROWED: Impact = { ...noImpact, narrows: true };
const BROADENED: Impact = { ...noImpact, broadens: true };

const CREDENTIAL = "Nobody can sign in with it any more.";

/** Changes of IAM's own resources that are decided without a document. */
const DECIDED: Readonly<Record<string, Partial<Record<ChangeAction, Decided>>>> = {
  aws_iam_openid_connect_provider: {
    create: {
      impact: UNCHANGED,
      reason: "It gives access only through roles that trust it. Those of the plan are compared.",
    },
    delete: { impact: NARROWED, reason: "Who signs in with it can assume no role any more." },
  },
  aws_iam_saml_provider: {
    create: {
      impact: UNCHANGED,
      reason: "It gives access only through roles that trust it. Those of the plan are compared.",
    },
    delete: { impact: NARROWED, reason: "Who signs in with it can assume no role any more." },
  },
  aws_iam_instance_profile: {
    create: {
      impact: UNCHANGED,
      reason: "It gives its role to nobody before an instance gets it.",
    },
    delete: { impact: NARROWED, reason: "No instance can get its role any more." },
  },
  aws_iam_service_linked_role: {
    create: {
      impact: BROADENED,
      reason: "AWS gives the service the permissions of this role, which it defines itself.",
    },
    delete: { impact: NARROWED, reason: "The service loses the permissions of this role." },
  },
  aws_iam_access_key: { delete: { impact: NARROWED, reason: CREDENTIAL } },
  aws_iam_user_login_profile: { delete: { impact: NARROWED, reason: CREDENTIAL } },
  aws_iam_user_ssh_key: { delete: { impact: NARROWED, reason: CREDENTIAL } },
  aws_iam_signing_certificate: { delete: { impact: NARROWED, reason: CREDENTIAL } },
  aws_iam_service_specific_credential: { delete: { impact: NARROWED, reason: CREDENTIAL } },
};

/** The effect of a change of IAM's own resources, if its type and action decide it. */
export const decidedIamResource = ({ type, action }: ResourceDifference): Decided | undefined =>
  DECIDED[type]?.[action];

import { limits } from "../iam/quotas";

/** The size of a document and what IAM allows, in characters without white space. */
export interface SizeLimit {
  readonly limit: number;
  /** What the limit counts together, where that is more than the document. */
  readonly together?: string;
}

/**
 * IAM's limits by kind of document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const sizeLimits = {
  managedPolicy: { limit: limits.managedPolicy },
  trustPolicy: { limit: limits.trustPolicy },
  roleInline: { limit: limits.roleInlinePolicies, together: "all inline policies of the role" },
  userInline: { limit: 2048, together: "all inline policies of the user" },
  groupInline: { limit: 5120, together: "all inline policies of the group" },
} as const satisfies Record<string, SizeLimit>;

/** A document's size as IAM counts it. */
export function sizeOf(document: string): number {
  return document.replace(/\s/g, "").length;
}

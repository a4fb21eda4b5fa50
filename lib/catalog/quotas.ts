import type { PolicyDocument } from "./policy-document";

/**
 * IAM's quotas. Sizes are in characters without white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
  managedPolicy: 6144,
  /** The default quota, which AWS raises on request. */
  trustPolicy: 2048,
  /** All inline policies of one identity together. */
  inlinePolicies: { role: 10240, user: 2048, group: 5120 },
  /** Managed policies of one role: the default quota. */
  policiesPerRole: 10,
  /** Tags of one policy or role. */
  tags: 50,
} as const;

/** Size of a document, or of its text, in characters as IAM counts them: white space is free. */
export function documentSize(document: PolicyDocument | string): number {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return text.replace(/\s/g, "").length;
}

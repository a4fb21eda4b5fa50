/**
 * IAM's size limits, in characters without white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const limits = {
  managedPolicy: 6144,
  /** The default quota, which AWS raises on request. */
  trustPolicy: 2048,
  /** All inline policies of one role together. */
  roleInlinePolicies: 10240,
  /** Managed policies of one role: the default quota. */
  policiesPerRole: 10,
  /** Tags of one policy or role. */
  tags: 50,
} as const;

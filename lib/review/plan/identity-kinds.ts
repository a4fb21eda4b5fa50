/**
 * The kinds of identities that policies are attached to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html
 */
export type IdentityKind = "role" | "user" | "group";

/** The kinds of identities, by the type of their resource. */
export const IDENTITY_TYPES: Readonly<Record<string, IdentityKind>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
};

import { narrowing } from "./narrowing";
import { referencePage } from "./page-urls";
import { type ActionName, databases, type Statement, type Switch } from "./statement";

/** The parts of managed users that differ between types. */
interface ManagedUsers {
  /** The beginning of its variables, and of the anchor of its section on the reference page. */
  readonly prefix: "elasticache" | "memorydb";
  /** The name as AWS writes it, with which its Sids begin, too. */
  readonly title: string;
  /** The actions on users, in the page's order. */
  readonly userActions: readonly [ActionName, ...ActionName[]];
  /** The one of them that sets a password. */
  readonly setPassword: ActionName;
  /** The ARN template of a user. */
  readonly userArn: `${string}{user_name}`;
}

/** The KMS statement's difference from the reference page. */
export function kmsSidDeviation(title: string): string {
  return `The statement for KMS keys has the Sid \`${title}UseKMSKeys\`. The page gives it no Sid.`;
}

/**
 * The statements for users whose passwords Teleport rotates and keeps in Secrets Manager: the legacy
 * way, for engines without IAM authentication. Off by default.
 */
export function managedUsers(type: ManagedUsers): Statement[] {
  const managed: Switch = {
    variable: `${type.prefix}_managed_users`,
    default: false,
    description: `Whether Teleport manages the passwords of ${type.title} users tagged teleport.dev/managed=true (legacy; not needed with IAM authentication).`,
  };
  const source = referencePage(`${type.prefix}-managed-users`);
  const omittable = `Needed only if Teleport manages ${type.title} users, which have a tag for it.`;
  return [
    {
      sid: `${type.title}ManageUsers`,
      actions: type.userActions,
      connects: true,
      // Teleport lists all users and picks the tagged ones, so the users cannot be named.
      resources: { ...databases(), arns: [type.userArn] },
      separable: {
        sid: `${type.title}RotatePasswords`,
        actions: [type.setPassword],
        narrowing: narrowing({
          variable: `${type.prefix}_rotated_users`,
          description: `${type.title} users whose passwords Teleport may set`,
          fields: { user_name: `${type.prefix}_user` },
          arns: [type.userArn as "{user_name}"],
        }),
        condition: {
          variable: `${type.prefix}_rotate_tagged_users_only`,
          description: `Whether Teleport may set the passwords only of ${type.title} users that are tagged teleport.dev/managed=true.`,
          test: ["StringEquals", "aws:ResourceTag/teleport.dev/managed", "true"],
        },
        purpose: `Set the passwords of managed ${type.title} users.`,
      },
      purpose: `Find the ${type.title} users tagged for Teleport and rotate their passwords.`,
      omittable,
      switch: managed,
      source,
    },
    {
      sid: `${type.title}ManagePasswords`,
      actions: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:TagResource",
        "secretsmanager:UpdateSecret",
      ],
      resources: { kind: "secrets" },
      purpose: `Keep the passwords of managed ${type.title} users in Secrets Manager.`,
      omittable,
      switch: managed,
      source,
    },
    {
      sid: `${type.title}UseKMSKeys`,
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: { kind: "kms-keys" },
      purpose: `Encrypt and decrypt the secrets of managed ${type.title} users with a key of your own.`,
      omittable: "Needed only if secret_store.kms_key_id is set in Teleport's configuration.",
      switch: managed,
      source,
    },
  ];
}

import type { Statement } from "./statement";

/**
 * The IAM roles that Teleport users connect as, for types whose databases authenticate a role.
 */
export interface UserRole {
  /** The role of the reference page: the default of `<type>_user_role_names`. */
  readonly defaultName: string;
  /** Statements that the role itself carries. Empty where its permissions are the caller's choice. */
  readonly statements: readonly Statement[];
  /** Name of the boolean variable that adds `sts:TagSession` to the trust policy. */
  readonly sessionTags?: string;
  /** The page that documents what such a role may do. */
  readonly source: `https://${string}`;
}

/** What the Database Service needs for one type of database. */
export interface DatabaseType {
  /** The name that `teleport db configure aws print-iam --types` takes. */
  readonly name: string;
  /** Other spellings that people try. */
  readonly aliases?: readonly string[];
  /** The name as AWS writes it. */
  readonly title: string;
  /** What the Database Service does with these databases, in a sentence. */
  readonly purpose: string;
  /** The section of the reference page. */
  readonly source: `https://${string}`;
  /** The statements of the policy, in the order of the reference page. */
  readonly statements: readonly Statement[];
  readonly userRole?: UserRole;
  /** Where the module differs from the reference page and why, a Markdown paragraph each. */
  readonly deviations?: readonly string[];
}

/** A type's name as variables and resources carry it: `redshift-serverless` gives `redshift_serverless`. */
export function variablePrefix(typeName: string): string {
  return typeName.replaceAll("-", "_");
}

import { narrowingsOf, type Statement } from "./statement";

/**
 * The IAM roles that Teleport users connect as, for types whose databases authenticate a role.
 */
export interface UserRole {
  /** The role of the reference page, which the policy names if `<type>_user_role_names` is null. */
  readonly defaultName: string;
  /** Statements that the role itself carries. Absent if its permissions are the caller's choice. */
  readonly statements?: readonly Statement[];
  /** Prefix of a role's name in `db_users`, if the type also has users that are not roles. */
  readonly dbUserPrefix?: "role/";
  /** Name of the boolean variable that adds `sts:TagSession` to the trust policy. */
  readonly sessionTags?: string;
}

/**
 * Names of the type's databases in Teleport's configuration.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */
interface Configured {
  /** The protocol that tells the type whatever the host; Cassandra's only beside settings under `aws`. */
  readonly protocol?: string;
  /**
   * Patterns of its host names, the first that matches counts. The groups have the names of the
   * fields of the type's narrowings; `region_code` is a region as ElastiCache writes it.
   */
  readonly hosts: readonly RegExp[];
  /**
   * The settings in its section under `aws`, which has the name of {@link variablePrefix}, and the field
   * of the type's narrowings that each one gives, if any.
   */
  readonly settings?: Readonly<Record<string, string | null>>;
  /** Databases with an `ad` block, which use Kerberos and do not need some statements. */
  readonly kerberos?: {
    readonly protocols: readonly string[];
    /** Sids of the statements that are not needed then. */
    readonly unneeded: readonly string[];
  };
}

/** The needs of the Database Service for one type of database. */
export interface DatabaseType {
  /** The name that `teleport db configure aws print-iam --types` takes. */
  readonly name: string;
  /** Other spellings that people try. */
  readonly aliases?: readonly string[];
  /** The name as AWS writes it. */
  readonly title: string;
  /** A sentence: the Database Service's use of these databases. */
  readonly purpose: string;
  /** The section of the reference page. */
  readonly source: `https://${string}`;
  /** The statements of the policy, in the order of the reference page. */
  readonly statements: readonly Statement[];
  readonly userRole?: UserRole;
  readonly configured: Configured;
  /** Differences from the reference page with their reasons, a Markdown paragraph each. */
  readonly deviations?: readonly string[];
}

/**
 * A type's name as variables, resources and Teleport's settings carry it: `redshift-serverless` gives
 * `redshift_serverless`.
 */
export function variablePrefix(typeName: string): string {
  return typeName.replaceAll("-", "_");
}

/**
 * True if users of a type connect as an IAM role only. For these types alone Teleport takes an
 * `external_id` without an `assume_role_arn` (`CheckAndSetDefaults` in its api/types/database.go).
 */
export function connectsAsRoleOnly({ userRole }: DatabaseType): boolean {
  return userRole !== undefined && userRole.dbUserPrefix === undefined;
}

/** True if Teleport can discover databases of a type by itself. The others are registered by hand. */
export function isDiscovered({ statements }: DatabaseType): boolean {
  return statements.some(({ discovery }) => discovery !== undefined);
}

/** The variables that name what a statement of a type applies to. */
export function namingVariables({ name }: DatabaseType, statement: Statement): readonly string[] {
  switch (statement.resources.kind) {
    case "databases":
      return narrowingsOf(statement).map(({ variable }) => variable);
    case "user-roles":
      return ["names", "arns"].map((each) => `${variablePrefix(name)}_user_role_${each}`);
    case "secrets":
      return ["secret_key_prefixes"];
    case "kms-keys":
      return ["kms_key_ids"];
  }
}

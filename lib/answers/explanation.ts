import type { PolicyStatement } from "../catalog/policy-document";
import type { Switch } from "../catalog/statement";

/** A list variable that names what a statement applies to. */
interface ExplainedNarrowing {
  readonly variable: string;
  readonly description: string;
  /** The accepted values of each field of an object, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The ARNs that an object gives, with the fields in braces. */
  readonly arns: readonly string[];
}

/** A statement, and all that there is to know about it. */
export interface ExplainedStatement {
  readonly sid: string;
  /** The policy or role that has it: a role that a user connects as, or the module service-role. */
  readonly carrier: "policy" | "user-role" | "service-role";
  readonly purpose: string;
  /** The actions for the Database Service; empty if only discovery needs the statement. */
  readonly actions: readonly string[];
  /** The actions for discovery (`services` with `discovery`). */
  readonly discovers: readonly string[];
  /** `Resource` with the variables' defaults, with placeholders in braces. */
  readonly resources: readonly string[];
  /** The variables that name resources instead. */
  readonly narrowings: readonly ExplainedNarrowing[];
  /** The database users that it allows, for `db_users` of a Teleport role; null if it allows none. */
  readonly dbUsers: {
    /** With the given values, or else the variables' defaults. */
    readonly users: readonly string[];
    /** The ARNs that the variables write instead, with placeholders in braces. */
    readonly named: readonly string[];
  } | null;
  /** A sentence about when the statement can be removed; null if it is always needed. */
  readonly omittable: string | null;
  /** The boolean variable that puts it in or leaves it out; null if there is none. */
  readonly switch: Switch | null;
  /** The page that documents it. */
  readonly source: string;
  /**
   * The statements with the given values: empty if the values remove it, absent if no values were
   * given.
   */
  readonly granted?: readonly PolicyStatement[];
}

/** A variable of a module. */
export interface ExplainedVariable {
  readonly name: string;
  /** A database type, `database types` for what all of them have, or a module that makes a role. */
  readonly module: string;
  /** Its type in Terraform's syntax. */
  readonly type: string;
  readonly description: string;
  /** Its default as JSON; null if a caller must set it. */
  readonly default: string | null;
}

/** An answer of `explain`: statements, and the variables that were asked for. */
export interface Explanation {
  /** Null if the answer is about no type in particular. */
  readonly type: string | null;
  readonly title: string;
  readonly purpose: string;
  readonly source: string;
  readonly statements: readonly ExplainedStatement[];
  /** The variable that was asked for, once for each module that has it; all of a module that makes a role. */
  readonly variables: readonly ExplainedVariable[];
}

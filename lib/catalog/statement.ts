import { type Definition, type Fields, type Narrowing, narrowing } from "./narrowing";

/** An IAM action: the service's prefix and the operation. */
export type ActionName = `${string}:${string}`;

/** A boolean variable that decides whether statements are part of the policy. */
export interface Switch {
  readonly variable: string;
  readonly default: boolean;
  /** The effect of the variable, in a sentence. */
  readonly description: string;
}

/**
 * The resources of a statement. If `unrestricted` is true, the reference page allows `*`; otherwise
 * the statement never applies to `*`.
 *
 * - `databases`: what the narrowings name. If none is set: `*` if `unrestricted`, or the ARN templates
 *   with the widest value in every field, which is all that the actions support in the account.
 * - `user-roles`: the database-user roles of the type.
 * - `secrets`: secrets of Secrets Manager under the configured key prefixes.
 * - `kms-keys`: the configured KMS keys.
 *
 * A statement without a resource is left out.
 */
export type Resources =
  | {
      readonly kind: "databases";
      readonly unrestricted?: true;
      readonly narrowings: readonly Narrowing[];
      /** A common name for several narrowings, as a part of a local value's name. */
      readonly name?: string;
      /** ARN templates of resource types that no narrowing names. */
      readonly arns?: readonly string[];
    }
  | { readonly kind: "user-roles"; readonly unrestricted?: true }
  | { readonly kind: "secrets" | "kms-keys" };

/** Permissions for discovery that have the Sid of a statement. */
export interface Discovery {
  readonly actions: readonly [ActionName, ...ActionName[]];
  /** ARN templates that all of the actions support; absent if one of them needs `*`. */
  readonly arns?: readonly string[];
}

/** Actions that a caller can take out of a statement, to allow them on less. */
interface Separable {
  /** The Sid of the statement that they get then. */
  readonly sid: string;
  readonly actions: readonly [ActionName, ...ActionName[]];
  readonly narrowing: Narrowing;
  /** A boolean variable that puts a condition on them. */
  readonly condition: {
    readonly variable: string;
    readonly description: string;
    /** The condition's operator, key and value. */
    readonly test: readonly [operator: string, key: string, value: string];
  };
  readonly purpose: string;
}

/** One statement of an IAM policy, with the reason why it is there. */
export interface Statement {
  /** Unique over all database types. */
  readonly sid: string;
  /**
   * Actions that the Database Service needs, in the order of the reference page; empty if only discovery
   * needs the statement. One action is rendered as text, more as a list.
   */
  readonly actions: readonly ActionName[];
  readonly discovery?: Discovery;
  readonly separable?: Separable;
  /**
   * True if it lets users connect as the database users that its narrowing names (`user_name`), so that
   * `db_users` of a Teleport role may allow them.
   */
  readonly connects?: true;
  readonly resources: Resources;
  /** Teleport's use of it, in a sentence. */
  readonly purpose: string;
  /** A sentence: when the statement can be left out, in a sentence; absent if it is always needed. */
  readonly omittable?: string;
  /** The variable that leaves it out or puts it in. */
  readonly switch?: Switch;
  /** The page that documents it. */
  readonly source: `https://${string}`;
}

/** A switch that is on by default. */
export function on(variable: string, description: string): Switch {
  return { variable, default: true, description };
}

/** Databases that the narrowings name, and `*` if none of them is set. */
export function databases(
  ...narrowings: readonly Narrowing[]
): Extract<Resources, { kind: "databases" }> {
  return { kind: "databases", unrestricted: true, narrowings };
}

/** Databases that one narrowing names, and `*` if it is not set. */
export function narrowedBy<const Own extends Fields, const Text extends string>(
  definition: Definition<Own, Text>,
): Extract<Resources, { kind: "databases" }> {
  return databases(narrowing(definition));
}

/** The narrowings of a statement; none if it names no databases. */
export function narrowingsOf({ resources, separable }: Statement): readonly Narrowing[] {
  return [
    ...(resources.kind === "databases" ? resources.narrowings : []),
    ...(separable === undefined ? [] : [separable.narrowing]),
  ];
}

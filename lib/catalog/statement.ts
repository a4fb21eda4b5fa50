import type { Scope } from "./scope";

/** An IAM action: the service's prefix and the operation. */
export type Action = `${string}:${string}`;

/** A boolean variable that decides whether statements are part of the policy. */
export interface Switch {
  readonly variable: string;
  readonly default: boolean;
  /** What the variable decides, as a sentence. */
  readonly description: string;
}

/** Every resource, as text or as a list of one: IAM reads both alike, a plan shows them apart. */
export type Unrestricted = "*" | readonly ["*"];

/**
 * What a statement applies to. `unrestricted` is what the reference page writes where it names no
 * resource, in its own shape; without it the statement never applies to `*`.
 *
 * - `databases`: what the scope variables name. Where they name nothing, `unrestricted`, or the ARN
 *   templates with `*` in every field, which is all that the actions support in the account.
 * - `user-roles`: the database-user roles of the type.
 * - `secrets`: secrets of Secrets Manager under the configured key prefixes.
 * - `kms-keys`: the configured KMS keys. The statement is left out where there are none.
 */
export type Resources =
  | {
      readonly kind: "databases";
      readonly unrestricted?: Unrestricted;
      readonly scopes: readonly Scope[];
      /** ARN templates of resource types that no scope names. */
      readonly arns?: readonly string[];
    }
  | { readonly kind: "user-roles"; readonly unrestricted?: Unrestricted }
  | { readonly kind: "secrets" }
  | { readonly kind: "kms-keys" };

/** One statement of an IAM policy, with the reason why it is there. */
export interface Statement {
  /** Unique over all database types. */
  readonly sid: string;
  /** In the order of the reference page. One action is rendered as text, more as a list. */
  readonly actions: readonly [Action, ...Action[]];
  readonly resources: Resources;
  /** What Teleport does with it, in a sentence. */
  readonly purpose: string;
  /** When the statement can be left out, in a sentence; absent where it is always needed. */
  readonly omittable?: string;
  /** The variable that leaves it out or puts it in. */
  readonly switch?: Switch;
  /** The page that documents it. */
  readonly source: `https://${string}`;
}

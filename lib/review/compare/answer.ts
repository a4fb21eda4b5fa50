import type { Context, Effect, Unknown } from "./statement";

/** A statement of one of the compared documents. */
export interface StatementReference {
  /**
   * The side of the statement: "after" for an Allow that gives access, "before" for a Deny that
   * ends.
   */
  readonly side: "before" | "after";
  readonly list: "policies" | "boundary" | "trust";
  /** The place of its document in that list, from 0. */
  readonly document: number;
  /** Its place in the document's list of statements, from 0. */
  readonly statement: number;
  /** Empty if it has none. */
  readonly sid: string;
  readonly effect: Effect;
}

/** One request that is allowed on one side and not on the other. */
export interface Witness {
  /** As a document spells it, if one does: `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action that is on no resource. Not in trust policies. */
  readonly resource?: string;
  /**
   * The principal that assumes the role or uses the resource: an ARN, a service, or an identity provider.
   * Only in policies with principals.
   */
  readonly principal?: string;
  /**
   * True if the principal can do it without a permission of its own, which only principals of the
   * role's account can, and that is what was gained or lost. Only in trust policies.
   */
  readonly withoutPermission?: boolean;
  /** The keys of the request's context that matter; a key that is not in it is absent. */
  readonly context: Context;
  /** Assumptions about unknown documents and statements. Unnamed ones do not match. */
  readonly assumes: readonly Unknown[];
  /** The statement by which it is gained or lost. */
  readonly statement: StatementReference;
}

/** The answer: yes with a request, no, or undecided with the reason. */
export type Answer =
  | { readonly answer: "yes"; readonly witnesses: readonly [Witness, ...Witness[]] }
  | { readonly answer: "no" }
  /** `reason` is a clause: "the comparison takes more steps than its budget has". */
  | { readonly answer: "undecided"; readonly reason: string };

/** The gained and lost access of a comparison. */
export interface AccessComparison {
  readonly gained: Answer;
  readonly lost: Answer;
}

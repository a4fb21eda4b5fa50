/** One pull request: Terraform code before and after, and what it does to access. */
import type { Verdict } from "../../../lib/review/verdict";

export interface OrdinaryChange {
  readonly before: string;
  readonly after: string;
  /** Written by hand before the review ran. */
  readonly verdict: Verdict;
  readonly why: string;
}

/** A change of what is `before` to what is `after`, beside code that stays as it is (`all`). */
export const change = (
  verdict: Verdict,
  why: string,
  { all = "", before = "", after = "" }: { all?: string; before?: string; after?: string },
): OrdinaryChange => ({
  before: `${all}\n${before}`,
  after: `${all}\n${after}`,
  verdict,
  why,
});

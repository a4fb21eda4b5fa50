/** One pull request: Terraform code before and after, and what it does to access. */
import type { Verdict } from "../../../lib/review/verdict";
import { assumedBy, own, roleOf, text } from "./hcl";

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

/** A change of the inline policy of a role: its statements before and after. */
export const edited = (
  verdict: Verdict,
  why: string,
  before: readonly string[],
  after: readonly string[],
): OrdinaryChange =>
  change(verdict, why, {
    all: roleOf("ec2"),
    before: own(text(...before)),
    after: own(text(...after)),
  });

type Trusted = readonly [principal: string, condition?: string];

/** A change of whom a role trusts. */
export const trusted = (
  verdict: Verdict,
  why: string,
  before: Trusted,
  after: Trusted,
): OrdinaryChange =>
  change(verdict, why, { before: assumedBy(...before), after: assumedBy(...after) });

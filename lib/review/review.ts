import type { Action } from "./action";
import type { Difference } from "./compare";
import type { DocumentChange } from "./documents";
import { countDocuments, findings } from "./findings";
import { readPlan } from "./plan";
import type { SizeLimit } from "./size-limit";
import { combine, type Effects, type Verdict, verdictOf, verdicts } from "./verdict";

/** A document's size before and after, where it is there and may be shown. */
interface ReviewSize extends SizeLimit {
  readonly before?: number;
  readonly after?: number;
}

/** What is on a role, user or group, or was. Text of a sensitive or unknown value says just that. */
export interface ReviewValues {
  readonly before?: string;
  readonly after?: string;
}

/** One document, boundary or attachment that a plan changes. */
export interface ReviewItem {
  readonly address: string;
  readonly previousAddress?: string;
  readonly kind:
    | DocumentChange["kind"]
    | "permissions boundary"
    | "attachment"
    | "exclusive attachments"
    | "deferred change";
  /** The name of an inline policy block. */
  readonly name?: string;
  readonly action: Action;
  readonly verdict: Verdict;
  /** Why the verdict is what it is, where the differences do not say so. */
  readonly reasons: readonly string[];
  readonly size?: ReviewSize;
  readonly differences: readonly Difference[];
  /** The policy's ARN, of a boundary or an attachment. */
  readonly policy?: ReviewValues;
  /** What an attachment is on, such as `role "app"`. */
  readonly holder?: string;
}

/** What a plan does to access. */
export interface Review extends Effects {
  readonly verdict: Verdict;
  /** How many IAM documents the plan has, changed or not. */
  readonly documents: number;
  /** What changes, the verdicts that need most attention first. */
  readonly items: readonly ReviewItem[];
}

/**
 * Reviews a plan: compares every IAM document of it before and after.
 *
 * @param text what `terraform show -json` printed
 * @param source how messages call it, such as the file's name
 * @throws UserError where the text is no plan that can be reviewed
 */
export function review(text: string, source: string): Review {
  const plan = readPlan(text, source);
  const found = findings(plan);
  const { broadens, narrows, unknown } = combine(found);
  const items = found.map((finding) => ({ ...finding.item, verdict: verdictOf(finding) }));
  return {
    verdict: verdictOf({ broadens, narrows, unknown }),
    broadens,
    narrows,
    unknown,
    documents: countDocuments(plan),
    items: items.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict)),
  };
}

import type { Difference } from "../iam/comparison";
import type { Impact } from "../iam/impact";
import type { ChangeAction } from "../plan/difference";
import type { DocumentDifference } from "../plan/documents";
import type { Verdict } from "./verdict";

/** A product of lists: each action, on each resource, for each principal, where the tests hold. */
export interface ReportGrant {
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly condition?: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

/** A {@link Difference} as plain data. */
export interface ReportDifference extends Pick<Difference, "kind" | "sid" | "movedFrom"> {
  /** What the statement is for, where it is one of this project's. */
  readonly purpose?: string;
  readonly before?: ReportGrant;
  readonly after?: ReportGrant;
}

/** A document's size and what IAM allows, in characters without white space. */
export interface ReportSize {
  readonly limit: number;
  /** What the limit counts together, where that is more than the document. */
  readonly together?: string;
  /** The size, where the document is there and may be shown. */
  readonly before?: number;
  readonly after?: number;
}

/** What is on an identity, or was. Text of a sensitive or unknown value says just that. */
export interface ReportValues {
  readonly before?: string;
  readonly after?: string;
}

/** One document, boundary, attachment or other resource that a plan changes. */
export interface ReportItem {
  readonly address: string;
  readonly previousAddress?: string;
  readonly kind:
    | DocumentDifference["kind"]
    | "permissions boundary"
    | "attachment"
    | "exclusive attachments"
    | "uncompared resource"
    | "deferred change";
  /** The name of an inline policy block. */
  readonly name?: string;
  readonly action: ChangeAction;
  readonly verdict: Verdict;
  /** Why the verdict is what it is, where the differences do not say so. */
  readonly reasons: readonly string[];
  readonly size?: ReportSize;
  readonly differences: readonly ReportDifference[];
  /** The policy's ARN, of a boundary or an attachment. */
  readonly policy?: ReportValues;
  /** The identity that an attachment is on, such as `role app`. */
  readonly holder?: string;
}

/** What a plan does to access, as plain data, which every format shows. */
export interface Report extends Impact {
  /** Of this report, raised with every change that a reader could trip over. */
  readonly formatVersion: 1;
  readonly verdict: Verdict;
  /** How many resources of the plan carry IAM documents, changed or not. */
  readonly documents: number;
  /** What changes, the verdicts that need most attention first. */
  readonly items: readonly ReportItem[];
}

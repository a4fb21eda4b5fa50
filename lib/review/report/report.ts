import type { Witness } from "../compare";
import type { ConditionEntry } from "../compare/statement";
import type { ChangeAction } from "../plan/difference";
import type { GateFinding } from "../gate/finding";
import type { Risk } from "../gate/risk";
import type { Impact, Verdict } from "../verdict";

/** A product of lists: each action, on each resource, for each principal, if the tests hold. */
export interface ReportGrant {
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly condition?: readonly ConditionEntry[];
}

/**
 * A statement that differs between two documents. It shows what was edited, not what is allowed.
 *
 * - `granted`: only the document after has it.
 * - `removed`: only the document before has it.
 * - `changed`: both have it, with another list or condition.
 * - `moved`: both have it, under another Sid.
 */
export interface ReportDifference {
  readonly kind: "granted" | "removed" | "changed" | "moved";
  /** The Sid, empty if the statement has none; of `moved` the new one. */
  readonly sid: string;
  readonly movedFrom?: readonly string[];
  /** The purpose of the statement, if it is one of this project's. */
  readonly purpose?: string;
  readonly before?: ReportGrant;
  readonly after?: ReportGrant;
}

/** A document's size and what IAM allows, in characters without white space. */
export interface ReportSize {
  readonly limit: number;
  /** The documents that the limit counts together, if more than one. */
  readonly together?: string;
  /** The size, if the document exists and may be shown. */
  readonly before?: number;
  readonly after?: number;
}

/**
 * The value on an identity before or after. A sensitive or unknown value is replaced by a word.
 */
export interface ReportValues {
  readonly before?: string;
  readonly after?: string;
}

/** The plans of a report about several, by their names, that have this in common. */
export interface OfPlans {
  readonly plans?: readonly string[];
}

/** One document, boundary, attachment, membership or other resource that a plan changes. */
export interface ReportItem extends OfPlans {
  readonly address: string;
  readonly previousAddress?: string;
  readonly kind:
    | "managed policy"
    | "inline policy"
    | "trust policy"
    | "permissions boundary"
    | "attachment"
    | "exclusive attachments"
    | "group membership"
    | "resource policy"
    | "identity policy"
    | "handed role"
    | "grant"
    | "public access"
    | "identity provider"
    | "instance profile"
    | "argument"
    | "deferred change"
    | "changed outside of Terraform"
    | "provisioner"
    | "recreated"
    | "tag";
  /** The name of an inline policy block, or of the argument that hands a role. */
  readonly name?: string;
  readonly action: ChangeAction;
  readonly verdict: Verdict;
  /** Remarks, such as why a document cannot be compared. */
  readonly reasons: readonly string[];
  readonly size?: ReportSize;
  readonly differences: readonly ReportDifference[];
  /** The policy's ARN, of a boundary or an attachment. */
  readonly policy?: ReportValues;
  /** The group that a user joins (after) or leaves (before). */
  readonly group?: ReportValues;
  /** The addresses of a `moved` block that keeps what is deleted and created again. */
  readonly moved?: { readonly from: string; readonly to: string };
  /** The identity that an attachment is on, such as `role app`, or the user who joins a group or leaves it. */
  readonly holder?: string;
}

/** One request that is allowed on one side of a plan and not on the other. */
export type ReportRequest = Omit<Witness, "statement">;

/** A request, and the statement by which it is gained or lost. */
export interface ReportWitness extends ReportRequest {
  /**
   * The references that the statement waits for, such as `aws_sqs_queue.orders.arn`, if it has
   * values that are known only after apply. The request is then an example of what such a value may
   * allow.
   */
  readonly waitsFor?: readonly string[];
  /** The statement by which it is gained or lost, and the resource that has it, if the plan shows it. */
  readonly statement: {
    readonly address?: string;
    /** The ARN of the managed policy that has it, if that is not a resource of the plan. */
    readonly policy?: string;
    readonly sid: string;
    readonly effect: "Allow" | "Deny";
  };
}

/** The answer: yes, no, or undecided with the reason as a clause. */
export type ReportAnswer =
  | { readonly answer: "yes"; readonly witnesses: readonly ReportWitness[] }
  | { readonly answer: "no" }
  | { readonly answer: "undecided"; readonly reason: string };

/** The gained and lost access of one identity, by all its documents together. */
export interface ReportAccess extends OfPlans {
  /**
   * An identity; a managed policy, for whoever has it outside of the plan; or a role's trust policy, for
   * who may assume it.
   */
  readonly kind: "role" | "user" | "group" | "managed policy" | "trust policy";
  /** The identity's name, the policy's ARN, or the address if that is known only after apply. */
  readonly name: string;
  /** The account, or the provider configuration, if the plan has several. */
  readonly account?: string;
  readonly verdict: Verdict;
  readonly gained: ReportAnswer;
  readonly lost: ReportAnswer;
}

/** Somebody who gains or loses. */
export interface ReportHolder extends OfPlans {
  /** A principal as a policy names it, or a resource by its address; "other" is a description. */
  readonly kind: "role" | "user" | "group" | "managed policy" | "principal" | "resource" | "other";
  readonly name: string;
  readonly account?: string;
  /** True if the plan creates it. */
  readonly isNew: boolean;
  /** The principals that may assume a role that the plan creates. */
  readonly trusts?: readonly string[];
}

/** The statement by which something is gained or lost, as far as the plan shows it. */
export interface ReportSource {
  readonly sid: string;
  /** The address of the resource, or the ARN of a managed policy, that has it. */
  readonly where: string;
}

/**
 * A gain or loss of one class of risk. Equal changes of several are one row.
 *
 * - `undecided`: it cannot be compared, so it may be a gain.
 */
export interface ReportRow {
  readonly change: "gained" | "undecided" | "lost";
  /** True if anybody in the world gains it. */
  readonly isPublic: boolean;
  /** The class of the riskiest action; missing if nothing is known of the actions. */
  readonly risk?: Risk;
  readonly who: readonly ReportHolder[];
  /** The granted patterns, the riskiest first. */
  readonly what: readonly ReportGrant[];
  /** The same in words, if it is not given by a statement, or the reason why it is undecided. */
  readonly says: readonly string[];
  /** Ways to get more permissions that are gained with it, each as a clause. */
  readonly escalation: readonly string[];
  /** A request that is allowed on one side only. */
  readonly example?: ReportRequest;
  /** The values, known after apply, that the example waits for. */
  readonly waitsFor: readonly string[];
  readonly by: readonly ReportSource[];
}

/** An entry of the file of accepted findings that accepts nothing. */
export interface ReportEntry {
  readonly fingerprint: string;
  readonly text: string;
  readonly expires: string;
  /** The state: past its day, without a finding, or without a reason or owner. */
  readonly state: "expired" | "unused" | "incomplete";
}

/** The changes of access in a plan, as plain data, which every format shows. */
export interface Report extends Impact {
  /** Of this report, raised with every change that a reader could trip over. */
  readonly formatVersion: 2;
  readonly verdict: Verdict;
  /** The names of the plans that it is about. */
  readonly plans: readonly string[];
  /** The number of resources with IAM documents, changed or not. */
  readonly documents: number;
  /** The day of the table that the documents of AWS-managed policies were taken from, if any were. */
  readonly managedPoliciesOf?: string;
  /** The gains and losses: gains first, the riskiest first. */
  readonly rows: readonly ReportRow[];
  /** Identities whose documents change, the verdicts that need most attention first. */
  readonly access: readonly ReportAccess[];
  /** The changed resources, the most important verdicts first. */
  readonly items: readonly ReportItem[];
  /** The same as a gate judges it, each finding by itself. */
  readonly findings: readonly GateFinding[];
  /** Entries of the file of accepted findings that accept nothing. */
  readonly entries: readonly ReportEntry[];
}

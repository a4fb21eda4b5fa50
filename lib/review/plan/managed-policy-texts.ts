import { brotliDecompressSync } from "node:zlib";
import { managedPolicies } from "../data/managed-policies";

/** A text of a managed policy that is not a resource of the plan. */
export interface PolicyText {
  readonly text: string;
  /** The day of the table that it is from; undefined for one that the plan or the caller gives. */
  readonly date?: string;
}

const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(.+)$/;

/**
 * Documents of managed policies by ARN, for those that are not resources of the plan: given by the
 * caller, read by a data source of the plan, or AWS's own from a table with a date.
 */
export class ManagedPolicyTexts {
  private table: Readonly<Record<string, string>> | undefined;

  /**
   * @param given documents by the part of the ARN behind `:policy/`
   * @param read documents by ARN, from data sources of the plan
   */
  constructor(
    private readonly given: ReadonlyMap<string, string>,
    private readonly read: ReadonlyMap<string, string>,
  ) {}

  of(arn: string): PolicyText | undefined {
    const name = AWS_MANAGED.exec(arn)?.[1];
    const text = (name === undefined ? undefined : this.given.get(name)) ?? this.read.get(arn);
    if (text !== undefined) return { text };
    // The documents of other partitions have other ARNs in them.
    if (name === undefined || !arn.startsWith("arn:aws:")) return undefined;
    this.table ??= JSON.parse(
      brotliDecompressSync(Buffer.from(managedPolicies.brotli, "base64")).toString(),
    ) as Readonly<Record<string, string>>;
    if (!Object.hasOwn(this.table, name)) return undefined;
    return { text: this.table[name] ?? "", date: managedPolicies.date };
  }
}

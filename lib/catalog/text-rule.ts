/**
 * The form of a text value. Rendered twice from here: as a `validation` block of the module
 * and as a check in this program, so that both accept and refuse the same values.
 */
export interface TextRule {
  /**
   * A regular expression in the syntax that RE2 and JavaScript share, anchored at both ends.
   * RE2 allows no repeat count over 1,000: longer limits belong in {@link maxLength}.
   */
  readonly pattern: string;
  /** A regular expression of the same syntax that no value may match. */
  readonly except?: string;
  /** The largest allowed number of characters, if the pattern does not bound it. */
  readonly maxLength?: number;
  /** The allowed values, as the end of the sentence "<name> must be …". */
  readonly allowed: string;
}

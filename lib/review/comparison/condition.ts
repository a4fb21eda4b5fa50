/** One test of a condition block: an operator, a context key, and the values it may have. */
export interface ConditionTest {
  readonly operator: string;
  /** In lower case: IAM reads keys without regard to case. */
  readonly key: string;
  readonly values: ReadonlySet<string>;
  /** Whether a `${…}` in it is text, as in documents of version 2008-10-17, and no policy variable. */
  readonly literal: boolean;
}

/** Operators that hold where no value matches: each further value is one more restriction. */
const NEGATED =
  /^(ForAnyValue:|ForAllValues:)?(String|Numeric|Date|Arn)Not|^(ForAnyValue:|ForAllValues:)?NotIp/i;

const isSubset = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((value) => whole.has(value));

/** Whether `weaker` surely holds wherever `test` holds. */
function implied(weaker: ConditionTest, test: ConditionTest): boolean {
  if (weaker.operator !== test.operator || weaker.key !== test.key) return false;
  if (weaker.literal !== test.literal) return false;
  return NEGATED.test(test.operator)
    ? isSubset(weaker.values, test.values)
    : isSubset(test.values, weaker.values);
}

/**
 * Whether the condition `weaker` surely holds wherever `condition` holds. All tests of a condition
 * must hold, so one with fewer is weaker. Values are compared as text, without reading wildcards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function coversCondition(
  weaker: readonly ConditionTest[],
  condition: readonly ConditionTest[],
): boolean {
  return weaker.every((needed) => condition.some((test) => implied(needed, test)));
}

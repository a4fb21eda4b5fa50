import type { TextRule } from "../catalog/text-rule";
import { checkValue } from "../inputs/check-value";
import { visible } from "../text/visible-text";
import { type Located, problemAt } from "./place";

/**
 * A value that obeys the rule of the variable that it becomes.
 *
 * @param name the key that it stands under
 * @throws UserError with its place where it does not; a confidential value is not repeated
 */
export function checked(
  name: string,
  value: Located | undefined,
  rule: TextRule,
): Located | undefined {
  if (value === undefined) return undefined;
  const confidential = name === "external_id";
  const [problem] = checkValue(
    { name, type: { kind: "string", rule, confidential }, description: "" },
    value.text,
  );
  if (problem !== undefined) throw problemAt(value, visible(problem));
  return value;
}

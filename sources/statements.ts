import { hasParameter, type PageStatement } from "./page";

/** A statement as a page should have it; a name in braces marks what each page fills in. */
export interface ExpectedStatement {
  readonly actions: readonly string[];
  /** The ARNs it applies to, or the principals of a trust policy. */
  readonly arns: readonly string[];
  /** The condition as JSON; undefined for none. */
  readonly condition?: string;
}

/** True if an ARN of a page has the expected form. A parameter without a value can be any text. */
function hasForm(arn: string, expected: string): boolean {
  const parts = arn.split(/([:/])/);
  const forms = expected.split(/([:/])/);
  return (
    parts.length === forms.length &&
    parts.every(
      (part, index) =>
        part === forms[index] || hasParameter(part) || /^\{\w+\}$/.test(forms[index] ?? ""),
    )
  );
}

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one));

/** True if two lists have the same actions in any order. */
export function sameActions(one: readonly string[], other: readonly string[]): boolean {
  return without(one, other).length === 0 && without(other, one).length === 0;
}

/** True if the ARNs of a page have the expected forms. */
function sameArns(found: readonly string[], expected: readonly string[]): boolean {
  return (
    found.length === expected.length &&
    found.every((arn) => expected.some((form) => hasForm(arn, form)))
  );
}

/** The differences between a statement of a page and the expected one, in words. */
export function statementDifferences(found: PageStatement, expected: ExpectedStatement): string[] {
  const { effect, actions, principals, resources, condition, otherElements } = found;
  const gone = without(expected.actions, actions);
  const added = without(actions, expected.actions);
  const arns = principals ?? resources;
  const name = principals === undefined ? "resources" : "principals";
  return [
    ...(effect === "Allow" ? [] : [`effect: the page has ${effect}`]),
    ...(gone.length > 0 ? [`actions that the page no longer has: ${gone.join(", ")}`] : []),
    ...(added.length > 0 ? [`actions that the page has now: ${added.join(", ")}`] : []),
    ...(sameArns(arns, expected.arns)
      ? []
      : [
          `${name}: the page has ${arns.join(", ") || "none"}, the catalogue ${expected.arns.join(", ")}`,
        ]),
    ...(condition === expected.condition
      ? []
      : [
          `condition: the page has ${condition ?? "none"}, the catalogue ${expected.condition ?? "none"}`,
        ]),
    ...otherElements.map((element) => `the page has ${element} now`),
  ];
}

import { renderArn } from "../catalog/arn";
import { literal, type Term, text, variable } from "./term";

/** Placeholders that every ARN template can use. */
const common: Readonly<Record<string, Term>> = {
  partition: variable("aws_partition"),
  account: variable("aws_account_id"),
};

/** The terms that take the places of a template's placeholders; a name without one is `*`. */
type Fill = Readonly<Record<string, Term>> | ((name: string) => Term);

/** A mark around the name of a placeholder. ARNs do not contain this character. */
const MARK = "\0";

/**
 * An ARN in the caller's partition and account.
 *
 * @param template an ARN template of the catalogue
 */
export function arn(template: string, fill: Fill): Term {
  const parts = renderArn(template, (name) => `${MARK}${name}${MARK}`).split(MARK);
  return text(
    ...parts
      .map((part, index) =>
        index % 2 === 0
          ? part
          : (common[part] ??
            (typeof fill === "function" ? fill(part) : (fill[part] ?? literal("*")))),
      )
      .filter((part) => part !== ""),
  );
}

/** The names of a template's own placeholders, in their order. */
function placeholders(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => common[name] === undefined);
}

/** The ARNs of a template for every combination of its placeholders' values, by the values that differ. */
export function arnsWith(
  template: string,
  valuesOf: (name: string) => readonly string[],
): Map<string, Term> {
  const combinations = placeholders(template).reduce<readonly Record<string, string>[]>(
    (before, name) =>
      before.flatMap((values) => valuesOf(name).map((value) => ({ ...values, [name]: value }))),
    [{}],
  );
  return new Map(
    combinations.map((values) => [
      renderArn(template, (name) => values[name] ?? `{${name}}`),
      arn(template, (name) => literal(values[name] ?? "*")),
    ]),
  );
}

import { literal, type Term, text, variable } from "./term";

/** Placeholders that every ARN template can use. */
const common: Readonly<Record<string, Term>> = {
  partition: variable("aws_partition"),
  account: variable("aws_account_id"),
};

/**
 * An ARN in the caller's partition and account.
 *
 * @param template an ARN template of the catalogue, which starts at the service (`rds:{region}:{account}:…`)
 * @param fill the terms that take the places of its other placeholders; a name without one is `*`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arn(template: string, fill: Readonly<Record<string, Term>> = {}): Term {
  const termOf = (name: string): Term => common[name] ?? fill[name] ?? literal("*");
  // The names of the placeholders are at the odd places.
  const parts = `arn:{partition}:${template}`.split(/\{(\w+)\}/);
  const terms = parts.map((part, index) => (index % 2 === 0 ? part : termOf(part)));
  return text(...terms.filter((part) => part !== ""));
}

/** The ARNs of a template for every combination of its placeholders' values, by the filled template. */
export function arnsWith(
  template: string,
  valuesOf: (name: string) => readonly string[],
): Map<string, Term> {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const filled = names
    .filter((name) => common[name] === undefined)
    .reduce(
      (texts, name) =>
        texts.flatMap((one) => valuesOf(name).map((value) => one.replace(`{${name}}`, value))),
      [template],
    );
  return new Map(filled.map((one) => [one, arn(one)]));
}

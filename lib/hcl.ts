import { renderArn } from "./iam/arn";

/** `text` as a string value of Terraform's JSON syntax, with nothing in it taken for a template. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** `text` as a quoted string of Terraform's expression language. */
export function quote(text: string): string {
  return literal(JSON.stringify(text));
}

/** A Terraform list of the expressions `items`. */
export function list(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** A string value of Terraform's JSON syntax that is wholly the expression `expression`. */
export function interpolate(expression: string): string {
  return `\${${expression}}`;
}

/**
 * The quoted Terraform string of an ARN in the caller's partition and account.
 *
 * @param template an ARN template of the catalogue
 * @param valueOf the text of any other placeholder
 */
export function arn(template: string, valueOf: (placeholder: string) => string): string {
  const common: Record<string, string> = {
    partition: interpolate("var.aws_partition"),
    account: interpolate("var.aws_account_id"),
  };
  return `"${renderArn(template, (placeholder) => common[placeholder] ?? valueOf(placeholder))}"`;
}

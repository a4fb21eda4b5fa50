/** `text` as a string value of Terraform's JSON syntax, with nothing in it taken for a template. */
export function literal(text: string): string {
  // Most texts have none, and this is called for every one of every module.
  return text.includes("{") ? text.replace(/[$%](?=\{)/g, "$&$&") : text;
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

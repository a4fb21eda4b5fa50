/** `text` as a string value of Terraform's JSON syntax, with nothing in it taken for a template. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function escaped(character: string): string {
  // HCL has JSON's escapes by a letter, but for \b and \f.
  if (/["\\\n\r\t]/.test(character)) return JSON.stringify(character).slice(1, -1);
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/**
 * `text` as a quoted string of Terraform's expression language, with every unseen character escaped.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function quote(text: string): string {
  const plain = text.replace(
    /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    escaped,
  );
  return `"${literal(plain)}"`;
}

/** A Terraform list of the expressions `items`. */
export function list(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** A Terraform object of expressions by key. A key that is a name has no quotes. */
export function object(entries: readonly (readonly [key: string, expression: string])[]): string {
  const fields = entries.map(
    ([key, expression]) => `${/^[a-z_]\w*$/i.test(key) ? key : quote(key)} = ${expression}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A string value of Terraform's JSON syntax that is wholly the expression `expression`. */
export function interpolate(expression: string): string {
  return `\${${expression}}`;
}

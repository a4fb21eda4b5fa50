/** Values for a variable that hold `expression` wherever the variable's type has room for text. */

/**
 * An expression of the type constraint `type`, with `expression` as every string and number in it
 * and nothing for booleans.
 *
 * @param type `string`, `list(string)`, `list(object({ a = optional(string, "*") }))` and so on
 * @returns undefined where the type has no room for text
 */
export function filledWith(type: string, expression: string): string | undefined {
  const { kind, inner } = parse(type.trim());
  switch (kind) {
    case "bool":
      return undefined;
    case "string":
    case "number":
      return expression;
    case "optional":
      return filledWith(splitTop(inner)[0] ?? "", expression);
    case "list":
      return `[${String(filledWith(inner, expression))}]`;
    case "map":
      return `{ key = ${String(filledWith(inner, expression))} }`;
    case "object": {
      const fields = splitTop(inner.trim().replace(/^\{|\}$/g, "")).flatMap((field) => {
        const [, name = "", fieldType = ""] = /^\s*(\w+)\s*=\s*(.*)$/s.exec(field) ?? [];
        const value = filledWith(fieldType, expression);
        return value === undefined ? [] : [`${name} = ${value}`];
      });
      return `{ ${fields.join(", ")} }`;
    }
    default:
      throw new Error(`No value of the type ${JSON.stringify(type)} is known to the tests.`);
  }
}

function parse(type: string): { kind: string; inner: string } {
  const [, kind = type, inner = ""] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  return { kind, inner };
}

/** The parts of `text` between its commas, apart from commas in brackets and in quotes. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && "({[".includes(character)) depth += 1;
    else if (!quoted && ")}]".includes(character)) depth -= 1;
    if (character === "," && depth === 0 && !quoted) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part].filter((text) => text.trim() !== "");
}

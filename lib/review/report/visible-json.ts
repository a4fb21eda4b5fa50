import { UNSEEN } from "../../text/unseen";

/** JSON, indented, in which every unseen character is escaped. */
export function visibleJson(value: unknown): string {
  // Most text is ASCII, in which JSON leaves nothing unseen but line breaks.
  return JSON.stringify(value, null, 2).replace(/[^\n -~]+/g, (text) =>
    text.replace(UNSEEN, jsonEscape),
  );
}

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

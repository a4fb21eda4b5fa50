import { isObject, parseJson } from "../../text/json";
import { readDocument, type ReadDocument } from "../compare";
import type { Kind } from "../compare/statement";

/** A document that was read from its text, or why it cannot be read, as a clause. */
export type TextReading = ReadDocument | string;

/**
 * The longest text that is compared, in characters, because a comparison takes the square of the time. IAM
 * rejects a document of this length; the longest of AWS's own, ReadOnlyAccess, has 91,000.
 */
const LONGEST = 131072;

/** Counts keys without recursion, because the text can be nested deeper than the stack. */
function countKeys(root: unknown): number {
  const open = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) count += Object.keys(value).length;
    for (const inner of Object.values(value) as unknown[]) open.push(inner);
  }
  return count;
}

/** The JSON of a document. A key that is given twice means one thing here and perhaps another to IAM. */
function policyJson(text: string): object | string {
  if (text.length > LONGEST) {
    return `it is longer than the ${String(LONGEST)} characters that are compared`;
  }
  const value = parseJson(text);
  if (value === undefined) return "it is not JSON";
  if (!isObject(value)) return "its root is not an object";
  const keys = text.match(/"(?:[^"\\]|\\.)*"\s*:?/g)?.filter((token) => token.endsWith(":")) ?? [];
  return keys.length === countKeys(value) ? value : "it has a duplicate key";
}

/** A resource of API Gateway in short: AWS puts the ARN of the API in front. */
const inFull = (text: string): string =>
  text.replaceAll('"execute-api:/', '"arn:*:execute-api:*:*:*/');

/** The documents of a plan by their texts, each read once. */
export class DocumentTexts {
  private readonly known: Readonly<Record<Kind, Map<string, TextReading>>> = {
    identity: new Map(),
    trust: new Map(),
    resource: new Map(),
  };

  read(text: string, kind: Kind = "identity"): TextReading {
    const known = this.known[kind].get(text);
    if (known !== undefined) return known;
    const json = policyJson(kind === "resource" ? inFull(text) : text);
    const reading = typeof json === "string" ? json : readDocument(json, kind, text);
    this.known[kind].set(text, reading);
    return reading;
  }
}

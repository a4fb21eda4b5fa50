import { isObject, type JsonObject } from "../../text/json";
import type { ConditionTest } from "./condition";
import {
  type ActionEntry,
  type Element,
  type PrincipalEntry,
  readAction,
  readPrincipal,
  readResource,
  type ResourceEntry,
} from "./element";

/** A statement of a policy, as the sets that it multiplies. */
export interface ParsedStatement {
  /** Empty where the statement has none. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly Element<ActionEntry>[];
  /** Undefined where the document has no such element, as a trust policy has no resource. */
  readonly resources: readonly Element<ResourceEntry>[] | undefined;
  readonly principals: readonly Element<PrincipalEntry>[] | undefined;
  readonly condition: readonly ConditionTest[];
}

/** Text that is no policy document that IAM would take, or one that this program cannot vouch for. */
export class NotAPolicy extends Error {}

/**
 * The longest text that is compared, in characters. IAM takes no document of this length, and a
 * comparison takes the square of the time.
 */
const LONGEST = 32768;

const ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
]);

function object(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new NotAPolicy(`its ${what} is no object`);
  return value;
}

function strings(value: unknown, what: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((item) => typeof item === "string")) {
    throw new NotAPolicy(`its ${what} is neither text nor a list of it`);
  }
  return list;
}

/** Without recursion, for what is nested deeper than a stack. */
function countKeys(root: unknown): number {
  const open = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) count += Object.keys(value).length;
    open.push(...(Object.values(value) as unknown[]));
  }
  return count;
}

/** A key that is given twice means one thing to this program and perhaps another to IAM. */
function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotAPolicy("it is no JSON");
  }
  const keys = text.match(/"(?:[^"\\]|\\.)*"\s*:?/g)?.filter((token) => token.endsWith(":")) ?? [];
  if (keys.length !== countKeys(value)) throw new NotAPolicy("it has a key twice");
  return value;
}

/** The key of an entry. Where `${…}` is text, it is not that of a policy variable. */
const entryKey = (text: string, variables: boolean): string =>
  variables || !text.includes("${") ? `is ${text}` : `in 2008 ${text}`;

/** The key of what excludes its entries. */
const exceptKey = (texts: readonly string[], variables: boolean): string =>
  `not ${JSON.stringify(texts.map((text) => entryKey(text, variables)))}`;

/** The element `name` or `Not<name>` of a statement, read with `read`. */
function elements<Entry>(
  statement: JsonObject,
  name: "Action" | "Resource",
  variables: boolean,
  read: (text: string) => Entry,
): Element<Entry>[] | undefined {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) {
    throw new NotAPolicy(`a statement has both ${name} and Not${name}`);
  }
  if (negated !== undefined) {
    const texts = strings(negated, `Not${name}`);
    return [{ except: true, entries: texts.map(read), texts, key: exceptKey(texts, variables) }];
  }
  if (plain === undefined) return undefined;
  return [...new Set(strings(plain, name))].map((text) => ({
    except: false,
    entries: [read(text)],
    texts: [text],
    key: entryKey(text, variables),
  }));
}

function principalEntries(value: unknown): { entries: PrincipalEntry[]; texts: string[] } {
  const named = value === "*" ? { AWS: "*" } : object(value, "Principal");
  const pairs = Object.entries(named).flatMap(([type, names]) =>
    strings(names, "Principal").map((name) => ({ type, name })),
  );
  return {
    entries: pairs.map(({ type, name }) => readPrincipal(type, name)),
    texts: pairs.map(({ type, name }) => (type === "AWS" ? name : `${type}: ${name}`)),
  };
}

function principals({
  Principal: plain,
  NotPrincipal: negated,
}: JsonObject): Element<PrincipalEntry>[] | undefined {
  if (plain !== undefined && negated !== undefined) {
    throw new NotAPolicy("a statement has both Principal and NotPrincipal");
  }
  if (negated !== undefined) {
    const all = principalEntries(negated);
    return [{ except: true, ...all, key: JSON.stringify([true, all.entries]) }];
  }
  if (plain === undefined) return undefined;
  const { entries, texts } = principalEntries(plain);
  return entries.map((entry, index) => ({
    except: false,
    entries: [entry],
    texts: [texts[index] ?? ""],
    key: JSON.stringify([false, entry]),
  }));
}

/** Condition values are text, numbers or booleans; IAM reads all of them as text. */
function conditionValues(value: unknown): Set<string> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return new Set(
    list.map((item) => {
      if (!["string", "number", "boolean"].includes(typeof item)) {
        throw new NotAPolicy("its Condition has a value that is no text");
      }
      return String(item);
    }),
  );
}

function condition(value: unknown, variables: boolean): ConditionTest[] {
  if (value === undefined) return [];
  return Object.entries(object(value, "Condition")).flatMap(([operator, tests]) =>
    Object.entries(object(tests, "Condition")).map(([key, values]) => {
      const texts = conditionValues(values);
      const literal = !variables && [...texts].some((text) => text.includes("${"));
      return { operator, key: key.toLowerCase(), values: texts, literal };
    }),
  );
}

function parseStatement(value: unknown, variables: boolean): ParsedStatement {
  const statement = object(value, "Statement");
  if (Object.keys(statement).some((name) => !ELEMENTS.has(name))) {
    throw new NotAPolicy("a statement has an element that IAM does not know");
  }
  const { Sid: sid = "", Effect: effect } = statement;
  if (typeof sid !== "string") throw new NotAPolicy("its Sid is no text");
  if (effect !== "Allow" && effect !== "Deny") {
    throw new NotAPolicy("a statement's Effect is neither Allow nor Deny");
  }
  const actions = elements(statement, "Action", false, readAction);
  if (actions === undefined) throw new NotAPolicy("a statement has no Action");
  return {
    sid,
    effect,
    actions,
    resources: elements(statement, "Resource", variables, (text) => readResource(text, variables)),
    principals: principals(statement),
    condition: condition(statement.Condition, variables),
  };
}

/**
 * The JSON of an IAM policy document; its statements are not looked at.
 *
 * @throws NotAPolicy where IAM would not take it or could read it in another way; the message is a
 * clause without a word of the document
 */
export function policyJson(text: string): JsonObject {
  if (text.length > LONGEST) {
    throw new NotAPolicy(`it is longer than the ${String(LONGEST)} characters that are compared`);
  }
  const document = object(parse(text), "root");
  if (Object.keys(document).some((name) => !["Version", "Id", "Statement"].includes(name))) {
    throw new NotAPolicy("it has an element that IAM does not know");
  }
  return document;
}

/**
 * Parses an IAM policy document.
 *
 * @throws NotAPolicy where IAM would not take it or could read it in another way; the message is a
 * clause without a word of the document
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): ParsedStatement[] {
  const document = policyJson(text);
  const { Version: version = "2008-10-17", Statement: statements } = document;
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    throw new NotAPolicy("its Version is neither 2012-10-17 nor 2008-10-17");
  }
  if (statements === undefined) throw new NotAPolicy("it has no Statement");
  const list: unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.map((statement) => parseStatement(statement, version === "2012-10-17"));
}

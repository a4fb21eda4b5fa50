import { isObject, type JsonObject } from "../../text/json";
import { dates, numbers, readBlock } from "./line";
import { arnParts, readPattern } from "./pattern";
import {
  ALLOW_ALL,
  type ConditionEntry,
  type Content,
  type Effect,
  type Entries,
  EVERYTHING,
  type Kind,
  type PolicyJson,
  type Principal,
  ReadDocument,
  type Statement,
  type Unknown,
} from "./statement";

/** Thrown inside this file for a statement that IAM would reject. The message is a clause. */
class NotReadable extends Error {}

function object(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new NotReadable(`its ${what} is not an object`);
  return value;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function strings(value: unknown, what: string): string[] {
  const list = listOf(value);
  if (list.length === 0) throw new NotReadable(`its ${what} is empty`);
  return list.map((item) => {
    if (typeof item !== "string") {
      throw new NotReadable(`its ${what} is neither text nor a list of text`);
    }
    return item;
  });
}

function entries(
  statement: JsonObject,
  name: "Action" | "Resource",
  valid: (text: string) => boolean,
): Entries {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if ((plain === undefined) === (negated === undefined)) {
    const which = plain === undefined ? `no ${name}` : `both ${name} and Not${name}`;
    throw new NotReadable(`a statement has ${which}`);
  }
  const texts = strings(plain ?? negated, name);
  if (!texts.every(valid)) throw new NotReadable(`IAM would reject a value of its ${name}`);
  return { except: plain === undefined, texts };
}

/** IAM takes no wildcard in the prefix of a service. */
const isAction = (text: string): boolean => /^(\*+|[\w-]+:[^:\s]+)$/.test(text);

/** IAM takes a policy variable in the last part of an ARN only. */
const isResource = (variables: boolean) => (text: string) => {
  if (/^\*+$/.test(text)) return true;
  if (!text.startsWith("arn:")) return false;
  if (!variables || !text.includes("${")) return true;
  const [, ...parts] = arnParts(readPattern(text, { wildcards: true, variables }));
  return parts
    .slice(0, 4)
    .flat()
    .every(({ kind }) => kind !== "variable");
};

/** An account, the ARN of a user, role or session, or the ID that IAM writes for one that was deleted. */
const AWS_PRINCIPAL =
  /^(\d{12}|arn:[\w-]+:iam::\d{12}:(root|(user|role)\/[^*?]+)|arn:[\w-]+:sts::\d{12}:(assumed-role\/[^*?/]+\/[^*?/]+|federated-user\/[^*?]+)|A[A-Z0-9]{15,})$/;

function principals(value: unknown): Principal[] {
  const named = value === "*" ? { AWS: "*" } : object(value, "Principal");
  const list = Object.entries(named).flatMap(([type, names]) =>
    strings(names, "Principal").map((name) => ({ type, name })),
  );
  const isValid = ({ type, name }: Principal): boolean =>
    type === "AWS"
      ? name === "*" || AWS_PRINCIPAL.test(name)
      : ["Service", "Federated", "CanonicalUser"].includes(type) && /^[^*?]+$/.test(name);
  if (list.length === 0 || !list.every(isValid)) {
    throw new NotReadable("IAM would reject a value of its Principal");
  }
  return list;
}

const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(?:(String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|BinaryEquals|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|(?:Not)?IpAddress)(IfExists)?|Null)$/i;

const BOOLEAN = /^(true|false)$/i;

/** True if IAM could read a value of an operator. */
function isValue(operator: string, text: string, variables: boolean): boolean {
  if (/Null$|Bool/i.test(operator)) return BOOLEAN.test(text);
  if (/Numeric/i.test(operator)) return numbers.read(text) !== undefined && !/\.\d{6}/.test(text);
  if (/Date/i.test(operator)) return dates.read(text) !== undefined;
  if (/IpAddress/i.test(operator)) return readBlock(text) !== undefined;
  if (!/Arn(Not)?(Equals|Like)/i.test(operator)) return true;
  const [scheme = [], ...parts] = arnParts(readPattern(text, { wildcards: true, variables }));
  return (
    parts.length === 5 &&
    scheme.map((t) => (t.kind === "character" ? t.text : "")).join("") === "arn"
  );
}

function conditions(value: unknown, variables: boolean): ConditionEntry[] {
  if (value === undefined) return [];
  return Object.entries(object(value, "Condition")).flatMap(([operator, tests]) => {
    if (!OPERATOR.test(operator)) {
      throw new NotReadable("its Condition has an operator that IAM does not know");
    }
    return Object.entries(object(tests, "Condition")).map(([key, list]) => {
      const values = listOf(list).map((item) => {
        if (!["string", "number", "boolean"].includes(typeof item)) {
          throw new NotReadable("its Condition has a value that is not text");
        }
        return String(item);
      });
      if (values.length === 0 || !values.every((text) => isValue(operator, text, variables))) {
        throw new NotReadable("IAM would reject a value of its Condition");
      }
      return { operator, key, values };
    });
  });
}

const COMMON = ["Sid", "Effect", "Action", "NotAction", "Condition"];
const ELEMENTS: Readonly<Record<Kind, ReadonlySet<string>>> = {
  identity: new Set([...COMMON, "Resource", "NotResource"]),
  trust: new Set([...COMMON, "Principal", "NotPrincipal"]),
  resource: new Set([...COMMON, "Principal", "NotPrincipal", "Resource", "NotResource"]),
};

/** JSON in one spelling: keys sorted, lists of text sorted. */
function canonical(value: unknown, depth = 0): string {
  if (depth > 20) throw new NotReadable("it is nested too deeply");
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, depth + 1));
    return `[${items.sort().join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const pairs = Object.entries(value)
    .filter(([name]) => name !== "Sid")
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item, depth + 1)}`);
  return `{${pairs.sort().join()}}`;
}

/** A name by which the same JSON is known on both sides; deeper JSON than IAM takes is known nowhere. */
function nameOf(value: unknown, variables: boolean, elsewhere: string): string {
  try {
    return `${variables ? "" : "2008-10-17 "}${canonical(value)}`;
  } catch {
    return elsewhere;
  }
}

/** The place of a statement. */
interface Place {
  readonly document: number;
  readonly index: number;
}

const unknownStatement = (place: Place, sid: string, unknown: Unknown): Statement => ({
  ...ALLOW_ALL,
  ...place,
  sid,
  effect: unknown.effect,
  unknown,
});

/** Some policies of resources, such as those of ECR, name no resource: they mean their own. */
const namesResources = (
  { Resource: plain, NotResource: negated }: JsonObject,
  kind: Kind,
): boolean => kind === "identity" || (kind === "resource" && (plain ?? negated) !== undefined);

function readable(statement: JsonObject, place: Place, kind: Kind, variables: boolean): Statement {
  const { Sid: sid = "", Effect: effect, Principal: plain, NotPrincipal: negated } = statement;
  if (typeof sid !== "string") throw new NotReadable("its Sid is not text");
  if (effect !== "Allow" && effect !== "Deny") {
    throw new NotReadable("a statement's Effect is neither Allow nor Deny");
  }
  if (Object.keys(statement).some((name) => !ELEMENTS[kind].has(name))) {
    throw new NotReadable("a statement has an element that IAM does not know");
  }
  if (kind !== "identity" && (plain === undefined) === (negated === undefined)) {
    const which = plain === undefined ? "no Principal" : "both Principal and NotPrincipal";
    throw new NotReadable(`a statement has ${which}`);
  }
  return {
    ...ALLOW_ALL,
    ...place,
    sid,
    effect,
    actions: entries(statement, "Action", isAction),
    resources: namesResources(statement, kind)
      ? entries(statement, "Resource", isResource(variables))
      : EVERYTHING,
    isTrust: kind === "trust",
    ...(plain === undefined ? {} : { principals: principals(plain) }),
    ...(negated === undefined ? {} : { notPrincipals: principals(negated) }),
    conditions: conditions(statement.Condition, variables),
    variables,
    // NotPrincipal depends on sessions and on the callers' boundaries, so it is left open.
    unknown:
      negated === undefined ? undefined : { name: `NotPrincipal ${canonical(negated)}`, effect },
  };
}

interface Read {
  readonly statements: readonly Statement[];
  readonly problem?: string;
}

function readStatement(
  value: unknown,
  place: Place,
  kind: Kind,
  variables: boolean,
  name: string,
): Read {
  try {
    return { statements: [readable(object(value, "Statement"), place, kind, variables)] };
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    const { Effect: said, Sid: sid } = (value ?? {}) as JsonObject;
    const own = nameOf(value, variables, `${name}, statement ${String(place.index + 1)}`);
    const effects: Effect[] = said === "Allow" || said === "Deny" ? [said] : ["Allow", "Deny"];
    const statements = effects.map((effect) =>
      unknownStatement(place, typeof sid === "string" ? sid : "", { name: own, effect }),
    );
    return { statements, problem: error.message };
  }
}

/** The placeholder for a document of which nothing is known. */
const unreadable = (name: string): Statement[] =>
  (["Allow", "Deny"] as const).map((effect) =>
    unknownStatement({ document: 0, index: 0 }, "", { name, effect }),
  );

/** The reason why IAM would reject a document as a whole. */
function problemOf(content: PolicyJson): string | undefined {
  if (!isObject(content)) return "its root is not an object";
  const { Version: version = "2008-10-17", Statement: statements } = content;
  if (Object.keys(content).some((name) => !["Version", "Id", "Statement"].includes(name))) {
    return "it has an element that IAM does not know";
  }
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    return "its Version is neither 2012-10-17 nor 2008-10-17";
  }
  return statements === undefined ? "it has no Statement" : undefined;
}

/**
 * Reads a policy document. What IAM would reject, or could read in another way than this, becomes a
 * statement of which only the effect is known: it may hold for any request or for none, but the same
 * JSON holds for the same requests wherever it is.
 *
 * @param name of the document, used if its JSON cannot name it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readDocument(content: PolicyJson, kind: Kind, name: string): ReadDocument {
  const problem = problemOf(content);
  if (problem !== undefined)
    return new ReadDocument(unreadable(nameOf(content, true, name)), problem);
  const { Version: version, Statement: list } = content as JsonObject;
  const read = listOf(list).map((statement, index) =>
    readStatement(statement, { document: 0, index }, kind, version === "2012-10-17", name),
  );
  return new ReadDocument(
    read.flatMap(({ statements }) => statements),
    read.find((one) => one.problem !== undefined)?.problem,
  );
}

function statementsOf(content: Content, kind: Kind, name: string): readonly Statement[] {
  if (content instanceof ReadDocument) return content.statements;
  if (!("unknown" in content)) return readDocument(content, kind, name).statements;
  if (content.document === undefined) return unreadable(content.unknown);
  return statementsOf(content.document, kind, name).map((statement) => {
    const { unknown: own, effect } = statement;
    const whole = own === undefined ? content.unknown : `${content.unknown}, ${own.name}`;
    return { ...statement, unknown: { name: whole, effect } };
  });
}

/**
 * The statements of documents, each with the place of its document.
 *
 * @param list names the documents, if the JSON of one cannot
 */
export function readDocuments(
  documents: readonly Content[],
  kind: Kind,
  list: string,
): Statement[] {
  return documents.flatMap((content, document) =>
    // Parsed each time: the answer distinguishes several places of the same document.
    statementsOf(content, kind, `${list} ${String(document + 1)}`).map((statement) => ({
      ...statement,
      document,
    })),
  );
}

import { arnParts, readPattern } from "./pattern";
import { dates, numbers, readBlock } from "./line";

/** A policy document as JSON gives it. What IAM would not take counts as unknown; see `Statement.unknown`. */
export type PolicyDocument = object;

/**
 * A document whose text is not known, or that is perhaps not in force. The same name stands for the same
 * document on both sides.
 */
export interface UnknownDocument {
  readonly unknown: string;
  /** What it is where it is in force, if that is known. */
  readonly document?: PolicyDocument;
}

/** What a statement says that cannot be read, by name: it may hold for a request or not. */
export interface Unknown {
  /** The name of the unknown document, or the statement's JSON. */
  readonly name: string;
  readonly effect: Effect;
}

export type Effect = "Allow" | "Deny";

/** The entries of Action or NotAction, and so on, as the document writes them. */
export interface Entries {
  /** Whether it is NotAction, NotResource. */
  readonly except: boolean;
  readonly texts: readonly string[];
  /** What each text is before its first wildcard or variable: most requests differ there. */
  readonly heads: readonly string[];
}

/** A principal: AWS, Service, Federated or CanonicalUser, and its name. */
export interface Principal {
  readonly type: string;
  readonly name: string;
}

/** One operator and one key of a Condition, with the values that the key may have. */
export interface ConditionEntry {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement as the document writes it, its lists always as lists. */
export interface Statement {
  /** The place of its document in the list of documents. */
  readonly document: number;
  /** Its place in the document's list of statements. */
  readonly index: number;
  /** Empty where it has none. */
  readonly sid: string;
  readonly effect: Effect;
  readonly actions: Entries;
  readonly resources: Entries;
  /** Empty in policies of identities. */
  readonly principals: readonly Principal[];
  readonly conditions: readonly ConditionEntry[];
  /** Whether `${…}` is a policy variable: in documents of version 2012-10-17. */
  readonly variables: boolean;
  /** What must hold besides, where the statement or a part of it cannot be read. */
  readonly unknown: Unknown | undefined;
}

/** Whether a document gives permissions, says who may assume a role, or belongs to a resource. */
export type Kind = "identity" | "trust" | "resource";

type Json = Readonly<Record<string, unknown>>;

/** Thrown inside this file where a statement is none that IAM would take. */
class NotReadable extends Error {}

function object(value: unknown): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new NotReadable();
  return value as Json;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function strings(value: unknown): string[] {
  const list = listOf(value);
  if (list.length === 0) throw new NotReadable();
  return list.map((item) => {
    if (typeof item !== "string") throw new NotReadable();
    return item;
  });
}

const EVERYTHING: Entries = { except: false, texts: ["*"], heads: [""] };

function entries(
  statement: Json,
  name: "Action" | "Resource",
  valid: (text: string) => boolean,
): Entries {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if ((plain === undefined) === (negated === undefined)) throw new NotReadable();
  const texts = strings(plain ?? negated);
  if (!texts.every(valid)) throw new NotReadable();
  const heads = texts.map((text) => /^[^*?$]*/.exec(text)?.[0] ?? "");
  return { except: plain === undefined, texts, heads };
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
  const named = value === "*" ? { AWS: "*" } : object(value);
  const list = Object.entries(named).flatMap(([type, names]) =>
    strings(names).map((name) => ({ type, name })),
  );
  const isValid = ({ type, name }: Principal): boolean =>
    type === "AWS"
      ? name === "*" || AWS_PRINCIPAL.test(name)
      : ["Service", "Federated", "CanonicalUser"].includes(type) && /^[^*?]+$/.test(name);
  if (list.length === 0 || !list.every(isValid)) throw new NotReadable();
  return list;
}

const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(?:(String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|BinaryEquals|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|(?:Not)?IpAddress)(IfExists)?|Null)$/i;

const BOOLEAN = /^(true|false)$/i;

/** Whether IAM could read a value of an operator. */
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
  return Object.entries(object(value)).flatMap(([operator, tests]) => {
    if (!OPERATOR.test(operator)) throw new NotReadable();
    return Object.entries(object(tests)).map(([key, list]) => {
      const values = listOf(list).map((item) => {
        if (!["string", "number", "boolean"].includes(typeof item)) throw new NotReadable();
        return String(item);
      });
      if (values.length === 0 || !values.every((text) => isValue(operator, text, variables))) {
        throw new NotReadable();
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
  if (depth > 20) throw new NotReadable();
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

/** Where a statement stands. */
interface Place {
  readonly document: number;
  readonly index: number;
}

function unknownStatement(place: Place, sid: string, unknown: Unknown): Statement {
  return {
    ...place,
    sid,
    effect: unknown.effect,
    actions: EVERYTHING,
    resources: EVERYTHING,
    principals: [{ type: "AWS", name: "*" }],
    conditions: [],
    variables: false,
    unknown,
  };
}

/** Some policies of resources, such as those of ECR, name no resource: they mean their own. */
const saysResource = ({ Resource: plain, NotResource: negated }: Json, kind: Kind): boolean =>
  kind === "identity" || (kind === "resource" && (plain ?? negated) !== undefined);

function readable(statement: Json, place: Place, kind: Kind, variables: boolean): Statement {
  const { Sid: sid = "", Effect: effect, Principal: plain, NotPrincipal: negated } = statement;
  if (typeof sid !== "string") throw new NotReadable();
  if (effect !== "Allow" && effect !== "Deny") throw new NotReadable();
  if (Object.keys(statement).some((name) => !ELEMENTS[kind].has(name))) throw new NotReadable();
  if (kind !== "identity" && (plain === undefined) === (negated === undefined))
    throw new NotReadable();
  return {
    ...place,
    sid,
    effect,
    actions: entries(statement, "Action", isAction),
    resources: saysResource(statement, kind)
      ? entries(statement, "Resource", isResource(variables))
      : EVERYTHING,
    principals: plain === undefined ? [{ type: "AWS", name: "*" }] : principals(plain),
    conditions: conditions(statement.Condition, variables),
    variables,
    // Whom NotPrincipal excludes depends on sessions and on the callers' boundaries, so it is left open.
    unknown:
      negated === undefined ? undefined : { name: `NotPrincipal ${canonical(negated)}`, effect },
  };
}

function readStatement(
  value: unknown,
  place: Place,
  kind: Kind,
  variables: boolean,
  list: string,
): Statement[] {
  try {
    return [readable(object(value), place, kind, variables)];
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    const { Effect: said, Sid: sid } = (value ?? {}) as Json;
    const elsewhere = `${list} ${String(place.document + 1)}, statement ${String(place.index + 1)}`;
    const name = nameOf(value, variables, elsewhere);
    const effects: Effect[] = said === "Allow" || said === "Deny" ? [said] : ["Allow", "Deny"];
    return effects.map((effect) =>
      unknownStatement(place, typeof sid === "string" ? sid : "", { name, effect }),
    );
  }
}

const ROOT = new Set(["Version", "Id", "Statement"]);

function readDocument(
  content: PolicyDocument | UnknownDocument,
  document: number,
  kind: Kind,
  list: string,
): Statement[] {
  const unreadable = (name: string): Statement[] =>
    (["Allow", "Deny"] as const).map((effect) =>
      unknownStatement({ document, index: 0 }, "", { name, effect }),
    );
  if ("unknown" in content) {
    if (content.document === undefined) return unreadable(content.unknown);
    return readDocument(content.document, document, kind, list).map((statement) => {
      const { unknown: own, effect } = statement;
      const name = own === undefined ? content.unknown : `${content.unknown}, ${own.name}`;
      return { ...statement, unknown: { name, effect } };
    });
  }
  const { Version: version = "2008-10-17", Statement: statements } = content as Json;
  if (
    Array.isArray(content) ||
    Object.keys(content).some((name) => !ROOT.has(name)) ||
    (version !== "2012-10-17" && version !== "2008-10-17") ||
    statements === undefined
  ) {
    return unreadable(nameOf(content, true, `${list} ${String(document + 1)}`));
  }
  return listOf(statements).flatMap((statement, index) =>
    readStatement(statement, { document, index }, kind, version === "2012-10-17", list),
  );
}

/**
 * Reads policy documents. What IAM would not take, or could read in another way than this, becomes a
 * statement of which only the effect is known: it may hold for any request or for none, but the same
 * JSON holds for the same requests wherever it stands.
 *
 * @param list names the documents, where the JSON of one cannot
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readDocuments(
  documents: readonly (PolicyDocument | UnknownDocument)[],
  kind: Kind,
  list: string,
): Statement[] {
  return documents.flatMap((content, document) => readDocument(content, document, kind, list));
}

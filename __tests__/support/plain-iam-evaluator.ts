/**
 * IAM's rules a second time, as plainly as they can be written and without a word of lib/review/compare:
 * the truth that the comparison is held against on requests without number.
 */
export type PlainContext = Readonly<Record<string, string | readonly string[]>>;

export interface PlainRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: PlainContext;
  /** Only for trust policies. */
  readonly caller?: { readonly type: string; readonly name: string };
}

type OneOrMore = string | readonly string[];

export interface PlainStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export interface PlainDocument {
  readonly Version?: string;
  readonly Statement: readonly PlainStatement[];
}

export interface PlainAccess {
  readonly policies: readonly PlainDocument[];
  readonly boundary?: readonly PlainDocument[] | undefined;
}

const listOf = (value: OneOrMore): readonly string[] =>
  typeof value === "string" ? [value] : value;

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function lookUp(context: PlainContext, key: string): string | readonly string[] | undefined {
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() === key.toLowerCase()) return value;
  }
  return undefined;
}

class NoValue extends Error {}

/** @throws NoValue where a variable has none */
function regExp(
  pattern: string,
  wild: boolean,
  version: string,
  context: PlainContext,
  flags = "",
): RegExp {
  const variables = version === "2012-10-17";
  let source = "";
  for (let rest = pattern; rest !== "";) {
    const [all, inner] = (variables ? /^\$\{([^}]*)\}/.exec(rest) : null) ?? [];
    if (all !== undefined && inner !== undefined) {
      rest = rest.slice(all.length);
      if (inner === "*" || inner === "?" || inner === "$") source += quote(inner);
      else {
        const [, name = inner, otherwise] = /^(.*), '(.*)'$/.exec(inner) ?? [];
        const value = lookUp(context, name);
        const known = typeof value === "string" && value !== "" ? value : otherwise;
        if (known === undefined) throw new NoValue();
        source += quote(known);
      }
    } else {
      const letter = rest.charAt(0);
      rest = rest.slice(1);
      if (wild && letter === "*") source += ".*";
      else if (wild && letter === "?") source += ".";
      else source += quote(letter);
    }
  }
  return new RegExp(`^${source}$`, `s${flags}`);
}

/** Colons inside of `${…}` part nothing. */
function arn(text: string): string[] {
  const [one = "", two = "", three = "", four = "", five = "", ...rest] = text
    .replace(/\$\{[^}]*\}/g, (variable) => variable.replace(/:/g, "\u0001"))
    .split(":")
    .map((part) => part.replaceAll("\u0001", ":"));
  return [one, two, three, four, five, rest.join(":")];
}

function arnIs(pattern: string, given: string, version: string, context: PlainContext): boolean {
  const short = pattern === "*" ? 0 : 6 - pattern.replace(/\$\{[^}]*\}/g, "").split(":").length;
  const full = pattern + ":*".repeat(Math.max(0, short));
  const expected = arn(full).map((part) => regExp(part, true, version, context));
  return arn(given).every((part, index) => expected[index]?.test(part) === true);
}

function resourceIs(pattern: string, request: PlainRequest, version: string): boolean {
  if (pattern === "*") return true;
  return request.resource !== "*" && arnIs(pattern, request.resource, version, request.context);
}

const toNumber = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN);
const toDate = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);

function toAddress(text: string): number {
  const bytes = text.split(".");
  if (bytes.length !== 4) return NaN;
  return bytes.reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function inBlock(block: string, given: string): boolean {
  const [base = "", bits = "32"] = block.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toAddress(base) / size) === Math.floor(toAddress(given) / size);
}

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
};

/** @throws NoValue where the two cannot be compared */
function is(
  operator: string,
  expected: string,
  given: string,
  version: string,
  context: PlainContext,
): boolean {
  switch (operator) {
    case "StringEquals":
      return regExp(expected, false, version, context).test(given);
    case "StringEqualsIgnoreCase":
      return regExp(expected, false, version, context, "i").test(given);
    case "StringLike":
      return regExp(expected, true, version, context).test(given);
    case "BinaryEquals":
      return expected === given;
    case "Bool":
      return expected.toLowerCase() === given.toLowerCase();
    case "ArnEquals":
    case "ArnLike":
      if (given.split(":").length < 6) throw new NoValue();
      return arnIs(expected, given, version, context);
    case "IpAddress":
      // The random documents have no IPv6 block, so an IPv6 address is in none of them.
      if (/^[0-9a-f:]+$/.test(given) && given.includes(":")) return false;
      if (Number.isNaN(toAddress(given))) throw new NoValue();
      return inBlock(expected, given);
  }
  const isDate = operator.startsWith("Date");
  const [a, b] = [given, expected].map(isDate ? toDate : toNumber);
  if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) throw new NoValue();
  return ORDER[operator.replace(/^(Date|Numeric)/, "")]?.(a, b) === true;
}

function one(
  operator: string,
  expected: readonly string[],
  given: string,
  version: string,
  context: PlainContext,
): boolean {
  const isNot = operator.includes("Not");
  const results = expected.map((value) => {
    try {
      return is(operator.replace("Not", ""), value, given, version, context);
    } catch (error) {
      if (error instanceof NoValue) return undefined;
      throw error;
    }
  });
  return isNot ? results.every((result) => result === false) : results.includes(true);
}

function conditionIs(
  spelled: string,
  key: string,
  expected: readonly string[],
  version: string,
  context: PlainContext,
): boolean {
  const given = lookUp(context, key);
  if (spelled === "Null") return expected.includes(given === undefined ? "true" : "false");
  const [, all, any, operator = "", ifExists] =
    /^(ForAllValues:)?(ForAnyValue:)?(.*?)(IfExists)?$/.exec(spelled) ?? [];
  if (given === undefined) {
    if (all !== undefined) return true;
    return any === undefined && (operator.includes("Not") || ifExists !== undefined);
  }
  const test = (value: string): boolean => one(operator, expected, value, version, context);
  if (all !== undefined) return listOf(given).every(test);
  if (any !== undefined) return listOf(given).some(test);
  return typeof given === "string" && test(given);
}

function principalIs(type: string, name: string, caller: { type: string; name: string }): boolean {
  if (name === "*") return true;
  if (type !== caller.type) return false;
  if (name === caller.name) return true;
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  if (account !== undefined) return type === "AWS" && caller.name.split(":")[4] === account;
  const role = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(name);
  return (
    role !== null &&
    caller.name.startsWith(`arn:aws:sts::${role[1] ?? ""}:assumed-role/${role[2] ?? ""}/`)
  );
}

function statementIs(statement: PlainStatement, request: PlainRequest, version: string): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, Condition = {} } = statement;
  const actionIs = (pattern: string): boolean =>
    regExp(pattern, true, "", {}, "i").test(request.action);
  if (Action !== undefined && !listOf(Action).some(actionIs)) return false;
  if (NotAction !== undefined && listOf(NotAction).some(actionIs)) return false;
  const resource = (pattern: string): boolean | undefined => {
    try {
      return resourceIs(pattern, request, version);
    } catch (error) {
      if (error instanceof NoValue) return undefined;
      throw error;
    }
  };
  if (Resource !== undefined && !listOf(Resource).map(resource).includes(true)) return false;
  if (
    NotResource !== undefined &&
    !listOf(NotResource)
      .map(resource)
      .every((r) => r === false)
  ) {
    return false;
  }
  const { caller } = request;
  if (Principal !== undefined && caller !== undefined) {
    const named = Principal === "*" ? { AWS: "*" } : Principal;
    const pairs = Object.entries(named).flatMap(([type, names]) =>
      listOf(names).map((name) => [type, name] as const),
    );
    if (!pairs.some(([type, name]) => principalIs(type, name, caller))) return false;
  }
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, values]) =>
      conditionIs(operator, key, listOf(values), version, request.context),
    ),
  );
}

function allowedBy(documents: readonly PlainDocument[], request: PlainRequest): boolean {
  let allowed = false;
  for (const { Version: version = "2008-10-17", Statement: statements } of documents) {
    for (const statement of statements) {
      if (!statementIs(statement, request, version)) continue;
      if (statement.Effect === "Deny") return false;
      allowed = true;
    }
  }
  return allowed;
}

/** True if documents, under a boundary where there is one, allow a request. */
export const isAllowedPlainly = (
  { policies, boundary }: PlainAccess,
  request: PlainRequest,
): boolean =>
  allowedBy(policies, request) && (boundary === undefined || allowedBy(boundary, request));

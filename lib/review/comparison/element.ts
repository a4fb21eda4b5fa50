import { covers, disjoint, isCharacter, isVariable, type Pattern, readPattern } from "./pattern";

/**
 * One entry of Action, Resource or Principal, or the whole list of NotAction, NotResource or
 * NotPrincipal, which excludes its entries together.
 */
export interface Element<Entry> {
  readonly except: boolean;
  readonly entries: readonly Entry[];
  /** The entries as the document has them. */
  readonly texts: readonly string[];
  /** Elements with the same key match the same. */
  readonly key: string;
}

/** How the entries of one kind of element are compared. Each claim holds for certain. */
export interface Rules<Entry> {
  /** `wider` matches all that `entry` matches. */
  readonly covers: (wider: Entry, entry: Entry) => boolean;
  /** Nothing matches both. */
  readonly disjoint: (a: Entry, b: Entry) => boolean;
  /** The list of `wider` excludes no more than an excluded `entry` does. */
  readonly excludes: (entry: Entry, excluded: Entry) => boolean;
  /** It matches everything that any element of this kind matches. */
  readonly isEverything: (entry: Entry) => boolean;
  /** What it begins with: that of an entry that covers another one is the beginning of the other's. */
  readonly head: (entry: Entry) => string;
}

/** Whether the element `wider` surely matches all that `element` matches. */
export function coversElement<Entry>(
  rules: Rules<Entry>,
  wider: Element<Entry>,
  element: Element<Entry>,
): boolean {
  if (wider.key === element.key) return true;
  if (!wider.except) {
    return wider.entries.some(
      (entry) =>
        rules.isEverything(entry) ||
        (!element.except && element.entries.every((other) => rules.covers(entry, other))),
    );
  }
  return element.except
    ? wider.entries.every((entry) =>
        element.entries.some((excluded) => rules.excludes(entry, excluded)),
      )
    : element.entries.every((other) =>
        wider.entries.every((entry) => rules.disjoint(entry, other)),
      );
}

const isAny = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === "*";
const isPlain = (pattern: Pattern): boolean => pattern.every(isCharacter);
const hasVariable = (pattern: Pattern): boolean => pattern.some(isVariable);
const same = (a: Pattern, b: Pattern): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

/** The text before the first wildcard or variable. */
function headOf(pattern: Pattern): string {
  const end = pattern.findIndex((part) => !isCharacter(part));
  return pattern.slice(0, end === -1 ? pattern.length : end).join("");
}

/** The parts of a pattern between its first `count` colons, and the rest. */
function split(pattern: Pattern, count: number): Pattern[] {
  const parts: string[][] = [[]];
  for (const part of pattern) {
    if (parts.length <= count && part === ":") parts.push([]);
    else parts.at(-1)?.push(part);
  }
  return parts;
}

/** An action: the service's prefix and the operation, without regard to case. */
export interface ActionEntry {
  readonly whole: Pattern;
  readonly service: Pattern;
  readonly operation: Pattern | undefined;
}

/** Reads an entry of Action or NotAction. */
export function readAction(text: string): ActionEntry {
  const whole = readPattern(text.toLowerCase(), false);
  const [service = [], operation] = split(whole, 1);
  return { whole, service, operation };
}

function actionCovers(wider: ActionEntry, action: ActionEntry): boolean {
  if (isAny(wider.whole) || same(wider.whole, action.whole)) return true;
  // IAM allows no wildcard in the service's prefix, so one there may match nothing at all.
  return (
    wider.operation !== undefined &&
    action.operation !== undefined &&
    same(wider.service, action.service) &&
    covers(wider.operation, action.operation)
  );
}

/** How actions are compared. */
export const actionRules: Rules<ActionEntry> = {
  covers: actionCovers,
  disjoint: (a, b) => disjoint(a.whole, b.whole),
  excludes: (entry, excluded) => actionCovers(excluded, entry),
  isEverything: ({ whole }) => isAny(whole),
  head: ({ whole }) => headOf(whole),
};

/** A resource: an ARN with wildcards in its parts, or `*`. */
export interface ResourceEntry {
  readonly whole: Pattern;
  /** The six parts of an ARN, or undefined where there are fewer. */
  readonly parts: readonly Pattern[] | undefined;
  /** What it begins with, up to the first wildcard or variable: most entries differ there. */
  readonly head: string;
}

const ARN_COLONS = 5;

/** A resource that is read letter by letter only where its text does not decide. */
class LazyResource implements ResourceEntry {
  readonly head: string;
  private read: Pattern | undefined;
  private split: readonly Pattern[] | undefined;

  constructor(
    private readonly text: string,
    private readonly variables: boolean,
  ) {
    const end = text.search(/[*?]|\$\{/);
    this.head = end === -1 ? text : text[end] === "$" ? headOf(this.whole) : text.slice(0, end);
  }

  get whole(): Pattern {
    return (this.read ??= readPattern(this.text, this.variables));
  }

  get parts(): readonly Pattern[] | undefined {
    this.split ??= split(this.whole, ARN_COLONS);
    return this.split.length === ARN_COLONS + 1 ? this.split : undefined;
  }
}

/**
 * Reads an entry of Resource or NotResource.
 *
 * @param variables whether the document's version has policy variables
 */
export function readResource(text: string, variables: boolean): ResourceEntry {
  return new LazyResource(text, variables);
}

/** The resource type of the last part of an ARN: up to its first `:` or `/`, where it has one. */
function resourceType(resource: Pattern): Pattern | undefined {
  const end = resource.findIndex((part) => part === ":" || part === "/");
  return end === -1 ? undefined : resource.slice(0, end + 1);
}

/**
 * AWS does not promise what a wildcard in the resource type matches, so it covers only itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards
 */
function sameTypeOrPlain(wider: Pattern, resource: Pattern): boolean {
  const type = resourceType(wider);
  return type === undefined || isPlain(type) || same(type, resource.slice(0, type.length));
}

function resourceCovers(wider: ResourceEntry, resource: ResourceEntry): boolean {
  if (!resource.head.startsWith(wider.head)) return false;
  if (isAny(wider.whole) || same(wider.whole, resource.whole)) return true;
  const [own, other] = [wider.parts, resource.parts];
  if (own === undefined || other === undefined) return false;
  return own.every((part, index) => {
    const counterpart = other[index] ?? [];
    if (index < ARN_COLONS) return !hasVariable(part) && covers(part, counterpart);
    return sameTypeOrPlain(part, counterpart) && covers(part, counterpart);
  });
}

/** How resources are compared. */
export const resourceRules: Rules<ResourceEntry> = {
  covers: resourceCovers,
  // A variable without a value keeps NotResource from matching anything, and so may a short ARN.
  disjoint: (a, b) => a.parts !== undefined && !hasVariable(a.whole) && disjoint(a.whole, b.whole),
  excludes: (entry, excluded) =>
    same(entry.whole, excluded.whole) ||
    isAny(excluded.whole) ||
    (!hasVariable(entry.whole) && resourceCovers(excluded, entry)),
  isEverything: (entry) => entry.head === "" && isAny(entry.whole),
  head: ({ head }) => head,
};

/** A principal: its type (AWS, Service, Federated, CanonicalUser) and its name, as text. */
export interface PrincipalEntry {
  readonly type: string;
  readonly name: string;
}

const ACCOUNT_ROOT = /^arn:[^:]*:iam::(\d{12}):root$/;

/** Reads an entry of Principal or NotPrincipal. An account's ID and its root's ARN are the same. */
export function readPrincipal(type: string, name: string): PrincipalEntry {
  return { type, name: type === "AWS" ? (ACCOUNT_ROOT.exec(name)?.[1] ?? name) : name };
}

const samePrincipal = (a: PrincipalEntry, b: PrincipalEntry): boolean =>
  a.type === b.type && a.name === b.name;

/**
 * How principals are compared: as names, but for `*`. An account does not cover its roles, because a
 * role that is named needs no permission of its own to be allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const principalRules: Rules<PrincipalEntry> = {
  covers: (wider, principal) =>
    samePrincipal(wider, principal) ||
    (wider.type === "AWS" && wider.name === "*" && principal.type === "AWS"),
  disjoint: () => false,
  excludes: samePrincipal,
  isEverything: () => false,
  head: () => "",
};
